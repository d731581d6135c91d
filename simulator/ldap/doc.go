// Package ldap answers over LDAP as a domain controller does, for the directory
// in memory: simple bind, StartTLS, searches with AD's filters, controls and
// constructed attributes, and every change with AD's rights and refusals.
//
// The rules of the directory are in package directory; this one knows the
// protocol. What Samba 4.17 answers is taken as right. Where Microsoft's
// controllers differ, [Traits] choose.
package ldap

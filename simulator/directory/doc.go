// Package directory is an Active Directory in memory: the tree, the rules and
// the account states that a client can see, without a protocol. The simulator
// puts DSM's WebAPI in front of it.
//
// What Samba 4.17 does is taken as right. Behaviour marked "measured" in this
// package was tried on a Samba domain controller; the rest is general knowledge
// of Active Directory and says so.
package directory

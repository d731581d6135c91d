// Package activedirectory reads and changes any Active Directory domain, Samba's
// or Microsoft's, over LDAP: it is a desk.Backend with every ability that is not
// DSM's own.
//
// # Connections
//
// The password never travels without TLS: ldaps:// or ldap:// with StartTLS,
// nothing else. StartTLS is tried without asking the rootDSE first, as Samba
// serves it and does not list it (seen on Samba 4.17.12: no supportedExtension
// at all).
//
// Each operation has a connection of its own while it runs, taken from the idle
// ones or dialled and bound afresh. Several searches on one connection would
// hold each other up: go-ldap hands answers on one by one, so a listing that
// nobody reads at the moment blocks every other. It also makes cancelling
// simple and sure: what is stopped in the middle is abandoned (RFC 4511 section
// 4.11) and has its connection closed, and the server stops sending.
//
// An idle connection that the server has dropped is noticed when it is used;
// all idle ones are then thrown away and the read starts again, once, on a
// fresh one. Nothing is retried in the background: when the server is away each
// call says so, and the next call dials again. A password that is refused when
// reconnecting is not sent a second time, so that a change of password does not
// lock the account out.
//
// # Changes
//
// A change is sent once and never again. It goes out on a connection that has
// just answered a small read, or has just been made, so that it is not lost on
// one that died unnoticed. When it was handed to the network, even in part, and
// no answer came, the outcome is unknown and the error says so; when nothing was
// handed over, the error is that of a server out of reach. The end of the
// caller's context counts in the same way: who stops waiting for an answer has
// not called the change back.
//
// What a domain controller would take and should not is refused here before
// anything is sent: an account without a password, a logon name of more than 20
// characters (Samba 4.17.12 takes both).
//
// # Properties
//
// Any attribute can be changed, with its type from the server's own schema, which
// is read once for a connection (1,473 attributes in 0.15 s, Samba 4.17.12). What
// an object may have, and what of that this account may write, is asked of the
// object itself (allowedAttributes, allowedAttributesEffective: seen to be right
// on Samba for an administrator and for an ordinary user). All of that is then
// asked for by name and not by "*", so that passwords and keys never are.
//
// A change of several properties is one modification: all or nothing. Masks take
// the old value away and put the new one in its place, which a domain controller
// refuses when the value has changed since it was read (result 16; seen on Samba
// for userAccountControl and groupType too, expected of Windows). Two flags of
// userAccountControl live elsewhere and go out in the same modification: "must
// change the password" is pwdLastSet 0 or -1, "cannot change the password" two
// entries of the access list; that flag is shown where the list has them, as
// Samba and Windows do not store it.
//
// # Order and size of listings
//
// Objects come in the server's order, which means nothing to a person and may
// differ between two searches. A listing is asked for unpaged and passed on as
// it comes, since pages cost Samba four to five times as much (0.9 s against
// 4.4 s for 20,000 children) and gain nothing for the first row. Where a server
// ends it early (result 3, 4 or 11; Windows stops at 1,000), the listing starts
// again with the paged control and skips, by DN, what was delivered already;
// from then on this backend asks that server for pages at once.
//
// Search continuation references (a domain's head refers to its other
// naming contexts) are not followed: they are no children of the container.
package activedirectory

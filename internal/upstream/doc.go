// Package upstream puts a connection to a real domain behind the simulator's DSM
// face: what a client does over DSM's protocol is done in that domain.
//
// DSM's protocol asks for listings by offset, and LDAP has none. A listing is
// therefore read as a whole, put in an order of its own, and kept for a short
// while for the pages that follow.
package upstream

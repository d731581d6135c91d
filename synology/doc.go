// Package synology speaks DSM's WebAPI as the package "Synology Directory
// Server" (a Samba domain controller) offers it, and adapts it to the desk.
//
// Everything goes through one choke point, [Client] call: API discovery,
// version choice, encoding, credentials, envelope, codes to error kinds, and
// the renewal of a lost session. Where a wire fact is not attested by a capture
// or by Synology's guide, the comment beside it says "inferred".
package synology

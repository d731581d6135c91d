// Package synology speaks DSM's WebAPI as the package "Synology Directory
// Server" (a Samba domain controller) offers it, and adapts it to the desk.
//
// Begin at [Open] and [Backend]. Everything goes through one choke point, call in
// call.go: API discovery, version choice, encoding, credentials, envelope, codes to
// error kinds. Package webclient has what every web client needs: the exchange itself,
// the renewal of a lost session, and the outcome of a change whose answer was lost. Where a wire fact is not attested by a capture
// or by Synology's guide, the comment beside it says "inferred".
package synology

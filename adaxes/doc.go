// Package adaxes speaks the REST API of Adaxes, a service that manages Active
// Directory domains, and adapts it to the desk.
//
// Begin at [Open] and [Backend], which is made of parts by what they can do.
// Everything goes through one choke point: call for what only reads, and operate for
// what changes something. Package webclient has what every web client needs: the
// exchange itself, the renewal of a lost session, and the outcome of a change whose
// answer was lost. Wire facts stand in
// docs/adaxes.md, each with how sure it is; all that is inferred stands in
// guesses.go, each guess in one place.
package adaxes

// Package adaxes speaks the REST API of Adaxes, a service that manages Active
// Directory domains, and adapts it to the desk.
//
// Everything goes through one choke point, [Backend] call for what only reads
// and operate for what changes something: address, token, content type, bounded
// answers, errors to kinds, the renewal of a lost token, operation results and
// the operations that go on after their answer. Wire facts stand in
// docs/adaxes.md, each with how sure it is; all that is inferred stands in
// guesses.go, each guess in one place.
package adaxes

// Package simulator runs a directory in memory as a server of its own: HTTPS on
// the loopback interface with DSM's WebAPI, its certificate and passwords made
// afresh at every start. It is the embedded default of dirdesk, and a test
// server for any client of that API.
//
// The parts: directory keeps Active Directory's rules, company fills it with
// sample data, dsm answers as a NAS does, fault decides when it misbehaves.
package simulator

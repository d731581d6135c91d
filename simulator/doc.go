// Package simulator runs a directory in memory as a server of its own: HTTPS on
// the loopback interface with DSM's WebAPI and, under /restApi, Adaxes' REST API
// over the same objects, its certificate, passwords and token made afresh at
// every start. It is the embedded default of dirdesk, and a test server for any
// client of those APIs.
//
// The parts: directory keeps Active Directory's rules, company fills it with
// sample data, dsm answers as a NAS does, adaxes as Adaxes does, fault decides
// when they misbehave, and wire sends what they answer.
package simulator

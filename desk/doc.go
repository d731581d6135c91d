// Package desk is the door through which every change of a directory goes. It
// knows no protocol and no screen: it declares the small interfaces that a
// connection may have, and asks for them.
//
// Begin at [New], which opens a [Desk] on a [Backend]. [Desk.Plan] looks at
// changes without making them. [Desk.Apply] makes them, reads back what the
// directory holds and writes it down. [Desk.Undo] plans the reverse.
//
// What is known of one action stands in one file, op_*.go, behind the interface
// of operation.go. What a connection can do is found with [Capability].
//
// What needs no door has packages of its own: the rows of a container (rows),
// reading one whole (walk), the journal's file (journal), what became of a write
// (verdict), passwords (password).
package desk

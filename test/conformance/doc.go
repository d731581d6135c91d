// Package conformance runs the suite of desk/desktest on the backends, each
// against a server that is as real as the machine allows.
package conformance

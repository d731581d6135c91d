// Package terminaltest runs a program in a terminal of its own: a pty with an
// emulator on the other side of it. Tests wait for a condition on the screen,
// never for a time, and count what was written.
//
// It needs a Unix pty, so that on Windows the package is empty.
package terminaltest

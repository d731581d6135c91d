// Package terminaltext makes text from a directory safe to print. Names in a
// directory are written by other people: they may hold escape sequences,
// bidirectional overrides, newlines, invisible characters, combining marks
// without end. Everything that came from a server passes through Safe before
// it reaches a terminal.
//
// Safe text holds one promise more: terminals that add up the widths of code
// points (wcwidth) and terminals that measure whole clusters (DEC mode 2027)
// give it the same number of cells, so a row lines up in both.
package terminaltext

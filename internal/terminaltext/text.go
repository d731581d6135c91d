// Package terminaltext makes text from a directory safe to print. Names in a
// directory are written by other people: they may hold escape sequences,
// bidirectional overrides, newlines, combining marks without end. Everything
// that came from a server passes through Safe before it reaches a terminal.
package terminaltext

import "github.com/charmbracelet/x/ansi"

// Safe gives text as one line that a terminal shows and never obeys.
func Safe(text string) string { return ansi.Strip(text) }

// Width is the number of terminal cells that safe text takes.
func Width(safe string) int { return ansi.StringWidth(safe) }

// Fit cuts safe text to width cells, ending in ellipsis where it was cut, and
// fills it up with spaces, so that the result takes exactly width cells.
func Fit(safe string, width int, ellipsis string) string {
	safe = ansi.Truncate(safe, width, ellipsis)
	for n := width - Width(safe); n > 0; n-- {
		safe += " "
	}
	return safe
}

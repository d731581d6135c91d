package theme

import "dirdesk/internal/terminaltext"

// Safe makes text from a directory safe to print on this terminal.
func (t *Theme) Safe(text string) string {
	return terminaltext.Sanitizer{ASCII: t.Options.ASCII}.Safe(text)
}

// Fit gives text made safe, cut or filled up to exactly width cells.
func (t *Theme) Fit(text string, width int) string {
	return terminaltext.Fit(t.Safe(text), width, t.Glyphs.Ellipsis)
}

// Cut gives text made safe, cut to at most width cells.
func (t *Theme) Cut(text string, width int) string {
	return terminaltext.Cut(t.Safe(text), width, t.Glyphs.Ellipsis)
}

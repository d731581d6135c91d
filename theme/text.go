package theme

import "dirdesk/internal/terminaltext"

func (t *Theme) sanitizer() terminaltext.Sanitizer {
	return terminaltext.Sanitizer{ASCII: t.Options.ASCII, Clusters: t.Options.Clusters}
}

// Safe makes text from a directory safe to print on this terminal.
func (t *Theme) Safe(text string) string { return t.sanitizer().Safe(text) }

// Fit gives text made safe, cut or filled up to exactly width cells.
func (t *Theme) Fit(text string, width int) string {
	return t.sanitizer().Fit(text, width, t.Glyphs.Ellipsis)
}

// Cut gives text made safe, cut to at most width cells.
func (t *Theme) Cut(text string, width int) string {
	return t.sanitizer().Cut(text, width, t.Glyphs.Ellipsis)
}

package theme_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/theme"
)

// What a theme draws with fits a terminal without UTF-8, glyph by glyph.
func TestASCIIThemeIsASCII(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	g := th.Glyphs
	all := strings.Join(append(g.Spinner, g.Open, g.Closed, g.Leaf, g.Ellipsis, g.Loading, g.Separator, g.Step, g.Up, g.Down,
		g.ScrollTrack, g.ScrollThumb, g.Border.Top, g.Border.Left, g.Border.TopLeft, g.Border.BottomRight), "")
	for _, r := range all {
		if r > '~' {
			t.Errorf("%q is not ASCII", r)
		}
	}
	if got := th.Fit("Ünïcode", 7); got != "Unicode" {
		t.Errorf("Fit gives %q", got)
	}
}

func TestNoColorHasNoColour(t *testing.T) {
	th := theme.New(theme.Options{NoColor: true})
	for name, ink := range map[string]theme.Ink{
		"muted": th.Ink.Muted, "good": th.Ink.Good, "bad": th.Ink.Bad, "warning": th.Ink.Warning, "key": th.Ink.Key,
		"border": th.Ink.Border, "focused": th.Ink.Focused, "read-only": th.Ink.ReadOnly, "resting": th.Ink.Resting,
	} {
		text := ink.Render("x")
		for _, colour := range []string{"\x1b[3", "\x1b[9", "\x1b[10", ";3", ";9", ";10", "\x1b[48", "\x1b[4;3"} {
			if strings.Contains(text, colour) {
				t.Errorf("%s is coloured: %q", name, text)
			}
		}
	}
}

func TestLightAndDarkDiffer(t *testing.T) {
	light, dark := theme.New(theme.Options{}), theme.New(theme.Options{Dark: true})
	if light.Ink.Key.Render("x") == dark.Ink.Key.Render("x") {
		t.Error("keys look the same on light and dark backgrounds")
	}
}

// Ink says what lipgloss says, for one line.
func TestInkIsTheStyle(t *testing.T) {
	th := theme.New(theme.Options{Dark: true})
	for _, text := range []string{"a", "two words", "日本"} {
		if got, want := th.Ink.Bad.Render(text), th.Bad.Render(text); ansi.Strip(got) != ansi.Strip(want) || got != want {
			t.Errorf("ink gives %q, the style %q", got, want)
		}
	}
}

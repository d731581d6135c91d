// Package theme holds every colour and every drawn character of the screen, as
// values that are handed down. Colours are the terminal's own sixteen, so a
// person's own palette, light or dark, stays in charge; colour is never the
// only sign of anything.
package theme

import "charm.land/lipgloss/v2"

// Options say what the terminal can show.
type Options struct {
	Dark    bool // the background is dark
	ASCII   bool // the locale is not UTF-8: draw with ASCII only
	NoColor bool // NO_COLOR is set and not empty
	// Clusters says that the terminal measures whole clusters (DEC mode 2027).
	Clusters bool
}

// Theme is the look of the whole screen.
type Theme struct {
	Options Options
	Glyphs  Glyphs
	Ink     Inks // the styles below, for what is drawn often

	Text     lipgloss.Style // ordinary
	Muted    lipgloss.Style // secondary, still readable
	Title    lipgloss.Style // headings
	Accent   lipgloss.Style // what belongs to dirdesk itself: names of panes, prompts
	Key      lipgloss.Style // a key in help and foot lines
	Cursor   lipgloss.Style // row under the cursor in the focused pane
	Resting  lipgloss.Style // row under the cursor in a pane without focus
	Good     lipgloss.Style
	Warning  lipgloss.Style
	Bad      lipgloss.Style
	Pending  lipgloss.Style // what somebody else has to decide first: neither good nor bad
	Match    lipgloss.Style // the part of a row that matched what was typed
	Border   lipgloss.Style // style of a pane's border, to be given a Border of Glyphs
	Focused  lipgloss.Style // border of the pane that has the keys
	ReadOnly lipgloss.Style // the header's badge while nothing can be changed
	Writable lipgloss.Style // the header's badge while changes are allowed
}

// Glyphs are the drawn characters.
type Glyphs struct {
	Border      lipgloss.Border
	Open        string // an expanded node
	Closed      string // a node that can be expanded
	Leaf        string // a node without children
	Ellipsis    string // end of a text that was cut
	Loading     string // a row that is not there yet
	Separator   string // between parts of a line
	Step        string // between a container and one in it
	Up, Down    string // sort direction
	Spinner     []string
	ScrollTrack string
	ScrollThumb string
	Pending     string // what is sent for approval
}

// New makes the theme for a terminal.
func New(o Options) Theme {
	t := Theme{Options: o, Glyphs: unicodeGlyphs()}
	if o.ASCII {
		t.Glyphs = asciiGlyphs()
	}
	plain := lipgloss.NewStyle()
	colour := func(light, dark string) lipgloss.Style {
		if o.NoColor {
			return plain
		}
		if o.Dark {
			return plain.Foreground(lipgloss.Color(dark))
		}
		return plain.Foreground(lipgloss.Color(light))
	}
	t.Text = plain
	t.Muted = colour("8", "7")
	if o.Dark && !o.NoColor {
		// Bright black is all but invisible in some dark palettes; faint is the
		// text's own colour, and at worst as strong as the text.
		t.Muted = plain.Faint(true)
	}
	t.Title = plain.Bold(true)
	t.Accent = colour("4", "14").Bold(true)
	t.Key = colour("4", "14").Bold(true)
	t.Cursor = plain.Reverse(true)
	t.Resting = plain.Bold(true).Underline(true)
	t.Good = colour("2", "10")
	t.Warning = colour("3", "11")
	t.Bad = colour("1", "9").Bold(true)
	t.Pending = colour("5", "13")
	t.Match = plain.Underline(true).Bold(true)
	t.Border = colour("8", "8")
	t.Focused = colour("4", "14")
	t.ReadOnly = colour("2", "10").Bold(true)
	t.Writable = colour("1", "9").Bold(true).Reverse(true)
	t.Ink = t.inks()
	return t
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		Border: lipgloss.RoundedBorder(), Open: "▾", Closed: "▸", Leaf: "·",
		Ellipsis: "…", Loading: "···", Separator: "·", Step: "›", Up: "▲", Down: "▼",
		Spinner:     []string{"◐", "◓", "◑", "◒"},
		ScrollTrack: "│", ScrollThumb: "┃", Pending: "»",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Border: lipgloss.ASCIIBorder(), Open: "-", Closed: "+", Leaf: ".",
		Ellipsis: "~", Loading: "...", Separator: "|", Step: ">", Up: "^", Down: "v",
		Spinner:     []string{"|", "/", "-", `\`},
		ScrollTrack: "|", ScrollThumb: "#", Pending: ">",
	}
}

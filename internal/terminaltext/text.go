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

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of terminal cells that safe text takes, as the renderer
// measures it.
func Width(safe string) int {
	if isPlain(safe) {
		return len(safe)
	}
	return ansi.StringWidth(safe)
}

// Fit cuts text to width cells, ending in ellipsis where it was cut, and fills
// it up with spaces, so that the result takes exactly width cells. No cluster is
// split; where the ellipsis does not fit, there is none. Text that is not safe
// is made safe first: style it after fitting. A width below 1 gives "".
func Fit(text string, width int, ellipsis string) string {
	return Sanitizer{}.Fit(text, width, ellipsis)
}

// Fit is the function Fit for this kind of terminal.
func (s Sanitizer) Fit(text string, width int, ellipsis string) string {
	if width <= 0 {
		return ""
	}
	text = s.Safe(text)
	cells := Width(text)
	if cells > width {
		text, cells = cut(text, width, ellipsis)
	}
	if cells == width {
		return text
	}
	return text + strings.Repeat(" ", width-cells)
}

// Cut is Fit without the filling: the result takes width cells at most.
func Cut(text string, width int, ellipsis string) string {
	return Sanitizer{}.Cut(text, width, ellipsis)
}

// Cut is the function Cut for this kind of terminal.
func (s Sanitizer) Cut(text string, width int, ellipsis string) string {
	if width <= 0 {
		return ""
	}
	text = s.Safe(text)
	if Width(text) > width {
		text, _ = cut(text, width, ellipsis)
	}
	return text
}

// cut shortens text, which is wider than width, and says how wide it is now.
func cut(text string, width int, ellipsis string) (string, int) {
	room := width - Width(ellipsis)
	if room < 0 {
		ellipsis, room = "", width
	}
	end, cells := head(text, room)
	return text[:end] + ellipsis, cells + Width(ellipsis)
}

// head gives the length in bytes and the width of the longest run of whole
// clusters at the start of text that takes room cells at most.
func head(text string, room int) (end, cells int) {
	if isPlain(text) {
		end = min(len(text), room)
		return end, end
	}
	for end < len(text) {
		cluster, w := ansi.FirstGraphemeCluster(text[end:], ansi.GraphemeWidth)
		if cells+w > room {
			break
		}
		end += len(cluster)
		cells += w
	}
	return end, cells
}

// Wrap breaks text into lines of at most width cells, at spaces where it can, in
// a DN behind commas, and between clusters where a word is too long. Text that is not safe is made
// safe first. A width below 1 gives no lines; a cluster wider than width is left
// out.
func Wrap(text string, width int) []string {
	if width < 1 {
		return nil
	}
	var lines []string
	line, cells := "", 0
	for word, gap := range words(Safe(text), width) {
		w := Width(word)
		if cells > 0 && cells+len(gap)+w <= width {
			line, cells = line+gap+word, cells+len(gap)+w
			continue
		}
		if cells > 0 {
			lines = append(lines, line)
		}
		for w > width {
			end, _ := head(word, width)
			if end == 0 {
				cluster, _ := ansi.FirstGraphemeCluster(word, ansi.GraphemeWidth)
				end = len(cluster)
			} else {
				lines = append(lines, word[:end])
			}
			word = word[end:]
			w = Width(word)
		}
		if w == 0 && word != "" { // a mark over the space before it
			word, w = " "+word, 1
		}
		line, cells = word, w
	}
	if cells > 0 {
		lines = append(lines, line)
	}
	return lines
}

// OneLine shows the line breaks of a text as " / " and its tabs as spaces, for
// where there is one line only. It is not safe to print yet.
func OneLine(text string) string {
	if !strings.ContainsAny(text, "\r\n\t\v\f\u0085\u2028\u2029") {
		return text
	}
	return strings.NewReplacer("\r\n", " / ", "\n", " / ", "\r", " / ", "\v", " / ", "\f", " / ",
		"\u0085", " / ", "\u2028", " / ", "\u2029", " / ", "\t", " ").Replace(text)
}

// Lines joins lines of ours, each of which may quote somebody: what they quote makes
// no line of its own.
func Lines(lines ...string) string {
	single := make([]string, len(lines))
	for i, line := range lines {
		single[i] = OneLine(line)
	}
	return strings.Join(single, "\n")
}

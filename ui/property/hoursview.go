package property

import (
	"fmt"
	"strings"
	"time"
)

func (f *hoursField) lines(width, room int) []string {
	th := f.editor.env.Theme
	cell := 1
	if width >= 56 {
		cell = 2
	}
	lines := []string{th.Ink.Muted.Render(hourScale(cell))}
	for day := range 7 {
		lines = append(lines, f.dayLine(day, cell))
	}
	if room >= 14 {
		lines = append(lines, "")
	}
	var texts []string
	if f.odd {
		texts = append(texts, "The present value is no week of hours; it was: "+th.Safe(oneLine(f.present)))
	}
	allowed := "not allowed"
	if f.week[f.index(f.day, f.hour)] {
		allowed = "allowed"
	}
	texts = append(texts,
		fmt.Sprintf("%s, %02d to %02d: %s. In all: %s.", dayName(f.day), f.hour, f.hour+1, allowed, f.week.Words()), f.zoneWords())
	lines = append(lines, wrapped(texts, width, th.Ink.Muted.Render)...)
	return lines[:min(len(lines), room)]
}

// hourScale names the hours above the grid, where there is room for a number.
func hourScale(cell int) string {
	scale := "      "
	step := 6 / cell
	for hour := 0; hour < 24; hour += step {
		scale += fmt.Sprintf("%-*d", step*cell, hour)
	}
	return scale
}

// dayLine is the hours of a day. Each is a sign of its own, so that nothing
// depends on colours.
func (f *hoursField) dayLine(day, cell int) string {
	th := f.editor.env.Theme
	on, off := "█", "·"
	if th.Options.ASCII {
		on, off = "#", "."
	}
	head := "  "
	if day == f.day {
		head = th.Ink.Accent.Render("> ")
	}
	var b strings.Builder
	for hour := range 24 {
		allowed := f.week[f.index(day, hour)]
		glyph, ink := off, th.Ink.Muted
		if allowed {
			glyph, ink = on, th.Ink.Good
		}
		if f.marked(day, hour) {
			glyph, ink = "-", th.Ink.Accent
			if allowed {
				glyph = "+"
			}
		}
		text := strings.Repeat(glyph, cell)
		if day == f.day && hour == f.hour {
			ink, text = th.Ink.Cursor, "o"+text[len(glyph):]
			if allowed {
				text = "X" + text[1:]
			}
		}
		b.WriteString(ink.Render(text))
	}
	return head + dayName(day)[:3] + " " + b.String()
}

// zoneWords say in which zone the hours are shown and what is kept.
func (f *hoursField) zoneWords() string {
	zone := f.editor.env.Theme.Safe(f.zone)
	switch {
	case !f.whole:
		return "In UTC, as the directory keeps them: " + zone + " does not lie whole hours from it."
	case f.utc && f.shift != 0:
		return fmt.Sprintf("In UTC, as the directory keeps them; %s is %+d hours.", zone, f.shift)
	case f.utc || f.shift == 0:
		return "In UTC, as the directory keeps them."
	default:
		return fmt.Sprintf("In %s, UTC%+d as it is today; the directory keeps UTC, so they move when the clocks change.", zone, f.shift)
	}
}

func dayName(day int) string { return time.Weekday((day + 1) % 7).String() }

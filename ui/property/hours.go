package property

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// hoursField is the week in which an account may sign in, as a grid of seven
// days by 24 hours. The directory keeps hours of UTC; they are shown as those of
// the person's own zone while that lies whole hours from UTC.
type hoursField struct {
	base
	odd     bool        // the present value is no week of hours
	preset  models.Week // the present value, or all hours where there is none
	week    models.Week
	day     int // under the cursor: 0 is Monday
	hour    int
	ranging bool // a range is being marked, from day and hour of its start on
	fromDay int
	from    int
	utc     bool // shown in UTC
	whole   bool // the zone lies whole hours from UTC
	shift   int  // hours that the shown zone is ahead of UTC
	zone    string
}

func newHours(b base) *hoursField {
	f := &hoursField{base: b, hour: 8}
	var ok bool
	if f.week, ok = models.ParseWeek(b.present); !ok {
		f.odd = b.present != ""
		for i := range f.week {
			f.week[i] = true // no hours set means all of them
		}
	}
	f.preset = f.week
	name, seconds := b.editor.words.now().In(b.editor.words.zone).Zone()
	f.zone = name
	f.whole = seconds%3600 == 0
	f.shift = seconds / 3600
	if !f.whole {
		f.utc = true
	}
	return f
}

// index is where an hour of a shown day lies in the week of the directory.
func (f *hoursField) index(day, hour int) int {
	local := (day+1)%7*24 + hour // the directory's week begins on Sunday
	if f.utc {
		return local
	}
	return (local - f.shift + 2*len(f.week)) % len(f.week)
}

func (f *hoursField) value() (string, string) {
	if f.week == f.preset {
		return f.present, ""
	}
	return f.week.Text(), ""
}

func (f *hoursField) owns(id string) bool { return id == "value.leave" && f.ranging }

func (f *hoursField) hints() []hint {
	switch {
	case f.ranging:
		return []hint{{"hours.toggle", "switch the range", 0}, {"value.leave", "no range", 0}}
	case f.editor.env.Width < slimWidth:
		return []hint{{"hours.toggle", "hour", 0}, {"hours.range", "range", 3}, {"hours.all", "all", 2}, {"hours.none", "none", 1}}
	default:
		return []hint{
			{"hours.toggle", "hour", 0},
			{"hours.range", "range", 0},
			{"hours.day", "day", 0},
			{"hours.column", "column", 10},
			{"hours.all", "all", 0},
			{"hours.none", "none", 0},
			{"hours.zone", "UTC", 9},
		}
	}
}

func (f *hoursField) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	id := f.keys.ID(key.String())
	if strings.HasPrefix(id, "hours.range") && id != "hours.range" && !f.ranging {
		f.mark()
	}
	switch id {
	case "move.up", "hours.rangeup":
		f.day = max(f.day-1, 0)
	case "move.down", "hours.rangedown":
		f.day = min(f.day+1, 6)
	case "hours.left", "hours.rangeleft":
		f.hour = max(f.hour-1, 0)
	case "hours.right", "hours.rangeright":
		f.hour = min(f.hour+1, 23)
	case "hours.first":
		f.hour = 0
	case "hours.last":
		f.hour = 23
	case "hours.toggle":
		f.toggle()
	case "hours.range":
		f.mark()
	case "value.leave":
		f.ranging = false
	case "hours.day":
		f.turn(f.day, f.day, 0, 23)
	case "hours.column":
		f.turn(0, 6, f.hour, f.hour)
	case "hours.all", "hours.none":
		for i := range f.week {
			f.week[i] = id == "hours.all"
		}
		f.ranging = false
	case "hours.zone":
		f.utc = !f.utc || !f.whole
	}
	return nil
}

func (f *hoursField) mark() {
	f.ranging = !f.ranging
	f.fromDay, f.from = f.day, f.hour
}

// toggle switches the hour under the cursor, or the range.
func (f *hoursField) toggle() {
	if !f.ranging {
		i := f.index(f.day, f.hour)
		f.week[i] = !f.week[i]
		return
	}
	f.turn(min(f.day, f.fromDay), max(f.day, f.fromDay), min(f.hour, f.from), max(f.hour, f.from))
	f.ranging = false
}

// turn allows the hours of some days, or, when they are all allowed, none of
// them.
func (f *hoursField) turn(firstDay, lastDay, first, last int) {
	all := true
	for day := firstDay; day <= lastDay; day++ {
		for hour := first; hour <= last; hour++ {
			all = all && f.week[f.index(day, hour)]
		}
	}
	for day := firstDay; day <= lastDay; day++ {
		for hour := first; hour <= last; hour++ {
			f.week[f.index(day, hour)] = !all
		}
	}
}

func (f *hoursField) marked(day, hour int) bool {
	return f.ranging && day >= min(f.day, f.fromDay) && day <= max(f.day, f.fromDay) &&
		hour >= min(f.hour, f.from) && hour <= max(f.hour, f.from)
}

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

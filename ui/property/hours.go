package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// hoursField is the week in which an account may sign in, as a grid of seven
// days by 24 hours. The directory keeps hours of UTC; they are shown as those of
// the person's own zone while that lies whole hours from UTC.
type hoursField struct {
	editor  *Editor
	present string
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

func newHours(e *Editor, present string) *hoursField {
	f := &hoursField{editor: e, present: present, hour: 8}
	var ok bool
	if f.week, ok = models.ParseWeek(present); !ok {
		f.odd = present != ""
		for i := range f.week {
			f.week[i] = true // no hours set means all of them
		}
	}
	f.preset = f.week
	name, seconds := e.words.now().In(e.words.zone).Zone()
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

func (f *hoursField) owns(key string) bool { return key == "esc" && f.ranging }

func (f *hoursField) keys() string {
	switch {
	case f.ranging:
		return "Space switch the range  Esc no range"
	case f.editor.env.Width < slimWidth:
		return "Space v d c a n"
	default:
		return "Space hour  v range  d day  c column  a all  n none  z UTC"
	}
}

func (f *hoursField) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	name := key.String()
	if arrow, shifted := strings.CutPrefix(name, "shift+"); shifted {
		if !f.ranging && strings.Contains("up down left right", arrow) {
			f.mark()
		}
		name = arrow
	}
	switch name {
	case "up", "k":
		f.day = max(f.day-1, 0)
	case "down", "j":
		f.day = min(f.day+1, 6)
	case "left", "h":
		f.hour = max(f.hour-1, 0)
	case "right", "l":
		f.hour = min(f.hour+1, 23)
	case "home":
		f.hour = 0
	case "end":
		f.hour = 23
	case "space":
		f.toggle()
	case "v":
		f.mark()
	case "esc":
		f.ranging = false
	case "d":
		f.turn(f.day, f.day, 0, 23)
	case "c":
		f.turn(0, 6, f.hour, f.hour)
	case "a", "n":
		for i := range f.week {
			f.week[i] = name == "a"
		}
		f.ranging = false
	case "z":
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

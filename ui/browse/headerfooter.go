package browse

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/action"
)

// header says where one is, as whom, how safely, and whether anything can be
// changed. What does not fit is left out, what matters least first.
func (d picture) header() string {
	th, width, about := d.th, d.layout.width, d.load.Backend.About()
	realm := cmp.Or(d.info.Realm, "dirdesk")
	window := d.env.Hooks.Window()
	ink := th.Ink.ReadOnly
	if window.Writable {
		ink = th.Ink.Writable
	}
	words := append(slices.Clip(d.env.Badges), window.Words)
	badges := " " + strings.Join(words, " ") + " "
	left := width - terminaltext.Width(badges)
	if left < 4 {
		return ink.Render(th.Fit(strings.TrimSpace(badges), width))
	}
	realm = " " + th.Cut(realm, left-2)
	sep := " " + th.Glyphs.Separator + " "
	parts := []string{about.Backend, about.Host, about.Account, about.TLS}
	worth := []int{0, 1, 3, 2} // which part goes first when there is no room
	for i := range parts {
		parts[i] = th.Safe(parts[i])
	}
	fits := func() bool { return terminaltext.Width(realm+joined(parts, sep)) < left }
	whole := slices.Clone(parts)
	dropped := 0
	for ; dropped < len(worth) && !fits(); dropped++ {
		parts[worth[dropped]] = ""
	}
	// A long one that is gone may have made room for a short one.
	for _, most := range slices.Backward(worth[:dropped]) {
		if parts[most] = whole[most]; !fits() {
			parts[most] = ""
		}
	}
	text := th.Fit(joined(parts, sep), left-terminaltext.Width(realm))
	return th.Ink.Title.Render(realm) + th.Ink.Muted.Render(text) + ink.Render(badges)
}

func joined(parts []string, sep string) string {
	var b strings.Builder
	for _, part := range parts {
		if part != "" {
			b.WriteString(sep + part)
		}
	}
	return b.String()
}

// covered reports whether something stands in the place of what is said at the foot.
func (s *state) covered() bool { return s.ask.line != nil || s.ask.kind == copying }

// message is what is said at the foot, or what is being typed.
func (d picture) message() []string {
	th, width := d.th, d.layout.width
	switch {
	case d.ask.line != nil:
		return []string{d.ask.line.View(th, width)}
	case d.ask.kind == copying:
		return []string{d.copyLine()}
	}
	style, said := d.foot.tone.Ink(th), d.foot.text
	if d.foot.hint != "" {
		style, said = th.Ink.Text, d.foot.hint
	}
	parts := []string{said}
	if d.layout.footLines > 1 {
		parts = terminaltext.Wrap(th.Safe(said), max(width-2, 1))
	}
	running := d.running()
	block := make([]string, d.layout.footLines)
	for i := range block {
		text, room := "", width
		if i < len(parts) {
			text = parts[i]
		}
		if i == len(block)-1 {
			room -= terminaltext.Width(running)
		}
		block[i] = style.Render(th.Fit(" "+text, room))
	}
	block[len(block)-1] += th.Ink.Muted.Render(running)
	return block
}

// running tells what is under way: what is being written or, once it has taken
// long enough for anybody to wonder, what is being read.
func (d picture) running() string {
	what, stops := d.env.Hooks.Activity(), d.env.Hooks.Stoppable()
	if what == "" && d.spin > 0 {
		what, stops = d.load.Activity(), true
		if quiet := time.Duration(d.spin-d.heard) * spinEvery; what != "" && quiet >= models.QuietAfter {
			what = fmt.Sprintf("nothing came for %d s", int(quiet.Seconds()))
		}
	}
	if what == "" {
		return ""
	}
	end := " "
	if stops {
		end = d.escStops()
	}
	return d.th.Cut(" "+d.spinner()+" "+d.th.Cut(what, d.layout.width/2)+end, d.layout.width)
}

// escStops stands behind what can be stopped.
func (s *state) escStops() string { return ", " + s.key("view.escape") + " stops " }

func (d picture) copyLine() string {
	o, keys := d.nav.Subject(), d.env.Keys.In(keymap.Copying)
	if o == nil {
		return d.th.Fit("", d.layout.width)
	}
	var all []action.Action
	for _, c := range d.copyables(o) {
		if c.id == "copy.ticket" && c.text == "" { // of what nobody changed here
			continue
		}
		if c.text == "" {
			c.label = "no " + c.label
		}
		all = append(all, action.Action{Keys: keys.Keys(c.id), Short: c.label})
	}
	title := d.th.Fit(" Copy ", min(6, d.layout.width))
	line, left := hints(d.th, all, d.layout.width-terminaltext.Width(title))
	return d.th.Ink.Accent.Render(title) + line + strings.Repeat(" ", left)
}

// keysLine shows the keys that work right now: first those of the page, as many
// as there is room for, and always how to get help and how to leave.
func (d picture) keysLine(own, global []action.Action) string {
	th, width := d.th, d.layout.width
	if d.ask.line != nil && d.ask.wrong != "" {
		return th.Ink.Bad.Render(th.Fit(" "+english.Own(d.ask.wrong).Capital(), width))
	}
	if d.Typing() {
		return th.Ink.Muted.Render(th.Fit(" "+d.typingKeys(), width))
	}
	tail, room := hints(th, global, width)
	head, left := hints(th, urgentFirst(own), room)
	return head + strings.Repeat(" ", left) + tail
}

func (s *state) typingKeys() string {
	keys := s.env.Keys.In(keymap.Narrowing)
	upAndDown := keys.Spell("move.up") + " and " + keys.Spell("move.down")
	switch {
	case s.sheet != nil:
		return upAndDown + " scroll   " + s.env.Keys.In(keymap.Facts).Hints("   ", "overlay.close", "closes")
	case s.ask.kind == copying:
		return s.env.Keys.In(keymap.Copying).Hints("   ", "copy.leave", "closes")
	case s.ask.kind == seeking:
		keys = s.env.Keys.In(keymap.Seeking)
		return keys.Hints("   ", "line.accept", "goes to the rows", "find.kinds", "people, groups, computers, all", "line.leave", "back")
	case s.ask.kind == going:
		return keys.Hints("   ", "line.accept", "goes there", "line.word", "takes a step off", "line.clear", "clears", "line.leave", "closes")
	default:
		return upAndDown + " walk the rows   " + keys.Hints("   ", "line.accept", "keeps", "line.leave", "shows all")
	}
}

// arrangePanes shares the screen out.
func (s *state) arrangePanes() { s.layout.arrange(s.statusLines()) }

// statusLines is how many lines the message takes: one, or a few for what
// would not fit, as long as most of the screen is left for the panes.
func (s *state) statusLines() int {
	width := s.layout.width
	if s.Typing() || s.foot.text == "" || width <= 2 {
		return 1
	}
	wrapped := terminaltext.Wrap(terminaltext.Safe(s.foot.text), width-2)
	lines := len(wrapped)
	// What is being written stands beside the last line.
	if writing := terminaltext.Width(terminaltext.Safe(s.env.Hooks.Activity())); writing > 0 && lines > 0 &&
		terminaltext.Width(wrapped[lines-1])+min(writing, width/2)+len(" . "+s.escStops()) > width-2 {
		lines++
	}
	return max(min(lines, 3, s.layout.height/5), 1)
}

// urgentFirst puts the keys that matter in a special situation first, then those
// that a help desk needs all day, then the others that change something, where
// anything can be changed, and the everyday ones.
func urgentFirst(actions []action.Action) []action.Action {
	rank := func(a action.Action) int {
		switch {
		case a.Short == againWord, slices.Contains([]string{"view.escape", "view.load", "view.error", "change.resume", "change.unlock"}, a.ID):
			return 0
		case slices.Contains([]string{"go.find", "view.narrow", "change.rescue", "change.password"}, a.ID):
			return 1
		case a.ID == "go.open":
			return 2
		case a.Changes():
			return 3
		default:
			return 4
		}
	}
	slices.SortStableFunc(actions, func(a, b action.Action) int { return rank(a) - rank(b) })
	return actions
}

// hints writes keys with their words as far as the room goes, and what is left of it.
// One that the server would refuse stands in brackets, in the same room.
func hints(th *theme.Theme, actions []action.Action, room int) (string, int) {
	var b strings.Builder
	for _, a := range actions {
		if a.Short == "" || a.Unavailable != "" && !a.Dim || len(a.Keys) == 0 {
			continue
		}
		key := keymap.Spell(a.Keys[0], th.Options.ASCII)
		need := 1 + terminaltext.Width(key) + 1 + terminaltext.Width(a.Short) + 1
		if need > room {
			break
		}
		room -= need
		if a.Dim {
			b.WriteString(th.Ink.Muted.Render("(" + key + " " + a.Short + ")"))
			continue
		}
		b.WriteString(" " + th.Ink.Key.Render(key) + " " + th.Ink.Muted.Render(a.Short) + " ")
	}
	return b.String(), room
}

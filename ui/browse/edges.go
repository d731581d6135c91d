package browse

import (
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/action"
)

// header says where one is, as whom, how safely, and whether anything can be
// changed. What does not fit is left out, what matters least first.
func (p *Page) header(th *theme.Theme) string {
	about := p.env.Backend.About()
	realm := p.info.Realm
	if realm == "" {
		realm = "dirdesk"
	}
	window := p.env.Door.window()
	ink := th.Ink.ReadOnly
	if window.Writable {
		ink = th.Ink.Writable
	}
	words := append(p.env.Badges[:len(p.env.Badges):len(p.env.Badges)], window.Words)
	badges := " " + strings.Join(words, " ") + " "
	left := p.width - terminaltext.Width(badges)
	if left < 4 {
		return ink.Render(th.Fit(strings.TrimSpace(badges), p.width))
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

// foot is the message or what is being typed, and the keys that work now.
func (p *Page) foot(th *theme.Theme, global []action.Action) []string {
	var block []string
	switch {
	case p.ask.line != nil:
		block = []string{p.ask.line.View(th, p.width)}
	case p.ask.choosing:
		block = []string{p.copyLine(th)}
	default:
		block = p.message(th)
	}
	return append(block, p.keysLine(th, global))
}

func (p *Page) message(th *theme.Theme) []string {
	style := th.Ink.Text
	switch p.status.tone {
	case toneGood:
		style = th.Ink.Good
	case tonePending:
		style = th.Ink.Pending
	case toneWarning:
		style = th.Ink.Warning
	case toneBad:
		style = th.Ink.Bad
	}
	running := p.running(th)
	room := p.width - terminaltext.Width(running)
	if p.layout.footLines > 1 {
		room = p.width
	}
	parts := terminaltext.Wrap(th.Safe(p.status.text), max(p.width-2, 1))
	if p.layout.footLines == 1 {
		parts = []string{p.status.text}
	}
	var block []string
	for i := range p.layout.footLines {
		text := ""
		if i < len(parts) {
			text = parts[i]
		}
		if i == p.layout.footLines-1 {
			room = p.width - terminaltext.Width(running)
		}
		block = append(block, style.Render(th.Fit(" "+text, room)))
	}
	block[len(block)-1] += th.Ink.Muted.Render(running)
	return block
}

// running tells what is under way, once it has taken long enough for anybody
// to wonder.
func (p *Page) running(th *theme.Theme) string {
	what := p.tasks.words()
	if writing := p.env.Door.activity(); writing != "" {
		return th.Cut(" "+p.spinner(th)+" "+th.Cut(writing, p.width/2)+stops(p.env.Door.stoppable()), p.width)
	}
	if p.spin == 0 || what == "" {
		return ""
	}
	return th.Cut(" "+p.spinner(th)+" "+th.Cut(what, p.width/2)+", Esc stops ", p.width)
}

func stops(can bool) string {
	if can {
		return ", Esc stops "
	}
	return " "
}

func (p *Page) copyLine(th *theme.Theme) string {
	o := p.subject()
	if o == nil {
		return th.Fit("", p.width)
	}
	title := th.Fit(" Copy ", min(6, p.width))
	line, room := th.Ink.Accent.Render(title), p.width-terminaltext.Width(title)
	for _, c := range copyables(o) {
		key, label := c.keys[0], c.label
		if c.text == "" {
			label = "no " + label
		}
		need := len(key) + len(label) + 3
		if need > room {
			break
		}
		room -= need
		line += " " + th.Ink.Key.Render(key) + " " + label + " "
	}
	return line + strings.Repeat(" ", max(room, 0))
}

// keysLine shows the keys that work right now: first those of the page, as many
// as there is room for, and always how to get help and how to leave.
func (p *Page) keysLine(th *theme.Theme, global []action.Action) string {
	if p.ask.line != nil && p.ask.wrong != "" {
		return th.Ink.Bad.Render(th.Fit(" "+english.Own(p.ask.wrong).Capital(), p.width))
	}
	if p.Typing() {
		return th.Ink.Muted.Render(th.Fit(" "+p.typingKeys(), p.width))
	}
	tail, room := hints(th, global, p.width)
	head, left := hints(th, urgentFirst(p.Actions()), room)
	return head + strings.Repeat(" ", left) + tail
}

func (p *Page) typingKeys() string {
	switch {
	case p.sheet != nil:
		return "Up and Down scroll   Esc closes"
	case p.ask.choosing:
		return "Esc closes"
	case p.ask.kind == going:
		return "Enter goes there   Ctrl-W takes a step off   Ctrl-U clears   Esc closes"
	default:
		return "Up and Down walk the rows   Enter keeps   Esc shows all"
	}
}

// changeGroup is the group of the actions that change something.
const changeGroup = "Change"

// urgentFirst puts the keys that matter in a special situation before those that
// change something, where anything can be changed, and the everyday ones.
func urgentFirst(actions []action.Action) []action.Action {
	var urgent, changes, rest []action.Action
	for _, a := range actions {
		switch a.ID {
		case "view.escape", "view.load", "view.error", "change.resume":
			urgent = append(urgent, a)
		case "view.refresh":
			if a.Short == againWord {
				urgent = append(urgent, a)
				continue
			}
			rest = append(rest, a)
		case "go.open":
			changes = append([]action.Action{a}, changes...)
		default:
			if a.Group == changeGroup {
				changes = append(changes, a)
				continue
			}
			rest = append(rest, a)
		}
	}
	return append(append(urgent, changes...), rest...)
}

// hints writes keys with their short names as far as the room goes, and says
// how much of it is left.
func hints(th *theme.Theme, actions []action.Action, room int) (string, int) {
	var b strings.Builder
	for _, a := range actions {
		if a.Short == "" || a.Unavailable != "" || len(a.Keys) == 0 {
			continue
		}
		key := keymap.Spell(a.Keys[0], th.Options.ASCII)
		need := 1 + terminaltext.Width(key) + 1 + terminaltext.Width(a.Short) + 1
		if need > room {
			break
		}
		room -= need
		b.WriteString(" " + th.Ink.Key.Render(key) + " " + th.Ink.Muted.Render(a.Short) + " ")
	}
	return b.String(), room
}

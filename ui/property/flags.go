package property

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/list"
)

// flagPane is the check-list of a property whose bits have names. Only the flags
// that the person touches are sent.
type flagPane struct {
	still
	editor  *Editor
	keys    keymap.Keys
	list    list.List
	item    *item
	flags   []models.NamedFlag
	rows    []int // what is shown: places in flags, those that can be switched first
	present int32
	told    int32 // the bits of which it is known how they are
	value   int32
	mask    int32
	start   models.PropertyChange // as it was when the pane was opened

	notice  string
	leaving bool
}

func newFlags(e *Editor, it *item) *flagPane {
	p := &flagPane{editor: e, keys: e.env.Keys.In(keymap.Flags), item: it, flags: it.flags()}
	bits, known := it.bits()
	if known {
		p.present, p.told = bits, -1
	}
	p.mustChange()
	if c := it.change; c != nil && c.Masked {
		p.value, _ = models.Bits(valueOf(*c))
		p.mask = c.Mask
	}
	p.start = p.change()
	for _, free := range []bool{true, false} {
		for i, f := range p.flags {
			if (f.Fixed == "") == free {
				p.rows = append(p.rows, i)
			}
		}
	}
	return p
}

// mustChange finds out how the one flag is that no directory keeps among the
// bits: an account whose password was never set has to change it.
func (p *flagPane) mustChange() {
	if !strings.EqualFold(p.item.property.Name, "userAccountControl") {
		return
	}
	p.present &^= models.MustChangeFlag
	p.told &^= models.MustChangeFlag
	last, ok := p.editor.sheet.Property("pwdLastSet")
	if !ok || len(last.Values) == 0 {
		return
	}
	p.told |= models.MustChangeFlag
	if strings.EqualFold(last.Values[0], models.NeverText) {
		p.present |= models.MustChangeFlag
	}
}

// change is what would be sent.
func (p *flagPane) change() models.PropertyChange {
	return models.PropertyChange{
		Operation: models.Replace, Masked: true, Mask: p.mask,
		Values: []string{strconv.FormatInt(int64(p.value&p.mask), 10)},
	}
}

// groupMask has the bits of a choice, or those of the one flag.
func (p *flagPane) groupMask(f models.NamedFlag) int32 {
	mask := f.Bit
	for _, other := range p.flags {
		if f.Choice != "" && other.Choice == f.Choice {
			mask |= other.Bit
		}
	}
	return mask
}

// isOn reports how a flag is to be, and whether that is known.
func (p *flagPane) isOn(f models.NamedFlag) (on, known bool) {
	if p.mask&f.Bit != 0 {
		return p.value&f.Bit != 0, true
	}
	return p.present&f.Bit != 0, p.told&f.Bit != 0
}

// toggle switches a flag. One that comes to be as it was is not touched any
// more; one of which nothing is known goes on, off and back to untouched.
func (p *flagPane) toggle(f models.NamedFlag) {
	if f.Fixed != "" {
		p.notice = "It cannot be switched here: " + f.Fixed + "."
		return
	}
	mask := p.groupMask(f)
	on, known := p.isOn(f)
	var value int32
	switch {
	case f.Choice != "":
		value = f.Bit
	case !known || !on:
		value = f.Bit
	}
	untouched := p.told&mask == mask && p.present&mask == value
	if p.told&mask == 0 && p.mask&mask != 0 && !on && f.Choice == "" {
		untouched = true
	}
	if untouched {
		p.mask, p.value = p.mask&^mask, p.value&^mask
		return
	}
	p.mask |= mask
	p.value = p.value&^mask | value
}

func (p *flagPane) update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	leaving := p.leaving
	p.leaving, p.notice = false, ""
	f := p.flags[p.rows[p.list.At()]]
	switch id := p.keys.ID(key.String()); id {
	case "value.leave":
		if now := p.change(); !leaving && (now.Mask != p.start.Mask || now.Values[0] != p.start.Values[0]) {
			p.leaving = true
			return nil
		}
		p.editor.pop()
	case "value.accept":
		p.editor.pop()
		c := p.change()
		if c.Mask == 0 {
			p.item.change = nil
			return nil
		}
		p.editor.take(p.item, c)
	case "flags.toggle":
		p.toggle(f)
	case "flags.back":
		mask := p.groupMask(f)
		p.mask, p.value = p.mask&^mask, p.value&^mask
	default:
		p.list.Key(id, len(p.rows))
	}
	return nil
}

func (p *flagPane) view() string {
	e := p.editor
	take, back := hint{"value.accept", "take it", 0}, hint{"value.leave", "back", 0}
	hints := []hint{{"flags.toggle", "switch", 0}, {"flags.back", "untouched", 1}, take, back}
	switch f := p.flags[p.rows[p.list.At()]]; {
	case f.Fixed != "":
		hints = []hint{take, back}
	case f.Choice != "":
		hints[0].words = "choose"
	}
	return e.env.Page(forms.Page{
		Title: e.env.Theme.Safe(p.item.property.Name + ": flags"), Refused: e.refusal,
		Body: p.body, Notes: p.notes, Keys: fitting(p.keys, hints, e.env.Width),
	})
}

func (p *flagPane) body(width, room int) []string {
	return p.editor.scrolled(&p.list, len(p.rows), room, func(i int, under bool) string {
		return p.row(p.flags[p.rows[i]], under, width-2)
	})
}

func (p *flagPane) row(f models.NamedFlag, focused bool, width int) string {
	th := p.editor.env.Theme
	on, known := p.isOn(f)
	box := "[ ]"
	switch {
	case !known:
		box = "[?]"
	case on:
		box = "[x]"
	}
	if f.Choice != "" {
		box = map[string]string{"[ ]": "( )", "[x]": "(*)", "[?]": "(?)"}[box]
	}
	touched := " "
	ink := th.Ink.Text
	switch {
	case p.mask&f.Bit != 0:
		touched, ink = "*", th.Ink.Good
	case f.Fixed != "":
		touched, ink = "-", th.Ink.Muted
	}
	head := "  "
	if focused {
		head = th.Ink.Accent.Render("> ")
	}
	room := max(width-8, 1)
	words := f.Words
	if f.Choice != "" {
		words = f.Choice + ": " + words
	}
	names := min(40, room)
	text := th.Fit(words, names)
	if focused {
		text = th.Ink.Cursor.Render(text)
	} else {
		text = ink.Render(text)
	}
	rest := ""
	if room-names > 12 {
		rest = " " + th.Ink.Muted.Render(th.Fit(f.Name, room-names-1))
	}
	return head + touched + " " + ink.Render(box) + " " + text + rest
}

func (p *flagPane) notes(width int) []string {
	th := p.editor.env.Theme
	var lines []string
	add := func(ink func(string) string, text string) {
		lines = append(lines, wrapped([]string{th.Safe(text)}, width, ink)...)
	}
	c := p.change()
	f := p.flags[p.rows[p.list.At()]]
	switch {
	case p.leaving:
		add(th.Ink.Bad.Render, p.keys.Spell("value.leave")+" again goes back without what was switched; any other key goes on.")
	case c.Mask == 0:
		add(th.Ink.Muted.Render, "Nothing is switched, so nothing will be sent. Only flags marked * are.")
	default:
		add(th.Ink.Good.Render, "Sends "+sent(c)+": "+maskWords(p.item.property.Name, &c))
	}
	switch {
	case p.notice != "":
		add(th.Ink.Warning.Render, p.notice)
	case f.Fixed != "":
		add(th.Ink.Muted.Render, f.Name+" cannot be switched here: "+f.Fixed+".")
	case p.editor.env.Width < slimWidth:
		add(th.Ink.Muted.Render, f.Name)
	}
	return lines
}

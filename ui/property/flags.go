package property

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/list"
)

// flagPane is the check-list of a property whose bits have names. Only the flags
// that the person touches are sent.
type flagPane struct {
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

func (p *flagPane) resize() {}

func (p *flagPane) close() {}

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

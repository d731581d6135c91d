package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// copyable is a text of an object that can be copied.
type copyable struct {
	keys  []string
	label string
	text  string
}

func copyables(o *models.Object) []copyable {
	return []copyable{
		{[]string{"y", "d"}, "DN", string(o.DN)},
		{[]string{"l"}, "logon name", o.SAMAccountName},
		{[]string{"m"}, "mail", o.Mail},
	}
}

// subject is the object that the focused pane's cursor is on; in an empty
// container that is the container.
func (p *Page) subject() *models.Object {
	if p.focus == treePane && p.tree != nil {
		n := p.tree.Cursor()
		return &models.Object{DN: n.DN, Name: n.Name, Category: n.Category}
	}
	if p.shown == nil {
		return nil
	}
	if o := p.shown.table.Object(); o != nil || p.shown.list.Len() > 0 {
		return o
	}
	return &models.Object{DN: p.shown.base, Name: name(p.shown.base)}
}

func (p *Page) askCopy() tea.Cmd {
	p.ask = prompting{choosing: true}
	return nil
}

func (p *Page) chooseCopy(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	o := p.subject()
	if key.String() == "esc" || o == nil {
		p.ask = prompting{}
		return nil
	}
	for _, c := range copyables(o) {
		for _, k := range c.keys {
			if k == key.String() {
				return p.copied(c, o)
			}
		}
	}
	return nil
}

// copied sends a text to the clipboard of the person's own terminal.
func (p *Page) copied(c copyable, o *models.Object) tea.Cmd {
	p.ask = prompting{}
	if c.text == "" {
		p.say(toneWarning, name(o.DN)+" has no "+c.label+" here.")
		return nil
	}
	p.say(tonePlain, "Sent the "+c.label+" to your terminal's clipboard: "+c.text)
	return tea.SetClipboard(c.text)
}

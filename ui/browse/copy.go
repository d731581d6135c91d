package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/message"
)

// copyable is a text of an object that can be copied.
type copyable struct {
	id    string // of the action
	label string
	text  string
}

func copyables(o *models.Object) []copyable {
	return []copyable{
		{"copy.dn", "DN", string(o.DN)},
		{"copy.logon", "logon name", o.SAMAccountName},
		{"copy.mail", "mail", o.Mail},
	}
}

func (t typing) askCopy() tea.Cmd {
	t.ask = prompting{choosing: true}
	return nil
}

func (t typing) chooseCopy(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	id, o := t.env.Keys.In(keymap.Copying).ID(key.String()), t.nav.Subject()
	if id == "copy.leave" || o == nil {
		t.ask = prompting{}
		return nil
	}
	for _, c := range copyables(o) {
		if c.id == id {
			return t.copied(c, o)
		}
	}
	return nil
}

// copied sends a text to the clipboard of the person's own terminal.
func (t typing) copied(c copyable, o *models.Object) tea.Cmd {
	t.ask = prompting{}
	if c.text == "" {
		t.say(message.Warning, place.Name(o.DN)+" has no "+c.label+" here.")
		return nil
	}
	t.say(message.Plain, "Sent the "+c.label+" to your terminal's clipboard: "+c.text)
	return tea.SetClipboard(c.text)
}

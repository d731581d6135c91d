package browse

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/details"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// sheet is a page of facts laid over the panes, to read and put away.
type sheet struct {
	title string
	facts []details.Fact
	text  list.Text
}

// take takes a key and reports whether it closes the sheet.
func (s *sheet) take(msg tea.Msg, keys keymap.Keys) (closed bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	id := keys.ID(key.String())
	s.text.Key(id)
	return id == "overlay.close"
}

func (s *sheet) draw(th *theme.Theme, width, height int) []string {
	var lines []string
	for _, f := range s.facts {
		lines = append(lines, details.FactLines(th, f, width)...)
	}
	return s.text.Window(lines, height)
}

// showDomain tells what the directory says of itself.
func (s *state) showDomain() {
	about, info := s.load.Backend.About(), s.info
	facts := []details.Fact{}
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, details.Fact{Label: label, Text: text})
		}
	}
	add("Realm", info.Realm)
	add("Workgroup", info.Workgroup)
	add("Base DN", string(info.BaseDN))
	add("Service", info.Status)
	facts = append(facts, details.Fact{})
	add("Connection", about.Backend)
	add("Address", about.URL)
	add("Host", about.Host)
	add("Account", about.Account)
	add("Security", about.TLS)
	for _, c := range info.Controllers {
		facts = append(facts, details.Fact{})
		add("Controller", c.Name)
		add("Host name", c.HostName)
		add("DN", string(c.DN))
		add("Roles", strings.Join(c.Roles, ", "))
	}
	s.sheet = &sheet{title: "Domain", facts: facts}
}

// showTrouble tells all that is known of the last failure.
func (s *state) showTrouble() {
	var facts []details.Fact
	title := "What the server said"
	if s.foot.trouble != nil {
		title = "What went wrong"
		if errors.Is(s.foot.trouble, models.ErrPending) {
			title = "Sent for approval"
		}
		for _, f := range trouble.Full(s.foot.what, s.foot.trouble) {
			facts = append(facts, details.Fact{Label: f.Label, Text: f.Text})
		}
	}
	s.sheet = &sheet{title: title, facts: append(facts, saidFacts(s.foot.said)...)}
}

// saidFacts are what the server said, as a tree.
func saidFacts(messages []models.Message) []details.Fact {
	var facts []details.Fact
	for i, m := range trouble.Tree(messages) {
		f := details.Fact{Text: m.Text, Indent: 2 * m.Depth}
		switch m.Kind {
		case models.MessageError:
			f.Tone = message.Bad
		case models.MessageWarning:
			f.Tone = message.Warning
		case models.MessageApproval:
			f.Tone = message.Pending
		}
		if i == 0 {
			f.Label = "Messages"
		}
		facts = append(facts, f)
	}
	return facts
}

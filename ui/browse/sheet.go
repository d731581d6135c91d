package browse

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/details"
	"dirdesk/ui/trouble"
)

// sheet is a page of facts laid over the panes, to read and put away.
type sheet struct {
	title  string
	facts  []details.Fact
	offset int
	lines  int // when last drawn
	room   int
}

func (p *Page) readSheet(msg tea.Msg) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return
	}
	s := p.sheet
	switch key.String() {
	case "up", "k":
		s.offset--
	case "down", "j":
		s.offset++
	case "pgup":
		s.offset -= s.room
	case "pgdown", "space":
		s.offset += s.room
	case "esc", "q", "enter", "!", "I":
		p.sheet = nil
		return
	}
	s.offset = max(min(s.offset, s.lines-s.room), 0)
}

func (s *sheet) draw(th *theme.Theme, width, height int) []string {
	var lines []string
	for _, f := range s.facts {
		lines = append(lines, details.FactLines(th, f, width)...)
	}
	s.lines, s.room = len(lines), height
	s.offset = max(min(s.offset, s.lines-s.room), 0)
	return lines[s.offset:]
}

// showDomain tells what the directory says of itself.
func (p *Page) showDomain() tea.Cmd {
	about, info := p.env.Backend.About(), p.info
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
	p.sheet = &sheet{title: "Domain", facts: facts}
	return nil
}

// showTrouble tells all that is known of the last failure.
func (p *Page) showTrouble() tea.Cmd {
	var facts []details.Fact
	title := "What the server said"
	if p.trouble != nil {
		title = "What went wrong"
		if errors.Is(p.trouble, models.ErrPending) {
			title = "Sent for approval"
		}
		for _, f := range trouble.Full(p.status.what, p.trouble) {
			facts = append(facts, details.Fact{Label: f.Label, Text: f.Text})
		}
	}
	p.sheet = &sheet{title: title, facts: append(facts, saidFacts(p.said)...)}
	return nil
}

// saidFacts are what the server said, as a tree.
func saidFacts(messages []models.Message) []details.Fact {
	var facts []details.Fact
	for i, s := range trouble.Tree(messages) {
		f := details.Fact{Text: s.Text, Indent: 2 * s.Depth}
		switch s.Kind {
		case models.MessageError:
			f.Tone = details.Bad
		case models.MessageWarning:
			f.Tone = details.Warning
		case models.MessageApproval:
			f.Tone = details.Pending
		}
		if i == 0 {
			f.Label = "Messages"
		}
		facts = append(facts, f)
	}
	return facts
}

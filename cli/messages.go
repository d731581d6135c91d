package cli

import (
	"strings"

	"dirdesk/models"
)

// said is a message of the server, as json gives it.
type said struct {
	Kind     string `json:"kind"` // error, warning, information, ...
	Source   string `json:"source,omitempty"`
	Text     string `json:"text"`
	Messages []said `json:"messages,omitempty"`
}

func saidOf(messages []models.Message) []said {
	var all []said
	for _, m := range messages {
		all = append(all, said{Kind: m.Kind.Label(), Source: m.Source, Text: m.Text, Messages: saidOf(m.Inner)})
	}
	return all
}

// messageTree writes what the server said, a line each, what lies below another
// indented.
func (p *console) messageTree(messages []models.Message) string {
	var b strings.Builder
	p.addMessages(&b, messages, 1)
	return b.String()
}

// deepestMessage bounds the indentation; deeper ones stand at the same place.
const deepestMessage = 12

func (p *console) addMessages(b *strings.Builder, messages []models.Message, depth int) {
	indent := strings.Repeat("  ", min(depth, deepestMessage))
	for _, m := range messages {
		text := m.Text
		if m.Source != "" {
			text = m.Source + ": " + text
		}
		lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
		for i, line := range lines {
			lead := m.Kind.Label() + "  "
			if i > 0 {
				lead = strings.Repeat(" ", len(lead))
			}
			b.WriteString(indent + lead + p.safe(strings.TrimRight(line, "\r")) + "\n")
		}
		p.addMessages(b, m.Inner, depth+1)
	}
}

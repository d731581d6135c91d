package trouble

import (
	"strings"

	"dirdesk/models"
)

// mostSaid and deepest bound what is shown of a server that says too much.
const (
	mostSaid = 300
	deepest  = 12
)

// Said is one thing that a server said about a write, with the place it has in
// the tree of all it said. Its text is not safe to print raw.
type Said struct {
	Depth int
	Kind  models.MessageKind
	Text  string // "warning (Business Rules): the mailbox was not made"
}

// Tree is all that a server said, from top to bottom, what lies below another
// one level deeper.
func Tree(messages []models.Message) []Said {
	var all []Said
	var walk func([]models.Message, int)
	walk = func(messages []models.Message, depth int) {
		for _, m := range messages {
			if len(all) == mostSaid {
				all = append(all, Said{Kind: models.MessageInformation, Text: "and more, which is not shown"})
			}
			if len(all) > mostSaid {
				return
			}
			all = append(all, Said{min(depth, deepest), m.Kind, line(m)})
			walk(m.Inner, depth+1)
		}
	}
	walk(messages, 0)
	return all
}

// line is a message with its kind and who says it.
func line(m models.Message) string {
	words := m.Kind.Label()
	if m.Source != "" {
		words += " (" + m.Source + ")"
	}
	if text := strings.TrimSpace(m.Text); text != "" {
		words += ": " + text
	}
	return words
}

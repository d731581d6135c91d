// Package trouble puts a failure into words: what happened, to what, and what
// to do now.
package trouble

import (
	"context"
	"errors"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Line is the failure in one line, for the foot of a page: what could not be
// done, why, and what to do. Directory text in it is not safe to print raw.
func Line(what string, err error, advice ...string) string {
	parts := []string{what + ": " + reason(err) + "."}
	for _, a := range advice {
		if a != "" {
			parts = append(parts, english.Stop(a))
		}
	}
	return strings.Join(parts, " ")
}

// reason is the kind of the failure in words, with its code.
func reason(err error) string {
	var known *models.Error
	switch {
	case errors.As(err, &known) && known.Kind != nil:
		text := known.Kind.Error()
		if known.Code != "" {
			text += " (" + known.Code + ")"
		}
		return text
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	default:
		return err.Error()
	}
}

// Fact is a line of the full account of a failure.
type Fact struct{ Label, Text string }

// Full is everything known of a failure, the server's own words included. They
// are not safe to print raw.
func Full(what string, err error) []Fact {
	facts := []Fact{{"What", what}, {"Why", reason(err)}}
	var known *models.Error
	if errors.As(err, &known) {
		facts = append(facts, Fact{"Tried", strings.TrimSpace(known.Action)},
			Fact{"On", known.Object}, Fact{"Code", known.Code}, Fact{"Server says", known.Server})
		if known.Err != nil {
			facts = append(facts, Fact{"Cause", known.Err.Error()})
		}
	}
	facts = append(facts, Fact{"What to do", models.AdviceFor(err)})
	kept := facts[:0]
	for _, f := range facts {
		if f.Text != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

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

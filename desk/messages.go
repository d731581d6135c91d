package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// collector collects what a server says while one step is written.
type collector struct {
	mu   sync.Mutex
	said []models.Message
}

func (c *collector) hear(m models.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = append(c.said, m)
}

// collecting has the messages of one step collected. Who listens to the context
// already hears them too, and how a long write is going.
func collecting(ctx context.Context) (context.Context, *collector) {
	c := new(collector)
	return models.WithListener(ctx, models.Listener{Message: c.hear}), c
}

func (c *collector) all() []models.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.said)
}

// Warnings are the messages that a person has to see: the errors and warnings
// among all, those inside others too, in their order and without what is inside
// of them.
func Warnings(messages []models.Message) []models.Message {
	var all []models.Message
	for _, m := range messages {
		if m.Kind == models.MessageError || m.Kind == models.MessageWarning {
			inner := m
			inner.Inner = nil
			all = append(all, inner)
		}
		all = append(all, Warnings(m.Inner)...)
	}
	return all
}

// warned says in a few words what a server warned of, to follow an outcome's
// words; "" when it did not.
func warned(messages []models.Message) string {
	all := Warnings(messages)
	switch len(all) {
	case 0:
		return ""
	case 1:
		return "; the server " + map[bool]string{true: "reported an error: ", false: "warned: "}[all[0].Kind == models.MessageError] + english.Quoted(oneLine(all[0]))
	default:
		return fmt.Sprintf("; the server gave %d warnings, the first: %s", len(all), english.Quoted(oneLine(all[0])))
	}
}

func oneLine(m models.Message) string {
	if m.Source == "" {
		return m.Text
	}
	return m.Source + ": " + m.Text
}

package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
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
		if m.Kind.Wrong() {
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

// scrub takes a password out of what is shown and written down of an outcome:
// a server may repeat what it was sent.
func scrub(out *Outcome, password models.Secret) {
	out.Change.Password = models.Secret{}
	if password.Empty() {
		return
	}
	clean := cleaner(password)
	out.Words = clean(out.Words)
	out.Messages = cleanMessages(out.Messages, clean)
	if out.Err == nil || !tells(out.Err, clean) {
		return
	}
	var e *models.Error
	if !errors.As(out.Err, &e) {
		out.Err = errors.New(clean(out.Err.Error()))
		return
	}
	// The cause below is left behind: it may say it too.
	out.Err = &models.Error{
		Kind: kindOf(out.Err), Action: clean(e.Action), Object: clean(e.Object),
		Advice: clean(e.Advice), Code: clean(e.Code), Server: clean(e.Server),
	}
}

func cleanMessages(messages []models.Message, clean func(string) string) []models.Message {
	cleaned := make([]models.Message, 0, len(messages))
	for _, m := range messages {
		m.Source, m.Text, m.Inner = clean(m.Source), clean(m.Text), cleanMessages(m.Inner, clean)
		cleaned = append(cleaned, m)
	}
	return cleaned
}

// cleaner replaces a password, in the forms in which it goes over a wire.
func cleaner(password models.Secret) func(string) string {
	text := password.Reveal()
	forms := []string{text, url.QueryEscape(text), url.PathEscape(text)}
	if encoded, err := json.Marshal(text); err == nil {
		forms = append(forms, strings.Trim(string(encoded), `"`))
	}
	var pairs []string
	for _, f := range forms {
		pairs = append(pairs, f, password.String())
	}
	return strings.NewReplacer(pairs...).Replace
}

// tells reports whether an error, or what lies below it, holds what is to be
// cleaned.
func tells(err error, clean func(string) string) bool {
	if err == nil {
		return false
	}
	texts := []string{err.Error()}
	if e, ok := err.(*models.Error); ok {
		texts = append(texts, e.Server, e.Advice)
	}
	if slices.ContainsFunc(texts, func(text string) bool { return clean(text) != text }) {
		return true
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return tells(e.Unwrap(), clean)
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(e.Unwrap(), func(below error) bool { return tells(below, clean) })
	}
	return false
}

// kindOf is the sentinel of an error, without its texts.
func kindOf(err error) error {
	if models.MayBeDone(err) {
		return models.ErrUnknownOutcome
	}
	return models.KindOf(err)
}

package desk

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"dirdesk/models"
)

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
	switch e := err.(type) {
	case *models.Error:
		texts = append(texts, e.Server, e.Advice)
	}
	for _, text := range texts {
		if clean(text) != text {
			return true
		}
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return tells(e.Unwrap(), clean)
	case interface{ Unwrap() []error }:
		for _, below := range e.Unwrap() {
			if tells(below, clean) {
				return true
			}
		}
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

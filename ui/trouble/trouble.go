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

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

// Advice is what to do about a failure.
func Advice(err error) string {
	var known *models.Error
	if errors.As(err, &known) && known.Advice != "" {
		return known.Advice
	}
	for _, a := range []struct {
		kind   error
		advice string
	}{
		{models.ErrNotFound, "It may have been moved, renamed or deleted: go up and refresh."},
		{models.ErrDenied, "The account signed in may not do this; ask for the right or use another account."},
		{models.ErrSession, "Sign in again."},
		{models.ErrUnreachable, "Check the network and that the server runs, then try again."},
		{models.ErrBusy, "The server is busy: try again in a moment."},
		{models.ErrProtocol, "The server answered in a way dirdesk does not understand; try again, and report it if it stays so."},
		{models.ErrServer, "The server met an error of its own: try again, then look into its log."},
		{models.ErrUnsupported, "This connection cannot do it."},
	} {
		if errors.Is(err, a.kind) {
			return a.advice
		}
	}
	return ""
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
	facts = append(facts, Fact{"What to do", Advice(err)})
	kept := facts[:0]
	for _, f := range facts {
		if f.Text != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

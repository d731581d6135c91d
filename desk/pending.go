package desk

import (
	"context"
	"strings"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// asksForApproval reports whether the server may have writes approved by somebody
// first, of which a lost answer would have told.
func (d *Desk) asksForApproval() bool { return strings.Contains(d.backend.About().Backend, "Adaxes") }

// judgePending is for a write that somebody has to approve first. It is never
// sent again: that would ask a second time.
func (d *Desk) judgePending(ctx context.Context, s Step, out Outcome) Outcome {
	out.Verdict = verdict.Pending
	out.NewDN = ""
	out.Words = called(s.Change) + ": sent for approval; nothing has changed yet"
	if s.Change.Action == models.SyncDomain || s.Change.Action == models.SendResetMail {
		return out
	}
	found := d.look(ctx, s, "")
	switch {
	case found.err != nil:
		out.Words += "; it could not be read back: " + found.err.Error()
	case found.sight == holds:
		// The rule of the server may have let a part through, or somebody has
		// been quick.
		out.Words = called(s.Change) + ": sent for approval, and yet there already: " + found.words
		out.NewDN = found.dn
	case found.sight == differs && !creates(s.Change.Action):
		out.Words += " (" + found.words + ")"
	}
	return out
}

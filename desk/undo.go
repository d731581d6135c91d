package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// CannotUndo says why a change cannot be taken back, and what can be done
// instead.
type CannotUndo struct {
	Words string
	// Recreate, for a deleted user, is a new one with the same fields, to which
	// a password has to be given; nil for all others.
	Recreate *models.Change
	// Groups are those the deleted user was in, as far as they were known: add
	// the new one to each, when it is made.
	Groups []models.DN
}

// Error gives the words.
func (c *CannotUndo) Error() string { return c.Words }

// Undo plans the reverse of a journal entry: a plan like any other, with what
// is there now, its own read-back and its own line in the journal. What cannot
// be taken back is a *CannotUndo.
func (d *Desk) Undo(ctx context.Context, entry journal.Entry) (Plan, error) {
	c, left, err := reverse(entry)
	if err != nil {
		return Plan{}, err
	}
	plan, err := d.Plan(ctx, []models.Change{c}, PlanOptions{})
	if err != nil {
		return Plan{}, err
	}
	plan.undoes = entry.ID
	for _, words := range left {
		plan.Steps[0].Warnings = append(plan.Steps[0].Warnings, english.Own(words))
	}
	return plan, nil
}

// reverse is the change that takes an entry back, and what of it cannot be
// taken back, in words.
func reverse(e journal.Entry) (c models.Change, left []string, err error) {
	if words := nothingDone(e); words != "" {
		return models.Change{}, nil, &CannotUndo{Words: words}
	}
	c = models.Change{DN: e.DN, Name: e.Name, Category: e.Category}
	if e.NewDN != "" {
		c.DN = e.NewDN
	}
	op, known := operations()[e.Action]
	if !known {
		return c, nil, &CannotUndo{Words: "dirdesk does not know how to take that back"}
	}
	return op.reverse(e, c)
}

// nothingDone says why there is nothing to take back; "" when there is.
func nothingDone(e journal.Entry) string {
	switch {
	case e.UndoneBy != "":
		return "it was taken back already, by entry " + e.UndoneBy
	case e.Outcome == verdict.Pending:
		return "nothing was changed: it waits for approval"
	case e.Outcome == verdict.Failed || e.Outcome == verdict.NotTried:
		return "nothing was changed: it " + map[verdict.Verdict]string{verdict.Failed: "failed", verdict.NotTried: "was not tried"}[e.Outcome]
	default:
		return ""
	}
}

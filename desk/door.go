package desk

import (
	"context"
	"iter"
	"time"

	"dirdesk/models"
)

// Can tells whether an action can be offered for an object: "" it can; else why
// not, in words. It costs nothing and looks at what is known of the object.
func (d *Desk) Can(action models.Action, o models.Object) string { return "not built yet" }

// Plan looks at changes without making them: whether they are allowed and
// possible, what the directory holds now, and what would be different. The
// error is for a plan that could not be made at all; what is wrong with one
// change stands in its step.
func (d *Desk) Plan(ctx context.Context, changes []models.Change, o PlanOptions) (Plan, error) {
	return Plan{}, errNotYet("plan changes")
}

// Question is what a person is to be asked before the plan is applied.
func (p Plan) Question() Question { return Question{} }

// Apply makes the changes of a plan, one after the other, and gives what became
// of each as soon as it is known. When ctx ends, or the caller stops ranging,
// the write under way is finished, and the rest is not tried.
func (d *Desk) Apply(ctx context.Context, plan Plan) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {}
}

// Undo plans the reverse of a journal entry. What cannot be taken back is a
// *CannotUndo.
func (d *Desk) Undo(ctx context.Context, entry Entry) (Plan, error) {
	return Plan{}, errNotYet("undo")
}

// CannotUndo says why a change cannot be taken back, and what can be done
// instead.
type CannotUndo struct {
	Words    string
	Recreate *models.Change // for a deleted user: a new one with the same fields; the password is to be filled in
	Groups   []models.DN    // the groups the deleted user was in: add the new one, when it is made
}

// Error gives the words.
func (c *CannotUndo) Error() string { return c.Words }

// SyncProgress is how a sync is going.
type SyncProgress struct {
	Task    string // the server's name for it; "" before it answered
	Words   string // the server's word: "updating"
	Known   bool   // the word is one that dirdesk knows
	Done    bool   // only when the server said that it is finished
	Elapsed time.Duration
}

// Sync starts DSM's update of its own copy of the accounts and follows it to
// its end. Progress comes with every look. It ends with Done, or with an error.
func (d *Desk) Sync(ctx context.Context) iter.Seq2[SyncProgress, error] {
	return func(yield func(SyncProgress, error) bool) { yield(SyncProgress{}, errNotYet("sync")) }
}

// Find searches the domain by part of a name, logon name or mail, and gives
// what it finds as it finds it. No categories: all. limit 0: no limit.
func (d *Desk) Find(ctx context.Context, text string, categories []models.Category, limit int) iter.Seq2[[]models.Object, error] {
	return func(yield func([]models.Object, error) bool) { yield(nil, errNotYet("find")) }
}

// Locate finds the one object that a person named: by its DN, or by its logon
// name, else its name. category "" is any. models.ErrNotFound when there is
// none, models.ErrInvalid when there are several.
func (d *Desk) Locate(ctx context.Context, text string, category models.Category) (models.Object, error) {
	return models.Object{}, errNotYet("look for " + text)
}

// Policy is the domain's password policy, read once; its Known is false where
// the connection cannot tell.
func (d *Desk) Policy(ctx context.Context) (models.PasswordPolicy, error) {
	return models.PasswordPolicy{}, nil
}

// Remember notes at which place of its parent an object was listed: read-back
// looks there first, where the backend cannot read one object.
func (d *Desk) Remember(o models.Object, offset int) { d.hints.add(o.DN, offset) }

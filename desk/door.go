package desk

import (
	"context"
	"iter"
	"time"

	"dirdesk/models"
)

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

// follow is Sync without its checks and its journal.
func (d *Desk) follow(ctx context.Context) iter.Seq2[SyncProgress, error] {
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

// Remember notes at which place of its parent an object was listed: read-back
// looks there first, where the backend cannot read one object.
func (d *Desk) Remember(o models.Object, offset int) { d.hints.add(o.DN, offset) }

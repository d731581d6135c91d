// Package loader reads for the page: the rows of a place, the tree, and what is
// known of single objects. Everything runs beside the loop, as a command whose
// answer comes back to [Loader.Update]; what that leads to is a [Report]. It
// knows neither cursors nor what the screen looks like.
package loader

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// Options are what a loader works with.
type Options struct {
	Context context.Context //nolint:containedctx // the program's own, parent of every command's
	Backend desk.Backend
	Now     func() time.Time
	Later   func(time.Duration, tea.Msg) tea.Cmd // sends a message after a while
}

// connection is the backend and what runs over it.
type connection struct {
	Options
	tasks
}

// Loader reads places; Tree and Objects read over the same connection.
type Loader struct {
	*connection
	Tree    *Tree
	Objects *Objects
	Person  *Person

	Coming   *Opening // on its way to the screen; nil for none
	Advanced bool     // the objects of the advanced view are among the rows
}

// New makes a loader.
func New(o Options) *Loader {
	c := &connection{Options: o}
	return &Loader{connection: c, Tree: &Tree{connection: c}, Objects: &Objects{connection: c}, Person: &Person{connection: c}}
}

// Report is what an answer led to.
type Report struct {
	Failed  *Failure
	Warning string                // "" for none
	Arrived *Opening              // the first page of a place is here
	Found   *models.Object        // the object that a place was read for is here
	Domain  *models.DirectoryInfo // the domain is known
	Target  *Target               // it is known what a name stands for
	Next    tea.Cmd               // what goes on
}

// Failure is something that could not be read, or was cancelled.
type Failure struct {
	What  string // "" when it is shown elsewhere
	Err   error
	Again func() tea.Cmd // does it again; nil where that is of no use
	Gone  place.Place    // that is not there any more; nil for none
	Anew  bool           // the place on the screen was not read anew
}

// failure is the report of one.
func failure(what string, err error, again func() tea.Cmd) Report {
	return Report{Failed: &Failure{What: what, Err: err, Again: again}}
}

// Update takes the answer to a command. It is false for a message of somebody
// else. An answer that nobody waits for any more leads to nothing.
func (l *Loader) Update(msg tea.Msg) (Report, bool) {
	switch msg := msg.(type) {
	case pageMsg:
		return l.onPage(msg), true
	case answerMsg:
		if !l.end(msg.task) {
			if msg.late != nil {
				msg.late()
			}
			return Report{}, true
		}
		return msg.take(), true
	case doMsg:
		return msg(), true
	}
	return Report{}, false
}

// Stop ends what is being read, and gives what can be done again; nil for nothing.
func (l *Loader) Stop(shown *Rows) (again func() tea.Cmd) {
	if shown != nil {
		for _, t := range l.running {
			if t.what != "" {
				shown.giveUp(t.id)
			}
		}
	}
	switch o := l.Coming; {
	case o != nil:
		l.Coming = nil
		again = func() tea.Cmd { return l.Open(o.Place, o.Intent) }
	case l.Tree.Nodes == nil:
		again = l.Objects.AskDomain
	case shown != nil && len(shown.failed) > 0:
		again = func() tea.Cmd { return l.RetryRows(shown) }
	}
	l.endWhere(func(t *task) bool { return t.what != "" })
	l.Tree.revealing = ""
	return again
}

// Reconnect goes on over another connection. What was under way is given up.
func (l *Loader) Reconnect(backend desk.Backend, shown *Rows) {
	l.CancelOpening()
	if shown != nil {
		l.Leave(shown)
	}
	l.endWhere(func(*task) bool { return true })
	l.Objects.Forget()
	l.Person.Forget()
	l.Backend = backend
}

package browse

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// A task is something that runs beside the loop. Its number goes with every
// answer, and an answer whose task has ended by then is dropped: that is all it
// takes for late answers to do no harm.
type task struct {
	id     int
	what   string // "opening Finance"; empty: not worth a word
	cancel context.CancelFunc
	quiet  bool // Esc leaves it alone
}

type tasks struct {
	last    int
	running []*task
}

// start makes a task with its own context.
func (t *tasks) start(parent context.Context, what string) (*task, context.Context) {
	ctx, cancel := context.WithCancel(parent)
	t.last++
	started := &task{id: t.last, what: what, cancel: cancel}
	t.running = append(t.running, started)
	return started, ctx
}

// alive reports whether answers of the task are still wanted.
func (t *tasks) alive(id int) bool {
	return slices.ContainsFunc(t.running, func(r *task) bool { return r.id == id })
}

// end forgets a task and frees its context; the answers still to come will be
// dropped. Ending a task twice does nothing.
func (t *tasks) end(id int) {
	t.running = slices.DeleteFunc(t.running, func(r *task) bool {
		if r.id == id {
			r.cancel()
		}
		return r.id == id
	})
}

// stoppable reports whether Esc has anything to cancel.
func (t *tasks) stoppable() bool {
	return slices.ContainsFunc(t.running, func(r *task) bool { return !r.quiet })
}

// words tells what runs, the latest first.
func (t *tasks) words() string {
	for _, r := range slices.Backward(t.running) {
		if r.what != "" {
			return r.what
		}
	}
	return ""
}

// batch is tea.Batch without the empty commands.
func batch(cmds ...tea.Cmd) tea.Cmd {
	cmds = slices.DeleteFunc(cmds, func(c tea.Cmd) bool { return c == nil })
	switch len(cmds) {
	case 0:
		return nil
	case 1:
		return cmds[0]
	}
	return tea.Batch(cmds...)
}

package loader

import (
	"context"
	"slices"
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
func (t *tasks) start(parent context.Context, what string) (int, context.Context) {
	ctx, cancel := context.WithCancel(parent)
	t.last++
	t.running = append(t.running, &task{id: t.last, what: what, cancel: cancel})
	return t.last, ctx
}

// startQuiet makes a task that goes without a word and that Esc leaves alone.
func (t *tasks) startQuiet(parent context.Context) (int, context.Context) {
	id, ctx := t.start(parent, "")
	t.running[len(t.running)-1].quiet = true
	return id, ctx
}

// alive reports whether answers of the task are still wanted.
func (t *tasks) alive(id int) bool {
	return slices.ContainsFunc(t.running, func(r *task) bool { return r.id == id })
}

// end forgets a task and frees its context; the answers still to come will be
// dropped. It reports whether the task was alive: ending one twice does nothing.
func (t *tasks) end(id int) bool {
	return t.endWhere(func(r *task) bool { return r.id == id })
}

func (t *tasks) endWhere(which func(*task) bool) bool {
	before := len(t.running)
	t.running = slices.DeleteFunc(t.running, func(r *task) bool {
		if which(r) {
			r.cancel()
			return true
		}
		return false
	})
	return len(t.running) < before
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

package models

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// QuietAfter is how long a server may send nothing before a person is told.
const QuietAfter = 30 * time.Second

// Wait watches one wait for a server; a nil one watches nothing.
type Wait struct {
	timer *time.Timer
	times atomic.Int64 // that it was told
}

// Await has the listener of ctx told, every QuietAfter, that a server sends nothing.
// Call Heard for whatever it sends, and Stop when the wait is over.
func Await(ctx context.Context, server string) *Wait {
	l, _ := ctx.Value(listenerKey{}).(Listener)
	if l.Quiet == nil {
		return nil
	}
	w := new(Wait)
	w.timer = time.AfterFunc(time.Hour, func() {
		quiet := time.Duration(w.times.Add(1)) * QuietAfter
		l.Quiet(fmt.Sprintf("%s has sent nothing for %d s; Ctrl-C ends the wait", server, quiet/time.Second))
		w.timer.Reset(QuietAfter)
	})
	w.timer.Reset(QuietAfter)
	return w
}

// Heard says that the server has sent something.
func (w *Wait) Heard() {
	if w != nil {
		w.times.Store(0)
		w.timer.Reset(QuietAfter)
	}
}

// Stop ends the watch.
func (w *Wait) Stop() {
	if w != nil {
		w.timer.Stop()
	}
}

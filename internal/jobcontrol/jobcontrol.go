// Package jobcontrol stops the program and lets it go on, as a shell asks for:
// Ctrl-Z, kill -TSTP, fg.
package jobcontrol

import (
	"os"
	"sync"
	"time"
)

// Asked is what the shell asks for.
type Asked uint8

// The shell asks to stop, or has the program go on that was stopped by force.
const (
	ToStop Asked = iota
	ToGoOn
)

// Control hears what the shell asks for. It is safe for use by several
// goroutines.
type Control struct {
	mu      sync.Mutex // held while stopped
	signals chan os.Signal
	ended   chan struct{}
	running sync.WaitGroup
}

// Listen begins to hear; tell is called for each. Close ends it.
func Listen(tell func(*Control, Asked)) *Control {
	c := &Control{signals: make(chan os.Signal, 4), ended: make(chan struct{})}
	notify(c.signals)
	c.running.Go(func() {
		for {
			select {
			case s := <-c.signals:
				tell(c, meaning(s))
			case <-c.ended:
				return
			}
		}
	})
	return c
}

// Close ends the hearing.
func (c *Control) Close() {
	ignore(c.signals)
	close(c.ended)
	c.running.Wait()
}

// notStopped is how long a stop may take. A program that no shell looks after
// cannot be stopped: the system ignores it, and the program goes on.
const notStopped = 300 * time.Millisecond

// Stop stops the program, with all that the shell started beside it, and comes
// back when it goes on. Give the terminal back before.
func (c *Control) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	ignore(c.signals)
	stop(notStopped)
	notify(c.signals)
}

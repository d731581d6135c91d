//go:build unix

package jobcontrol

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Supported reports whether the system has it.
const Supported = true

func notify(c chan<- os.Signal) { signal.Notify(c, syscall.SIGTSTP, syscall.SIGCONT) }

func ignore(c chan<- os.Signal) { signal.Stop(c) }

func meaning(s os.Signal) Asked {
	if s == syscall.SIGTSTP {
		return ToStop
	}
	return ToGoOn
}

func stop(within time.Duration) {
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGCONT)
	defer signal.Stop(again)
	// To the group: make and go run stop with it. Not SIGTSTP: once it was listened
	// for, Go never gives it its own effect back. This one has the same, and the
	// system ignores both where no shell looks after the group.
	_ = syscall.Kill(0, syscall.SIGTTOU)
	select {
	case <-again:
	case <-time.After(within):
	}
}

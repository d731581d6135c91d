//go:build !unix

package jobcontrol

import (
	"os"
	"time"
)

// Supported reports whether the system has it.
const Supported = false

func notify(chan<- os.Signal) {}

func ignore(chan<- os.Signal) {}

func meaning(os.Signal) Asked { return ToGoOn }

func stop(time.Duration) {}

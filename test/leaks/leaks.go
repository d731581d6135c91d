// Package leaks fails the tests of a package that leave goroutines behind: what still
// runs when everything was closed is never ended in the program either.
package leaks

import (
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is how long goroutines may take to end. It is long because the machine
// may be busy; nobody waits for it where none is left.
const patience = 30 * time.Second

// Main runs a package's tests, and then looks for goroutines that are left. It is for
// TestMain.
func Main(m *testing.M) { os.Exit(After(m.Run())) }

// After looks for goroutines once the tests have ended with a code, and gives the code
// to end with.
func After(code int) int {
	if code != 0 {
		return code // a test that fails may leave something behind
	}
	err := goleak.Find()
	for end := time.Now().Add(patience); err != nil && time.Now().Before(end); {
		err = goleak.Find() // it waits a while itself
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%v later still: %v\n", patience, err)
		return 1
	}
	return 0
}

// M is for who runs the tests through a function of a library.
type M struct{ *testing.M }

// Run runs the tests as [Main] does, and gives the code to end with.
func (m M) Run() int { return After(m.M.Run()) }

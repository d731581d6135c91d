package undumpable_test

import (
	"testing"

	"golang.org/x/sys/unix"

	"dirdesk/internal/undumpable"
)

func TestNoCoreFileAndNoDebugger(t *testing.T) {
	undumpable.Make()
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
		t.Errorf("dumpable %d, %v", dumpable, err)
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
		t.Errorf("core files up to %+v, %v", limit, err)
	}
}

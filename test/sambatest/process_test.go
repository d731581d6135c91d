//go:build linux

package sambatest

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// family starts a shell with a child, in a session of its own, and gives both pids.
func family(t *testing.T, script string) (p *process, child int) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command("/bin/sh", "-c", script)
	command.Stdout = write
	if p, err = startProcess(command); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	_ = write.Close()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if child, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		t.Fatal(err)
	}
	return p, child
}

// gone reports whether a process ends; one that waits to be reaped has ended.
func gone(pid int) bool {
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
		if _, runs := startTime(pid); !runs {
			return true
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
}

func TestStopEndsTheLeaderAndItsChildren(t *testing.T) {
	for name, script := range map[string]string{
		"willing":           "sleep 1000 & echo $!; wait",
		"the child goes on": "(trap '' TERM; sleep 1000) & echo $!; wait",
	} {
		t.Run(name, func(t *testing.T) {
			p, child := family(t, script)
			if _, runs := startTime(child); !runs {
				t.Fatal("the child does not run")
			}
			_ = p.stop() // says so when it had to use force
			if !gone(p.pid) || !gone(child) {
				t.Error("something still runs")
			}
		})
	}
}

func TestKillEndsTheWholeSession(t *testing.T) {
	p, child := family(t, "trap '' TERM; sleep 1000 & echo $!; wait")
	p.kill()
	if !gone(p.pid) || !gone(child) {
		t.Error("something still runs")
	}
}

// A pid that now belongs to someone else must be left alone.
func TestAnotherProcessOfTheSamePidIsLeftAlone(t *testing.T) {
	other := exec.Command("sleep", "1000")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	p := &process{pid: other.Process.Pid, started: "1", done: make(chan struct{})}
	close(p.done)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	p.kill()
	if err := syscall.Kill(other.Process.Pid, 0); err != nil || !p.isOurs(other.Process.Pid, mustStart(t, other.Process.Pid)) {
		t.Errorf("the other process was ended: %v", err)
	}
}

func mustStart(t *testing.T, pid int) string {
	t.Helper()
	started, ok := startTime(pid)
	if !ok {
		t.Fatalf("process %d has ended", pid)
	}
	return started
}

func TestPasswordIsTakenFromWhatIsSaidAndHidden(t *testing.T) {
	said := []byte("INFO #488: once\nINFO pid:7 #492: Admin password:        0l&GAR_GL7,:Isj[B?!N\nINFO #493: Server Role: x\n")
	if got := saidPassword(said); got != "0l&GAR_GL7,:Isj[B?!N" {
		t.Errorf("got %q", got)
	}
	if shown := string(withoutPassword(said)); strings.Contains(shown, "GAR_GL7") || !strings.Contains(shown, "#493") {
		t.Errorf("shown is %q", shown)
	}
	if got := saidPassword([]byte("nothing of the kind")); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestAddressesAreClaimedOnce(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("ports below 1024 are root's: claiming is for root only, and so is what needs it")
	}
	first, err := claimAddress()
	if err != nil {
		t.Fatal(err)
	}
	second, err := claimAddress()
	if err != nil {
		t.Fatal(err)
	}
	if first.address == second.address {
		t.Errorf("%s was given twice", first.address)
	}
	first.release()
	second.release()
}

//go:build linux

package sambatest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a started server: the leader of a session of its own, with the
// children that it forked.
type process struct {
	pid     int
	started string        // the kernel's start time, which a later process of the same pid has not
	done    chan struct{} // closed when the leader has ended
	err     error         // how it ended; set before done is closed
}

// quickly is the environment for all of Samba's programs here: a domain that is
// thrown away need not be forced to the disk (libtdb; Samba's own tests do so).
func quickly() []string { return append(os.Environ(), "TDB_NO_FSYNC=1") }

// startProcess runs the command until it ends. The goroutine keeps its thread,
// since the death signal comes when the starting thread ends, not the process.
func startProcess(command *exec.Cmd) (*process, error) {
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGTERM}
	p := &process{done: make(chan struct{})}
	begun := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := command.Start(); err != nil {
			begun <- err
			return
		}
		p.pid = command.Process.Pid
		p.started, _ = startTime(p.pid)
		begun <- nil
		p.err = command.Wait()
		close(p.done)
	}()
	if err := <-begun; err != nil {
		return nil, fmt.Errorf("start samba: %w", err)
	}
	return p, nil
}

// stop ends the leader and what it forked: politely, then by force.
func (p *process) stop() error {
	children := p.session()
	if !p.ended() && p.isOurs(p.pid, p.started) {
		_ = syscall.Kill(p.pid, syscall.SIGTERM)
	}
	if !p.wait(5*time.Second) && p.isOurs(p.pid, p.started) {
		_ = syscall.Kill(p.pid, syscall.SIGKILL)
		p.wait(5 * time.Second)
	}
	deadline := time.Now().Add(5 * time.Second)
	for signal := syscall.Signal(0); ; signal = syscall.SIGTERM {
		left := 0
		for pid, started := range children {
			if p.isOurs(pid, started) {
				left++
				_ = syscall.Kill(pid, signal)
			}
		}
		if left == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			for pid, started := range children {
				if p.isOurs(pid, started) {
					_ = syscall.Kill(pid, syscall.SIGKILL)
				}
			}
			return errors.New("stop samba: children had to be killed")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// kill ends the whole session at once, as a power cut does.
func (p *process) kill() {
	for pid, started := range p.session() {
		if p.isOurs(pid, started) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	p.wait(5 * time.Second)
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *process) wait(limit time.Duration) bool {
	select {
	case <-p.done:
		return true
	case <-time.After(limit):
		return false
	}
}

// session gives the processes of the leader's session with their start times.
func (p *process) session() map[int]string {
	found := make(map[int]string)
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		pid, err := strconv.Atoi(strings.Split(path, "/")[2])
		if err != nil {
			continue
		}
		if fields := statFields(pid); len(fields) > 19 && fields[3] == strconv.Itoa(p.pid) {
			found[pid] = fields[19]
		}
	}
	return found
}

// isOurs reports whether the pid still is the process that was seen before.
func (p *process) isOurs(pid int, started string) bool {
	now, ok := startTime(pid)
	return ok && started != "" && now == started
}

// startTime is field 22 of /proc/PID/stat; false for a process that is gone or
// has ended and only waits to be reaped.
func startTime(pid int) (string, bool) {
	fields := statFields(pid)
	if len(fields) <= 19 || fields[0] == "Z" {
		return "", false
	}
	return fields[19], true
}

// statFields are the fields of /proc/PID/stat from the third, the state, on: the
// second, a name in brackets, may hold blanks (proc(5)).
func statFields(pid int) []string {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return nil
	}
	end := strings.LastIndexByte(string(text), ')')
	if end < 0 {
		return nil
	}
	return strings.Fields(string(text)[end+1:])
}

//go:build linux

package hostile

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/simulator"
	"dirdesk/test/leaks"
)

var printed = flag.Bool("hostile", false, "run all trials, and print the time and the memory of each")

// Bounds of a trial with max_rows at 100,000.
const (
	mostMemory = 256 << 20
	mostTime   = 3 * time.Minute
	maxRows    = 100_000
)

// TestMain keeps the program that the tests share until they are through.
func TestMain(m *testing.M) {
	code := leaks.After(m.Run())
	if err := os.RemoveAll(built.dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// built is the program, once a test has asked for it.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "dirdesk-hostile-"); built.err != nil {
			return
		}
		if said, err := exec.Command("go", "build", "-o", filepath.Join(built.dir, "dirdesk"), "dirdesk").CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w\n%s", err, said)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "dirdesk")
}

// trial is one server, and what the program says in the end.
type trial struct {
	name   string
	ldap   *ldapServer
	scheme string // of a web server
	web    answer
	args   []string
	words  string // on stderr
	long   bool   // left out of the short form
}

// Whatever a server sends, the program ends in time and in words, and never had more
// memory than an answer may cost.
func TestHostileServers(t *testing.T) {
	binary := program(t)
	server, err := simulator.Start(simulator.Options{Objects: 3, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	if *printed {
		fmt.Printf("%-40s %8s %8s  %s\n", "server", "seconds", "MB", "the program says")
	}
	for _, c := range append(ldapTrials(), webTrials()...) {
		if c.long && !*printed {
			continue
		}
		t.Run(c.name, func(t *testing.T) { c.run(t, binary, server) })
	}
}

func (c trial) run(t *testing.T, binary string, s *simulator.Server) {
	home := t.TempDir()
	address, fingerprint, account, password := "", "", "u@example.test", "Pa55-word"
	if c.ldap != nil {
		config, certificate := certified()
		address, fingerprint = c.ldap.serve(t, config), certificate
	} else {
		to := s.URL()
		account, password = s.Account(), s.Password().Reveal()
		if c.scheme == "adaxes" {
			to, account, password = s.AdaxesURL(), s.AdaxesUsername(), s.AdaxesPassword().Reveal()
		}
		proxy := c.web.serve(t, to)
		address = strings.Replace(proxy.URL, "https", c.scheme, 1)
		if _, path, found := strings.Cut(strings.TrimPrefix(to, "https://"), "/"); found {
			address += "/" + path
		}
		fingerprint = digest(proxy.Certificate())
	}
	write(t, filepath.Join(home, "dirdesk", "config.toml"), fmt.Sprintf("[profiles.x]\nurl = %q\naccount = %q\nmax_rows = %d\n", address, account, maxRows))
	write(t, filepath.Join(home, "password"), password)
	command := exec.Command(binary, append(c.args, "-c", "x", "--fingerprint", fingerprint, "--password-file", filepath.Join(home, "password"))...)
	command.Env = []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "LC_ALL=C.UTF-8", "PATH=" + os.Getenv("PATH")}
	var complaints bytes.Buffer
	command.Stderr = &complaints
	start := time.Now()
	kill := time.AfterFunc(mostTime, func() {
		if command.Process != nil {
			_ = command.Process.Kill()
		}
	})
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	memory := watch(command.Process.Pid)
	err := command.Wait()
	kill.Stop()
	took, most := time.Since(start), <-memory
	said, _, _ := strings.Cut(complaints.String(), "\n")
	if *printed {
		fmt.Printf("%-40s %8.1f %8d  %s\n", c.name, took.Seconds(), most>>20, said)
	}
	switch {
	case took > mostTime:
		t.Errorf("not over after %v", took)
	case most > mostMemory:
		t.Errorf("%d MB of memory", most>>20)
	case !strings.Contains(complaints.String(), c.words):
		t.Errorf("%v, it said %.2000s", err, complaints.String())
	case (err == nil) != (c.words == ""):
		t.Errorf("it ended with %v and said %.300s", err, complaints.String())
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watch gives, once a process is gone, the most memory that it had. The system keeps
// the mark; what getrusage tells of a child counts what this process had.
func watch(pid int) <-chan int {
	told := make(chan int, 1)
	go func() {
		most := 0
		for range time.Tick(5 * time.Millisecond) {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			found := highWater.FindSubmatch(status)
			if err != nil || found == nil {
				break
			}
			if kilobytes, err := strconv.Atoi(string(found[1])); err == nil {
				most = kilobytes << 10
			}
		}
		told <- most
	}()
	return told
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// certified is a certificate for a server, with its fingerprint.
func certified() (*tls.Config, string) {
	made := httptest.NewUnstartedServer(nil)
	made.Config.ErrorLog = silent()
	made.StartTLS()
	defer made.Close()
	config := made.TLS.Clone()
	config.NextProtos = nil
	return config, digest(made.Certificate())
}

func digest(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// trusting reaches the simulator, whose certificate is its own.
func trusting() *http.Transport {
	return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // our own, in this process
}

func silent() *log.Logger { return log.New(io.Discard, "", 0) }

package cli_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"dirdesk/cli"
	"dirdesk/test/leaks"
)

func TestMain(m *testing.M) {
	testscript.Main(leaks.M{M: m}, map[string]func(){
		"dirdesk": func() {
			streams := cli.System()
			if os.Getenv(shortPauses) != "" {
				streams.Pauses = pauses
			}
			os.Exit(cli.Main(os.Args[1:], streams))
		},
	})
}

// pauses are for a server in the same machine. A process has them where the
// variable is set. Adaxes takes whole seconds.
var pauses = cli.Pauses{
	Settle: []time.Duration{50 * time.Millisecond, 100 * time.Millisecond},
	Sync:   50 * time.Millisecond,
	AtWork: time.Second,
}

const shortPauses = "DIRDESK_TEST_SHORT_PAUSES"

// TestScripts runs the real program, without a screen, against a simulator that
// is a process of its own. The scripts in testdata/script read as a person would
// type them; the commands they have beyond testscript's are below.
func TestScripts(t *testing.T) {
	testscript.Run(t, scripts("script", nil))
}

// scripts are those in testdata/dir, each with homes and variables of its own.
func scripts(dir string, variables map[string]string) testscript.Params {
	return testscript.Params{
		Dir: filepath.Join("testdata", dir),
		Setup: func(env *testscript.Env) error {
			for name, value := range variables {
				env.Setenv(name, value)
			}
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "settings"))
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			env.Setenv("LC_ALL", "C.UTF-8")
			env.Values[recorderKey{}] = &recorder{}
			return os.WriteFile(filepath.Join(env.WorkDir, "dot.png"), dot(), 0o600)
		},
		Condition: func(condition string) (bool, error) {
			if condition == "modes" {
				return runtime.GOOS != "windows", nil
			}
			return false, fmt.Errorf("unknown condition %s", condition)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"main":      callMain,
			"run":       runProgram,
			"signed":    runSigned,
			"simulator": startSimulator,
			"adaxes":    runAdaxes,
			"recorder":  startRecorder,
			"pull":      pullPlug,
			"third":     keepThird,
			"sent":      checkSent,
			"answered":  checkAnswered,
			"array":     checkArray,
			"mode":      checkMode,
			"nosecrets": checkNoSecrets,
			"keep":      keepPassword,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	}
}

// runProgram is "run CODE ARGUMENT...": it runs the program and wants that
// exit code.
func runProgram(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: run CODE ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec("dirdesk", args[1:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	judge(ts, want, code)
}

// judge wants that exit code, and no password on the screen.
func judge(ts *testscript.TestScript, want, code int) {
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	if password := ts.Getenv("PASSWORD"); password != "" {
		for _, stream := range []string{"stdout", "stderr"} {
			if strings.Contains(ts.ReadFile(stream), password) {
				ts.Fatalf("the password is on %s", stream)
			}
		}
	}
}

// callMain is "main CODE ARGUMENT...": run, but inside this process. Under the
// race detector a process takes half a second to start. Relative file names and
// stdin do not work.
func callMain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: main CODE ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	judge(ts, want, cli.Main(args[1:], cli.Streams{
		In: strings.NewReader(""), Out: ts.Stdout(), Err: ts.Stderr(), Getenv: ts.Getenv, Pauses: pauses,
	}))
}

// runSigned is "signed CODE ARGUMENT...": main with all it needs to sign in.
func runSigned(ts *testscript.TestScript, neg bool, args []string) {
	args = append(args, "-c", ts.Getenv("URL"), "--account", ts.Getenv("ACCOUNT"), "--password-file", ts.MkAbs("password"))
	if ca := ts.Getenv("CA"); ca != "" {
		args = append(args, "--ca", ca)
	} else {
		args = append(args, "--fingerprint", ts.Getenv("FINGERPRINT"))
	}
	callMain(ts, neg, args)
}

// startSimulator is "simulator FLAG...": it starts dirdesk simulate, sets URL,
// HOST, ACCOUNT, PASSWORD, FINGERPRINT, BASE and LARGE, and writes the password
// into a file of that name.
func startSimulator(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: simulator FLAG...")
	}
	program, err := exec.LookPath("dirdesk")
	ts.Check(err)
	command := exec.Command(program, append([]string{"simulate", "--json"}, args...)...)
	command.Stderr = ts.Stderr()
	command.Dir = ts.MkAbs(".")
	out, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	ts.Defer(func() {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			ts.Logf("stopping the simulator: %v", err)
		}
		if err := command.Wait(); err != nil && runtime.GOOS != "windows" {
			ts.Logf("the simulator did not stop well: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	var said struct {
		DSM    struct{ URL, Account, Password, Fingerprint string }
		Adaxes announcedAdaxes
		// Names as the contract of --json has them.
		BaseDN  string `json:"base_dn"`
		LargeDN string `json:"large_dn"`
	}
	ts.Check(json.Unmarshal([]byte(line), &said))
	host := strings.TrimPrefix(said.DSM.URL, "https://")
	for name, value := range map[string]string{
		"URL": "synology://" + host, "HOST": host, "ACCOUNT": said.DSM.Account, "PASSWORD": said.DSM.Password,
		"FINGERPRINT": said.DSM.Fingerprint, "BASE": said.BaseDN, "LARGE": said.LargeDN,
	} {
		if value == "" {
			ts.Fatalf("the simulator did not say %s: %s", name, line)
		}
		ts.Setenv(name, value)
	}
	ts.Check(os.WriteFile(ts.MkAbs("password"), []byte(said.DSM.Password+"\n"), 0o600))
	if said.Adaxes.URL != "" {
		setAdaxes(ts, said.Adaxes)
	}
}

// checkArray is "array N [KEY]": stdout is one JSON array of N objects, no two
// with the same DN, or the same KEY.
func checkArray(ts *testscript.TestScript, neg bool, args []string) {
	key := "dn"
	if len(args) == 2 {
		key = args[1]
		args = args[:1]
	}
	if neg || len(args) != 1 {
		ts.Fatalf("usage: array N [KEY]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var objects []map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &objects))
	names := map[any]bool{}
	for _, o := range objects {
		names[o[key]] = true
	}
	if len(objects) != want || len(names) != want {
		ts.Fatalf("%d objects with %d different %ss, want %d", len(objects), len(names), key, want)
	}
}

// checkMode is "mode OCTAL FILE".
func checkMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode OCTAL FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// keepPassword is "keep FILE": it puts the made password that stdout shows, once,
// into a file.
func keepPassword(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: keep FILE")
	}
	before, after, found := strings.Cut(ts.ReadFile("stdout"), "password  ")
	password, rest, ended := strings.Cut(after, "\n")
	if !found || !ended || len(password) < 12 || strings.Contains(before+rest+ts.ReadFile("stderr"), password) {
		ts.Fatalf("no made password, or more than once")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(password+"\n"), 0o600))
}

// checkNoSecrets is "nosecrets [FILE...]": no file below $WORK holds the password
// of the account or that of a FILE, but those files themselves.
func checkNoSecrets(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: nosecrets [FILE...]")
	}
	if ts.Getenv("PASSWORD") == "" {
		ts.Fatalf("no simulator was started")
	}
	secrets := map[string]string{}
	if ts.Getenv("TOKEN") != "" {
		args = append(args, "token", "apassword")
	}
	for _, name := range append(args, "password") {
		secrets[ts.MkAbs(name)] = strings.TrimSpace(ts.ReadFile(name))
	}
	looked := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(ts.Getenv("WORK")), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || secrets[path] != "" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, secret := range secrets {
			if strings.Contains(string(text), secret) {
				ts.Fatalf("%s holds a password", path)
			}
		}
		looked++
		return err
	}))
	if looked == 0 {
		ts.Fatalf("nothing was written that could be looked at")
	}
}

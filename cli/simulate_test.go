package cli_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"dirdesk/cli"
)

// simulating is dirdesk simulate as a process of its own.
type simulating struct {
	t       *testing.T
	command *exec.Cmd
	out     *bufio.Reader
	stderr  bytes.Buffer
}

func simulate(t *testing.T, flags ...string) *simulating {
	t.Helper()
	return serve(t, append([]string{"--objects", "5"}, flags...)...)
}

func serve(t *testing.T, flags ...string) *simulating {
	t.Helper()
	program, err := exec.LookPath("dirdesk")
	if err != nil {
		t.Fatal(err)
	}
	s := &simulating{t: t, command: exec.Command(program, append([]string{"simulate"}, flags...)...)}
	s.command.Stderr = &s.stderr
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.command.ProcessState == nil {
			_ = s.command.Process.Kill()
			_ = s.command.Wait()
		}
	})
	return s
}

// stop sends a signal and gives what was printed after the first line.
func (s *simulating) stop(signal syscall.Signal) string {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	rest, err := io.ReadAll(s.out)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.command.Wait(); err != nil || s.stderr.Len() != 0 {
		s.t.Errorf("%v did not end it well: %v, %s", signal, err, &s.stderr)
	}
	return string(rest)
}

func (s *simulating) line() string {
	s.t.Helper()
	line, err := s.out.ReadString('\n')
	if err != nil {
		s.t.Fatalf("%v: %s", err, &s.stderr)
	}
	return line
}

func TestSimulateSaysWhereItListensAsOneLineOfJSON(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^\{"dsm":\{"url":"https://127\.0\.0\.1:\d+","account":"[^"]+","password":"[^"]+","fingerprint":"sha256:[0-9a-f]{64}"\},` +
		`"realm":"[^"]+","base_dn":"DC=[^"]+","large_dn":"OU=Large,DC=[^"]+",` +
		`"adaxes":\{"url":"https://127\.0\.0\.1:\d+/restApi","token":"[^"]+","username":"[^"]+","password":"[^"]+"\},` +
		`"ldap":\{"url":"ldaps://127\.0\.0\.1:\d+","starttls_url":"ldap://127\.0\.0\.1:\d+","account":"CN=Administrator,[^"]+","upn":"Administrator@[^"]+",` +
		`"password":"[^"]+","ca_file":"[^"]+","helpdesk":\{"account":"helpdesk@[^"]+","password":"[^"]+"\},` +
		`"controllers":\[\{"name":"NAS","host_name":"nas\.corp\.example\.com","url":"ldaps://127\.0\.0\.1:\d+","starttls_url":"ldap://127\.0\.0\.1:\d+","pdc":true,"read_only":false\}\]\}\}\n$`)
	s := simulate(t, "--json")
	if line := s.line(); !form.MatchString(line) {
		t.Errorf("%s", line)
	}
	if rest := s.stop(syscall.SIGTERM); rest != "" {
		t.Errorf("more than one line: %q", rest)
	}
	withCodes := simulate(t, "--json", "--otp")
	if line := withCodes.line(); !regexp.MustCompile(`"fingerprint":"[^"]+","otp_secret":"[A-Z2-7]{32}"\}`).MatchString(line) {
		t.Errorf("with --otp: %s", line)
	}
	withCodes.stop(syscall.SIGTERM)
}

func TestSimulateTellsAPersonHowToConnect(t *testing.T) {
	t.Parallel()
	s := simulate(t)
	first := s.line()
	text := first + s.stop(syscall.SIGINT)
	for _, want := range []string{"Ctrl+C", "password", "OU=Large", "dirdesk synology://127.0.0.1:", "--fingerprint sha256:", "access token", "dirdesk adaxes://127.0.0.1:"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestSimulateMisbehavesAndLogsAsAsked(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "calls.jsonl")
	s := simulate(t, "--json", "--strict", "--fault", "deny=109@SYNO.API.Info.query#1", "--fault", "html-502@*#2", "--request-log", log)
	var said struct{ DSM struct{ URL string } }
	if err := json.Unmarshal([]byte(s.line()), &said); err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	var bodies []string
	for range 3 {
		response, err := client.Get(said.DSM.URL + "/webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		bodies = append(bodies, string(body))
	}
	s.stop(syscall.SIGTERM)
	for i, want := range []string{`"code":109`, "502 Bad Gateway", `"maxVersion":7`} {
		if !strings.Contains(bodies[i], want) {
			t.Errorf("answer %d: %s", i+1, bodies[i])
		}
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(string(text)), "\n"); len(lines) != 3 ||
		!strings.Contains(lines[0], `"outcome":"109"`) || !strings.Contains(lines[2], `"outcome":"ok"`) {
		t.Errorf("log:\n%s", text)
	}
	if info, err := os.Stat(log); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log holds URLs with passwords and has mode %v, %v", info.Mode(), err)
	}
}

func TestSimulateRefusesWhatItCannotDo(t *testing.T) {
	for flags, says := range map[string]string{
		"--listen nowhere":         "HOST:PORT",
		"--listen 127.0.0.1:http":  "no port",
		"--objects -1":             "--objects",
		"--latency -1s":            "--latency",
		"--domain-update 0s":       "--domain-update",
		"--upstream https://dc":    "--upstream",
		"--upstream synology://dc": "ldaps://",
		"--upstream ldaps://dc":    "--upstream-account",
		"--upstream-account admin": "belongs to --upstream",
		"--upstream ldaps://dc --upstream-account admin --objects 5":          "--objects",
		"--upstream ldaps://dc --upstream-account admin":                      "--upstream-password-file",
		"--upstream ldaps://dc --upstream-account a --upstream-fingerprint x": "--upstream-fingerprint",
		"--upstream ldaps://dc --upstream-account a --adaxes-rule deny@*":     "no Adaxes side",
		"--upstream ldaps://dc --upstream-account a --examples":               "no Adaxes side",
		"--adaxes-rule boom@*":           "approve",
		"--adaxes-search-cap -1":         "--adaxes-search-cap",
		"--fault boom@*":                 "drop-before",
		"--request-log /no/such/place":   "--request-log",
		"--account jdoe":                 "--account is for connecting",
		"--listen 127.0.0.1:0 something": "something",
	} {
		// One that is not refused would serve until the test is given up.
		var out bytes.Buffer
		code := cli.Main(append([]string{"simulate"}, strings.Fields(flags)...), cli.Streams{
			In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" },
		})
		if code != 2 || !strings.Contains(out.String(), says) {
			t.Errorf("%s: %d: %s", flags, code, out.String())
		}
	}
}

func TestSimulateServesTheExamplesUnderItsRules(t *testing.T) {
	t.Parallel()
	s := simulate(t, "--json", "--examples", "--adaxes-rule", "approve@title", "--adaxes-rule", "warn=Look twice.@department", "--adaxes-search-cap", "2")
	var said struct {
		BaseDN string `json:"base_dn"`
		Adaxes struct{ URL, Token string }
	}
	if err := json.Unmarshal([]byte(s.line()), &said); err != nil || said.BaseDN != "DC=example,DC=com" {
		t.Fatalf("%v: %+v", err, said)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	send := func(verb, path, body string) string {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), verb, said.Adaxes.URL+"/api/directoryObjects"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Adm-Authorization", said.Adaxes.Token)
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(answer)
	}
	change := func(property string) string {
		return `{"directoryObject":"CN=John Smith,CN=Users,DC=example,DC=com","properties":[{"propertyName":"` + property + `","propertyType":3,"values":["x"]}]}`
	}
	if got := send(http.MethodPatch, "", change("title")); !strings.HasPrefix(got, `{"resultType":2,`) {
		t.Errorf("sent for approval: %s", got)
	}
	if got := send(http.MethodPatch, "", change("department")); !strings.HasPrefix(got, `{"resultType":0,`) || !strings.Contains(got, "Look twice.") {
		t.Errorf("with a warning: %s", got)
	}
	if got := send(http.MethodPost, "/search", `{"sizeLimit":100}`); strings.Count(got, `"guid"`) != 2 {
		t.Errorf("more than two: %s", got)
	}
	s.stop(syscall.SIGTERM)
}

//go:build samba

package cli_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dirdesk/test/sambatest"
)

// testUpstream serves a real domain as DSM with one process, and lists it over
// DSM's protocol with another.
func testUpstream(t *testing.T, server *sambatest.Server, passwordFile string) {
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("XDG_STATE_HOME", filepath.Join(home, "state"))
	upstream := []string{"--upstream", server.URL(), "--upstream-account", server.Account(), "--upstream-ca", server.CAFile(), "--json"}
	s := serve(t, append(upstream, "--upstream-password-file", passwordFile)...)
	var said struct {
		DSM     struct{ URL, Account, Password, Fingerprint string }
		Realm   string
		BaseDN  string `json:"base_dn"`
		LargeDN string `json:"large_dn"`
	}
	if err := json.Unmarshal([]byte(s.line()), &said); err != nil {
		t.Fatal(err)
	}
	if said.Realm != server.Realm() || said.BaseDN != string(server.BaseDN()) || said.LargeDN != "" {
		t.Errorf("%+v", said)
	}
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(said.DSM.Password), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("dirdesk")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, "ls", "OU=Staff,"+said.BaseDN, "--format", "json",
		"-c", "synology"+strings.TrimPrefix(said.DSM.URL, "https"), "--account", said.DSM.Account,
		"--password-file", password, "--fingerprint", said.DSM.Fingerprint).CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"sAMAccountName":"jdoe"`) || !strings.Contains(string(out), "山田") {
		t.Errorf("%v: %s", err, out)
	}
	s.stop(syscall.SIGTERM)

	wrong := filepath.Join(home, "wrong")
	if err := os.WriteFile(wrong, []byte("not-the-password"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = exec.CommandContext(t.Context(), program, append([]string{"simulate", "--upstream-password-file", wrong}, upstream...)...).CombinedOutput()
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 3 || strings.Contains(string(out), "not-the-password") {
		t.Errorf("with a wrong password: %v: %s", err, out)
	}
}

//go:build samba

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/cli"
	"dirdesk/internal/certificates"
	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/sambatest"
)

// testCombined changes a domain through a profile that names both its DSM and
// its LDAP address: what DSM cannot do goes the other way, on one connection.
func testCombined(t *testing.T, server *sambatest.Server, passwordFile string) {
	home := t.TempDir()
	const shared = "Shared.Harbour.4711"
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(shared), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		code := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(name string) string {
			return map[string]string{
				"XDG_CONFIG_HOME": filepath.Join(home, "config"), "XDG_STATE_HOME": filepath.Join(home, "state"), "LC_ALL": "C.UTF-8",
			}[name]
		}})
		if code != want {
			t.Fatalf("%v: exit code %d, want %d:\n%s", args, code, want, out.String())
		}
		return out.String()
	}
	directly := []string{"-c", server.URL(), "--account", server.Account(), "--password-file", passwordFile, "--ca", server.CAFile(), "--yes"}
	run(0, append([]string{"user", "create", "admin", "--new-password-file", password, "--must-change=false"}, directly...)...)
	run(0, append([]string{"group", "add", "Domain Admins", "admin", "--privileged"}, directly...)...)
	run(0, append([]string{"user", "create", "kombi", "--generate"}, directly...)...)

	dsm := startUpstream(t, server, models.NewSecret(shared))
	profile := fmt.Sprintf("[profiles.both]\nurl = %q\naccount = %q\nca_file = %q\ndirectory = %q\n",
		strings.Replace(dsm.URL(), "https", "synology", 1), dsm.Account(), server.CAFile(), server.URL())
	if err := os.MkdirAll(filepath.Join(home, "config", "dirdesk"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "config", "dirdesk", "config.toml"), []byte(profile), 0o600); err != nil {
		t.Fatal(err)
	}
	both := []string{"-c", "both", "--password-file", password, "--fingerprint", dsm.Fingerprint(), "--yes"}
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"user", "disable", "kombi"}, "kombi: is now disabled, verified"},
		{[]string{"user", "edit", "kombi", "--first", "Kim", "--phone", "0555"}, "verified"},
		{[]string{"user", "passwd", "kombi", "--generate", "--must-change"}, "verified"},
		{[]string{"rename", "kombi", "Kombi, K"}, "verified"},
		{[]string{"sync", "--wait"}, "DSM has the domain's accounts now"},
		{[]string{"rm", "kombi"}, "kombi: is gone, verified"},
	} {
		if out := run(0, append(test.args, both...)...); !strings.Contains(out, test.says) {
			t.Errorf("%v says %s", test.args, out)
		}
	}
}

// startUpstream serves the domain as a DSM whose account has that password.
func startUpstream(t *testing.T, server *sambatest.Server, password models.Secret) *simulator.Server {
	t.Helper()
	settings, err := certificates.Config{Host: strings.TrimPrefix(server.URL(), "ldaps://") + ":636", CAFile: server.CAFile()}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	backend, err := activedirectory.Open(t.Context(), activedirectory.Options{
		URL: server.URL(), TLS: settings, Account: server.Account(), Password: server.Password(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = backend.Close(context.WithoutCancel(t.Context())) })
	return startServer(t, simulator.Options{Listen: "127.0.0.1:0", Upstream: upstream.New(backend), Password: password})
}

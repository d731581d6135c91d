//go:build samba

package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"dirdesk/test/sambatest"
)

// TestSambaScripts runs the real program against a real domain controller.
func TestSambaScripts(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	server, err := sambatest.Start(ctx, sambatest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	fill(t, server)
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte(server.Password().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("upstream", func(t *testing.T) { testUpstream(t, server, password) })
	t.Run("combined", func(t *testing.T) { testCombined(t, server, password) })
	// t.Run waits for the scripts, which run side by side, before Close.
	t.Run("scripts", func(t *testing.T) {
		testscript.Run(t, scripts("samba", map[string]string{
			"URL": server.URL(), "STARTTLS": server.StartTLSURL(),
			"HOST": strings.TrimPrefix(server.URL(), "ldaps://"), "ACCOUNT": server.Account(),
			"PASSWORD": server.Password().Reveal(), "PASSWORDFILE": password, "CA": server.CAFile(), "BASE": string(server.BaseDN()),
		}))
	})
}

// fill adds an OU with two people, one of them with a name that needs escaping.
func fill(t *testing.T, server *sambatest.Server) {
	t.Helper()
	c, err := server.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	staff := server.BaseDN().Child("OU", "Staff")
	for _, entry := range []sambatest.Entry{
		{DN: staff, Class: "organizationalUnit"},
		{DN: staff.Child("CN", "Doe, Jane"), Class: "user", Attributes: map[string][]string{
			"sAMAccountName": {"jdoe"}, "mail": {"jdoe@example.test"}, "description": {"=1+1"}, "telephoneNumber": {"+49 30 1"},
		}},
		{DN: staff.Child("CN", "Ямада 山田"), Class: "user", Attributes: map[string][]string{"sAMAccountName": {"yamada"}}},
	} {
		if err := sambatest.Add(c, entry); err != nil {
			t.Fatal(err)
		}
	}
}

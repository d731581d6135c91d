package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/models"
)

// drawer is a keyring in memory.
type drawer struct {
	kept   map[string]string
	broken error
}

func (d *drawer) Token(_ context.Context, name string) (models.Secret, error) {
	return models.NewSecret(d.kept[name]), d.broken
}

func (d *drawer) Keep(_ context.Context, name string, token models.Secret) error {
	if d.broken == nil {
		d.kept[name] = token.Reveal()
	}
	return d.broken
}

func (d *drawer) Forget(_ context.Context, name string) (bool, error) {
	_, was := d.kept[name]
	delete(d.kept, name)
	return was, d.broken
}

// desktop runs the program with a keyring, and without a terminal.
func desktop(t *testing.T, keys Keyring) func(want int, args ...string) string {
	t.Helper()
	home := t.TempDir()
	return func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		code := Main(args, Streams{
			In: strings.NewReader(""), Out: &out, Err: &out, Keyring: keys,
			Getenv: func(name string) string {
				return map[string]string{
					"XDG_CONFIG_HOME": filepath.Join(home, "settings"), "XDG_STATE_HOME": filepath.Join(home, "state"),
				}[name]
			},
		})
		if code != want {
			t.Errorf("%q: exit code %d, want %d:\n%s", args, code, want, out.String())
		}
		if strings.Contains(out.String(), "Hxtd") {
			t.Errorf("%q: the token is shown:\n%s", args, out.String())
		}
		return out.String()
	}
}

func tokenFile(t *testing.T, token string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A token is kept for one address and one account, used there and nowhere else,
// and forgotten.
func TestTokenInTheKeyring(t *testing.T) {
	keys := &drawer{kept: map[string]string{}}
	run := desktop(t, keys)
	file := tokenFile(t, "HxtdAPz73OFfae7")
	run(0, "token", "store", "-c", "adaxes://127.0.0.1:1", "--token-file", file)
	if keys.kept["adaxes://127.0.0.1:1/restApi"] != "HxtdAPz73OFfae7" || len(keys.kept) != 1 {
		t.Fatalf("kept %q", keys.kept)
	}
	// It is taken: nothing is asked for, and the next hurdle is the network.
	if said := run(3, "info", "-c", "adaxes://127.0.0.1:1/"); !strings.Contains(said, "not reachable") && !strings.Contains(said, "127.0.0.1:1") {
		t.Errorf("said %s", said)
	}
	for _, other := range []string{"adaxes://127.0.0.1:2", "adaxes://127.0.0.1:1/other"} {
		run(2, "info", "-c", other)
	}
	run(2, "info", "-c", "adaxes://127.0.0.1:1", "--account", "me")
	run(0, "token", "store", "-c", "adaxes://127.0.0.1:1", "--account", "me", "--token-file", file)
	run(3, "info", "-c", "adaxes://127.0.0.1:1", "--account", "me")

	if said := run(0, "token", "forget", "-c", "adaxes://127.0.0.1:1"); !strings.Contains(said, "forgotten") {
		t.Errorf("said %s", said)
	}
	if said := run(0, "token", "forget", "-c", "adaxes://127.0.0.1:1"); !strings.Contains(said, "has no token") {
		t.Errorf("said %s", said)
	}
	run(2, "info", "-c", "adaxes://127.0.0.1:1")
	run(2, "token", "store", "-c", "adaxes://127.0.0.1:1", "--token-file", tokenFile(t, "Hxtd AP"))
	if len(keys.kept) != 1 {
		t.Errorf("kept %q", keys.kept)
	}
}

// Whatever is wrong with a keyring, it is said once, and other ways stay open.
func TestNoKeyring(t *testing.T) {
	file := tokenFile(t, "HxtdAPz73OFfae7")
	for name, keys := range map[string]Keyring{"none": nil, "broken": &drawer{broken: errors.New("no keyring: the collection is gone")}} {
		run := desktop(t, keys)
		if said := run(2, "info", "-c", "adaxes://127.0.0.1:1"); strings.Count(said, "no keyring") != 1 || !strings.Contains(said, "--token-file FILE") {
			t.Errorf("%s: said %s", name, said)
		}
		if said := run(1, "token", "store", "-c", "adaxes://127.0.0.1:1", "--token-file", file); !strings.Contains(said, "token_file in the profile") {
			t.Errorf("%s: said %s", name, said)
		}
		if said := run(3, "info", "-c", "adaxes://127.0.0.1:1", "--token-file", file); strings.Contains(said, "keyring") {
			t.Errorf("%s: said %s", name, said)
		}
	}
}

// The form has the connector keep a token, and open with it the next time.
func TestFormKeepsAToken(t *testing.T) {
	c, _ := inHome(t)
	keys := &drawer{kept: map[string]string{}}
	c.keys = keys
	profile := models.Profile{URL: "adaxes://127.0.0.1:1"}
	if _, err := c.Open(t.Context(), models.SignIn{Profile: profile}); errors.Is(err, models.ErrUnreachable) || err == nil {
		t.Errorf("without anything to sign in with: %v", err)
	}
	if err := c.KeepToken(t.Context(), profile, models.NewSecret("HxtdAP")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Open(t.Context(), models.SignIn{Profile: profile}); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("with the token: %v", err)
	}
	if err := c.KeepToken(t.Context(), models.Profile{URL: "ldaps://dc1"}, models.NewSecret("HxtdAP")); err == nil || len(keys.kept) != 1 {
		t.Errorf("a token for LDAP was kept: %v, %q", err, keys.kept)
	}
}

package config

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestPasswordFile(t *testing.T) {
	for text, want := range map[string]string{
		"hunter2":           "hunter2",
		"hunter2\n":         "hunter2",
		"hunter2\r\n":       "hunter2",
		"\ufeffhunter2\r\n": "hunter2",
		" with spaces \n":   " with spaces ",
		"first\nsecond\n":   "first",
		"päss wörd 世界\nx\n": "päss wörd 世界",
	} {
		path := filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadPasswordFile(path)
		if err != nil || got.Reveal() != want {
			t.Errorf("%q gives %q, %v; want %q", text, got.Reveal(), err, want)
		}
		if got, err := ReadPassword(strings.NewReader(text)); err != nil || got.Reveal() != want {
			t.Errorf("from a stream %q gives %q, %v; want %q", text, got.Reveal(), err, want)
		}
	}
	for _, text := range []string{"", "\n", "\r\n"} {
		if _, err := ReadPassword(strings.NewReader(text)); err == nil {
			t.Errorf("%q was taken for a password", text)
		}
	}
}

func TestPasswordFileThatOthersCanReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, refused := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true, 0o444: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := ReadPasswordFile(path)
		if (err != nil) != refused {
			t.Errorf("mode %04o: %v", mode, err)
		}
		if refused && err != nil && !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("mode %04o: the error does not say what to do: %v", mode, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestTokens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "device_tokens")
	tokens := OpenTokens(path)
	lookup := func(host, account, want string) {
		t.Helper()
		got, err := tokens.Lookup(host, account)
		if err != nil || got.Token.Reveal() != want {
			t.Errorf("%s on %s: got %q, %v; want %q", account, host, got.Token.Reveal(), err, want)
		}
		if want != "" && got.Name != "dirdesk on desk" {
			t.Errorf("the device's name is %q", got.Name)
		}
	}
	remember := func(host, account, token string) {
		t.Helper()
		if err := tokens.Remember(host, account, Device{Token: models.NewSecret(token), Name: "dirdesk on desk"}); err != nil {
			t.Fatal(err)
		}
	}
	lookup("nas:5001", "jdoe", "")
	remember("nas:5001", "jdoe", "one")
	remember("nas:5001", "alice", "two")
	remember("nas:5002", "jdoe", "three")
	remember("NAS:5001", "JDoe", "four") // the same host and account
	lookup("nas:5001", "jdoe", "four")
	lookup("nas:5001", "alice", "two")
	lookup("nas:5002", "jdoe", "three")
	if err := tokens.Forget("nas:5001", "jdoe"); err != nil {
		t.Fatal(err)
	}
	lookup("nas:5001", "jdoe", "")
	lookup("nas:5001", "alice", "two")

	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.Lookup("nas:5001", "alice"); err == nil {
		t.Error("tokens that others can read were used")
	}
}

func TestBrokenTokenFileIsNotQuoted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "device_tokens")
	if err := os.WriteFile(path, []byte(`{"host":"nas:5001","token":"topsecret`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenTokens(path).Lookup("nas:5001", "jdoe")
	if err == nil || !strings.Contains(err.Error(), "line 1") || strings.Contains(err.Error(), "topsecret") {
		t.Errorf("got %v", err)
	}
}

func TestTokenFile(t *testing.T) {
	for text, want := range map[string]string{
		"HxtdAPz73OFfae7+w7lQ==":         "HxtdAPz73OFfae7+w7lQ==",
		"\n HxtdAPz73OFfae7+w7lQ== \r\n": "HxtdAPz73OFfae7+w7lQ==",
		"":                               "",
		" \n":                            "",
		"two words":                      "",
		"HxtdAP\nsecond":                 "",
		"Hxtd\x00AP":                     "",
		"\ufeffHxtdAP":                   "HxtdAP",
		"Hxtd\ufeffAP":                   "",
	} {
		path := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadTokenFile(path)
		if got.Reveal() != want || (err == nil) != (want != "") {
			t.Errorf("%q gives %q, %v; want %q", text, got.Reveal(), err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "Hxtd") || !strings.Contains(err.Error(), path)) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("HxtdAP"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadTokenFile(path); err == nil || !strings.Contains(err.Error(), "chmod 600 "+path) || strings.Contains(err.Error(), "Hxtd") {
		t.Errorf("a token that everybody can read: %v", err)
	}
}

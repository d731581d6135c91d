package cli

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/ui/connect"
)

var (
	_ connect.Connector   = (*connector)(nil)
	_ connect.TokenKeeper = (*connector)(nil)
)

// inHome is a connector whose files lie in a new directory.
func inHome(t *testing.T) (*connector, config.Paths) {
	t.Helper()
	home := t.TempDir()
	p := newProgram(Streams{Getenv: func(name string) string {
		return map[string]string{
			"XDG_CONFIG_HOME": filepath.Join(home, "settings"), "XDG_STATE_HOME": filepath.Join(home, "state"),
		}[name]
	}}, connectionFlags{})
	paths := config.FindPaths(p.Getenv)
	settings, err := config.Load(paths.Config)
	if err != nil {
		t.Fatal(err)
	}
	return p.newConnector(settings, slog.New(slog.DiscardHandler)), paths
}

// What the form does: an unknown certificate is refused, looked at, trusted; the
// same host with another certificate is refused and cannot be trusted by a key.
func TestTrustAndChange(t *testing.T) {
	t.Parallel()
	server, err := simulator.Start(simulator.Options{Objects: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	c, paths := inHome(t)
	in := models.SignIn{
		Profile:  models.Profile{URL: connectionURL(schemeSynology, server.URL()), Account: server.Account()},
		Password: server.Password(),
	}
	open := func() (desk.Backend, *models.CertificateError) {
		t.Helper()
		backend, err := c.Open(t.Context(), in)
		var certificate *models.CertificateError
		if err != nil && !errors.As(err, &certificate) {
			t.Fatal(err)
		}
		return backend, certificate
	}
	_, refused := open()
	if refused == nil || refused.Known != "" || refused.Fingerprint != server.Fingerprint() {
		t.Fatalf("an unknown certificate: %+v", refused)
	}
	if err := c.Trust(refused); err != nil {
		t.Fatal(err)
	}
	backend, refused := open()
	if refused != nil {
		t.Fatalf("trusted and refused again: %v", refused)
	}
	if words := backend.About().TLS; words != "TLS 1.3, trusted certificate" {
		t.Errorf("the header would say %q", words)
	}
	if err := backend.Close(t.Context()); err != nil {
		t.Error(err)
	}

	before := server.Fingerprint()
	if err := server.NewCertificate(); err != nil {
		t.Fatal(err)
	}
	_, refused = open()
	if refused == nil || refused.Known != before {
		t.Fatalf("a changed certificate: %+v", refused)
	}
	if err := c.Trust(refused); !errors.Is(err, models.ErrCertChanged) {
		t.Errorf("a changed certificate was trusted: %v", err)
	}
	if _, refused = open(); refused == nil {
		t.Error("a changed certificate was accepted in the end")
	}
	if text, err := os.ReadFile(paths.KnownCertificates); err != nil || strings.Contains(string(text), server.Password().Reveal()) {
		t.Errorf("%v, %s", err, text)
	}
}

func TestSaveIsSeenAtOnceAndWritten(t *testing.T) {
	c, paths := inHome(t)
	if err := c.Save(models.Profile{Name: "office", URL: "synology://NAS", Account: "jdoe"}); err != nil {
		t.Fatal(err)
	}
	if err := c.Save(models.Profile{Name: "lab", URL: "ldaps://dc1:636", ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	if err := c.Save(models.Profile{Name: "bad", URL: "synology://admin:s3cret@nas"}); err == nil {
		t.Error("a password was saved")
	}
	want := []models.Profile{
		{Name: "office", URL: "synology://nas:5001", Account: "jdoe"},
		{Name: "lab", URL: "ldaps://dc1:636", ReadOnly: true},
	}
	written, err := config.Load(paths.Config)
	if err != nil {
		t.Fatal(err)
	}
	for place, got := range map[string][]models.Profile{"the screen": c.Profiles(), "the file": written.Profiles} {
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s has %+v", place, got)
		}
	}
	if written.DefaultProfile != "office" {
		t.Errorf("the default is %q", written.DefaultProfile)
	}
}

func TestBadConnectionsAreErrorsAPersonUnderstands(t *testing.T) {
	c, _ := inHome(t)
	for url, want := range map[string]error{
		"http://nas":             models.ErrInvalid,
		"ldaps://a:s3cret@dc1":   models.ErrInvalid,
		"ldaps://127.0.0.1:1":    models.ErrUnreachable,
		"adaxes://127.0.0.1:1":   models.ErrUnreachable,
		"synology://127.0.0.1:1": models.ErrUnreachable,
	} {
		_, err := c.Open(t.Context(), models.SignIn{
			Profile: models.Profile{URL: url, Account: "me"}, Password: models.NewSecret("s3cret"),
		})
		if !errors.Is(err, want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

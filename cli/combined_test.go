package cli

import (
	"errors"
	"os"
	"strings"
	"testing"

	"dirdesk/internal/config"
	"dirdesk/models"
	"dirdesk/simulator"
)

func TestDirectoryBesideADSM(t *testing.T) {
	for _, test := range []struct{ url, directory, wrong string }{
		{"synology://nas", "ldaps://dc1.example.com", ""},
		{"synology://nas", "ldap://dc1.example.com:3389", ""},
		{"ldaps://dc1", "ldaps://dc2", "beside a synology:// url only"},
		{"adaxes://host", "ldaps://dc1", "Adaxes does by itself"},
		{"synology://nas", "adaxes://host", "LDAP address"},
		{"synology://nas", "synology://nas2", "LDAP address"},
		{"synology://nas", "dc1.example.com", "no kind of connection"},
		{"synology://nas", "ldaps://admin:hunter2@dc1", "no account and no password"},
	} {
		p := newProgram(Streams{Getenv: func(string) string { return "" }}, connectionFlags{connection: "office"})
		profile := models.Profile{Name: "office", URL: test.url, Directory: test.directory}
		_, err := p.target(config.Config{Profiles: []models.Profile{profile}}, "")
		if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) {
			t.Errorf("%s beside %s: %v", test.directory, test.url, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is repeated: %v", err)
		}
	}
}

// When the directory cannot be reached or vouched for, DSM is not asked, and it
// is said which of the two it was.
func TestTheDirectoryIsOpenedFirst(t *testing.T) {
	t.Parallel()
	server, err := simulator.Start(simulator.Options{Objects: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	c, _ := inHome(t)
	profile := models.Profile{
		Name: "office", URL: strings.Replace(server.URL(), "https", "synology", 1), Account: server.Account(), Directory: "ldaps://127.0.0.1:1",
	}
	in := models.SignIn{Profile: profile, Password: server.Password(), Fingerprint: server.Fingerprint()}
	before := server.Requests()
	_, err = c.Open(t.Context(), in)
	if !errors.Is(err, models.ErrUnreachable) || !errors.Is(err, errBeside) || !strings.Contains(explain(err), "names as its directory") {
		t.Errorf("got %v:\n%s", err, explain(err))
	}

	in.Profile.Directory = strings.Replace(server.URL(), "https", "ldaps", 1) // the handshake is the same
	_, err = c.Open(t.Context(), in)
	var shown *models.CertificateError
	if !errors.As(err, &shown) || !strings.HasSuffix(in.Profile.Directory, shown.Host) || !errors.Is(err, errBeside) {
		t.Errorf("got %v", err)
	}
	if n := server.Requests() - before; n != 0 {
		t.Errorf("DSM got %d requests", n)
	}
}

// The profile's second address outlives being saved.
func TestSavedDirectory(t *testing.T) {
	c, paths := inHome(t)
	profile := models.Profile{Name: "office", URL: "synology://nas", Account: "me", Directory: "ldaps://dc1.example.com"}
	if err := c.Save(profile); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(paths.Config)
	if err != nil || !strings.Contains(string(text), "ldaps://dc1.example.com") {
		t.Errorf("%s, %v", text, err)
	}
	profile.URL = "ldaps://dc1.example.com"
	if err := c.Save(profile); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("a directory beside LDAP was saved: %v", err)
	}
}

// What belongs to Adaxes is refused elsewhere, from a profile and from flags.
func TestPartsOfAdaxesElsewhere(t *testing.T) {
	for _, test := range []struct {
		profile models.Profile
		flags   connectionFlags
		wrong   string
	}{
		{models.Profile{URL: "adaxes://host", Domain: "example.com", TokenFile: "/token"}, connectionFlags{}, ""},
		{models.Profile{URL: "ldaps://dc1", TokenFile: "/token"}, connectionFlags{}, `profile "office": an access token is for adaxes:// only`},
		{models.Profile{URL: "synology://nas", Domain: "example.com"}, connectionFlags{}, `profile "office": a domain is named for adaxes:// only`},
		{models.Profile{URL: "ldaps://dc1"}, connectionFlags{tokenFile: "/token"}, "an access token is for adaxes:// only"},
		{models.Profile{URL: "synology://nas"}, connectionFlags{domain: "example.com"}, "a domain is named for adaxes:// only"},
	} {
		test.profile.Name, test.flags.connection = "office", "office"
		p := newProgram(Streams{Getenv: func(string) string { return "" }}, test.flags)
		_, err := p.target(config.Config{Profiles: []models.Profile{test.profile}}, "")
		if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) {
			t.Errorf("%+v %+v: %v", test.profile, test.flags, err)
		}
	}
}

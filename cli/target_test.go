package cli

import (
	"errors"
	"strings"
	"testing"

	"dirdesk/internal/config"
	"dirdesk/models"
)

func TestParseURL(t *testing.T) {
	for text, want := range map[string]string{
		"synology://nas":               "synology://nas:5001",
		"synology://NAS.Example.com/":  "synology://nas.example.com:5001",
		"SYNOLOGY://nas:443":           "synology://nas:443",
		"ldaps://dc1":                  "ldaps://dc1:636",
		"ldap://dc1":                   "ldap://dc1:389",
		"ldaps://[2001:db8::1]":        "ldaps://[2001:db8::1]:636",
		"ldaps://[2001:db8::1]:10636/": "ldaps://[2001:db8::1]:10636",
		"ldap://192.0.2.1":             "ldap://192.0.2.1:389",
		"adaxes://Host.example.com":    "adaxes://host.example.com:443/restApi",
		"adaxes://host:8443/":          "adaxes://host:8443/restApi",
		"adaxes://host/RestAPI/":       "adaxes://host:443/RestAPI",
		"adaxes://[::1]/tools/rest_1":  "adaxes://[::1]:443/tools/rest_1",
	} {
		if got, err := parseURL(text); err != nil || got.String() != want {
			t.Errorf("%s gives %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "nas", "://nas", "http://nas", "https://nas:5001", "ldaps://", "ldaps://:636",
		"adaxes://", "adaxes:///restApi", "adaxes://host/a//b", "adaxes://host/../x", "adaxes://host/a%2fb", "adaxes://host/a b",
		"adaxes://host/restApi?token=s3cret", "adaxes://host/restApi#s3cret", "adaxes://me:s3cret@host", "adaxes://host:0/restApi",
		"ldaps://dc1/DC=example", "ldaps://dc1?x=s3cret", "ldaps://dc1#s3cret", "ldaps://dc1:0", "ldaps://dc1:65536", "ldaps://dc1:x",
		"synology://admin@nas", "synology://admin:s3cret@nas", "synology://:s3cret@nas", "ldaps://admin:s3cret%zz@nas",
	} {
		_, err := parseURL(text)
		var usage usageError
		if !errors.As(err, &usage) {
			t.Errorf("%q: %v is no usage error", text, err)
			continue
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: the error repeats a password: %v", text, err)
		}
	}
}

func FuzzParseURL(f *testing.F) {
	for _, text := range []string{"synology://nas", "ldaps://[::1]:1", "ldap://a:b@c", "adaxes://h/a/b", "adaxes://h:1/%2e", "x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseURL(text)
		if err != nil {
			return
		}
		again, err := parseURL(at.String())
		if err != nil || again != at {
			t.Errorf("%q gives %s, which gives %s, %v", text, at, again, err)
		}
	})
}

func TestFlagsWinOverTheProfile(t *testing.T) {
	settings := config.Config{
		DefaultProfile: "office",
		Profiles: []models.Profile{
			{Name: "office", URL: "synology://nas", Account: "jdoe", CAFile: "/office.pem"},
			{Name: "lab", URL: "ldaps://dc1", ReadOnly: true},
			{Name: "managed", URL: "adaxes://host", TokenFile: "/kept", Domain: "example.com"},
		},
	}
	for _, c := range []struct {
		name  string
		named string
		flags connectionFlags
		want  models.Profile
	}{
		{name: "default", want: models.Profile{Name: "office", URL: "synology://nas:5001", Account: "jdoe", CAFile: "/office.pem"}},
		{name: "named", named: "lab", want: models.Profile{Name: "lab", URL: "ldaps://dc1:636", ReadOnly: true}},
		{name: "-c", flags: connectionFlags{connection: "lab"}, want: models.Profile{Name: "lab", URL: "ldaps://dc1:636", ReadOnly: true}},
		{
			name: "URL", named: "ldap://dc2", flags: connectionFlags{account: "me", ca: "/x.pem", readOnly: true},
			want: models.Profile{URL: "ldap://dc2:389", Account: "me", CAFile: "/x.pem", ReadOnly: true},
		},
		{
			name: "Adaxes", named: "adaxes://host", flags: connectionFlags{tokenFile: "/token", domain: "example.com"},
			want: models.Profile{URL: "adaxes://host:443/restApi", TokenFile: "/token", Domain: "example.com"},
		},
		{
			name: "a token in the profile", named: "managed",
			want: models.Profile{Name: "managed", URL: "adaxes://host:443/restApi", TokenFile: "/kept", Domain: "example.com"},
		},
		{
			name: "an account in its place", named: "managed", flags: connectionFlags{account: "me"},
			want: models.Profile{Name: "managed", URL: "adaxes://host:443/restApi", Account: "me", Domain: "example.com"},
		},
		{
			name: "both", named: "managed", flags: connectionFlags{account: "me", tokenFile: "/other"},
			want: models.Profile{Name: "managed", URL: "adaxes://host:443/restApi", Account: "me", TokenFile: "/other", Domain: "example.com"},
		},
		{
			name: "overridden", flags: connectionFlags{account: "me"},
			want: models.Profile{Name: "office", URL: "synology://nas:5001", Account: "me", CAFile: "/office.pem"},
		},
	} {
		p := newProgram(Streams{}, c.flags)
		if got, err := p.target(settings, c.named); err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v\nwant %+v", c.name, got, err, c.want)
		}
	}
	p := newProgram(Streams{}, connectionFlags{connection: "lab"})
	if _, err := p.target(settings, "office"); err == nil {
		t.Error("two connections were taken")
	}
}

func TestLocale(t *testing.T) {
	for _, c := range []struct {
		environment map[string]string
		want        bool
	}{
		{map[string]string{"LANG": "de_DE.UTF-8"}, true},
		{map[string]string{"LANG": "de_DE.utf8"}, true},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_CTYPE": "C"}, false},
		{map[string]string{"LC_ALL": "en_GB.UTF-8", "LC_CTYPE": "C", "LANG": "C"}, true},
		{map[string]string{"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, false},
		{map[string]string{"LC_ALL": "", "LANG": "en_GB.UTF-8"}, true},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, false},
	} {
		p := newProgram(Streams{Getenv: func(name string) string { return c.environment[name] }}, connectionFlags{})
		if got := p.unicode(); got != c.want {
			t.Errorf("%v gives %v", c.environment, got)
		}
	}
}

package config

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"dirdesk/models"
)

const sample = `# how we work here
default_profile = "office"

[ui]
mouse = true
theme = "dark"

[profiles.office] # the NAS in the cellar
url = "synology://nas.example.com"
account = "jdoe"
directory = "ldaps://dc1.example.com"

[profiles.managed]
url = "adaxes://host.example.com/restApi"
domain = "example.com"
token_file = "/home/jdoe/token"

# the lab's own domain
[profiles."test lab"]
url = "ldaps://dc1.lab.example.com"
read_only = true
ca_file = "/etc/lab.pem"
`

// write makes a settings file and gives its path.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	got, err := Load(write(t, sample))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		DefaultProfile: "office",
		UI:             UI{Mouse: true, Theme: "dark"},
		Profiles: []models.Profile{
			{Name: "office", URL: "synology://nas.example.com", Account: "jdoe", Directory: "ldaps://dc1.example.com"},
			{Name: "managed", URL: "adaxes://host.example.com/restApi", Domain: "example.com", TokenFile: "/home/jdoe/token"},
			{Name: "test lab", URL: "ldaps://dc1.lab.example.com", ReadOnly: true, CAFile: "/etc/lab.pem"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestLoadWithoutAFile(t *testing.T) {
	got, err := Load(filepath.Join(t.TempDir(), "none", "config.toml"))
	if err != nil || len(got.Profiles) != 0 || got.UI.Theme != "auto" || got.UI.Mouse {
		t.Errorf("got %+v, %v; want the defaults", got, err)
	}
}

func TestProfilesKeepTheOrderOfTheFile(t *testing.T) {
	for _, text := range []string{
		"[profiles.z]\nurl='u'\n[profiles.a]\nurl='u'\n[profiles.m]\nurl='u'\n",
		"[profiles]\nz.url='u'\na.url='u'\nm={url='u'}\n",
		"profiles={z={url='u'},a.url='u',m={url='u'}}\n",
	} {
		c, err := Load(write(t, text))
		if err != nil || !reflect.DeepEqual(c.Names(), []string{"z", "a", "m"}) {
			t.Errorf("%q gives %v, %v", text, c.Names(), err)
		}
	}
}

func TestMistakesAreNamedWithLineAndColumn(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"\nmouse = true\n", "line 2, column 1: unknown key mouse"},
		{"[ui]\nmose = true\n", "line 2, column 1: unknown key ui.mose"},
		{"[ui]\n  theme = 'blue'\n", `line 2, column 11: theme must be auto, light or dark, not "blue"`},
		{"[ui]\nmouse = 3\n", "line 2, column 9"},
		{"[profiles.a]\nurl = 'ldap://x'\npassword = 'secret'\n", "line 3, column 1: unknown key profiles.a.password (passwords are never kept in this file)"},
		{"[profiles.a]\nurl = 'ldap://x'\ntoken = 'secret'\n", "unknown key profiles.a.token (tokens are never kept in this file; token_file names the file of one)"},
		{"[profiles.a]\naccount = 'x'\n", `line 1, column 2: profile "a" has no url`},
		{"[ui]\n[profiles.a]\nurl='u'\n[profiles.b]\n", `line 4, column 2: profile "b" has no url`},
		{"\n\ndefault_profile = 'gone'\n", `line 3, column 1: default_profile names "gone"`},
		{"[ui\n", "line 1, column"},
	} {
		path := write(t, c.text)
		_, err := Load(path)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.text, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error quotes a password: %v", err)
		}
	}
}

func TestSettingsThatOthersCanWriteToAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	path := write(t, sample)
	for mode, refused := range map[os.FileMode]bool{0o600: false, 0o644: false, 0o620: true, 0o602: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); (err != nil) != refused {
			t.Errorf("mode %04o: %v", mode, err)
		}
	}
}

func TestFindPaths(t *testing.T) {
	root := t.TempDir()
	environment := map[string]string{"XDG_CONFIG_HOME": filepath.Join(root, "c"), "XDG_STATE_HOME": filepath.Join(root, "s")}
	got := FindPaths(func(name string) string { return environment[name] })
	want := Paths{
		Config:            filepath.Join(root, "c", "dirdesk", "config.toml"),
		KnownCertificates: filepath.Join(root, "s", "dirdesk", "known_certificates"),
		DeviceTokens:      filepath.Join(root, "s", "dirdesk", "device_tokens"),
		Journal:           filepath.Join(root, "s", "dirdesk", "journal.jsonl"),
		Bookmarks:         filepath.Join(root, "s", "dirdesk", "bookmarks.jsonl"),
	}
	if got != want {
		t.Errorf("got %+v", got)
	}
	environment["XDG_CONFIG_HOME"] = "relative" // which the XDG specification says to ignore
	if got := FindPaths(func(name string) string { return environment[name] }); !filepath.IsAbs(got.Config) {
		t.Errorf("a relative XDG_CONFIG_HOME was taken: %s", got.Config)
	}
}

func TestWhereTheJournalIsCopiedTo(t *testing.T) {
	path := write(t, "[journal]\ncopy = \"syslog:\"\ncopy_required = true\n")
	want := Journal{Copy: "syslog:", CopyRequired: true}
	if c, err := Load(path); err != nil || c.Journal != want {
		t.Errorf("got %+v, %v", c.Journal, err)
	}
	if err := SaveProfile(path, models.Profile{Name: "office", URL: "ldaps://dc1"}); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(path); err != nil || c.Journal != want {
		t.Errorf("after a profile was saved: %+v, %v", c.Journal, err)
	}
}

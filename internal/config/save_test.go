package config

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

func TestSaveKeepsEverythingElse(t *testing.T) {
	office := models.Profile{Name: "office", URL: "ldaps://dc9.example.com", Account: "alice", ReadOnly: true}
	path := write(t, sample)
	if err := SaveProfile(path, office); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{"# how we work here", "# the lab's own domain\n[profiles.\"test lab\"]", "theme = \"dark\""} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("%q is gone from\n%s", kept, text)
		}
	}
	before, err := parse([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	after, err := Load(path)
	if err != nil || !reflect.DeepEqual(after, before.with(office)) {
		t.Errorf("got %+v, %v", after, err)
	}
}

func TestSaveAddsAtTheEnd(t *testing.T) {
	path := write(t, strings.TrimRight(sample, "\n"))
	added := models.Profile{Name: "new one", URL: "synology://nas2"}
	if err := SaveProfile(path, added); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"office", "managed", "test lab", "new one"}; !reflect.DeepEqual(c.Names(), want) || c.DefaultProfile != "office" {
		t.Errorf("got %v, default %q", c.Names(), c.DefaultProfile)
	}
}

func TestFirstSaveMakesAPrivateFileAndTheDefault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "not", "yet", "config.toml")
	first := models.Profile{Name: "office", URL: "synology://nas", Account: "jdoe"}
	if err := SaveProfile(path, first); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil || c.DefaultProfile != "office" || !reflect.DeepEqual(c.Profiles, []models.Profile{first}) {
		t.Errorf("got %+v, %v", c, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for place, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(place)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != want {
			t.Errorf("%s has mode %04o, want %04o", place, mode, want)
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("something was left behind: %v, %v", left, err)
	}
}

func TestSaveLeavesABrokenFileAlone(t *testing.T) {
	const broken = "[ui]\nmose = true\n"
	path := write(t, broken)
	if err := SaveProfile(path, models.Profile{Name: "a", URL: "ldap://b"}); err == nil {
		t.Error("no error")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != broken {
		t.Errorf("the file was touched: %q, %v", text, err)
	}
}

func TestSaveFollowsALink(t *testing.T) {
	target := write(t, sample)
	link := filepath.Join(t.TempDir(), "config.toml")
	if err := os.Symlink(target, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	if err := SaveProfile(link, models.Profile{Name: "linked", URL: "ldap://b"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced by a file: %v, %v", info, err)
	}
	if c, err := Load(target); err != nil || len(c.Profiles) != 4 {
		t.Errorf("the target was not written: %+v, %v", c, err)
	}
}

// Whatever the names hold, and however the file was written, saving one profile
// changes that one only.
func TestSaveProperties(t *testing.T) {
	word := rapid.StringMatching(`[a-zA-Z0-9 ."'\\#\[\]=äß世-]{1,12}`)
	make := rapid.Custom(func(t *rapid.T) models.Profile {
		return models.Profile{
			Name: word.Draw(t, "name"), URL: word.Draw(t, "url"), Account: word.Draw(t, "account"),
			ReadOnly: rapid.Bool().Draw(t, "read_only"), CAFile: word.Draw(t, "ca_file"), Directory: word.Draw(t, "directory"),
			Domain: word.Draw(t, "domain"), TokenFile: word.Draw(t, "token_file"),
		}
	})
	directory := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		path := filepath.Join(directory, "config.toml")
		start := rapid.SampledFrom([]string{"", sample, "profiles={a={url='u'}}\n", "[profiles]\na.url='u'\n"}).Draw(t, "start")
		if err := os.WriteFile(path, []byte(start), 0o600); err != nil {
			t.Fatal(err)
		}
		want, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range rapid.SliceOfN(make, 1, 4).Draw(t, "profiles") {
			want = want.with(p)
			if err := SaveProfile(path, p); err != nil {
				t.Fatalf("%+v: %v", p, err)
			}
		}
		if got, err := Load(path); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v, %v\nwant %+v", got, err, want)
		}
	})
}

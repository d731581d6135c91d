package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/internal/config"
)

// The limits of a profile are read, and one that means nothing is refused: it
// would be no limit.
func TestLimitsOfAProfile(t *testing.T) {
	load := func(lines string) (config.Config, error) {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, []byte("[profiles.office]\nurl = \"ldaps://dc1\"\n"+lines), 0o600); err != nil {
			t.Fatal(err)
		}
		return config.Load(path)
	}
	c, err := load("allow_bases = [\"OU=Staff,DC=x\"]\nallow_actions = [\"set-password\"]\nnever_touch = [\"krbtgt\"]\nmax_objects = 20\n")
	if err != nil {
		t.Fatal(err)
	}
	if l := c.Profiles[0].Limits; l == nil || l.AllowBases[0] != "OU=Staff,DC=x" || l.AllowActions[0] != "set-password" || l.NeverTouch[0] != "krbtgt" || l.MaxObjects != 20 {
		t.Errorf("read %+v", l)
	}
	for lines, says := range map[string]string{
		`allow_actions = ["set password"]`: `allow_actions of profile "office" has "set password", which is none of `,
		`allow_bases = ["Staff"]`:          "which is no DN",
		`never_touch = [""]`:               "empty name",
		`max_objects = -1`:                 "above 0",
		`mail_pattern = "{name}@x.com"`:    "{name} is none of {first}",
	} {
		if _, err := load(lines); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", lines, err)
		}
	}
}

package config

import (
	"strings"
	"testing"
)

// Whatever stands in the settings is read or refused in words that say where, and a
// profile never holds what the file does not.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "default_profile = \"a\"\n[profiles.a]\nurl = \"ldaps://dc\"\naccount = \"u\"\nmax_rows = 10\n",
		"[profiles.\"a.b\"]\nurl = \"x\"\n[profiles.a]\nurl = \"y\"", "[profiles.a]\nmax_rows = -1\nurl = \"x\"",
		"[keys]\n\"move.down\" = [\"n\", \"down\"]\n[keys.move]\nup = \"p\"", "[ui]\ntheme = \"pink\"", "[profiles.a]\npassword = \"x\"",
		"[profiles]\na = 1", "[[profiles]]\nurl = \"x\"", "x = \x00", "\ufeff[ui]\nmouse = true", "[ui]\r\nascii = true\r\n", "[profiles.a]\nurl = \"\"",
		"[profiles.'\n']\nurl = 'x'", "[profiles.a]\nurl='x'\n[profiles.a]\nurl='y'", "default_profile = 'gone'",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := parse(text)
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("%q: no place in %v", text, err)
			}
			return
		}
		for _, p := range c.Profiles {
			if p.URL == "" || p.MaxRows < 0 {
				t.Errorf("%q: %+v", text, p)
			}
		}
		if _, found := c.Profile(c.DefaultProfile); c.DefaultProfile != "" && !found {
			t.Errorf("%q: no profile %q", text, c.DefaultProfile)
		}
	})
}

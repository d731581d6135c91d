package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// SaveProfile writes one profile under its name into the settings at path, 0600.
// All else in the file stays: other profiles, settings, the person's comments.
// The very first profile becomes the default one. A file that cannot be read is
// left alone and is the error.
func SaveProfile(path string, p models.Profile) error {
	if p.Name == "" || p.URL == "" {
		return errors.New("a profile needs a name and a url")
	}
	text, err := privatefile.Read(path, privatefile.Named, maxFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("settings: %w", err)
	}
	before, err := parse(text)
	if err != nil {
		return fmt.Errorf("settings: %s: %w", path, err)
	}
	want := before.with(p)
	changed, err := splice(text, p, want.DefaultProfile != before.DefaultProfile)
	if err != nil {
		return err
	}
	// A file written in some other way (inline tables, dotted keys) may not take
	// the splice; then it is written anew, at the price of its comments.
	if got, err := parse(changed); err != nil || !reflect.DeepEqual(got, want) {
		if changed, err = want.encode(); err != nil {
			return err
		}
	}
	return privatefile.Write(path, privatefile.Named, changed)
}

// with gives the settings with one profile added or replaced.
func (c Config) with(p models.Profile) Config {
	c.Profiles = slices.Clone(c.Profiles)
	i := slices.IndexFunc(c.Profiles, func(other models.Profile) bool { return other.Name == p.Name })
	if i >= 0 {
		c.Profiles[i] = p
		return c
	}
	if len(c.Profiles) == 0 {
		c.DefaultProfile = p.Name
	}
	c.Profiles = append(c.Profiles, p)
	return c
}

// splice puts the profile's table in the place of the one with its name, or at
// the end.
func splice(text []byte, p models.Profile, makeDefault bool) ([]byte, error) {
	section, err := encodeProfile(p)
	if err != nil {
		return nil, err
	}
	tables := locate(text).tables
	i := slices.IndexFunc(tables, func(t table) bool { return slices.Equal(t.key, []string{"profiles", p.Name}) })
	var out []byte
	switch {
	case i < 0 && len(text) == 0:
		out = section
	case i < 0:
		out = slices.Concat(bytes.TrimRight(text, "\n"), []byte("\n\n"), section)
	case i+1 < len(tables):
		out = slices.Concat(text[:tables[i].start], section, trailer(text[tables[i].start:tables[i+1].start]), text[tables[i+1].start:])
	default:
		out = slices.Concat(text[:tables[i].start], section)
	}
	if makeDefault {
		line, err := toml.Marshal(struct {
			DefaultProfile string `toml:"default_profile"`
		}{p.Name})
		if err != nil {
			return nil, err
		}
		out = slices.Concat(line, []byte("\n"), out)
	}
	return out, nil
}

// trailer is the blank lines and comments at the end of a table's text: they
// belong to the table that follows.
func trailer(text []byte) []byte {
	lines := slices.Collect(bytes.Lines(text))
	n := len(lines)
	for n > 0 {
		line := bytes.TrimSpace(lines[n-1])
		if len(line) > 0 && line[0] != '#' {
			break
		}
		n--
	}
	return slices.Concat(lines[n:]...)
}

// encodeProfile writes one [profiles.NAME] table.
func encodeProfile(p models.Profile) ([]byte, error) {
	text, err := toml.Marshal(map[string]map[string]profile{"profiles": {p.Name: ofModel(p)}})
	// The header of the table of tables may stand in the file once only.
	return bytes.TrimPrefix(text, []byte("[profiles]\n")), err
}

// savedUI is UI with the names of the file.
type savedUI struct {
	Mouse bool   `toml:"mouse"`
	Theme string `toml:"theme"`
	ASCII bool   `toml:"ascii"`
}

// encode writes the settings from nothing.
func (c Config) encode() ([]byte, error) {
	head := struct {
		DefaultProfile string              `toml:"default_profile,omitempty"`
		IdleLock       string              `toml:"idle_lock,omitempty"`
		UI             savedUI             `toml:"ui"`
		Keys           map[string][]string `toml:"keys,omitempty"`
		Journal        Journal             `toml:"journal,omitempty"`
	}{Journal: c.Journal, DefaultProfile: c.DefaultProfile, UI: savedUI(c.UI), Keys: c.Keys}
	if c.IdleLock > 0 {
		head.IdleLock = c.IdleLock.String()
	}
	text, err := toml.Marshal(head)
	if err != nil {
		return nil, err
	}
	for _, p := range c.Profiles {
		section, err := encodeProfile(p)
		if err != nil {
			return nil, err
		}
		text = slices.Concat(text, []byte("\n"), section)
	}
	return text, nil
}

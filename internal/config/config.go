// Package config keeps what a person set up: saved connections and the look of
// the screen in one TOML file, and the device tokens of two-factor sign-ins in
// another. No file holds a password.
package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/pelletier/go-toml/v2"

	"dirdesk/internal/privatefile"
	"dirdesk/keymap"
	"dirdesk/models"
)

// maxFile bounds the settings and the token file, in bytes.
const maxFile = 1 << 20

// Config is the file of settings.
type Config struct {
	DefaultProfile string        // name of the profile to use when none is given; may be empty
	IdleLock       time.Duration // the screen is hidden after so long without a key; 0: never
	UI             UI
	Profiles       []models.Profile // in the order of the file
	// Keys are the person's own, by action; keymap.Map.With takes them.
	Keys    map[string][]string
	Journal Journal
}

// Journal says where each line of the journal goes beside it.
type Journal struct {
	Copy         string `toml:"copy,omitempty"` // "syslog:", "file:PATH" or ""
	CopyRequired bool   `toml:"copy_required,omitempty"`
}

// UI is how the screen behaves.
type UI struct {
	Mouse bool   // wheel and click work; the terminal's own text selection does not
	Theme string // "auto", "light" or "dark"
	ASCII bool   // draw with ASCII characters only
}

// Profile finds a saved connection by its name.
func (c Config) Profile(name string) (models.Profile, bool) {
	i := slices.IndexFunc(c.Profiles, func(p models.Profile) bool { return p.Name == name })
	if i < 0 {
		return models.Profile{}, false
	}
	return c.Profiles[i], true
}

// Names are the names of the profiles in the order of the file.
func (c Config) Names() []string {
	names := make([]string, len(c.Profiles))
	for i, p := range c.Profiles {
		names[i] = p.Name
	}
	return names
}

// file is the shape of the TOML text.
type file struct {
	DefaultProfile string             `toml:"default_profile"`
	IdleLock       span               `toml:"idle_lock"`
	UI             fileUI             `toml:"ui"`
	Profiles       map[string]profile `toml:"profiles"`
	Keys           map[string]any     `toml:"keys"`
	Journal        Journal            `toml:"journal"`
}

type fileUI struct {
	Mouse bool  `toml:"mouse"`
	Theme theme `toml:"theme"`
	ASCII bool  `toml:"ascii"`
}

// profile is models.Profile as the file writes it.
type profile struct {
	Name     string `toml:"-"` // of its table
	URL      string `toml:"url"`
	Account  string `toml:"account,omitempty"`
	ReadOnly bool   `toml:"read_only,omitempty"`
	CAFile   string `toml:"ca_file,omitempty"`
	// Directory is the LDAP address of the domain that a DSM serves.
	Directory string `toml:"directory,omitempty"`
	// Domain is the one to walk of those that an Adaxes service manages.
	Domain string `toml:"domain,omitempty"`
	// TokenFile holds an access token for Adaxes, and nothing else.
	TokenFile string `toml:"token_file,omitempty"`
	// MaxRows is how many rows of one answer are kept; 0: 1,000,000.
	MaxRows int `toml:"max_rows,omitempty"`
	// Controllers are the addresses of the domain controllers to ask about a person.
	Controllers []string `toml:"controllers,omitempty"`
	// What may be changed at all: models.Limits.
	AllowBases   []string `toml:"allow_bases,omitempty"`
	AllowActions []string `toml:"allow_actions,omitempty"`
	NeverTouch   []string `toml:"never_touch,omitempty"`
	MaxObjects   int      `toml:"max_objects,omitempty"`
	// MailPattern is how addresses of new users are proposed: "{first}.{last}@example.com".
	MailPattern string `toml:"mail_pattern,omitempty"`
	// VerifyCaller is "ask" or "require": models.CallerCheck.
	VerifyCaller string `toml:"verify_caller,omitempty"`
}

// model is a profile of the file for the program.
func (p profile) model() models.Profile {
	m := models.Profile{
		Name: p.Name, URL: p.URL, Account: p.Account, ReadOnly: p.ReadOnly, CAFile: p.CAFile, Directory: p.Directory,
		Domain: p.Domain, TokenFile: p.TokenFile, MaxRows: p.MaxRows, Controllers: strings.Join(p.Controllers, " "),
		MailPattern:  models.MailPattern(p.MailPattern),
		VerifyCaller: models.CallerCheck(p.VerifyCaller),
	}
	if len(p.AllowBases)+len(p.AllowActions)+len(p.NeverTouch)+p.MaxObjects > 0 {
		m.Limits = &models.Limits{AllowActions: p.AllowActions, NeverTouch: p.NeverTouch, MaxObjects: p.MaxObjects}
		for _, base := range p.AllowBases {
			m.Limits.AllowBases = append(m.Limits.AllowBases, models.DN(base))
		}
	}
	return m
}

// ofModel is a profile of the program for the file.
func ofModel(m models.Profile) profile {
	p := profile{
		Name: m.Name, URL: m.URL, Account: m.Account, ReadOnly: m.ReadOnly, CAFile: m.CAFile, Directory: m.Directory,
		Domain: m.Domain, TokenFile: m.TokenFile, MaxRows: m.MaxRows, Controllers: strings.Fields(m.Controllers),
		MailPattern:  string(m.MailPattern),
		VerifyCaller: string(m.VerifyCaller),
	}
	if l := m.Limits; l != nil {
		p.AllowActions, p.NeverTouch, p.MaxObjects = l.AllowActions, l.NeverTouch, l.MaxObjects
		for _, base := range l.AllowBases {
			p.AllowBases = append(p.AllowBases, string(base))
		}
	}
	return p
}

// checkLimits says which key of the limits is wrong, and how; "" when none is. A
// limit that means nothing would be none.
func (p profile) checkLimits() (key, words string) {
	for _, base := range p.AllowBases {
		if _, err := models.ParseDN(base); err != nil || base == "" {
			return "allow_bases", fmt.Sprintf("has %q, which is no DN", base)
		}
	}
	for _, id := range p.AllowActions {
		if !slices.Contains(models.ActionIDs(), id) {
			return "allow_actions", fmt.Sprintf("has %q, which is none of %s", id, strings.Join(models.ActionIDs(), ", "))
		}
	}
	switch {
	case !slices.Contains([]models.CallerCheck{models.CallerNotAsked, models.CallerAsked, models.CallerRequired}, models.CallerCheck(p.VerifyCaller)):
		return "verify_caller", fmt.Sprintf("is %q, and must be \"ask\" or \"require\"", p.VerifyCaller)
	case slices.ContainsFunc(p.NeverTouch, func(name string) bool { return strings.TrimSpace(name) == "" }):
		return "never_touch", "has an empty name"
	case p.MaxObjects < 0:
		return "max_objects", "is a number of objects, above 0"
	}
	return "", ""
}

// span is a length of time, such as 10m. It is a struct for the same reason as
// theme.
type span struct{ time.Duration }

// UnmarshalText takes a minute and more, and 0 for never.
func (s *span) UnmarshalText(text []byte) (err error) {
	s.Duration, err = time.ParseDuration(string(text))
	if err != nil || s.Duration != 0 && s.Duration < time.Minute {
		return fmt.Errorf("%q is not a time of a minute or more, such as 10m", text)
	}
	return nil
}

// theme is a struct, not a string, so that the decoder asks it and its refusal
// carries line and column.
type theme struct{ name string }

// UnmarshalText takes auto, light and dark.
func (t *theme) UnmarshalText(text []byte) error {
	switch t.name = string(text); t.name {
	case "auto", "light", "dark":
		return nil
	default:
		return fmt.Errorf("theme must be auto, light or dark, not %q", text)
	}
}

// Load reads the settings at path. A file that does not exist gives the
// defaults. A file that others can write to is refused: it says where passwords
// are sent. An error in the text names line and column.
func Load(path string) (Config, error) {
	text, err := privatefile.Read(path, privatefile.Named, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = nil, nil
	}
	if err != nil {
		return Config{}, fmt.Errorf("settings: %w", err)
	}
	c, err := parse(text)
	if err != nil {
		return Config{}, fmt.Errorf("settings: %s: %w", path, err)
	}
	return c, nil
}

func parse(text []byte) (Config, error) {
	var f file
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil {
		return Config{}, positioned(err)
	}
	c := Config{
		DefaultProfile: f.DefaultProfile, Journal: f.Journal, IdleLock: f.IdleLock.Duration,
		UI: UI{Mouse: f.UI.Mouse, Theme: cmp.Or(f.UI.Theme.name, "auto"), ASCII: f.UI.ASCII},
	}
	places := locate(text)
	var err error
	if c.Keys, err = ownKeys(f.Keys, places); err != nil {
		return Config{}, err
	}
	for _, name := range places.profiles {
		p := f.Profiles[name]
		if p.URL == "" {
			return Config{}, fmt.Errorf("%s: profile %q has no url", places.of("profiles", name), name)
		}
		if p.MaxRows < 0 {
			return Config{}, fmt.Errorf("%s: max_rows of profile %q is a number of rows, above 0", places.of("profiles", name, "max_rows"), name)
		}
		if key, words := p.checkLimits(); key != "" {
			return Config{}, fmt.Errorf("%s: %s of profile %q %s", places.of("profiles", name, key), key, name, words)
		}
		if words := models.MailPattern(p.MailPattern).Check(); words != "" {
			return Config{}, fmt.Errorf("%s: mail_pattern of profile %q: %s", places.of("profiles", name, "mail_pattern"), name, words)
		}
		p.Name = name
		c.Profiles = append(c.Profiles, p.model())
	}
	if _, found := c.Profile(c.DefaultProfile); c.DefaultProfile != "" && !found {
		return Config{}, fmt.Errorf("%s: default_profile names %q, and there is no such profile",
			places.of("default_profile"), c.DefaultProfile)
	}
	return c, nil
}

// positioned puts line and column in front of the decoder's words.
func positioned(err error) error {
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(unknown.Errors) > 0 {
		errs := make([]error, 0, len(unknown.Errors))
		for _, e := range unknown.Errors {
			errs = append(errs, unknownKey(e))
		}
		return errors.Join(errs...)
	}
	if broken, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, column := broken.Position()
		return fmt.Errorf("%s: %s", position{row, column}, strings.TrimPrefix(broken.Error(), "toml: "))
	}
	return err
}

func unknownKey(e toml.DecodeError) error {
	row, column := e.Position()
	key := e.Key()
	hint := ""
	if len(key) > 0 {
		switch last := key[len(key)-1]; {
		case strings.HasPrefix(last, "pass"):
			hint = " (passwords are never kept in this file)"
		case last == "token":
			hint = " (tokens are never kept in this file; token_file names the file of one)"
		}
	}
	return fmt.Errorf("%s: unknown key %s%s", position{row, column}, strings.Join(key, "."), hint)
}

// Paths are the files that dirdesk keeps for a person.
type Paths struct {
	Config            string // settings and profiles, TOML
	KnownCertificates string // certificates trusted for a host, JSON Lines
	DeviceTokens      string // tokens of two-factor sign-ins, JSON Lines
	Journal           string // every change that was made, JSON Lines
	Bookmarks         string // bookmarks and the last place, by connection, JSON Lines
}

// FindPaths follows the XDG base directory specification: XDG_CONFIG_HOME and
// XDG_STATE_HOME where they are set to absolute paths, else the place that is
// usual on the system.
func FindPaths(getenv func(string) string) Paths {
	settings := filepath.Join(home(getenv("XDG_CONFIG_HOME"), xdg.ConfigHome), "dirdesk")
	state := filepath.Join(home(getenv("XDG_STATE_HOME"), xdg.StateHome), "dirdesk")
	return Paths{
		Config:            filepath.Join(settings, "config.toml"),
		KnownCertificates: filepath.Join(state, "known_certificates"),
		DeviceTokens:      filepath.Join(state, "device_tokens"),
		Journal:           filepath.Join(state, "journal.jsonl"),
		Bookmarks:         filepath.Join(state, "bookmarks.jsonl"),
	}
}

func home(named, usual string) string {
	if filepath.IsAbs(named) {
		return named
	}
	return usual
}

// ownKeys reads the table [keys]: an action with its list of keys, or one key.
// The dot of an action may stand in quotes or not, so that a table may hold
// tables. What cannot be is said with its place.
func ownKeys(read map[string]any, at places) (map[string][]string, error) {
	if len(read) == 0 {
		return nil, nil
	}
	own := map[string][]string{}
	if err := flatten(own, "", read, at); err != nil {
		return nil, err
	}
	_, _, err := keymap.Default().With(own)
	if fault, ok := errors.AsType[*keymap.Fault](err); ok {
		return nil, fmt.Errorf("%s: %s", at.ofKey(fault.ID, fault.Index), fault.Words)
	}
	return own, err
}

// flatten gathers the lists of a table and of those in it.
func flatten(own map[string][]string, before string, read map[string]any, at places) error {
	for _, name := range slices.Sorted(maps.Keys(read)) {
		id := before + name
		if below, isTable := read[name].(map[string]any); isTable {
			if err := flatten(own, id+".", below, at); err != nil {
				return err
			}
			continue
		}
		if _, twice := own[id]; twice {
			return fmt.Errorf("%s: the keys of %s are given twice", at.ofKey(id, -1), id)
		}
		list, isList := read[name].([]any)
		if !isList {
			list = []any{read[name]} // one key
		}
		own[id] = make([]string, len(list))
		for i, v := range list {
			key, isText := v.(string)
			if !isText {
				return fmt.Errorf(`%s: %v is no key; write for example "ctrl+s", or ["n", "down"]`, at.ofKey(id, i), v)
			}
			own[id][i] = key
		}
	}
	return nil
}

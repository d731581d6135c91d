package config

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

// Paths are the files that dirdesk keeps for a person.
type Paths struct {
	Config            string // settings and profiles, TOML
	KnownCertificates string // certificates trusted for a host, JSON Lines
	DeviceTokens      string // tokens of two-factor sign-ins, JSON Lines
	Journal           string // every change that was made, JSON Lines
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
	}
}

func home(named, usual string) string {
	if filepath.IsAbs(named) {
		return named
	}
	return usual
}

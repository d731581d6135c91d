package cli

import (
	"strings"

	"dirdesk/internal/config"
	"dirdesk/models"
)

// target finds what the command line wants to connect to, with named standing
// for an argument that takes the place of -c. The profile is empty when nothing
// was named and there is no default.
func (p *access) target(settings config.Config, named string) (models.Profile, error) {
	if named != "" && p.flags.connection != "" {
		return models.Profile{}, usagef("%q and -c: one of the two", named)
	}
	if named == "" {
		named = p.flags.connection
	}
	if named == "" {
		named = settings.DefaultProfile
	}
	profile := models.Profile{}
	switch {
	case named == "":
		return p.override(profile), nil
	case isURL(named):
		profile.URL = named
	default:
		known, found := settings.Profile(named)
		if !found {
			return models.Profile{}, unknownProfile(settings, named)
		}
		profile = known
	}
	at, err := parseURL(profile.URL)
	if err != nil {
		if profile.Name != "" {
			return models.Profile{}, usagef("profile %q: %v", profile.Name, err)
		}
		return models.Profile{}, err
	}
	profile.URL = at.String()
	if err := checkParts(at, profile); err != nil {
		return models.Profile{}, usagef("profile %q: %v", profile.Name, err)
	}
	profile = p.override(profile)
	return profile, checkParts(at, profile)
}

// override lets flags win over what a profile says.
func (p *access) override(profile models.Profile) models.Profile {
	if p.flags.account != "" {
		// Who names an account does not mean the token of the profile.
		profile.Account, profile.TokenFile = p.flags.account, ""
	}
	if p.flags.ca != "" {
		profile.CAFile = p.flags.ca
	}
	if p.flags.domain != "" {
		profile.Domain = p.flags.domain
	}
	if p.flags.tokenFile != "" {
		profile.TokenFile = p.flags.tokenFile
	}
	if p.flags.readOnly {
		profile.ReadOnly = true
	}
	return profile
}

func unknownProfile(settings config.Config, named string) error {
	if names := settings.Names(); len(names) > 0 {
		return usagef("there is no profile %q\nThere are: %s. A URL has :// in it; dirdesk --help lists the commands.",
			named, strings.Join(names, ", "))
	}
	return usagef("%q is no command, no profile and no URL\n%s; dirdesk --help lists the commands.", named, urlForms())
}

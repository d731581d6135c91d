package connect

import (
	"cmp"
	"strings"

	"dirdesk/models"
)

// answers are what has been typed. They are plain texts because the form needs
// them so; the secret ones are wiped as soon as they are of no more use.
type answers struct {
	profile  models.Profile // of a known connection
	choice   string         // of the list of connections
	scheme   string
	host     string
	token    string // in the place of account and password
	account  string
	password string
	domain   string // of several
	saveAs   string
	code     string
	remember bool
	trust    bool
	keep     bool // the token, for the next time
}

func answersOf(in models.SignIn, scheme string) answers {
	return answers{
		profile: in.Profile, scheme: scheme, account: in.Profile.Account,
		password: in.Password.Reveal(), token: in.Token.Reveal(), domain: in.Profile.Domain, code: in.Code.Reveal(), remember: in.RememberDevice,
	}
}

// endpoint is where a URL leads to, for a person: its part after the scheme.
func endpoint(url string) string {
	if _, rest, found := strings.Cut(url, "://"); found {
		return rest
	}
	return url
}

// signIn is one attempt with these answers, for the form that gave them.
func (m *Model) signIn() models.SignIn {
	in := m.given
	a := m.answers
	if m.asking == entering {
		scheme, host, err := m.connector.Schemes().parseHost(a.host, a.scheme)
		if err != nil || scheme == "" {
			scheme = a.scheme
		}
		in.Profile.Name = strings.TrimSpace(a.saveAs)
		in.Profile.URL = scheme + "://" + host
	} else {
		in.Profile = a.profile
		in.Profile.ReadOnly = in.Profile.ReadOnly || m.given.Profile.ReadOnly
		in.Profile.CAFile = cmp.Or(in.Profile.CAFile, m.given.Profile.CAFile)
	}
	in.Profile.Account = strings.TrimSpace(a.account)
	in.Password = models.NewSecret(a.password)
	in.Token = models.NewSecret(strings.TrimSpace(a.token))
	in.Profile.Domain = cmp.Or(a.domain, in.Profile.Domain)
	in.Code = models.NewSecret(strings.Join(strings.Fields(a.code), ""))
	in.RememberDevice = a.remember
	return in
}

package connect

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"charm.land/huh/v2"

	"dirdesk/models"
)

// scheme is the kind of server that is asked about.
func (m *Model) scheme() Scheme {
	if m.stage == entering || m.stage != identifying && m.asking == entering {
		return m.connector.Schemes().find(m.answers.scheme)
	}
	return m.schemeOf(m.answers.profile)
}

func (m *Model) schemeOf(p models.Profile) Scheme {
	name, _, _ := strings.Cut(p.URL, "://")
	return m.connector.Schemes().find(name)
}

// token asks for an access token, which is as secret as a password.
func (m *Model) token(words string) *huh.Input {
	return input(fieldToken, "Access token", words, &m.answers.token, func(s string) error {
		if strings.ContainsFunc(strings.TrimSpace(s), func(r rune) bool { return r <= ' ' || r > '~' }) {
			return errors.New("a token is one word of plain characters")
		}
		return nil
	}).EchoMode(huh.EchoModePassword)
}

func (m *Model) account() *huh.Input {
	return input(fieldAccount, "Account", "", &m.answers.account, func(s string) error {
		if m.scheme().Token {
			return nil // a token may be enough
		}
		return required("enter the account")(s)
	})
}

func (m *Model) password() *huh.Input {
	return input(fieldPassword, "Password", "", &m.answers.password, func(s string) error {
		a := m.answers
		switch named := strings.TrimSpace(a.account) != ""; {
		case !m.scheme().Token && s == "":
			return errors.New("enter the password") // a blank may be one
		case !m.scheme().Token, a.token != "":
			return nil
		case s != "" && !named:
			return errors.New("enter the account as well")
		case s == "" && named:
			return errors.New("enter the password, or a token")
		case s == "" && m.stage == entering:
			return errors.New("enter a token, or account and password")
		}
		return nil
	}).EchoMode(huh.EchoModePassword)
}

func input(name, title, description string, value *string, validate func(string) error) *huh.Input {
	return huh.NewInput().Key(name).Title(title).Description(description).Prompt("").Value(value).
		Validate(func(s string) error {
			if err := validate(s); err != nil {
				return fieldError{title, err}
			}
			return nil
		})
}

// choose is a question with two answers, the careful one first.
func choose(name, title string, value *bool, no, yes string) huh.Field {
	return pick(name, title, []huh.Option[bool]{huh.NewOption(no, false), huh.NewOption(yes, true)}, 3, value)
}

// pick is a list to choose from, in at most so many rows.
func pick[T comparable](name, title string, options []huh.Option[T], rows int, value *T) huh.Field {
	return huh.NewSelect[T]().Key(name).Title(title).Options(options...).Height(min(len(options)+1, rows)).Value(value)
}

// fieldError says which field an error is about, as several may have one.
type fieldError struct {
	field string
	err   error
}

func (e fieldError) Error() string { return e.field + ": " + e.err.Error() }

func required(message string) func(string) error {
	return func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New(message)
		}
		return nil
	}
}

// checkName accepts a name for a profile that is not taken. A connection URL is
// no name: the command line could not tell them apart.
func (m *Model) checkName(name string) error {
	name = strings.TrimSpace(name)
	switch taken := slices.ContainsFunc(m.connector.Profiles(), func(p models.Profile) bool { return p.Name == name }); {
	case taken:
		return errors.New("there is a connection of that name already")
	case strings.Contains(name, "://"), strings.HasPrefix(name, "-"):
		return errors.New("choose a plain name, such as the company's")
	case m.theme.Safe(name) != name:
		return errors.New("the name holds a character that cannot be shown")
	}
	return nil
}

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

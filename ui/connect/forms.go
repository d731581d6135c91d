package connect

import (
	"errors"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"dirdesk/models"
)

// Keys of the fields.
const (
	fieldChoice   = "choice"
	fieldKind     = "kind"
	fieldHost     = "host"
	fieldAccount  = "account"
	fieldPassword = "password"
	fieldSaveAs   = "save"
	fieldCode     = "code"
	fieldRemember = "remember"
	fieldTrust    = "trust"
)

// newConnection is the choice that leads to the form for everything. It is no
// name that a profile can have.
const newConnection = "://"

// questions is the form that asks for account and password, now that the
// connection is known or is being described.
func (m *Model) questions() stage {
	if m.asking == entering {
		return entering
	}
	return identifying
}

// show goes to a stage and puts the cursor where the first answer is missing.
func (m *Model) show(s stage) tea.Cmd {
	at := ""
	switch {
	case s == identifying && m.answers.account != "":
		at = fieldPassword
	case s == entering && m.answers.host != "":
		at = fieldPassword
	}
	return m.showAt(s, at)
}

// showAt goes to a stage with the cursor in a field, "" for the first.
func (m *Model) showAt(s stage, field string) tea.Cmd {
	m.stage, m.scroll, m.form = s, 0, nil
	if s == picking || s == entering || s == identifying {
		m.asking = s
	}
	switch s {
	case judging, warned:
		m.note = m.describe(m.certificate)
	}
	return m.build(field)
}

// build makes the stage's form for the size of the screen.
func (m *Model) build(field string) tea.Cmd {
	fields := m.fields()
	if fields == nil {
		m.form = nil
		return nil
	}
	_, _, width, height := m.layout()
	m.form = huh.NewForm(huh.NewGroup(fields...).WithShowErrors(false).WithShowHelp(false)).
		WithTheme(formTheme(m.theme, m.isTight(height))).
		WithKeyMap(keyMap()).
		WithWidth(width).WithHeight(height)
	cmds := []tea.Cmd{m.form.Init()}
	if i := slices.IndexFunc(fields, func(f huh.Field) bool { return f.GetKey() == field }); i > 0 {
		for range i {
			cmds = append(cmds, m.advance(huh.NextField()))
		}
	}
	return tea.Batch(cmds...)
}

// fields are the questions of the stage; nil where nothing is asked.
func (m *Model) fields() []huh.Field {
	a := &m.answers
	switch m.stage {
	case picking:
		return []huh.Field{m.choice()}
	case entering:
		options := make([]huh.Option[string], 0, len(kinds()))
		for _, k := range kinds() {
			options = append(options, huh.NewOption(k.name, k.scheme))
		}
		return []huh.Field{
			huh.NewSelect[string]().Key(fieldKind).Title("What to connect to").
				Options(options...).Height(len(options) + 1).Value(&a.scheme),
			input(fieldHost, "Host", "", &a.host, func(s string) error {
				_, _, err := parseHost(s)
				return err
			}).DescriptionFunc(func() string {
				return "name or address; :PORT only where it is not " + kindOf(a.scheme).port
			}, &a.scheme),
			m.account().DescriptionFunc(func() string { return kindOf(a.scheme).hint }, &a.scheme),
			m.password(),
			input(fieldSaveAs, "Save as", "a name keeps it for next time, without the password",
				&a.saveAs, m.checkName),
		}
	case identifying:
		scheme, _, _ := strings.Cut(a.profile.URL, "://")
		return []huh.Field{m.account().Description(kindOf(scheme).hint), m.password()}
	case judging:
		return []huh.Field{choose(fieldTrust, "Trust it for "+m.theme.Safe(m.certificate.Host)+"?", &a.trust,
			"No, do not connect", "Yes, from now on")}
	case coding:
		return []huh.Field{
			input(fieldCode, "One-time code", "from the authenticator app", &a.code, required("enter the code")),
			choose(fieldRemember, "Ask for a code on this computer next time?", &a.remember,
				"Yes, ask every time", "No, remember this device"),
		}
	default:
		return nil
	}
}

// choice is the list of saved connections.
func (m *Model) choice() huh.Field {
	profiles := m.connector.Profiles()
	options := make([]huh.Option[string], 0, len(profiles)+1)
	for _, p := range profiles {
		label := p.Name + " " + m.theme.Glyphs.Separator + " " + endpoint(p.URL)
		if p.Account != "" {
			label += " " + m.theme.Glyphs.Separator + " " + p.Account
		}
		_, _, width, _ := m.layout()
		options = append(options, huh.NewOption(m.theme.Cut(label, width-4), p.Name))
	}
	options = append(options, huh.NewOption("A new connection", newConnection))
	_, _, _, height := m.layout()
	return huh.NewSelect[string]().Key(fieldChoice).Title("Connect to").
		Options(options...).Height(min(len(options)+1, height)).Value(&m.answers.choice)
}

func (m *Model) account() *huh.Input {
	return input(fieldAccount, "Account", "", &m.answers.account, required("enter the account"))
}

func (m *Model) password() *huh.Input {
	return input(fieldPassword, "Password", "", &m.answers.password, func(s string) error {
		if s == "" {
			return errors.New("enter the password") // a blank may be one
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
	return huh.NewSelect[bool]().Key(name).Title(title).
		Options(huh.NewOption(no, false), huh.NewOption(yes, true)).Height(3).Value(value)
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

// submit acts on a completed form.
func (m *Model) submit() tea.Cmd {
	m.note = nil
	switch m.stage {
	case picking:
		return m.picked()
	case judging:
		if !m.answers.trust {
			return m.back("Not connected: the certificate was refused. Nothing was sent.")
		}
		return m.open(m.certificate)
	default:
		return m.open(nil)
	}
}

// picked goes on with a saved connection, or with a new one.
func (m *Model) picked() tea.Cmd {
	profiles := m.connector.Profiles()
	i := slices.IndexFunc(profiles, func(p models.Profile) bool { return p.Name == m.answers.choice })
	if i < 0 {
		return m.show(entering)
	}
	m.answers = answers{choice: m.answers.choice, scheme: m.answers.scheme, profile: profiles[i], account: profiles[i].Account}
	return m.show(identifying)
}

// keyMap binds the arrows to go between fields, and leaves to the owner what
// huh would do to the program.
func keyMap() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	k.Quit.SetEnabled(false)
	k.Input.Prev = key.NewBinding(key.WithKeys("shift+tab", "up"))
	k.Input.Next = key.NewBinding(key.WithKeys("enter", "tab", "down"))
	k.Select.Filter.SetEnabled(false)
	return k
}

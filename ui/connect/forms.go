package connect

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/list"
)

// Keys of the fields.
const (
	fieldChoice   = "choice"
	fieldKind     = "kind"
	fieldHost     = "host"
	fieldToken    = "token"
	fieldAccount  = "account"
	fieldPassword = "password"
	fieldSaveAs   = "save"
	fieldCode     = "code"
	fieldRemember = "remember"
	fieldTrust    = "trust"
	fieldDomain   = "domain"
	fieldKeep     = "keep"
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
		if m.answers.token != "" {
			at = fieldToken
		}
	}
	return m.showAt(s, at)
}

// showAt goes to a stage with the cursor in a field, "" for the first.
func (m *Model) showAt(s stage, field string) tea.Cmd {
	m.stage, m.text, m.form = s, list.Text{}, nil
	if s == picking || s == entering || s == identifying {
		m.asking = s
	}
	switch s {
	case judging, warned:
		m.note = certificateNote{m.theme, m.now(), m.given.Fingerprint != ""}.describe(m.certificate)
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
	m.built = m.scheme()
	_, _, width, height := m.layout()
	m.form = huh.NewForm(huh.NewGroup(fields...).WithShowErrors(false).WithShowHelp(false)).
		WithTheme(formTheme(m.theme, m.isTight(height))).
		WithKeyMap(keyMap(m.keys)).
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
		schemes := m.connector.Schemes()
		var options []huh.Option[string]
		for _, s := range schemes {
			options = append(options, huh.NewOption(s.Title, s.Name))
		}
		asked := []huh.Field{
			pick(fieldKind, "What to connect to", options, len(options)+1, &a.scheme),
			input(fieldHost, "Host", "", &a.host, func(s string) error {
				_, _, err := schemes.parseHost(s, a.scheme)
				return err
			}).DescriptionFunc(func() string {
				s := schemes.find(a.scheme)
				if s.Directory != "" {
					return "name or address; :PORT unless it is " + s.Port + ", /DIRECTORY unless it is " + s.Directory
				}
				return "name or address; :PORT only where it is not " + s.Port
			}, &a.scheme),
		}
		if m.scheme().Token {
			asked = append(asked, m.token("in the place of account and password"))
		}
		return append(asked,
			m.account().DescriptionFunc(func() string { return schemes.find(a.scheme).Hint }, &a.scheme),
			m.password(),
			input(fieldSaveAs, "Save as", "a name keeps it for next time, without the password",
				&a.saveAs, m.checkName))
	case identifying:
		asked := []huh.Field{m.account().Description(m.scheme().Hint), m.password()}
		if m.scheme().Token {
			asked = append([]huh.Field{m.token("in the place of account and password; all empty: the one that is kept")}, asked...)
		}
		return asked
	case choosing:
		var options []huh.Option[string]
		for _, domain := range m.domains {
			options = append(options, huh.NewOption(m.theme.Safe(domain), domain))
		}
		_, _, _, height := m.layout()
		return []huh.Field{pick(fieldDomain, "Which domain?", options, height, &a.domain)}
	case keeping:
		return []huh.Field{choose(fieldKeep, "Keep the token in this computer's keyring for the next time?", &a.keep,
			"No, forget it when I leave", "Yes, keep it there")}
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
	var options []huh.Option[string]
	_, _, width, height := m.layout()
	for _, p := range m.connector.Profiles() {
		label := p.Name + " " + m.theme.Glyphs.Separator + " " + endpoint(p.URL)
		if p.Account != "" {
			label += " " + m.theme.Glyphs.Separator + " " + p.Account
		}
		options = append(options, huh.NewOption(m.theme.Cut(label, width-4), p.Name))
	}
	options = append(options, huh.NewOption("A new connection", newConnection))
	return pick(fieldChoice, "Connect to", options, height, &m.answers.choice)
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
	case keeping:
		return m.kept()
	default:
		if p := m.answers.password; !m.spaced && strings.TrimSpace(p) != p && (m.stage == entering || m.stage == identifying) {
			m.spaced, m.wrong = true, fieldPassword
			return m.back("The password begins or ends with a space, and nothing was sent. Go on to use it as it was typed, or type it again.")
		}
		m.spaced = false
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
	if m.hasToken(profiles[i]) {
		m.asking = identifying
		return m.open(nil)
	}
	return m.show(identifying)
}

// hasToken reports whether a connection may have a token of its own, in a file or
// where this computer keeps secrets, so that nothing need be asked.
func (m *Model) hasToken(p models.Profile) bool {
	if !m.schemeOf(p).Token {
		return false
	}
	_, keeps := m.connector.(TokenKeeper)
	return p.TokenFile != "" || keeps && p.Account == ""
}

// keyMap gives huh our keys. What it would do to the program is left out.
func keyMap(keys keymap.Map) *huh.KeyMap {
	bind := func(scope keymap.ScopeName, ids ...string) key.Binding {
		var all []string
		for _, id := range ids {
			all = append(all, keys.In(scope).Keys(id)...)
		}
		return key.NewBinding(key.WithKeys(all...))
	}
	return &huh.KeyMap{
		Input: huh.InputKeyMap{
			Next: bind(keymap.SignIn, "signin.accept", "signin.next"), Prev: bind(keymap.SignIn, "signin.prev"),
			Submit: bind(keymap.SignIn, "signin.accept"),
		},
		Select: huh.SelectKeyMap{
			Next: bind(keymap.Choose, "signin.accept", "signin.next"), Prev: bind(keymap.Choose, "signin.prev"),
			Submit: bind(keymap.Choose, "signin.accept"), Up: bind(keymap.Choose, "move.up"), Down: bind(keymap.Choose, "move.down"),
			HalfPageUp: bind(keymap.Choose, "move.halfup"), HalfPageDown: bind(keymap.Choose, "move.half"),
			GotoTop: bind(keymap.Choose, "move.first"), GotoBottom: bind(keymap.Choose, "move.last"),
		},
	}
}

// formTheme draws huh's forms in the look of the screen. Where room is short
// the fields stand close together.
func formTheme(t *theme.Theme, tight bool) huh.Theme {
	s := huh.ThemeBase(t.Options.Dark)
	gap := "\n\n"
	if tight {
		gap = "\n"
	}
	s.FieldSeparator = lipgloss.NewStyle().SetString(gap)
	bar := lipgloss.Border{Left: t.Glyphs.ScrollThumb}
	plain := lipgloss.NewStyle()
	f := &s.Focused
	f.Base = plain.PaddingLeft(1).BorderStyle(bar).BorderLeft(true).BorderForeground(t.Focused.GetForeground())
	f.Title = t.Title
	f.Description = t.Muted
	f.ErrorIndicator = t.Bad.SetString(" !")
	f.ErrorMessage = t.Bad
	f.SelectSelector = t.Accent.SetString("> ")
	f.Option, f.SelectedOption, f.UnselectedOption = t.Text, t.Title, t.Text
	f.TextInput.Placeholder = t.Muted
	f.TextInput.Prompt = t.Accent
	f.TextInput.Text = t.Text
	f.TextInput.Cursor = t.Focused
	s.Blurred = s.Focused
	s.Blurred.Base = plain.PaddingLeft(2)
	s.Blurred.Title = t.Text
	s.Blurred.SelectSelector = plain.SetString("> ")
	return huh.ThemeFunc(func(bool) *huh.Styles { return s }) // made once: it is asked for at every turn
}

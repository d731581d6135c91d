// Package connect is the way in: the form that asks what to connect to, the
// question about a certificate, the one-time code, and the wait in between. Begin
// at [New]; a [Connector] opens what was asked for.
package connect

import (
	"context"
	"reflect"
	"strings"
	"time"

	"charm.land/bubbles/v2/cursor"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/list"
)

// Opened says that the sign-in succeeded. Who gets it owns the Backend.
type Opened struct {
	Backend  desk.Backend
	Profile  models.Profile // as it was used; Name is empty when it is not saved
	Secret   models.Secret  // that it was signed in with: the token, else the password
	NotSaved error          // why the profile could not be saved though asked for; nil otherwise
	Kept     bool           // the token is where this computer keeps secrets
	NotKept  error          // why it is not, though asked for; nil otherwise
}

// Cancelled says that the person left without a connection.
type Cancelled struct{}

// Options are what a Model needs to start.
type Options struct {
	Connector Connector
	// SignIn is what is known beforehand: a profile from the command line, its
	// password from a file. Without a URL the person is asked for everything.
	SignIn models.SignIn
	Ready  bool  // SignIn is complete: open at once
	Reason error // why the person is asked again, shown first; may be nil
	Theme  *theme.Theme
	Keys   keymap.Map // nil: the built-in ones
	Width  int        // of the area to draw on, in cells
	Height int
	Now    func() time.Time // nil: time.Now
}

// Model is the way in as a part of a Bubble Tea program: its owner forwards
// messages to Update, draws View, and acts on Opened and Cancelled. It takes
// every key while it is shown.
type Model struct {
	connector Connector
	given     models.SignIn // from Options
	theme     *theme.Theme
	keys      keymap.Map
	width     int
	height    int
	now       func() time.Time
	tick      func() tea.Cmd // the next step of the spinner

	stage   stage
	spaced  bool   // it was asked whether the spaces of a password are meant
	wrong   string // the field that the last failure was about; "" for none
	asking  stage  // where to go back to: the form that gave the answers
	answers answers
	form    *huh.Form
	note    []paragraph // stands above the form, or alone
	text    list.Text   // the note, as far as it is shown

	attempt     int // number of the attempt under way; answers of others are late
	cancel      context.CancelFunc
	frame       int // of the spinner
	certificate *models.CertificateError
	domains     []string      // to choose from
	opened      *Opened       // waits for what is to become of its token
	typed       models.Secret // that token
	built       Scheme        // the kind of server that the form was made for
}

// stage is what the person sees now.
type stage uint8

const (
	picking     stage = iota // a saved connection, or a new one
	entering                 // all of a new connection
	identifying              // account and password of a known connection
	waiting                  // for the server
	judging                  // a certificate that did not verify
	warned                   // of a certificate that changed
	coding                   // the one-time code
	choosing                 // one of several domains
	keeping                  // whether the token is to be kept
	failed                   // what went wrong, and what now
)

// New makes the way in. Init starts it.
func New(o Options) *Model {
	m := &Model{
		connector: o.Connector, given: o.SignIn, theme: o.Theme, keys: o.Keys,
		width: o.Width, height: o.Height, now: o.Now, answers: answersOf(o.SignIn, o.Connector.Schemes()[0].Name),
	}
	m.tick = func() tea.Cmd {
		attempt := m.attempt
		return tea.Tick(spinnerStep, func(time.Time) tea.Msg { return spinMsg{attempt} })
	}
	if m.keys == nil {
		m.keys = keymap.Default()
	}
	if m.now == nil {
		m.now = time.Now
	}
	switch {
	case o.SignIn.Profile.URL != "":
		m.asking = identifying
	case len(o.Connector.Profiles()) > 0:
		m.asking = picking
	default:
		m.asking = entering
	}
	if o.Ready {
		m.stage = waiting
	} else {
		m.stage = m.asking
	}
	if o.Reason != nil {
		m.note = trouble(m.theme, o.Reason)
	}
	return m
}

// Init shows the first form, or connects when everything is known.
func (m *Model) Init() tea.Cmd {
	if m.stage == waiting {
		return m.open(nil)
	}
	return m.show(m.stage)
}

// Update takes a message. A tea.WindowSizeMsg must carry the size of the area
// that View fills.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg.Width, msg.Height)
	case answeredMsg:
		return m.answered(msg)
	case spinMsg:
		if m.stage != waiting || msg.attempt != m.attempt {
			return nil
		}
		m.frame++
		return m.tick()
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		// A password copied with its line break, or the mark that some editors put
		// before a text, is still that password.
		msg.Content = strings.TrimRight(strings.TrimPrefix(msg.Content, "\ufeff"), "\r\n")
		return m.advance(msg)
	}
	if isBlink(msg) {
		return nil
	}
	return m.advance(msg)
}

// isBlink tells the messages that make a cursor blink: it stays on, so that a
// form at rest sends nothing over the line.
func isBlink(msg tea.Msg) bool {
	if _, ok := msg.(cursor.BlinkMsg); ok {
		return true
	}
	return reflect.TypeOf(msg) == reflect.TypeOf(cursor.Blink())
}

// advance hands a message to the form and acts when that is complete.
func (m *Model) advance(msg tea.Msg) tea.Cmd {
	if m.form == nil {
		return nil
	}
	_, cmd := m.form.Update(msg)
	if m.form.State == huh.StateCompleted {
		return tea.Batch(cmd, m.submit())
	}
	return tea.Batch(cmd, m.adoptURL(), m.adoptKind())
}

// adoptKind asks what belongs to the kind of server that is chosen now.
func (m *Model) adoptKind() tea.Cmd {
	if m.stage != entering || m.form == nil || m.built.Token == m.scheme().Token {
		return nil
	}
	return m.build(m.form.GetFocusedField().GetKey())
}

// adoptURL takes a URL that was pasted as the host apart, once the person has
// gone on, so that the form shows what will be connected to.
func (m *Model) adoptURL() tea.Cmd {
	if m.stage != entering || !strings.Contains(m.answers.host, "://") {
		return nil
	}
	field := m.form.GetFocusedField().GetKey()
	scheme, host, err := m.connector.Schemes().parseHost(m.answers.host, m.answers.scheme)
	if field == fieldHost || err != nil {
		return nil
	}
	m.answers.scheme, m.answers.host = scheme, host
	return m.build(field)
}

// Close ends an attempt that is under way. What it opens later is closed, and so
// is what was opened and not handed over yet.
func (m *Model) Close() {
	m.attempt++
	if m.opened != nil {
		discard(m.opened.Backend)()
		m.opened = nil
	}
	if m.cancel != nil {
		m.cancel()
		m.cancel = nil
	}
}

func (m *Model) resize(width, height int) tea.Cmd {
	if width == m.width && height == m.height {
		return nil
	}
	m.width, m.height = width, height
	if m.form == nil {
		return nil
	}
	return m.build(m.form.GetFocusedField().GetKey())
}

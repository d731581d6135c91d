// Package photo shows an image in the terminal as half blocks, two pixels to a
// cell, and lets the photo of a user or contact be set or cleared. It writes
// nothing itself.
package photo

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// Source is where photos come from: a desk.Desk.
type Source interface {
	// Photo reads the photo of a user or contact; nil when there is none.
	Photo(ctx context.Context, ref models.Ref) ([]byte, error)
	// PhotoLimit is the largest that the server takes, in bytes; 0 when that is
	// not known.
	PhotoLimit() int
}

// Page shows an object's photo and lets it be set or cleared. It is a
// forms.Form: it ends with forms.Done and one models.Change, or with
// forms.Cancelled.
type Page struct {
	env    forms.Env
	keys   keymap.Keys
	source Source
	object models.Object
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
	title  string // safe to print
	cannot string // why the photo cannot be changed; "" when it can

	turn    int // of reading; answers of an earlier turn are late
	reading bool
	failed  []string // why the photo could not be read, safe to print
	read    bool     // what there is is known
	present *picture // nil: there is none, or it is not known
	next    *picture // what it is to be; nil: nothing new
	clear   bool     // it is to be cleared

	asking  *prompt.Prompt // for a file; nil: not asked
	fetch   int            // of files; answers of an earlier one are late
	loading bool           // the file is being read
	notice  string
	refusal []string
	leaving bool
}

// Typed implements forms.Form.
func (p *Page) Typed() bool { return p.next != nil || p.clear || p.asking != nil }

// New is a page on the photo of a user or contact, which comes from the source.
// Desk of env says whether it can be changed at all.
func New(env forms.Env, source Source, o models.Object) *Page {
	env = env.Whole()
	p := &Page{env: env, keys: env.Keys.In(keymap.Photo), source: source, object: o, title: env.Theme.Safe("Photo: " + o.Called()), reading: true}
	photo := models.Change{Action: models.Modify, Modification: &models.Modification{PhotoSet: true}}
	p.cannot = cmp.Or(env.Desk.Can(models.Modify, o), env.Desk.Refuses(photo.Of(o)))
	p.ctx, p.cancel = context.WithCancel(env.Context)
	return p
}

// Init implements forms.Form.
func (p *Page) Init() tea.Cmd { return p.load() }

// Title implements forms.Form.
func (p *Page) Title() string { return p.title }

// SetSize implements forms.Form.
func (p *Page) SetSize(width, height int) { p.env.Width, p.env.Height = width, height }

// Close implements forms.Form.
func (p *Page) Close() { p.cancel() }

// Refuse implements forms.Form.
func (p *Page) Refuse(err error) {
	p.leaving, p.notice = false, ""
	p.refusal = p.env.Refusal(err)
}

// Update implements forms.Form.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if p.ctx.Err() != nil {
		return nil
	}
	switch msg := msg.(type) {
	case photoMsg:
		p.loaded(msg)
	case fileMsg:
		p.fetched(msg)
	case tea.PasteMsg:
		if p.asking != nil {
			p.asking.Update(msg, p.env.Keys.In(keymap.Line))
		}
	case tea.KeyPressMsg:
		if p.asking != nil {
			return p.path(msg)
		}
		return p.press(msg)
	}
	return nil
}

func (p *Page) press(msg tea.KeyPressMsg) tea.Cmd {
	leaving := p.leaving
	p.leaving, p.notice = false, ""
	switch id := p.keys.ID(msg.String()); id {
	case "form.leave":
		if p.isChanged() && !leaving {
			p.leaving = true
			return nil
		}
		return message.Send(forms.Cancelled{Form: p})
	case "photo.set", "photo.clear":
		p.alter(id)
	case "photo.back":
		p.next, p.clear, p.refusal = nil, false, nil
	case "photo.refresh":
		return p.load()
	case "form.submit", "form.enter":
		return p.submit()
	}
	return nil
}

// alter asks for a new photo, or clears the present one.
func (p *Page) alter(id string) {
	switch {
	case p.cannot != "":
		p.notice = "The photo cannot be changed: " + p.cannot + "."
	case id == "photo.set":
		p.asking = prompt.New("File:", "")
	case p.read && p.present == nil && p.next == nil:
		p.notice = "There is no photo to clear."
	default:
		p.next, p.clear, p.refusal = nil, p.present != nil || !p.read, nil
	}
}

func (p *Page) isChanged() bool { return p.next != nil || p.clear }

// path takes a key while the file is asked for.
func (p *Page) path(msg tea.KeyPressMsg) tea.Cmd {
	switch p.asking.Update(msg, p.env.Keys.In(keymap.Line)) {
	case prompt.Left:
		p.fetch++
		p.asking, p.loading = nil, false
	case prompt.Entered:
		return p.open(p.asking.Value())
	case prompt.Changed:
		p.fetch++
		p.loading = false
	}
	return nil
}

// submit ends the page with what is to be changed.
func (p *Page) submit() tea.Cmd {
	if !p.isChanged() {
		p.notice = "Nothing has been changed."
		return nil
	}
	m := models.Modification{PhotoSet: true}
	if p.next != nil {
		m.Photo = p.next.data
	}
	m = m.Clone()
	done := forms.Done{Form: p, Changes: []models.Change{models.Change{Action: models.Modify, Modification: &m}.Of(p.object)}}
	return func() tea.Msg { return done }
}

package forms

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// picker is a form in which objects are picked by typing part of a name.
type picker struct {
	env    Env
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
	title  string // safe to print
	what   string // is picked: "groups"

	find    list.Finder
	several bool
	fixed   bool // picked among those of all, without a search
	all     []models.Object
	types   []models.Category // that are looked for

	search  search
	results []models.Object
	chosen  []models.Object

	held      func(o models.Object) string // why an object cannot be picked: "in it already"; "" it can
	remark    string                       // about what the connection cannot tell
	complaint string
	refusal   []string

	start   []tea.Cmd
	receive func(msg tea.Msg) tea.Cmd
	typed   func(text string) (models.Object, bool) // an object that was named outright
	build   func(chosen []models.Object) []models.Change

	// Within another form the picker does not end with a message.
	finish func(chosen []models.Object)
	leave  func()
}

func newPicker(env Env, title, what string) *picker {
	p := &picker{env: env.Whole(), title: env.Theme.Safe(title), what: what}
	p.find = list.Finder{Line: prompt.New("", ""), Keys: p.env.Keys.In(keymap.Picker)}
	p.ctx, p.cancel = context.WithCancel(p.env.Context)
	p.held = func(models.Object) string { return "" }
	return p
}

// Init implements Form.
func (p *picker) Init() tea.Cmd { return tea.Batch(p.start...) }

// Typed implements Form.
func (p *picker) Typed() bool { return p.find.Line.Value() != "" || len(p.chosen) > 0 }

// Title implements Form.
func (p *picker) Title() string { return p.title }

// SetSize implements Form.
func (p *picker) SetSize(width, height int) { p.env.Width, p.env.Height = width, height }

// Close implements Form.
func (p *picker) Close() { p.cancel() }

// Refuse implements Form.
func (p *picker) Refuse(err error) { p.refusal = p.env.Refusal(err) }

// Update implements Form.
func (p *picker) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg)
	case tea.PasteMsg:
		return p.edit(msg)
	case searchDueMsg:
		return p.searchDue(msg)
	case foundMsg:
		return p.found(msg)
	}
	if p.receive == nil || p.ctx.Err() != nil {
		return nil
	}
	return p.receive(msg)
}

func (p *picker) press(msg tea.KeyPressMsg) tea.Cmd {
	p.complaint = ""
	switch p.find.Keys.ID(msg.String()) {
	case "line.leave":
		if p.find.Line.Value() != "" {
			p.find.Line.Set("")
			return p.narrow()
		}
		if p.leave != nil {
			p.leave()
			return nil
		}
		return message.Send(Cancelled{p})
	case "picker.mark":
		if p.several && p.mark() {
			p.find.Go(p.find.At()+1, len(p.shown()))
		}
		return nil
	case "line.accept", "picker.done":
		return p.done()
	}
	return p.edit(msg)
}

func (p *picker) edit(msg tea.Msg) tea.Cmd {
	if p.find.Update(msg, len(p.shown())) != prompt.Changed {
		return nil
	}
	return p.narrow()
}

// shown are the rows of the list: what was found, and before it what was named
// outright.
func (p *picker) shown() []models.Object {
	if p.typed == nil {
		return p.results
	}
	if o, ok := p.typed(p.find.Line.Value()); ok {
		return append([]models.Object{o}, p.results...)
	}
	return p.results
}

// under is the object under the cursor.
func (p *picker) under() (models.Object, bool) {
	shown := p.shown()
	if p.find.At() >= len(shown) {
		return models.Object{}, false
	}
	return shown[p.find.At()], true
}

// mark picks the object under the cursor, or takes that back.
func (p *picker) mark() bool {
	o, ok := p.under()
	if !ok {
		return false
	}
	if why := p.held(o); why != "" {
		p.complaint = o.Called() + ": " + why + "."
		return false
	}
	if i := p.placeOf(o); i >= 0 {
		p.chosen = slices.Delete(p.chosen, i, i+1)
	} else {
		p.chosen = append(p.chosen, o)
	}
	p.refusal = nil
	return true
}

func (p *picker) placeOf(o models.Object) int {
	return slices.IndexFunc(p.chosen, func(c models.Object) bool { return c.DN.Equal(o.DN) })
}

// done ends the form with those that were picked, or with the one under the
// cursor when none was.
func (p *picker) done() tea.Cmd {
	chosen := slices.Clone(p.chosen)
	if len(chosen) == 0 {
		o, ok := p.under()
		if !ok {
			p.complaint = "Nothing is picked: type part of a name."
			if p.search.busy {
				p.complaint = "Nothing is found yet: wait a moment, or go on typing."
			}
			return nil
		}
		if why := p.held(o); why != "" {
			p.complaint = o.Called() + ": " + why + "."
			return nil
		}
		chosen = []models.Object{o}
	}
	if p.finish != nil {
		p.finish(chosen)
		return nil
	}
	changes := p.build(chosen)
	return func() tea.Msg { return Done{Form: p, Changes: changes} }
}

package property

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/prompt"
)

// Editor is the sheet of all properties of one object. It is a forms.Form: it
// ends with forms.Done and one models.Change, or with forms.Cancelled.
type Editor struct {
	env    forms.Env
	source Source
	object models.Object
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
	title  string // safe to print
	words  words
	cannot string // why nothing of this object can be changed; "" when it can

	reading bool     // the sheet is on its way
	turn    int      // of reading; answers of an earlier turn are late
	failed  []string // why there is no sheet, safe to print
	sheet   models.PropertySheet
	items   []*item           // set ones first, each part by the alphabet
	picked  map[string]string // the objectGUIDs of those that were picked, by models.DN.Key

	keys    keymap.Keys // of the sheet itself
	list    itemList
	panes   []pane   // over the sheet, the last one on top
	refusal []string // what the server said, safe to print
	notice  string   // about the last key
	leaving bool     // Esc was pressed once over something changed
}

// pane is a part of the editor that takes its whole area: the editor of one
// value, a list of values, a picker.
type pane interface {
	// update takes keys, pastes and whatever else comes.
	update(msg tea.Msg) tea.Cmd
	view() string
	resize()
	close()
}

// still is the part of a pane that keeps nothing that has to be resized or ended.
type still struct{}

func (still) resize() {}
func (still) close()  {}

// New is an editor of an object's properties, which come from the source. Desk
// of env says whether they can be changed at all, and finds the objects to pick.
func New(env forms.Env, source Source, o models.Object) *Editor {
	env = env.Whole()
	e := &Editor{
		env: env, source: source, object: o,
		title: env.Theme.Safe("All properties: " + o.Called()),
		words: words{zone: env.Zone, now: env.Now}, picked: map[string]string{},
	}
	e.ctx, e.cancel = context.WithCancel(env.Context)
	e.keys = env.Keys.In(keymap.Properties)
	e.list.keys, e.list.filter = env.Keys.In(keymap.Filter), prompt.New("", "")
	e.reading = true
	e.cannot = env.Desk.Can(models.Modify, o)
	return e
}

// Init implements forms.Form.
func (e *Editor) Init() tea.Cmd { return e.read() }

// Title implements forms.Form.
func (e *Editor) Title() string { return e.title }

// SetSize implements forms.Form.
func (e *Editor) SetSize(width, height int) {
	e.env.Width, e.env.Height = width, height
	for _, p := range e.panes {
		p.resize()
	}
}

// Close implements forms.Form.
func (e *Editor) Close() {
	e.cancel()
	for _, p := range e.panes {
		p.close()
	}
	e.panes = nil
}

// Update implements forms.Form.
func (e *Editor) Update(msg tea.Msg) tea.Cmd {
	if e.ctx.Err() != nil {
		return nil
	}
	switch msg := msg.(type) {
	case sheetMsg:
		return e.received(msg)
	case tea.KeyPressMsg:
		if top := e.top(); top != nil {
			return top.update(msg)
		}
		return e.press(msg)
	case tea.PasteMsg:
		if top := e.top(); top != nil {
			return top.update(msg)
		}
		e.list.typed(msg, e.items)
		return nil
	}
	if top := e.top(); top != nil {
		return top.update(msg)
	}
	return nil
}

// top is the pane that has the keys; nil for the sheet.
func (e *Editor) top() pane {
	if len(e.panes) == 0 {
		return nil
	}
	return e.panes[len(e.panes)-1]
}

func (e *Editor) push(p pane) { e.panes = append(e.panes, p) }

// pop ends the pane on top.
func (e *Editor) pop() {
	if top := e.top(); top != nil {
		top.close()
		e.panes = e.panes[:len(e.panes)-1]
	}
}

// changed are the items that are to be written.
func (e *Editor) changed() []*item {
	var all []*item
	for _, it := range e.items {
		if it.change != nil {
			all = append(all, it)
		}
	}
	return all
}

// submit ends the editor with what was changed.
func (e *Editor) submit() tea.Cmd {
	var m models.Modification
	for _, it := range e.changed() {
		c := it.final()
		if c.Type == models.DNString && len(e.picked) > 0 {
			for _, v := range c.Values {
				c.GUIDs = append(c.GUIDs, e.picked[models.DN(v).Key()])
			}
		}
		m.Properties = append(m.Properties, c)
	}
	if len(m.Properties) == 0 {
		e.notice = "Nothing has been changed."
		return nil
	}
	m = m.Clone()
	done := forms.Done{Form: e, Changes: []models.Change{models.Change{Action: models.Modify, Modification: &m}.Of(e.object)}}
	return func() tea.Msg { return done }
}

// counted says how much is changed.
func (e *Editor) counted() string {
	switch n := len(e.changed()); n {
	case 0:
		return ""
	default:
		if e.env.Width < slimWidth {
			return fmt.Sprintf("%d changed", n)
		}
		return fmt.Sprintf("%d changed, %s to review", n, e.keys.Spell("property.submit"))
	}
}

// Source is where properties come from: a desk.Desk.
type Source interface {
	// Properties gives all properties of an object that the server tells of.
	Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error)
	// Property describes one by its LDAP name, without its values, for an object
	// of a category; models.ErrNotFound when there is none.
	Property(ctx context.Context, name string, category models.Category) (models.Property, error)
}

// open starts the editor that fits a property.
func (e *Editor) open(it *item) tea.Cmd {
	present := ""
	if values := it.now(); len(values) > 0 {
		present = values[0]
	}
	switch {
	case it.flags() != nil:
		e.push(newFlags(e, it))
		return nil
	case it.several():
		e.push(newValues(e, it))
		return nil
	case it.property.Type.Editor() == models.EditObject:
		held := func(o models.Object) string {
			if present != "" && o.DN.Equal(models.DN(present)) {
				return "stands there already"
			}
			return ""
		}
		return e.pick(it.property, false, held, func(names []string) {
			e.take(it, models.PropertyChange{Operation: models.Replace, Values: names})
		})
	}
	return e.enter(it.property, present, func(text string) {
		c := models.PropertyChange{Operation: models.Replace}
		if text != "" {
			c.Values = []string{text}
		}
		e.take(it, c)
	})
}

// enter asks for one value, and hands it on; "" for none.
func (e *Editor) enter(p models.Property, present string, take func(text string)) tea.Cmd {
	e.push(newValuePane(e, p, present, take))
	return nil
}

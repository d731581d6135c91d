package forms

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/list"
)

// sheet is a form made of rows.
type sheet struct {
	env    Env
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
	title  string // safe to print

	typing   keymap.Keys // where a row is typed
	choosing keymap.Keys // where none is

	rows      []*row
	sub       *picker   // for one of the rows, over the form; nil for none
	at        int       // the row with the cursor
	list      list.List // of the rows that are to be seen
	complaint string
	refusal   []string // what the server said, safe to print
	leaving   bool     // Esc was pressed once over something typed
	locating  string   // the name of a container, of which is asked which one it means
	submitted bool     // the person is done, and an answer is still to come
	revealed  bool     // secrets are shown

	start   []tea.Cmd                 // of Init
	after   func(r *row) tea.Cmd      // a row was answered by hand
	receive func(msg tea.Msg) tea.Cmd // a message for this form
	keys    func(id string) bool      // what else an action does
	waiting func() bool               // an answer is needed before the changes can be made
	build   func() (changes []models.Change, made bool, complaint string)
	count   func() string // what stands at the right of the title
	extra   [2]string     // a further action, for the foot
	wipe    func()        // forgets what is secret besides the rows
	refused func()        // the server did not accept the changes
	touched func() bool   // something would be lost
}

func newSheet(env Env, title string) *sheet {
	f := &sheet{env: env.Whole(), title: env.Theme.Safe(title)}
	f.typing, f.choosing = f.env.Keys.In(keymap.Form), f.env.Keys.In(keymap.Choice)
	f.ctx, f.cancel = context.WithCancel(f.env.Context)
	return f
}

// Init implements Form.
func (f *sheet) Init() tea.Cmd { return tea.Batch(f.start...) }

// Title implements Form.
func (f *sheet) Title() string { return f.title }

// SetSize implements Form.
func (f *sheet) SetSize(width, height int) {
	f.env.Width, f.env.Height = width, height
	if f.sub != nil {
		f.sub.SetSize(width, height)
	}
}

// Close implements Form.
func (f *sheet) Close() {
	f.cancel()
	for _, r := range f.rows {
		if r.kind == secret {
			r.line.Wipe()
		}
	}
	if f.wipe != nil {
		f.wipe()
	}
}

// Update implements Form.
func (f *sheet) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if f.sub != nil {
			return f.sub.Update(msg)
		}
		return f.press(msg)
	case tea.PasteMsg:
		if f.sub != nil {
			return f.sub.Update(msg)
		}
		return f.line(msg)
	case searchDueMsg, foundMsg:
		if f.sub != nil {
			return f.sub.Update(msg)
		}
		return nil
	case locatedMsg:
		return f.located(msg)
	}
	if f.receive == nil || f.ctx.Err() != nil {
		return nil
	}
	cmd := f.receive(msg)
	if f.submitted && !f.waits() {
		return tea.Batch(cmd, f.submit())
	}
	return cmd
}

// faulty goes to the first row that one of the faults is about, and gives that
// fault. keys are the rows of the faults' names.
func (f *sheet) faulty(faults, keys map[string]string) string {
	for _, r := range f.rows {
		for _, name := range slices.Sorted(maps.Keys(faults)) {
			if keys[name] == r.key && faults[name] != "" && !r.isHidden() {
				f.focusKey(r.key)
				return faults[name]
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		return faults[name]
	}
	return ""
}

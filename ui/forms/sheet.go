package forms

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/prompt"
)

// sheet is a form made of rows.
type sheet struct {
	env    Env
	ctx    context.Context //nolint:containedctx // ended by Close
	cancel context.CancelFunc
	title  string // safe to print

	rows      []*row
	at        int // the row with the cursor
	top       int // the first row that is shown
	complaint string
	refusal   []string // what the server said, safe to print
	leaving   bool     // Esc was pressed once over something typed
	submitted bool     // the person is done, and an answer is still to come
	revealed  bool     // secrets are shown

	start   []tea.Cmd                 // of Init
	after   func(r *row) tea.Cmd      // a row was answered by hand
	receive func(msg tea.Msg) tea.Cmd // a message for this form
	keys    func(key string) bool     // what else a key does
	waiting func() bool               // an answer is needed before the changes can be made
	build   func() (changes []models.Change, made bool, complaint string)
	count   func() string // what stands at the right of the title
	extra   string        // further keys, for the foot
	wipe    func()        // forgets what is secret besides the rows
	refused func()        // the server did not accept the changes
	touched func() bool   // something would be lost
}

func newSheet(env Env, title string) *sheet {
	f := &sheet{env: env.whole(), title: env.Theme.Safe(title)}
	f.ctx, f.cancel = context.WithCancel(f.env.Context)
	return f
}

// Init implements Form.
func (f *sheet) Init() tea.Cmd { return tea.Batch(f.start...) }

// Title implements Form.
func (f *sheet) Title() string { return f.title }

// SetSize implements Form.
func (f *sheet) SetSize(width, height int) { f.env.Width, f.env.Height = width, height }

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
		return f.press(msg)
	case tea.PasteMsg:
		return f.line(msg)
	}
	if f.receive == nil || f.ctx.Err() != nil {
		return nil
	}
	cmd := f.receive(msg)
	if f.submitted && !f.waiting() {
		return tea.Batch(cmd, f.submit())
	}
	return cmd
}

func (f *sheet) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	leaving := f.leaving
	f.leaving = false
	f.submitted = false
	switch key {
	case "esc":
		return f.escape(leaving)
	case "tab", "down":
		f.move(1)
		return nil
	case "shift+tab", "up":
		f.move(-1)
		return nil
	case "ctrl+s":
		return f.submit()
	case "enter":
		return f.enter()
	}
	if f.keys != nil && f.keys(key) {
		f.complaint = ""
		return nil
	}
	if r := f.current(); !r.typed() {
		return f.pick(r, key)
	}
	return f.line(msg)
}

// escape leaves the form. What was typed is not thrown away at the first press.
func (f *sheet) escape(again bool) tea.Cmd {
	if !again && f.isTouched() {
		f.leaving = true
		return nil
	}
	return func() tea.Msg { return Cancelled{f} }
}

func (f *sheet) isTouched() bool {
	if f.touched != nil {
		return f.touched()
	}
	for _, r := range f.rows {
		if r.byHand && r.typed() && r.line.Value() != "" {
			return true
		}
	}
	return false
}

// line hands a key or a paste to the text under the cursor.
func (f *sheet) line(msg tea.Msg) tea.Cmd {
	r := f.current()
	if !r.typed() {
		return nil
	}
	if why := r.block(); why != "" {
		f.complaint = why
		return nil
	}
	if r.line.Update(msg) != prompt.Changed {
		return nil
	}
	return f.answered(r)
}

// pick answers a choice or a toggle.
func (f *sheet) pick(r *row, key string) tea.Cmd {
	step := map[string]int{"left": -1, "h": -1, "right": 1, "l": 1, "space": 1}[key]
	if step == 0 {
		return nil
	}
	if why := r.block(); why != "" {
		f.complaint = why
		return nil
	}
	switch {
	case r.kind == toggle:
		r.on = !r.on
	case key == "space" && r.chosen == len(r.options)-1:
		r.chosen = 0
	case !r.choose(step):
		return nil
	}
	return f.answered(r)
}

func (f *sheet) answered(r *row) tea.Cmd {
	r.byHand, f.complaint, f.refusal = true, "", nil
	if r.changed != nil {
		r.changed()
	}
	if f.after == nil {
		return nil
	}
	return f.after(r)
}

// enter goes on to the next text to type; where none is left, it is done.
func (f *sheet) enter() tea.Cmd {
	if i := f.nextText(); i >= 0 {
		f.focus(i)
		return nil
	}
	return f.submit()
}

// nextText is the next row below to type into; -1 when there is none.
func (f *sheet) nextText() int {
	for i := f.at + 1; i < len(f.rows); i++ {
		if r := f.rows[i]; r.typed() && !r.isHidden() && r.block() == "" {
			return i
		}
	}
	return -1
}

func (f *sheet) move(step int) {
	for i := f.at + step; i >= 0 && i < len(f.rows); i += step {
		if !f.rows[i].isHidden() {
			f.focus(i)
			return
		}
	}
}

func (f *sheet) focus(i int) { f.at, f.complaint = i, "" }

// focusKey puts the cursor on a row that is to be seen.
func (f *sheet) focusKey(key string) bool {
	for i, r := range f.rows {
		if r.key == key && !r.isHidden() {
			f.focus(i)
			return true
		}
	}
	return false
}

func (f *sheet) current() *row { return f.rows[f.at] }

// submit ends the form when nothing is wrong with the answers, and goes to the
// first that is wrong otherwise.
func (f *sheet) submit() tea.Cmd {
	f.submitted = false
	for i, r := range f.rows {
		if r.isHidden() {
			continue
		}
		if wrong := r.complaint(); wrong != "" {
			f.focus(i)
			f.complaint = wrong
			return nil
		}
	}
	if f.waiting != nil && f.waiting() {
		f.submitted = true
		return nil
	}
	changes, made, wrong := f.build()
	if wrong != "" {
		f.complaint = wrong
		return nil
	}
	f.complaint = ""
	return func() tea.Msg { return Done{f, changes, made} }
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

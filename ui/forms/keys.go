package forms

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/prompt"
)

func (f *sheet) press(msg tea.KeyPressMsg) tea.Cmd {
	leaving := f.leaving
	f.leaving, f.submitted = false, false
	r := f.current()
	id := f.keymap(r).ID(msg.String())
	switch id {
	case "form.leave":
		return f.escape(leaving)
	case "form.next", "move.down":
		f.move(1)
		return nil
	case "form.prev", "move.up":
		f.move(-1)
		return nil
	case "form.submit":
		return f.submit()
	case "form.enter":
		return f.enter()
	case "form.pick":
		return f.open(r)
	}
	if f.keys != nil && f.keys(id) {
		f.complaint = ""
		return nil
	}
	if !r.typed() {
		return f.pick(r, id)
	}
	return f.line(msg)
}

// keymap are the keys that hold in a row.
func (f *sheet) keymap(r *row) keymap.Keys {
	if r.typed() {
		return f.typing
	}
	return f.choosing
}

// open shows what a row can be picked from.
func (f *sheet) open(r *row) tea.Cmd {
	if r.pick == nil {
		return nil
	}
	return f.show(r, r.pick())
}

// show lets a row be picked from.
func (f *sheet) show(r *row, p *picker) tea.Cmd {
	p.leave = func() {
		p.Close()
		f.sub = nil
	}
	p.finish = func(chosen []models.Object) {
		p.leave()
		r.line.Set(string(chosen[0].DN))
		f.answered(r)
	}
	f.sub = p
	return p.Init()
}

// escape leaves the form. What was typed is not thrown away at the first press.
func (f *sheet) escape(again bool) tea.Cmd {
	if !again && f.Typed() {
		f.leaving = true
		return nil
	}
	return func() tea.Msg { return Cancelled{f} }
}

// Typed implements Form.
func (f *sheet) Typed() bool {
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
	if r.line.Update(msg, f.typing) != prompt.Changed {
		return nil
	}
	return f.answered(r)
}

// pick answers a choice or a toggle.
func (f *sheet) pick(r *row, id string) tea.Cmd {
	step := map[string]int{"choice.prev": -1, "choice.next": 1, "choice.toggle": 1}[id]
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
	case id == "choice.toggle" && r.chosen == len(r.options)-1:
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

// waits reports whether an answer is needed before the changes can be made.
func (f *sheet) waits() bool { return f.locating != "" || f.waiting != nil && f.waiting() }

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
	if cmd := f.locate(); f.waits() {
		f.submitted = true
		return cmd
	}
	changes, made, wrong := f.build()
	if wrong != "" {
		f.complaint = wrong
		return nil
	}
	f.complaint = ""
	return func() tea.Msg { return Done{f, changes, made} }
}

package property

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/prompt"
	"dirdesk/ui/trouble"
)

// unlistedPane asks for the name of a property that is not in the sheet.
type unlistedPane struct {
	still
	editor *Editor
	keys   keymap.Keys
	line   *prompt.Prompt
	asking bool
	turn   int // of asking; answers of an earlier turn are late
	wrong  string
}

// describedMsg is what the server knows of a property.
type describedMsg struct {
	pane     *unlistedPane
	turn     int
	property models.Property
	err      error
}

// another asks for a property by its name.
func (e *Editor) another() tea.Cmd {
	e.push(&unlistedPane{editor: e, keys: e.env.Keys.In(keymap.Value), line: prompt.New("", "")})
	return nil
}

func (p *unlistedPane) close() { p.turn++ }

func (p *unlistedPane) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case describedMsg:
		return p.described(msg)
	case tea.PasteMsg:
		p.typed(msg)
	case tea.KeyPressMsg:
		switch p.keys.ID(msg.String()) {
		case "value.leave":
			p.editor.pop()
		case "value.accept":
			return p.ask()
		default:
			p.typed(msg)
		}
	}
	return nil
}

// typed takes a key into the name; an answer about an earlier one is late then.
func (p *unlistedPane) typed(msg tea.Msg) {
	if p.line.Update(msg, p.keys) == prompt.Changed {
		p.turn++
		p.asking, p.wrong = false, ""
	}
}

// ask goes to the property where it is in the sheet, else asks the server.
func (p *unlistedPane) ask() tea.Cmd {
	e, name := p.editor, strings.TrimSpace(p.line.Value())
	if name == "" {
		p.wrong = "Type the LDAP name of a property, such as otherTelephone."
		return nil
	}
	if e.show(name) {
		e.pop()
		return nil
	}
	p.turn++
	p.asking, p.wrong = true, ""
	ctx, turn := e.ctx, p.turn
	return func() tea.Msg {
		found, err := e.describe(ctx, name)
		return describedMsg{p, turn, found, err}
	}
}

func (p *unlistedPane) described(msg describedMsg) tea.Cmd {
	if msg.pane != p || msg.turn != p.turn {
		return nil
	}
	p.asking = false
	e := p.editor
	switch {
	case errors.Is(msg.err, models.ErrNotFound):
		p.wrong = "There is no such property, as far as this connection knows."
		return nil
	case msg.err != nil:
		p.wrong = trouble.Line("It could not be looked up", msg.err, models.AdviceFor(msg.err))
		return nil
	}
	e.pop()
	if e.show(msg.property.Name) {
		return nil
	}
	// In the sheet it would be if it were set, unless the sheet is not complete.
	e.items = append(e.items, &item{property: guarded(msg.property), known: e.sheet.Partial == ""})
	e.arrange()
	e.list.setOnly = false
	e.show(msg.property.Name)
	return nil
}

// show puts the cursor on a property whatever hides it; false when there is none
// of the name.
func (e *Editor) show(name string) bool {
	for _, it := range e.items {
		if !strings.EqualFold(it.property.Name, name) {
			continue
		}
		e.list.filter.Set("")
		if len(it.property.Values) == 0 {
			e.list.setOnly = false
		}
		e.list.narrow(e.items)
		return e.list.find(name)
	}
	return false
}

func (p *unlistedPane) view() string {
	e := p.editor
	return e.env.Page(forms.Page{Title: "Another property", Body: p.body, Keys: p.keys.Hints("  ", "value.accept", "look it up", "value.leave", "back")})
}

func (p *unlistedPane) body(width, room int) []string {
	th := p.editor.env.Theme
	lines := []string{th.Ink.Accent.Render("> ") + p.line.Field(th, max(width-2, 1), false)}
	switch {
	case p.asking:
		lines = append(lines, "  "+th.Ink.Muted.Render("Looking it up "+th.Glyphs.Loading))
	case p.wrong != "":
		lines = append(lines, wrapped([]string{th.Safe(p.wrong)}, width, th.Ink.Bad.Render)...)
	}
	hint := "The LDAP name of a property that is not in the list."
	if p.editor.sheet.Partial != "" {
		hint += " The list may not have all: " + partial(p.editor.sheet)
	}
	lines = append(lines, wrapped([]string{th.Safe(hint)}, width, th.Ink.Muted.Render)...)
	return lines[:min(len(lines), room)]
}

// pickPane lets objects be picked from the directory.
type pickPane struct {
	editor *Editor
	form   forms.Form
}

func (p *pickPane) update(msg tea.Msg) tea.Cmd { return p.form.Update(msg) }

func (p *pickPane) view() string { return p.form.View() }

func (p *pickPane) resize() { p.form.SetSize(p.editor.env.Width, p.editor.env.Height) }

func (p *pickPane) close() { p.form.Close() }

// pick asks for objects that a property is to name. held says why one cannot be.
func (e *Editor) pick(p models.Property, several bool, held func(models.Object) string, take func(names []string)) tea.Cmd {
	env := e.env
	env.Context = e.ctx // it ends with the editor
	form := forms.Pick(env, forms.Choice{
		Title: p.Name + ": pick from the directory", What: "any object", Several: several,
		Held: func(o models.Object) string {
			if o.DN.Equal(e.object.DN) && !mayNameItself(p.Name) {
				return "this is the object itself"
			}
			return held(o)
		},
		Finish: func(chosen []models.Object) {
			names := make([]string, len(chosen))
			for i, o := range chosen {
				names[i], e.picked[o.DN.Key()] = string(o.DN), o.Ref().GUID
			}
			e.pop()
			take(names)
		},
		Leave: e.pop,
	})
	e.push(&pickPane{e, form})
	return form.Init()
}

// mayNameItself reports whether an object can stand in its own property.
// Somebody can be their own manager, as far as a directory cares; a group cannot
// be a member of itself.
func mayNameItself(property string) bool { return property != "member" }

package property

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/forms"
)

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
				names[i] = string(o.DN)
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

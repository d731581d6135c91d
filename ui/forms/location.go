package forms

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/trouble"
)

// locationRow asks for the container that something new goes to.
func locationRow(f *sheet, preset string) *row {
	r := textRow(keyLocation, "Location", "")
	r.line.Propose(preset)
	r.hint = says("Where it goes: a container's name, its path (Staff/Europe) or its DN. " + f.typing.Spell("form.pick") + " looks for it.")
	r.check = func(text string) string { return checkLocation(text, f.env.Base) }
	r.pick = f.containers
	return r
}

// containers lets the person pick where something new goes.
func (f *sheet) containers() *picker {
	env := f.env
	env.Context = f.ctx // it ends with the form
	p := newPicker(env, f.title+": where to", containerWords)
	p.types, p.typed = models.ContainerCategories(), typedDN
	p.held = func(o models.Object) string { return cannotHold(o, nil, f.env.Base) }
	return p
}

// checkLocation says what is wrong with what was typed for a container. Which one a
// name means is asked when the form is done.
func checkLocation(text string, base models.DN) string {
	switch dn, err := models.ParseDN(text); {
	case strings.TrimSpace(text) == "":
		return "Type the name of a container, its path, or its DN, such as " + example(base) + "."
	case !strings.Contains(text, "="):
		return ""
	case err != nil:
		return "This is no DN: " + err.Error() + "."
	case base != "" && !dn.Equal(base) && !dn.IsBelow(base):
		return "This is not below " + string(base) + ", the domain that is connected."
	}
	return ""
}

func example(base models.DN) string {
	if base == "" {
		base = "DC=example,DC=com"
	}
	return string(base.Child("OU", "Staff"))
}

// locatedMsg is the answer to which container a name means.
type locatedMsg struct {
	row   *row
	text  string
	found models.Object
	err   error
}

// locate asks which container a name in the form means, unless that is asked already.
func (f *sheet) locate() tea.Cmd {
	i := slices.IndexFunc(f.rows, func(r *row) bool { return r.key == keyLocation })
	if i < 0 || strings.Contains(f.rows[i].value(), "=") {
		f.locating = ""
		return nil
	}
	r, ctx, door := f.rows[i], f.ctx, f.env.Desk
	text := r.value()
	if text == f.locating {
		return nil
	}
	f.locating = text
	return func() tea.Msg {
		o, err := door.Locate(ctx, text, models.ContainerCategories()...)
		return locatedMsg{r, text, o, err}
	}
}

// located puts the DN of the container in the place of its name, asks which one is
// meant where there are several, or says why there is none.
func (f *sheet) located(msg locatedMsg) tea.Cmd {
	if !slices.Contains(f.rows, msg.row) || msg.text != f.locating || f.ctx.Err() != nil {
		return nil
	}
	submitted := f.submitted
	f.locating, f.submitted = "", false
	if msg.row.value() != msg.text || f.sub != nil {
		return nil
	}
	if several, ok := errors.AsType[*desk.Ambiguous](msg.err); ok {
		f.focusKey(keyLocation)
		p := f.containers()
		p.fixed, p.typed, p.all, p.results = true, nil, several.Candidates, several.Candidates
		p.remark = several.Error()
		return f.show(msg.row, p)
	}
	if msg.err != nil {
		f.focusKey(keyLocation)
		f.complaint = trouble.Line("It is not found", msg.err, models.AdviceFor(msg.err))
		return nil
	}
	msg.row.line.Set(string(msg.found.DN))
	if submitted {
		return f.submit()
	}
	return nil
}

package forms

import (
	"strings"

	"dirdesk/models"
)

// locationRow asks for the container that something new goes to.
func locationRow(f *sheet, preset string) *row {
	r := textRow(keyLocation, "Location", preset)
	r.hint = says("The DN of the OU or container it goes to. " + f.typing.Spell("form.pick") + " looks for it by name.")
	r.check = func(text string) string { return checkLocation(text, f.env.Base) }
	r.pick = func() *picker {
		env := f.env
		env.Context = f.ctx // it ends with the form
		p := newPicker(env, f.title+": where to", containerWords)
		p.types, p.typed = models.ContainerCategories(), typedDN
		p.held = func(o models.Object) string { return cannotHold(o, nil, f.env.Base) }
		return p
	}
	return r
}

// checkLocation says what is wrong with the DN of a container.
func checkLocation(text string, base models.DN) string {
	if strings.TrimSpace(text) == "" {
		return "Type the DN of a container, such as " + example(base) + "."
	}
	dn, err := models.ParseDN(text)
	switch {
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

package property

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

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

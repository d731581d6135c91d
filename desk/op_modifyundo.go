package desk

import (
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// reverseModification is the change that takes a Modify back, and what of it
// cannot be taken back, in words.
func reverseModification(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = models.Modify
	m := &models.Modification{}
	var left []string
	for _, p := range e.Properties {
		reversed, words := reverseProperty(p)
		switch {
		case words != "":
			left = append(left, words)
		case reversed != nil:
			m.Properties = append(m.Properties, *reversed)
		}
	}
	for _, l := range e.Licences {
		if l.Known && l.Before == l.After {
			continue
		}
		if !l.Known {
			left = append(left, "whether "+l.SKU+" was assigned before is not known")
		}
		m.Licences = append(m.Licences, models.LicenceChange{SKU: l.SKU, Assigned: !l.After})
	}
	for _, o := range e.Others {
		left = append(left, "what "+o.Path+" was before is not known")
	}
	if e.Photo != nil {
		if e.Photo.Known && e.Photo.Before.Size == 0 {
			m.PhotoSet = true
		} else {
			left = append(left, "the photo before was not kept, and does not come back")
		}
	}
	c.Modification = m
	if len(m.Properties) == 0 && len(m.Licences) == 0 && !m.PhotoSet {
		if len(left) == 0 {
			left = append(left, "nothing was changed")
		}
		return c, nil, &CannotUndo{Words: strings.Join(left, "; ")}
	}
	return c, left, nil
}

// reverseProperty takes one property back: what was added is taken away and the other
// way round, so that what others did stays; switched bits are switched back;
// all others get the values they had. nil when nothing was changed.
func reverseProperty(p journal.Property) (reversed *models.PropertyChange, words string) {
	if !p.Known {
		return nil, "what " + p.Name + " was before is not known"
	}
	if p.BeforeLeftOut || p.AfterLeftOut && p.Operation != models.Replace.Name() {
		return nil, "what " + p.Name + " was before was too large to be written down"
	}
	c := sentChange(p)
	if !p.AfterLeftOut && identical(c, p.Before, p.After) {
		return nil, ""
	}
	back := models.PropertyChange{Name: c.Name, Type: c.Type, Before: p.After, BeforeKnown: !p.AfterLeftOut, Values: p.Before}
	switch {
	case c.Masked:
		back.Masked, back.Mask = true, c.Mask
		back.Values = []string{decimal(firstBits(p.Before) & c.Mask)}
	case c.Operation == models.Append:
		back.Operation, back.Values = models.Remove, without(c.Type, p.After, p.Before)
	case c.Operation == models.Remove:
		back.Operation, back.Values = models.Append, without(c.Type, p.Before, p.After)
	}
	return &back, ""
}

// without gives the values that are not among others.
func without(t models.PropertyType, values, others []string) []string {
	return models.PropertyChange{Type: t, Operation: models.Remove, Values: others}.Apply(values)
}

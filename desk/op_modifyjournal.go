package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// mostKept is up to how long a value is written down in full.
const mostKept = 8 << 10

// Properties are the properties that a step of a Modify changes, as the journal
// will have them; none for other steps.
func (s Step) Properties() []journal.Property {
	if s.Change.Modification == nil {
		return nil
	}
	var all []journal.Property
	for _, p := range s.Change.Modification.Properties {
		note := journal.Property{Name: p.Name, Type: p.Type.Name(), Known: p.BeforeKnown}
		if p.Masked {
			note.Mask = &p.Mask
		} else {
			note.Operation = p.Operation.Name()
		}
		note.Values, note.AfterLeftOut = keep(p.Values)
		note.Before, note.BeforeLeftOut = keep(p.Before)
		note.ValueGUIDs, note.BeforeGUIDs = p.GUIDs, p.BeforeGUIDs
		if p.BeforeKnown || p.Operation == models.Replace && !p.Masked {
			var leftOut bool
			note.After, leftOut = keep(expectedOf(p))
			note.AfterLeftOut = note.AfterLeftOut || leftOut
		}
		all = append(all, note)
	}
	return all
}

func (modification) note(e *journal.Entry, s Step) {
	m := s.Change.Modification
	e.Properties = s.Properties()
	for _, l := range m.Licences {
		before, told := s.licences[strings.ToLower(l.SKU)]
		e.Licences = append(e.Licences, journal.Licence{SKU: l.SKU, Before: before, Known: told, After: l.Assigned})
	}
	for _, o := range m.Others {
		e.Others = append(e.Others, journal.Other(o))
	}
	if m.PhotoSet {
		e.Photo = &journal.Photo{Before: digest(s.photo), Known: s.photoKnown, After: digest(m.Photo)}
	}
}

// keep copies values, leaving out those that are too large.
func keep(values []string) (kept []string, leftOut bool) {
	kept = make([]string, len(values))
	for i, v := range values {
		kept[i] = v
		if len(v) > mostKept {
			leftOut = true
			d := digest([]byte(v))
			kept[i] = fmt.Sprintf("(%d bytes of text, SHA-256 %s)", d.Size, d.SHA256)
		}
	}
	return kept, leftOut
}

func digest(b []byte) journal.Bytes {
	if len(b) == 0 {
		return journal.Bytes{}
	}
	hash := sha256.Sum256(b)
	return journal.Bytes{Size: len(b), SHA256: hex.EncodeToString(hash[:])}
}

// EntryValues are all values of an entry in words, before and after, for a list of
// changes: its fields, and its properties, licences and photo.
func EntryValues(e journal.Entry) []journal.Field {
	all := append([]journal.Field(nil), e.Fields...)
	for i, f := range all {
		if f.Field == valueExpires {
			all[i].Before, all[i].After = said(models.Timestamp, f.Field, f.Before), said(models.Timestamp, f.Field, f.After)
		}
	}
	for _, p := range e.Properties {
		change := sentChange(p)
		line := propertyLine(change, models.Unknown)
		field := journal.Field{Field: p.Name, Known: p.Known, After: line.After}
		if p.Known {
			field.Before = line.Before
		}
		all = append(all, field)
	}
	for _, l := range e.Licences {
		field := journal.Field{Field: "licence " + l.SKU, Known: l.Known, After: assignedWords(l.After)}
		if l.Known {
			field.Before = assignedWords(l.Before)
		}
		all = append(all, field)
	}
	for _, o := range e.Others {
		all = append(all, journal.Field{Field: o.Path, After: o.Text})
	}
	if e.Photo != nil {
		all = append(all, journal.Field{Field: "photo", Before: photoWords(e.Photo.Before.Size), Known: e.Photo.Known, After: photoWords(e.Photo.After.Size)})
	}
	return all
}

// sentChange is what an entry says was sent.
func sentChange(p journal.Property) models.PropertyChange {
	t, _ := models.ParsePropertyType(p.Type)
	c := models.PropertyChange{
		Name: p.Name, Type: t, Values: p.Values, Before: p.Before, BeforeKnown: p.Known, GUIDs: p.ValueGUIDs, BeforeGUIDs: p.BeforeGUIDs,
	}
	if p.Mask != nil {
		c.Masked, c.Mask = true, *p.Mask
	} else if operation, ok := models.ParseOperation(p.Operation); ok {
		c.Operation = operation
	}
	return c
}

func (modification) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = models.Modify
	if isRenamed(e.DN, c.DN) {
		c.Name = c.DN.RDN().Value
	}
	m := &models.Modification{Restores: true}
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
	back := models.PropertyChange{
		Name: c.Name, Type: c.Type, Before: p.After, BeforeKnown: !p.AfterLeftOut, BeforeGUIDs: guidsOf(c, p.After), Values: p.Before,
	}
	defer func() { reversed.GUIDs = guidsOf(c, reversed.Values) }()
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

// guidsOf are the objectGUIDs of some DNs, as far as a change knows them.
func guidsOf(c models.PropertyChange, dns []string) []string {
	var refs []models.Ref
	known := slices.Concat(c.Refs(), c.BeforeRefs())
	for _, dn := range dns {
		ref := models.Ref{DN: models.DN(dn)}
		for _, k := range known {
			if c.Type == models.DNString && k.GUID != "" && k.DN.Equal(ref.DN) {
				ref = k
			}
		}
		refs = append(refs, ref)
	}
	_, guids := apart(refs)
	return guids
}

// without gives the values that are not among others.
func without(t models.PropertyType, values, others []string) []string {
	return models.PropertyChange{Type: t, Operation: models.Remove, Values: others}.Apply(values)
}

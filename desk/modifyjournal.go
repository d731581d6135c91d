package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"dirdesk/models"
)

// EntryProperty is one changed property in the journal. Values stand in the
// form of [models.Property].
type EntryProperty struct {
	Name      string   `json:"name"`
	Type      string   `json:"type"`                // as Adaxes spells it
	Operation string   `json:"operation,omitempty"` // "Replace", "Append", "Delete"; none with a mask
	Mask      *int32   `json:"mask,omitempty"`
	Values    []string `json:"values,omitempty"` // as they were sent
	Before    []string `json:"before"`
	Known     bool     `json:"before_known"`
	After     []string `json:"after"` // as it was to be
	// That values were too large to be written down: in place of each stands its
	// size and its SHA-256.
	BeforeLeftOut bool `json:"before_left_out,omitempty"`
	AfterLeftOut  bool `json:"after_left_out,omitempty"`
}

// EntryLicence is one licence in the journal.
type EntryLicence struct {
	SKU    string `json:"sku"`
	Before bool   `json:"before"`
	Known  bool   `json:"before_known"`
	After  bool   `json:"after"`
}

// EntryOther is a part of a request in the journal that was sent as it was
// written.
type EntryOther struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// EntryPhoto is a photo in the journal: no more than what tells it from
// another. An empty size is no photo.
type EntryPhoto struct {
	Before EntryBytes `json:"before"`
	Known  bool       `json:"before_known"`
	After  EntryBytes `json:"after"`
}

// EntryBytes are bytes that are not written down themselves.
type EntryBytes struct {
	Size   int    `json:"size"`
	SHA256 string `json:"sha256,omitempty"`
}

// mostKept is up to how long a value is written down in full.
const mostKept = 8 << 10

// Properties are the properties that a step of a Modify changes, as the journal
// will have them; none for other steps.
func (s Step) Properties() []EntryProperty {
	if s.Change.Modification == nil {
		return nil
	}
	var all []EntryProperty
	for _, p := range s.Change.Modification.Properties {
		note := EntryProperty{Name: p.Name, Type: p.Type.Name(), Known: p.BeforeKnown}
		if p.Masked {
			note.Mask = &p.Mask
		} else {
			note.Operation = p.Operation.Name()
		}
		note.Values, note.AfterLeftOut = keep(p.Values)
		note.Before, note.BeforeLeftOut = keep(p.Before)
		if p.BeforeKnown || p.Operation == models.Replace && !p.Masked {
			var leftOut bool
			note.After, leftOut = keep(expectedOf(p))
			note.AfterLeftOut = note.AfterLeftOut || leftOut
		}
		all = append(all, note)
	}
	return all
}

// noteModification writes a change of properties into an entry.
func noteModification(e *Entry, s Step) {
	m := s.Change.Modification
	e.Properties = s.Properties()
	for _, l := range m.Licences {
		before, told := s.licences[strings.ToLower(l.SKU)]
		e.Licences = append(e.Licences, EntryLicence{SKU: l.SKU, Before: before, Known: told, After: l.Assigned})
	}
	for _, o := range m.Others {
		e.Others = append(e.Others, EntryOther(o))
	}
	if m.PhotoSet {
		e.Photo = &EntryPhoto{Before: digest(s.photo), Known: s.photoKnown, After: digest(m.Photo)}
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

func digest(b []byte) EntryBytes {
	if len(b) == 0 {
		return EntryBytes{}
	}
	hash := sha256.Sum256(b)
	return EntryBytes{Size: len(b), SHA256: hex.EncodeToString(hash[:])}
}

// Values are all values of an entry in words, before and after, for a list of
// changes: its fields, and its properties, licences and photo.
func (e Entry) Values() []EntryField {
	all := append([]EntryField(nil), e.Fields...)
	for _, p := range e.Properties {
		change := p.change()
		line := PropertyLine(change, models.Unknown)
		field := EntryField{Field: p.Name, Known: p.Known, After: line.After}
		if p.Known {
			field.Before = line.Before
		}
		all = append(all, field)
	}
	for _, l := range e.Licences {
		field := EntryField{Field: "licence " + l.SKU, Known: l.Known, After: assignedWords(l.After)}
		if l.Known {
			field.Before = assignedWords(l.Before)
		}
		all = append(all, field)
	}
	for _, o := range e.Others {
		all = append(all, EntryField{Field: o.Path, After: o.Text})
	}
	if e.Photo != nil {
		all = append(all, EntryField{Field: "photo", Before: e.Photo.Before.words(), Known: e.Photo.Known, After: e.Photo.After.words()})
	}
	return all
}

func (b EntryBytes) words() string {
	if b.Size == 0 {
		return "none"
	}
	return bytesCount(b.Size)
}

// change is what an entry says was sent.
func (p EntryProperty) change() models.PropertyChange {
	t, _ := models.ParsePropertyType(p.Type)
	c := models.PropertyChange{Name: p.Name, Type: t, Values: p.Values, Before: p.Before, BeforeKnown: p.Known}
	if p.Mask != nil {
		c.Masked, c.Mask = true, *p.Mask
	} else if operation, ok := models.ParseOperation(p.Operation); ok {
		c.Operation = operation
	}
	return c
}

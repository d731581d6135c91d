package desk

import (
	"context"
	"slices"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// edit writes text fields of an object.
type edit struct{ inPlace }

func (edit) about() description {
	return description{
		Traits: Traits{inParts: true}, several: "edit", unfit: anyObject,
		cannot: func(d *directory, category models.Category) string {
			if category == "" && has[FieldEditor](d.backend) || len(d.EditableFields(category)) > 0 {
				return ""
			}
			return d.lacks("edit this kind of object")
		},
		malformed: func(c models.Change) english.Phrase {
			for _, f := range c.Fields {
				if words := CheckField(f.Field, f.After); words != "" {
					return english.Own(words)
				}
			}
			return english.Phrase{}
		},
	}
}

// examine leaves out what is so already and takes the present values.
func (edit) examine(_ context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	editable := d.EditableFields(c.Category)
	kept := make([]models.FieldChange, 0, len(c.Fields))
	for _, f := range c.Fields {
		if !slices.Contains(editable, f.Field) {
			s.refuse(models.ErrUnsupported, english.Own(d.cannotEdit(f.Field)))
			return nil
		}
		if now, known := f.Field.Of(s.before); known {
			if f.BeforeKnown && f.Before != now {
				s.warn(english.Own(f.Field.Label() + " was changed meanwhile: it is " + english.Quoted(now) + " now"))
			}
			f.Before, f.BeforeKnown = now, true
		} else if !f.BeforeKnown {
			f.Before = ""
		}
		if f.BeforeKnown && f.Before == f.After {
			continue
		}
		kept = append(kept, f)
	}
	c.Fields = kept
	s.Nothing = len(kept) == 0
	if len(editorsFor(d.backend, c.Category, kept)) > 1 {
		s.warn(english.Own("it takes more than one write"))
	}
	return nil
}

// mayNot: before it is known what is to change, all fields have to be denied.
func (edit) mayNot(d *directory, on, _ models.Rights, c models.Change) string {
	var written []string
	for _, f := range c.Fields {
		written = append(written, string(f.Field))
	}
	if len(written) > 0 {
		return unwritable(on, written...)
	}
	all := d.EditableFields(c.Category)
	denied := !slices.ContainsFunc(all, func(f models.Field) bool { return on.Write(string(f)) != models.No })
	return when(denied && len(all) > 0, "you may not write any field here")
}

func (edit) title(s Step) string { return "edit " + s.name() }

func (edit) lines(s Step) []Line {
	all := make([]Line, 0, len(s.Change.Fields))
	for _, f := range s.Change.Fields {
		line := Line{Label: f.Field.Label(), Before: f.Before, After: f.After}
		if !f.BeforeKnown {
			line.Before = notKnown
		}
		all = append(all, line)
	}
	return all
}

func (edit) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return "", sendFields(ctx, d.backend, s.Change.Ref(), s.Change.Category, s.Change.Fields)
}

// share is what one editor writes.
type share struct {
	editor FieldEditor
	fields []models.FieldChange
}

// editorsFor shares fields out among the editors: all to the first that can
// write them all, else each to the first that can.
func editorsFor(b Backend, category models.Category, fields []models.FieldChange) []share {
	var shares []share
	for editor := range capabilities[FieldEditor](b) {
		can := editor.EditableFields(category)
		mine := share{editor: editor}
		for _, f := range fields {
			if slices.Contains(can, f.Field) {
				mine.fields = append(mine.fields, f)
			}
		}
		if len(mine.fields) == len(fields) {
			return []share{mine}
		}
		shares = append(shares, mine)
	}
	taken := map[models.Field]bool{}
	for i := range shares {
		shares[i].fields = slices.DeleteFunc(shares[i].fields, func(f models.FieldChange) bool {
			had := taken[f.Field]
			taken[f.Field] = true
			return had
		})
	}
	return slices.DeleteFunc(shares, func(s share) bool { return len(s.fields) == 0 })
}

func sendFields(ctx context.Context, b Backend, ref models.Ref, category models.Category, fields []models.FieldChange) error {
	for _, s := range editorsFor(b, category, fields) {
		if err := s.editor.EditFields(ctx, ref, s.fields); err != nil {
			return err
		}
	}
	return nil
}

// look compares the fields that can be read.
func (edit) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	o, err := d.Read(ctx, s.Change.Ref())
	if err != nil {
		return finding{err: err}
	}
	var v sights
	for _, f := range s.Change.Fields {
		label := f.Field.Label()
		now, known := f.Field.Of(o)
		switch {
		case !known:
			v.hidden = append(v.hidden, label)
		case now == f.After:
			v.see(true, label+" is now "+english.Quoted(now))
		case f.BeforeKnown && now == f.Before:
			v.see(false, label+" is still "+english.Quoted(now))
		default:
			v.see(false, label+" is "+english.Quoted(now)+" and not "+english.Quoted(f.After))
		}
	}
	return v.finding(d)
}

func (edit) note(e *journal.Entry, s Step) {
	for _, f := range s.Change.Fields {
		e.Fields = append(e.Fields, journal.Field{Field: string(f.Field), Before: f.Before, Known: f.BeforeKnown, After: f.After})
	}
}

func (edit) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = models.Edit
	for _, f := range e.Fields {
		if f.Known {
			c.Fields = append(c.Fields, models.FieldChange{Field: models.Field(f.Field), Before: f.After, BeforeKnown: true, After: f.Before})
		}
	}
	if len(c.Fields) == 0 {
		return c, nil, &CannotUndo{Words: "what it was before is not known"}
	}
	return c, nil, nil
}

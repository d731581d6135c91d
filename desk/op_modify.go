package desk

import (
	"context"
	"slices"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// modification changes any properties of an object, its licences and its photo,
// in one operation. Its longer parts stand in the files op_modify*.go.
type modification struct{ renaming }

// target is the name that a change gives an object; its own where it leaves it.
func (modification) target(c models.Change) models.DN {
	if name := newNameOf(c.Modification); name != "" {
		return c.DN.Parent().Child(c.DN.RDN().Type, name)
	}
	return c.DN
}

func (modification) about() description {
	return description{
		Traits: Traits{inParts: true}, several: string(models.Modify), cannot: needing[PropertyEditor]("change any property"), unfit: anyObject,
		// Its words begin with the name of a property.
		malformed: func(c models.Change) english.Phrase { return english.Naming(malformedModification(c.Modification), "") },
	}
}

func (modification) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	newDN, err := with(d.backend, func(b PropertyEditor) (models.DN, error) {
		return b.EditProperties(ctx, c.DN, asStored(*c.Modification))
	})
	if !isRenamed(c.DN, newDN) {
		newDN = ""
	}
	return newDN, err
}

// affected: its name may be among what changed.
func (op modification) affected(out Outcome) []Affected {
	if out.NewDN == "" || out.NewDN.Equal(out.Change.DN) {
		return []Affected{affectedObject(out.Change)}
	}
	a := affectedObject(out.Change)
	a.Structure, a.To, a.Show = true, out.NewDN, out.NewDN
	return []Affected{a}
}

// asStored is a modification as a backend is to have it: what was there without
// the bit that no directory stores.
func asStored(m models.Modification) models.Modification {
	m = m.Clone()
	for i := range m.Properties {
		if p := &m.Properties[i]; isAccountControl(p.Name) {
			p.Before = withoutBits(p.Before, models.MustChangeFlag)
		}
	}
	return m
}

// freshFor is how old what a plan read may be before a value is put in the
// place of another without a second look.
const freshFor = 5 * time.Second

// recheck looks, just before a write, whether the values that it would put
// others in the place of are still those that the person saw in the plan. The
// error is models.ErrBusy when they are not, and nothing is to be sent.
//
// It costs one request, and only where it protects something: a mask, an
// addition and a removal leave alone what others did, and a plan that was made
// a moment ago is believed.
func (modification) recheck(ctx context.Context, d *directory, s Step) error {
	c := s.Change
	fresh := d.options.Now().Sub(s.readAt) < freshFor
	if c.Modification.Request != nil || fresh || !slices.ContainsFunc(c.Modification.Properties, replacesKnown) {
		return nil
	}
	sheet, err := d.Properties(models.WithWanted(ctx, c.Modification.Properties), c.DN)
	if err != nil {
		return err
	}
	for _, p := range c.Modification.Properties {
		now, listed := sheet.Property(p.Name)
		if !replacesKnown(p) || !listed && sheet.Partial != "" {
			continue
		}
		if !sameNow(p, p.Before, now.Values) && !alike(p, now.Values, expectedOf(p)) {
			return refuse(c, models.ErrBusy, english.Naming(p.Name, " was changed meanwhile: it is "+shownValues(p.Name, p.Type, now.Values)+" now; look at it and try again"))
		}
	}
	return nil
}

func replacesKnown(p models.PropertyChange) bool {
	return p.BeforeKnown && !p.Masked && p.Operation == models.Replace
}

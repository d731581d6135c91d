package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// examine compares what is wished of an object's properties with
// what they are, and leaves out what is so already. Of a request that a person
// wrote nothing is left out: it is sent as it is.
func (op modification) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	m := s.Change.Modification
	whole := m.Request != nil
	if words := unfitModification(d, m, s.before); words != "" {
		s.refuse(models.ErrUnsupported, english.Own(words))
		return nil
	}
	if err := op.examineProperties(ctx, d, s); err != nil || s.Refused != nil {
		return err
	}
	if err := op.examinePhoto(ctx, d, s); err != nil {
		return err
	}
	if err := op.examineLicences(ctx, d, s); err != nil {
		return err
	}
	if err := op.rememberWhoStood(ctx, d, s); err != nil {
		return err
	}
	s.Nothing = !whole && len(m.Properties) == 0 && len(m.Licences) == 0 && !m.PhotoSet
	if err := op.checkNamed(ctx, d, s); err != nil {
		return err
	}
	return op.checkTarget(ctx, d, s, op.target(s.Change))
}

// checkNamed refuses a logon name that somebody else has: the server would.
func (op modification) checkNamed(ctx context.Context, d *directory, s *Step) error {
	for _, p := range s.Change.Modification.Properties {
		if s.Refused != nil || p.Operation == models.Remove || !strings.EqualFold(p.Name, "sAMAccountName") {
			continue
		}
		for _, value := range p.Values {
			if strings.EqualFold(value, s.before.SAMAccountName) {
				continue
			}
			words, err := takenName(ctx, d, value)
			if err != nil {
				return err
			}
			if words != "" {
				s.refuse(models.ErrInvalid, english.Naming(p.Name, ": "+words))
			}
		}
	}
	return nil
}

func containsFold(all []string, value string) bool {
	return slices.ContainsFunc(all, func(one string) bool { return strings.EqualFold(one, value) })
}

func takenName(ctx context.Context, d *directory, name string) (string, error) {
	checker, ok := Capability[NameChecker](d.backend)
	if !ok {
		return "", nil
	}
	taken, err := checker.NameTaken(ctx, name)
	return when(taken, "the name "+english.Quoted(name)+" is taken"), err
}

// examineProperties takes the present values.
func (op modification) examineProperties(ctx context.Context, d *directory, s *Step) error {
	c := &s.Change
	if len(c.Modification.Properties) == 0 {
		return nil
	}
	sheet, err := d.Properties(models.WithWanted(ctx, c.Modification.Properties), c.Ref())
	if err != nil {
		return err
	}
	kept := make([]models.PropertyChange, 0, len(c.Modification.Properties))
	facts := make([]knownProperty, len(c.Modification.Properties))
	for i := range c.Modification.Properties {
		if facts[i], err = op.examineProperty(ctx, d, s, sheet, &c.Modification.Properties[i]); err != nil || s.Refused != nil {
			return err
		}
	}
	if err := op.meanObjects(ctx, d, s); err != nil || s.Refused != nil {
		return err
	}
	for i, p := range c.Modification.Properties {
		known := facts[i]
		if p.Operation != models.Replace && !p.Masked && len(p.Values) == 0 && c.Modification.Request == nil {
			continue // all that was to be taken away is gone
		}
		if known.readable && c.Modification.Request == nil && identical(p, p.Before, expectedOf(p)) {
			continue
		}
		for _, earlier := range kept { // a request may name a property twice
			if strings.EqualFold(earlier.Name, p.Name) && earlier.BeforeKnown {
				p.Before = expectedOf(earlier)
			}
		}
		if hasEnded(p, d.options.Now()) {
			s.warn(english.Own(endsInPast))
		}
		kept = append(kept, p)
		s.properties = append(s.properties, known)
	}
	c.Modification.Properties = kept
	if disables(c.Modification) {
		d.warnSelf(s)
	}
	return nil
}

// knownProperty is what the server tells of a property that is changed.
type knownProperty struct {
	multi models.Flag
	t     models.PropertyType // by the schema; 0 when it is not known
	// readable says that its values stand in a sheet in the form of the change's
	// type, so that they can be compared.
	readable bool
}

// examineProperty holds one change against what is there and what the schema
// says of it.
func (op modification) examineProperty(ctx context.Context, d *directory, s *Step, sheet models.PropertySheet, p *models.PropertyChange) (knownProperty, error) {
	property, listed := sheet.Property(p.Name)
	if !listed {
		var err error
		property, err = d.Property(ctx, p.Name, s.before.Category)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return knownProperty{}, err
		}
		if err != nil {
			return op.unknownProperty(s, p), nil
		}
	}
	known := knownProperty{multi: property.Multi, t: property.Type}
	if property.Name != "" && s.Change.Modification.Request == nil {
		p.Name = property.Name
	}
	switch {
	case property.Fixed != "":
		s.refuse(models.ErrUnsupported, english.Naming(p.Name, " cannot be changed as a property: "+property.Fixed))
		return known, nil
	case p.Type == 0:
		p.Type = property.Type
		if words := malformedProperty(*p); words != "" {
			s.refuse(models.ErrInvalid, english.Naming(words, ""))
			return known, nil
		}
	case property.Type != 0 && p.Type != property.Type:
		s.warn(english.Naming(p.Name, fmt.Sprintf(" has the type %s here, and not %s", property.Type.Name(), p.Type.Name())))
	}
	if property.Multi == models.No && p.Operation != models.Replace && !p.Masked {
		s.warn(english.Naming(p.Name, fmt.Sprintf(" takes one value only: %s is for properties with several", p.Operation.Name())))
	}
	if property.Multi == models.No && len(p.Values) > 1 {
		s.warn(english.Naming(p.Name, fmt.Sprintf(" takes one value only, and %d are given", len(p.Values))))
	}
	known.readable = (listed || sheet.Partial == "") && p.Type.Alike(property.Type)
	op.takePresent(s, sheet, property, p, known.readable)
	return known, nil
}

// unknownProperty is for one that the connection has never heard of: without a
// type it cannot be written, and with one the server is the judge.
func (modification) unknownProperty(s *Step, p *models.PropertyChange) knownProperty {
	if p.Type == 0 {
		s.refuse(models.ErrInvalid, english.Own("this connection knows no property "+english.Quoted(p.Name)))
		return knownProperty{}
	}
	s.warn(english.Own("this connection knows no property " + english.Quoted(p.Name) + ": what it is now is not known"))
	return knownProperty{t: p.Type}
}

// takePresent notes what a property is now.
func (modification) takePresent(s *Step, sheet models.PropertySheet, property models.Property, p *models.PropertyChange, readable bool) {
	if !readable {
		p.Before, p.BeforeKnown = nil, false
		return
	}
	now := slices.Clone(property.Values)
	if p.BeforeKnown && !sameNow(*p, p.Before, now) {
		s.warn(english.Naming(p.Name, " was changed meanwhile: it is "+shownValues(p.Name, p.Type, now)+" now"))
	}
	p.Before, p.BeforeKnown = withMustChange(sheet, p.Name, now), true
}

func shownValues(name string, t models.PropertyType, values []string) string {
	return english.Quoted(saidAll(t, name, values))
}

// examinePhoto leaves out a photo that is there already.
func (op modification) examinePhoto(ctx context.Context, d *directory, s *Step) error {
	m := s.Change.Modification
	if !m.PhotoSet {
		return nil
	}
	photo, err := d.Photo(ctx, s.Change.Ref())
	if err != nil {
		return err
	}
	s.photo, s.photoKnown = photo, true
	if m.Request == nil && bytes.Equal(photo, m.Photo) {
		m.PhotoSet, m.Photo = false, nil
	}
	return nil
}

// examineLicences leaves out licences that are so already, where the server
// tells.
func (op modification) examineLicences(ctx context.Context, d *directory, s *Step) error {
	m := s.Change.Modification
	if len(m.Licences) == 0 {
		return nil
	}
	present, err := d.Licences(ctx, s.Change.Ref())
	if errors.Is(err, models.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return err
	}
	s.licences = map[string]bool{}
	for _, l := range present.Licences {
		s.licences[strings.ToLower(l.SKU)] = l.Assigned
	}
	if !present.HasAccount {
		s.warn(english.Own("has no Microsoft 365 account, as far as the server tells"))
	}
	kept := make([]models.LicenceChange, 0, len(m.Licences))
	for _, l := range m.Licences {
		assigned, told := s.licences[strings.ToLower(l.SKU)]
		if !told && present.HasAccount {
			s.warn(english.Own("the server does not know of the licence " + english.Quoted(l.SKU)))
		}
		if told && assigned == l.Assigned && m.Request == nil {
			continue
		}
		kept = append(kept, l)
	}
	m.Licences = kept
	return nil
}

// disables reports whether a change of properties keeps an account from signing
// in.
func disables(m *models.Modification) bool {
	for _, p := range m.Properties {
		if !isAccountControl(p.Name) {
			continue
		}
		after := expectedOf(p)
		if len(after) != 1 {
			continue
		}
		if bits, ok := models.Bits(after[0]); ok && bits&(models.UACDisabled|models.UACSmartcard) != 0 {
			return true
		}
	}
	return false
}

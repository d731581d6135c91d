package desk

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// look reads the properties that were changed, the photo and the
// licences, at the object's new name if it got one.
func (op modification) look(ctx context.Context, d *directory, s Step, newDN models.DN) finding {
	c, m := s.Change, s.Change.Modification
	var v sights
	at := models.Ref{DN: cmp.Or(newDN, op.target(c)), GUID: c.GUID}
	if len(m.Properties) > 0 {
		sheet, err := op.firstSheet(models.WithWanted(ctx, m.Properties), d, c.GUID, at.DN, op.target(c), c.DN)
		if err != nil {
			return finding{err: err}
		}
		op.seeProperties(ctx, d, &v, s, sheet)
		at.DN = sheet.DN
	}
	if m.PhotoSet {
		if err := op.seePhoto(ctx, d, &v, s, at); err != nil {
			return finding{err: err}
		}
	}
	if len(m.Licences) > 0 {
		if err := op.seeLicences(ctx, d, &v, m.Licences, at); err != nil {
			return finding{err: err}
		}
	}
	for _, o := range m.Others {
		v.hidden = append(v.hidden, o.Path)
	}
	if len(v.right)+len(v.wrong)+len(v.hidden)+len(v.odd) == 0 {
		v.hidden = append(v.hidden, "what was asked for")
	}
	found := v.finding(d)
	if isRenamed(c.DN, at.DN) {
		found.dn = at.DN
	}
	return found
}

// firstSheet reads the properties of an object: by its GUID, else by the first of
// some names that an object has.
func (modification) firstSheet(ctx context.Context, d *directory, guid string, names ...models.DN) (sheet models.PropertySheet, err error) {
	for i, dn := range names {
		if slices.ContainsFunc(names[:i], dn.Equal) || guid != "" && i > 0 {
			continue
		}
		sheet, err = d.Properties(ctx, models.Ref{DN: dn, GUID: guid})
		if sheet.DN == "" {
			sheet.DN = dn
		}
		if !errors.Is(err, models.ErrNotFound) {
			return sheet, err
		}
	}
	return sheet, err
}

// isRenamed reports whether a name is another, if only by its case.
func isRenamed(before, after models.DN) bool {
	return after != "" && (!after.Equal(before) || after.RDN().Value != before.RDN().Value)
}

// seeProperties compares each property with what it was to become.
func (op modification) seeProperties(ctx context.Context, d *directory, v *sights, s Step, sheet models.PropertySheet) {
	all := s.Change.Modification.Properties
	for i, p := range all {
		if slices.ContainsFunc(all[i+1:], func(later models.PropertyChange) bool { return strings.EqualFold(later.Name, p.Name) }) {
			continue // a later part of the request speaks of it again
		}
		now, listed := sheet.Property(p.Name)
		known := i < len(s.properties) && s.properties[i].readable
		if listed && !p.Type.Alike(now.Type) || !listed && (sheet.Partial != "" || !known) {
			v.hidden = append(v.hidden, p.Name)
			continue
		}
		p, values := d.followValues(ctx, p), now.Values
		if isAccountControl(p.Name) {
			p, values = op.seeMustChange(v, p, sheet, values)
		}
		seeProperty(v, p, values)
	}
}

// seeMustChange brings the bit that no directory stores into a comparison, or
// takes it out where it was not asked for or cannot be seen.
func (modification) seeMustChange(v *sights, p models.PropertyChange, sheet models.PropertySheet, now []string) (models.PropertyChange, []string) {
	asked := p.Masked && p.Mask&models.MustChangeFlag != 0
	if !asked && len(p.Values) == 1 {
		bits, _ := models.Bits(p.Values[0])
		asked = !p.Masked && bits&models.MustChangeFlag != 0
	}
	if asked && mustChangeOf(sheet).Known() {
		return p, withMustChange(sheet, p.Name, now)
	}
	if asked {
		v.hidden = append(v.hidden, "whether the password must be changed")
	}
	p.Values, p.Before = withoutBits(p.Values, models.MustChangeFlag), withoutBits(p.Before, models.MustChangeFlag)
	p.Mask &^= models.MustChangeFlag
	return p, withoutBits(now, models.MustChangeFlag)
}

// longFlags is from how many characters on only the switched flags are said.
const longFlags = 60

func seeProperty(v *sights, p models.PropertyChange, now []string) {
	words := saidAll(p.Type, p.Name, now)
	is, still := p.Name+" is now "+english.Quoted(words), p.Name+" is still "+english.Quoted(words)
	if naming(p.Name) {
		is, still = "is now called "+english.Quoted(words), "is still called "+english.Quoted(words)
	}
	switch {
	case p.Masked && p.BeforeKnown && !fulfils(p, now) && masked(p, now):
		// Somebody else switched others meanwhile, or the server did.
		v.odd = p.Name + " has the flags that were asked for, but others are not as they were: it is " + english.Quoted(words)
	case fulfils(p, now):
		if p.Masked && len(words) > longFlags {
			is = p.Name + " now: " + switchedWords(p.Name, firstBits(p.Values), p.Mask, p.Before)
		}
		v.see(true, is)
	case p.BeforeKnown && alike(p, now, p.Before):
		v.see(false, still)
	case p.BeforeKnown || p.Operation == models.Replace && !p.Masked:
		v.see(false, p.Name+" is "+english.Quoted(words)+" and not "+shownValues(p.Name, p.Type, expectedOf(p)))
	default:
		v.see(false, p.Name+" is "+english.Quoted(words))
	}
}

func firstBits(values []string) int32 {
	if len(values) == 0 {
		return 0
	}
	bits, _ := models.Bits(values[0])
	return bits
}

// fulfils reports whether values are what a change was to make of a property.
// What others added meanwhile to one with several values is no matter.
func fulfils(p models.PropertyChange, now []string) bool {
	contains := func(all []string, one string) bool {
		return slices.ContainsFunc(all, func(v string) bool { return models.SameValue(p.Type, v, one) })
	}
	containsAll := func(wanted []string) bool {
		return !slices.ContainsFunc(wanted, func(v string) bool { return !contains(now, v) })
	}
	switch {
	case p.Masked && !p.BeforeKnown:
		return masked(p, now)
	case p.Masked || p.Operation == models.Replace:
		expected := expectedOf(p)
		caseOnly := p.BeforeKnown && alike(p, p.Before, expected) && !identical(p, p.Before, expected)
		return alike(p, now, expected) && (!caseOnly || identical(p, now, expected))
	case p.Operation == models.Append && !p.BeforeKnown:
		return containsAll(p.Values)
	case p.Operation == models.Append:
		return containsAll(expectedOf(p))
	default:
		return !slices.ContainsFunc(p.Values, func(v string) bool { return contains(now, v) }) &&
			(!p.BeforeKnown || containsAll(expectedOf(p)))
	}
}

// masked reports whether the flags of a mask are as they were asked for.
func masked(p models.PropertyChange, now []string) bool {
	value, ok := models.Bits(strings.Join(now, " "))
	return ok && (value^firstBits(p.Values))&p.Mask&^models.UACComputed == 0
}

// seePhoto compares the photo byte by byte.
func (modification) seePhoto(ctx context.Context, d *directory, v *sights, s Step, ref models.Ref) error {
	wished := s.Change.Modification.Photo
	now, err := d.Photo(ctx, ref)
	switch {
	case err != nil:
		return err
	case bytes.Equal(now, wished) && len(now) == 0:
		v.see(true, "has no photo now")
	case bytes.Equal(now, wished):
		v.see(true, "has the new photo ("+english.Size(len(now))+")")
	case len(wished) == 0:
		v.see(false, "still has a photo")
	case len(now) == 0:
		v.see(false, "still has no photo")
	case s.photoKnown && bytes.Equal(now, s.photo):
		v.see(false, "still has the old photo")
	default:
		v.odd = fmt.Sprintf("the server holds another picture than was sent (%s instead of %s)", english.Size(len(now)), english.Size(len(wished)))
	}
	return nil
}

// seeLicences compares licences, where the server tells of them.
func (modification) seeLicences(ctx context.Context, d *directory, v *sights, wished []models.LicenceChange, ref models.Ref) error {
	present, err := d.Licences(ctx, ref)
	if err != nil && !errors.Is(err, models.ErrUnsupported) {
		return err
	}
	for _, l := range wished {
		if err != nil {
			v.hidden = append(v.hidden, "the licence "+l.SKU)
			continue
		}
		i := slices.IndexFunc(present.Licences, func(p models.Licence) bool { return strings.EqualFold(p.SKU, l.SKU) })
		assigned := i >= 0 && present.Licences[i].Assigned
		if assigned == l.Assigned {
			v.see(true, l.SKU+map[bool]string{true: " is now assigned", false: " is no longer assigned"}[assigned])
		} else {
			v.see(false, l.SKU+" is still "+assignedWords(assigned))
		}
	}
	return nil
}

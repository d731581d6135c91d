package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// meanObjects finds out which objects the DNs in a change of properties mean, so
// that they are the same ones when it is sent: each by its objectGUID, where that
// is known or can be read. A value whose object is gone refuses the step, or is
// left out where it was to be taken away: its link is gone too.
func (modification) meanObjects(ctx context.Context, d *directory, s *Step) error {
	if !has[Getter](d.backend) {
		return nil
	}
	for i := range s.Change.Modification.Properties {
		p := &s.Change.Modification.Properties[i]
		if p.Type != models.DNString || s.Refused != nil {
			continue
		}
		refs := make([]models.Ref, 0, len(p.Values))
		for _, ref := range p.Refs() {
			found, gone, err := d.meant(ctx, s, ref)
			switch {
			case err != nil && p.Operation == models.Remove && ctx.Err() == nil: // such as a name of another domain
			case err != nil:
				return err
			case gone != "" && p.Operation == models.Remove && ref.GUID != "":
				s.warn(english.Naming(p.Name, ": "+gone))
				continue
			case gone != "" && p.Operation != models.Remove && (ref.GUID != "" || !containsFold(p.Before, string(ref.DN))):
				s.refuse(models.ErrInvalid, english.Naming(p.Name, ": "+gone))
			case gone == "" && !found.DN.Equal(ref.DN):
				s.warn(english.Naming(p.Name, ": "+string(ref.DN)+" was renamed or moved meanwhile, and is "+string(found.DN)+" now"))
			}
			refs = append(refs, found)
		}
		p.Values, p.GUIDs = apart(refs)
	}
	return nil
}

// meant reads the object that a DN in a change means. gone says in words that there
// is none; what cannot be looked for in this domain is given back as it is.
func (d *directory) meant(ctx context.Context, s *Step, ref models.Ref) (found models.Ref, gone string, err error) {
	if _, err := models.ParseDN(string(ref.DN)); err != nil || ref.GUID == "" && ref.DN.Realm() != s.Change.DN.Realm() {
		return ref, "", nil
	}
	o, there, err := d.exists(ctx, ref)
	switch {
	case err != nil:
		return ref, "", err
	case there:
		found = o.Ref()
		if found.DN.Equal(ref.DN) {
			found.DN = ref.DN // as it was written
		}
		return found, "", nil
	case ref.GUID == "":
		return ref, "there is no object " + english.Quoted(string(ref.DN)), nil
	default:
		return ref, string(ref.DN) + " is gone" + d.whoHas(ctx, ref.DN), nil
	}
}

// whoHas says who has the name of an object that is gone; "" when nobody has.
func (d *directory) whoHas(ctx context.Context, dn models.DN) string {
	o, there, err := d.exists(ctx, models.Ref{DN: dn})
	return when(err == nil && there, ", and another object has that name now: "+whoIs(o))
}

// apart gives refs as the values of a property and their GUIDs; nil for no GUIDs.
func apart(refs []models.Ref) (dns, guids []string) {
	known := false
	for _, r := range refs {
		dns, guids = append(dns, string(r.DN)), append(guids, r.GUID)
		known = known || r.GUID != ""
	}
	if !known {
		return dns, nil
	}
	return dns, guids
}

// rememberWhoStood notes which objects stand in a property, as far as a change
// takes them out of it: they may be wanted back.
func (modification) rememberWhoStood(ctx context.Context, d *directory, s *Step) error {
	if !has[Getter](d.backend) {
		return nil
	}
	for i := range s.Change.Modification.Properties {
		p := &s.Change.Modification.Properties[i]
		if p.Type != models.DNString || p.Operation == models.Append || !p.BeforeKnown || s.Refused != nil {
			continue
		}
		after, refs := expectedOf(*p), p.BeforeRefs()
		for at, ref := range refs {
			if slices.ContainsFunc(after, func(v string) bool { return models.DN(v).Equal(ref.DN) }) || ref.DN.Realm() != s.Change.DN.Realm() {
				continue
			}
			o, there, err := d.exists(ctx, models.Ref{DN: ref.DN})
			if err != nil && ctx.Err() != nil {
				return err
			}
			if err == nil && there {
				refs[at].GUID = o.Ref().GUID
			}
		}
		_, p.BeforeGUIDs = apart(refs)
	}
	return nil
}

// calledNow gives the DNs that objects have now, each found by its GUID where that
// is known: what a property shows of them.
func (d *directory) calledNow(ctx context.Context, refs []models.Ref) []models.DN {
	dns := models.Names(refs)
	if !has[Getter](d.backend) {
		return dns
	}
	for i, ref := range refs {
		if ref.GUID == "" {
			continue
		}
		if o, there, err := d.exists(ctx, ref); err == nil && there {
			dns[i] = o.DN
		} else if err == nil {
			dns[i] = "" // whoever has the name now is another one
		}
	}
	return dns
}

// followValues has a change name the objects of its DNs as they are called now.
func (d *directory) followValues(ctx context.Context, p models.PropertyChange) models.PropertyChange {
	if p.Type != models.DNString || len(p.GUIDs) == 0 {
		return p
	}
	p.Values = slices.Clone(p.Values)
	for i, dn := range d.calledNow(ctx, p.Refs()) {
		switch {
		case dn == "":
			p.Values[i] += " (gone)" // which no object is called
		case !dn.Equal(models.DN(p.Values[i])):
			p.Values[i] = string(dn)
		}
	}
	return p
}

// sameStanding reports whether the same objects stand in a property, as far as
// they are known.
func sameStanding(was, is []string) bool {
	for i := range min(len(was), len(is)) {
		if was[i] != "" && is[i] != "" && !strings.EqualFold(was[i], is[i]) {
			return false
		}
	}
	return true
}

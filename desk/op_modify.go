package desk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // photos are known by their headers
	_ "image/png"
	"strings"

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
		return b.EditProperties(ctx, c.Ref(), asStored(*c.Modification))
	})
	if !isRenamed(c.DN, newDN) {
		newDN = ""
	}
	return newDN, err
}

// mayNot leaves to the server what stands for something else than the attribute: a
// bit of a control value that no directory stores, and licences.
func (modification) mayNot(_ *directory, on, _ models.Rights, c models.Change) string {
	m := c.Modification
	if m == nil {
		return ""
	}
	var written []string
	for _, p := range m.Properties {
		switch {
		case isAccountControl(p.Name):
			if p.Masked && p.Mask&(models.MustChangeFlag|models.UACCannotChange) == 0 {
				written = append(written, p.Name)
			}
		case !naming(p.Name):
			written = append(written, p.Name)
		}
	}
	if m.PhotoSet {
		written = append(written, "thumbnailPhoto")
	}
	return cmp.Or(when(newNameOf(m) != "", rename{}.mayNot(nil, on, on, c)), unwritable(on, written...))
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

// malformedModification says what is wrong with a change of properties by
// itself; "" when nothing is.
func malformedModification(m *models.Modification) string {
	if m == nil || len(m.Properties) == 0 && len(m.Licences) == 0 && !m.PhotoSet && m.Request == nil {
		return "nothing to change was given"
	}
	seen := map[string]bool{}
	for _, p := range m.Properties {
		if words := malformedProperty(p); words != "" {
			return words
		}
		key := strings.ToLower(p.Name)
		if seen[key] && m.Request == nil {
			return p.Name + " is changed twice"
		}
		seen[key] = true
	}
	seen = map[string]bool{}
	for _, l := range m.Licences {
		switch key := strings.ToLower(l.SKU); {
		case strings.TrimSpace(l.SKU) == "":
			return "a licence without a name was given"
		case seen[key]:
			return "the licence " + english.Quoted(l.SKU) + " is changed twice"
		default:
			seen[key] = true
		}
	}
	if m.PhotoSet && len(m.Photo) > 0 {
		return checkPhoto(m.Photo, 0)
	}
	return ""
}

func malformedProperty(p models.PropertyChange) string {
	if words := checkPropertyName(p.Name); words != "" {
		return words
	}
	switch {
	case models.PasswordProperty(p.Name):
		return p.Name + " holds a password: " + passwordAdvice
	case p.Masked && p.Type != models.Integer && p.Type != 0:
		return p.Name + ": only numbers have a mask, and this is " + p.Type.Label()
	case p.Masked && len(p.Values) > 1:
		return p.Name + ": with a mask goes one value"
	case !p.Masked && p.Operation != models.Replace && len(p.Values) == 0:
		return p.Name + ": no values were given to add or take away"
	}
	if p.Masked && len(p.Values) == 1 {
		if _, ok := models.Bits(p.Values[0]); !ok {
			return p.Name + ": " + models.Integer.Check(p.Values[0])
		}
	}
	for _, v := range p.Values {
		if words := p.Type.Check(v); words != "" {
			return p.Name + ": " + words
		}
	}
	return ""
}

// checkPhoto says what is wrong with an image as a photo; "" when nothing is.
// limit is the most bytes that are taken, 0 for no limit.
func checkPhoto(photo []byte, limit int) string {
	if limit > 0 && len(photo) > limit {
		return fmt.Sprintf("the photo has %s; the server takes at most %s", english.Size(len(photo)), english.Size(limit))
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(photo))
	switch {
	case err != nil || format != "jpeg" && format != "png":
		return "the photo is neither JPEG nor PNG"
	case config.Width <= 0 || config.Height <= 0:
		return "the photo has no size"
	default:
		return ""
	}
}

// unfitModification says why the connection, or the object, is not fit for
// parts of a change.
func unfitModification(d *directory, m *models.Modification, o models.Object) string {
	if m.PhotoSet {
		if words := d.CanShowPhoto(o); words != "" {
			return words
		}
		if words := checkPhoto(m.Photo, d.PhotoLimit()); len(m.Photo) > 0 && words != "" {
			return words
		}
	}
	if len(m.Licences) > 0 {
		return d.CanShowLicences(o)
	}
	return ""
}

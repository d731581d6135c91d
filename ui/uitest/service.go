package uitest

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strconv"
	"strings"

	"dirdesk/desk"
	"dirdesk/models"
)

// Service is a Writable whose objects can be changed in any property, as over
// LDAP or Adaxes, and that knows of photos and licences.
type Service struct {
	*Writable
	// Says are what the server says of each modification and password that it
	// takes, or refuses.
	Says []models.Message
	// Working are the words with which it says that it is still at work.
	Working string
	// Tells is what it says when it is asked for licences; nil: it tells them.
	Tells error

	Modified []models.Modification
	Options  models.PasswordOptions // set with the last password
	Account  models.Licences        // of every user
	values   map[string]map[string][]string
	photos   map[string][]byte
}

var (
	_ desk.PropertyEditor       = (*Service)(nil)
	_ desk.PhotoEditor          = (*Service)(nil)
	_ desk.LicenceReader        = (*Service)(nil)
	_ desk.PasswordOptionSetter = (*Service)(nil)
	_ desk.IndirectMemberReader = (*Service)(nil)
)

// NewService is the directory of NewDirectory, behind a service that can do all.
func NewService() *Service {
	s := &Service{
		Writable: NewWritable(), values: map[string]map[string][]string{}, photos: map[string][]byte{},
		Account: models.Licences{HasAccount: true, Location: "DE", Licences: []models.Licence{
			{SKU: "ENTERPRISEPACK", Name: "Office 365 E3", Assigned: true, Consumed: 1234, Total: 1500},
			{SKU: "EMS", Name: "Enterprise Mobility", Consumed: 20, Total: 20},
		}},
	}
	s.Facts.Backend, s.Facts.Seekable, s.Facts.Approvals = "Adaxes", false, true
	return s
}

// Tiny is a picture of so many pixels, as PNG.
func Tiny(width, height int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{uint8(255 * x / width), uint8(255 * y / height), 128, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // of memory
	}
	return b.Bytes()
}

// schema are the properties that it knows.
func schema() []models.Property {
	return []models.Property{
		{Name: "accountExpires", Type: models.Timestamp, Multi: models.No},
		{Name: "description", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "distinguishedName", Type: models.DNString, Multi: models.No, Fixed: "rename or move the object instead"},
		{Name: "manager", Type: models.DNString, Multi: models.No},
		{Name: "name", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "otherTelephone", Type: models.CaseIgnoreString, Multi: models.Yes},
		{Name: "telephoneNumber", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "userAccountControl", Type: models.Integer, Multi: models.No},
	}
}

// Property implements desk.PropertyReader.
func (s *Service) Property(_ context.Context, name string, _ models.Category) (models.Property, error) {
	for _, p := range schema() {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	return models.Property{}, &models.Error{Kind: models.ErrNotFound, Action: "look up the property", Object: name}
}

// Properties implements desk.PropertyReader.
func (s *Service) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	o, err := s.Get(ctx, models.Ref{DN: ref.DN})
	if err != nil {
		return models.PropertySheet{}, err
	}
	sheet := models.PropertySheet{DN: o.DN, Category: o.Category}
	for _, p := range schema() {
		p.Values = s.valuesOf(o, p.Name)
		sheet.Properties = append(sheet.Properties, p)
	}
	return sheet, nil
}

func (s *Service) valuesOf(o models.Object, name string) []string {
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	switch name {
	case "description":
		return one(o.Description)
	case "telephoneNumber":
		return one(o.TelephoneNumber)
	case "name":
		return one(o.Name)
	case "distinguishedName":
		return one(string(o.DN))
	case "accountExpires":
		return one(models.NeverText)
	case "userAccountControl":
		if o.Category != models.Person {
			return nil
		}
		bits := 512
		if o.Disabled == models.Yes {
			bits |= 2
		}
		return one(strconv.Itoa(bits))
	}
	return slices.Clone(s.values[o.DN.Key()][name])
}

// EditProperties implements desk.PropertyEditor.
func (s *Service) EditProperties(ctx context.Context, ref models.Ref, m models.Modification) (models.DN, error) {
	s.Modified = append(s.Modified, m.Clone())
	s.say(ctx)
	to := ref.DN
	err := s.write("modify", ref.DN, func() {
		for _, p := range m.Properties {
			if s.set(to, p); strings.EqualFold(p.Name, "name") {
				to = ref.DN.Parent().Child(ref.DN.RDN().Type, p.Values[0])
				s.carry(ref.DN, to, p.Values[0])
			}
		}
		for _, l := range m.Licences {
			for i := range s.Account.Licences {
				if s.Account.Licences[i].SKU == l.SKU {
					s.Account.Licences[i].Assigned = l.Assigned
				}
			}
		}
		if m.PhotoSet {
			s.photos[to.Key()] = m.Photo
		}
	})
	return to, err
}

// say tells what there is to be told of a write.
func (s *Service) say(ctx context.Context) {
	l := models.ListenerOf(ctx)
	if s.Working != "" {
		l.Progress(s.Working)
	}
	for _, m := range s.Says {
		l.Message(m)
	}
}

// set changes one property but the name.
func (s *Service) set(dn models.DN, p models.PropertyChange) {
	s.Update(dn, func(o *models.Object) {
		after := p.Apply(s.valuesOf(*o, p.Name))
		switch p.Name {
		case "description":
			o.Description = first(after)
		case "telephoneNumber":
			o.TelephoneNumber = first(after)
		case "userAccountControl":
			bits, _ := models.Bits(cmp.Or(first(after), "0"))
			o.Disabled = models.FlagOf(bits&2 != 0)
		case "name", "distinguishedName", "accountExpires":
		default:
			if s.values[dn.Key()] == nil {
				s.values[dn.Key()] = map[string][]string{}
			}
			s.values[dn.Key()][p.Name] = after
		}
	})
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// Photo implements desk.PhotoEditor.
func (s *Service) Photo(_ context.Context, ref models.Ref) ([]byte, error) {
	return s.photos[ref.DN.Key()], nil
}

// SetPhoto gives an object a photo.
func (s *Service) SetPhoto(dn models.DN, photo []byte) { s.photos[dn.Key()] = photo }

// PhotoLimit implements desk.PhotoEditor.
func (s *Service) PhotoLimit() int { return 100_000 }

// Licences implements desk.LicenceReader.
func (s *Service) Licences(context.Context, models.Ref) (models.Licences, error) {
	told := s.Account
	told.Licences = slices.Clone(told.Licences)
	return told, s.Tells
}

// SetPasswordWith implements desk.PasswordOptionSetter.
func (s *Service) SetPasswordWith(ctx context.Context, ref models.Ref, password models.Secret, must models.Flag, o models.PasswordOptions) error {
	s.say(ctx)
	s.Options = o
	err := s.SetPassword(ctx, models.Ref{DN: ref.DN}, password, must)
	if err == nil && o.Unlock {
		s.Update(ref.DN, func(of *models.Object) { of.Locked = models.No })
	}
	if err == nil {
		s.Update(ref.DN, func(of *models.Object) {
			of.Account.CannotChangePassword, of.Account.PasswordNeverExpires = o.CannotChange, o.NeverExpires
		})
	}
	return err
}

// IndirectMembers implements desk.IndirectMemberReader.
func (s *Service) IndirectMembers(ctx context.Context, group models.Ref) ([]models.DN, error) {
	direct, err := s.Members(ctx, group)
	all := slices.Clone(direct)
	for _, dn := range direct {
		below, _ := s.Members(ctx, models.Ref{DN: dn})
		all = append(all, below...)
	}
	return all, err
}

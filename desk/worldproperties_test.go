package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// schema is what the world knows of properties.
func schema() []models.Property {
	const kept = "kept by the server"
	return []models.Property{
		{Name: "accountExpires", Type: models.Timestamp, Multi: models.No},
		{Name: "description", Type: models.CaseIgnoreString, Multi: models.Yes},
		{Name: "distinguishedName", Type: models.DNString, Multi: models.No, Fixed: "rename or move the object instead"},
		{Name: "groupType", Type: models.Integer, Multi: models.No},
		{Name: "info", Type: models.CaseExactString, Multi: models.No},
		{Name: "logonHours", Type: models.LogonHours, Multi: models.No},
		{Name: "manager", Type: models.DNString, Multi: models.No},
		{Name: "msNPAllowDialin", Type: models.Boolean, Multi: models.No},
		{Name: "name", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "otherTelephone", Type: models.CaseIgnoreString, Multi: models.Yes},
		{Name: "pwdLastSet", Type: models.Timestamp, Multi: models.No},
		{Name: "secretary", Type: models.DNString, Multi: models.Yes},
		{Name: "telephoneNumber", Type: models.CaseIgnoreString, Multi: models.No},
		{Name: "thumbnailPhoto", Type: models.OctetString, Multi: models.No},
		{Name: "userAccountControl", Type: models.Integer, Multi: models.No},
		{Name: "uSNChanged", Type: models.LargeInteger, Multi: models.No, Fixed: kept},
		{Name: "whenCreated", Type: models.UTCTime, Multi: models.No, Fixed: kept},
	}
}

func newValues() map[string]map[string][]string {
	ofPerson := func(name string) map[string][]string {
		return map[string][]string{
			"name": {name}, "telephonenumber": {"555-0199"}, "othertelephone": {"605-457-8292"},
			"useraccountcontrol": {"512"}, "pwdlastset": {"2026-01-02T03:04:05Z"}, "accountexpires": {models.NeverText},
			"usnchanged": {"12345678901"}, "whencreated": {"2025-01-02T03:04:05Z"},
		}
	}
	return map[string]map[string][]string{
		doe.Key():   ofPerson("John Doe"),
		roe.Key():   ofPerson("Jane Roe"),
		sales.Key(): {"name": {"Sales"}, "grouptype": {"-2147483646"}},
		staff.Key(): {"name": {"Staff"}},
	}
}

func (w *world) tell(ctx context.Context) {
	listener := models.ListenerOf(ctx)
	w.mu.Lock()
	says, progress := w.says, w.progress
	w.mu.Unlock()
	if progress != "" {
		listener.Progress(progress)
	}
	for _, m := range says {
		listener.Message(m)
	}
}

func (w *world) Properties(_ context.Context, ref models.Ref) (models.PropertySheet, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	if w.readErr != nil {
		return models.PropertySheet{}, w.readErr
	}
	i := w.index(ref.DN)
	if i < 0 {
		return models.PropertySheet{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(ref.DN)}
	}
	sheet := models.PropertySheet{DN: w.objects[i].DN, Category: w.objects[i].Category, Partial: w.partial}
	values := w.values[ref.DN.Key()]
	for _, p := range schema() {
		p.Values = slices.Clone(values[strings.ToLower(p.Name)])
		if w.partial == "" || len(p.Values) > 0 {
			sheet.Properties = append(sheet.Properties, p)
		}
	}
	return sheet, nil
}

func (w *world) Property(_ context.Context, name string, _ models.Category) (models.Property, error) {
	for _, p := range schema() {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	return models.Property{}, &models.Error{Kind: models.ErrNotFound, Action: "look up", Object: name}
}

// EditProperties does what the document says, by itself: not with the functions
// that the desk expects things with.
func (w *world) EditProperties(ctx context.Context, ref models.Ref, m models.Modification) (models.DN, error) {
	w.tell(ctx)
	to := ref.DN
	err := w.write(models.Modify, models.Secret{}, func() error {
		i := w.index(ref.DN)
		if i < 0 {
			return &models.Error{Kind: models.ErrNotFound, Action: "modify", Object: string(ref.DN)}
		}
		w.last = m
		values := w.values[ref.DN.Key()]
		if values == nil {
			values = map[string][]string{}
		}
		for _, p := range m.Properties {
			key := strings.ToLower(p.Name)
			values[key] = w.store(values, p, key)
			switch key {
			case "useraccountcontrol":
				bits, _ := strconv.ParseInt(values[key][0], 10, 64)
				w.objects[i].Disabled = models.FlagOf(bits&2 != 0)
			case "name":
				to = ref.DN.Parent().Child("CN", p.Values[0])
				w.objects[i].DN, w.objects[i].Name = to, p.Values[0]
			}
		}
		for _, l := range m.Licences {
			w.licences[ref.DN.Key()][l.SKU] = l.Assigned
		}
		if m.PhotoSet {
			w.photos[ref.DN.Key()] = slices.Clone(m.Photo)
		}
		if to != ref.DN {
			w.rekey(ref.DN, to)
		}
		w.values[to.Key()] = values
		return nil
	})
	return to, err
}

func (w *world) rekey(from, to models.DN) {
	w.photos[to.Key()], w.licences[to.Key()] = w.photos[from.Key()], w.licences[from.Key()]
	if from.Key() != to.Key() {
		delete(w.photos, from.Key())
		delete(w.licences, from.Key())
		delete(w.values, from.Key())
	}
	for group, members := range w.members {
		for i := range members {
			if members[i].Equal(from) {
				w.members[group][i] = to
			}
		}
	}
}

// store works out the values of one property after a change.
func (w *world) store(values map[string][]string, p models.PropertyChange, key string) []string {
	present := values[key]
	if p.Masked || key == "useraccountcontrol" || key == "grouptype" {
		return w.storeBits(values, p, key)
	}
	folded := func(v string) string {
		if p.Type == models.CaseExactString || p.Type == models.OctetString {
			return v
		}
		return strings.ToLower(v)
	}
	given := map[string]bool{}
	for _, v := range p.Values {
		given[folded(v)] = true
	}
	var after []string
	switch p.Operation {
	case models.Append:
		after = slices.Clone(present)
		for _, v := range present {
			delete(given, folded(v))
		}
		for _, v := range p.Values {
			if given[folded(v)] {
				after = append(after, v)
				delete(given, folded(v))
			}
		}
	case models.Remove:
		for _, v := range present {
			if !given[folded(v)] {
				after = append(after, v)
			}
		}
	default:
		for _, v := range p.Values {
			if given[folded(v)] {
				after = append(after, v)
				delete(given, folded(v))
			}
		}
	}
	return after
}

// storeBits keeps the bit that Adaxes alone has out of what is stored.
func (w *world) storeBits(values map[string][]string, p models.PropertyChange, key string) []string {
	const mustChange = 1 << 31
	number := func(all []string) uint32 {
		if len(all) == 0 {
			return 0
		}
		n, _ := strconv.ParseInt(all[0], 10, 64)
		return uint32(n)
	}
	old, value, mask := number(values[key]), number(p.Values), uint32(p.Mask)
	if !p.Masked {
		mask = 0xffffffff
		if key == "useraccountcontrol" && value&0x3b00 == 0 {
			mask &^= 0x3b00
		}
	}
	after := old&^mask | value&mask
	if key == "useraccountcontrol" {
		if mask&mustChange != 0 && p.Masked {
			values["pwdlastset"] = []string{map[bool]string{true: models.NeverText, false: "2026-05-06T07:08:09Z"}[value&mustChange != 0]}
		}
		after &^= mustChange
	}
	return []string{strconv.FormatInt(int64(int32(after)), 10)}
}

func (w *world) Photo(_ context.Context, ref models.Ref) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.photos[ref.DN.Key()]), w.readErr
}

func (w *world) PhotoLimit() int { return 100_000 }

func (w *world) Licences(_ context.Context, ref models.Ref) (models.Licences, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.licences == nil {
		return models.Licences{}, &models.Error{Kind: models.ErrUnsupported, Action: "read the licences of", Object: string(ref.DN)}
	}
	held := w.licences[ref.DN.Key()]
	told := models.Licences{HasAccount: held != nil}
	for sku, assigned := range held {
		told.Licences = append(told.Licences, models.Licence{SKU: sku, Assigned: assigned})
	}
	return told, w.readErr
}

func (w *world) SetPasswordWith(ctx context.Context, ref models.Ref, password models.Secret, must models.Flag, o models.PasswordOptions) error {
	w.tell(ctx)
	return w.write(models.SetPassword, password, func() error {
		target := &w.objects[w.index(ref.DN)]
		account := *target.Account
		account.PasswordSet = account.PasswordSet.Add(time.Hour)
		for _, f := range []struct {
			wished models.Flag
			at     *models.Flag
		}{{must, &account.MustChangePassword}, {o.CannotChange, &account.CannotChangePassword}, {o.NeverExpires, &account.PasswordNeverExpires}} {
			if f.wished.Known() {
				*f.at = f.wished
			}
		}
		if o.Unlock {
			target.Locked = models.No
		}
		target.Account = &account
		return nil
	})
}

func (w *world) IndirectMembers(ctx context.Context, group models.Ref) ([]models.DN, error) {
	members, err := w.Members(ctx, group)
	return append(members, roe), err
}

const doeGUID, doeSID = "7a4267ce-d354-44e7-8bd6-c681f1284a41", "S-1-5-21-1-2-3-1104"

func (w *world) Identify(ctx context.Context, id string) (models.Object, error) {
	if id == doeGUID || id == doeSID {
		return w.Get(ctx, models.Ref{DN: doe})
	}
	return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "look for", Object: id}
}

// modify is a change of properties of one object.
func modify(dn models.DN, properties ...models.PropertyChange) models.Change {
	return models.Change{Action: models.Modify, DN: dn, Modification: &models.Modification{Properties: properties}}
}

func replace(name string, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Values: values}
}

func appending(name string, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Operation: models.Append, Values: values}
}

func removing(name string, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Operation: models.Remove, Values: values}
}

func switching(name string, value, mask int32) models.PropertyChange {
	return models.PropertyChange{Name: name, Masked: true, Mask: mask, Values: []string{decimal(value)}}
}

// aPhoto is a small picture as PNG.
func aPhoto() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

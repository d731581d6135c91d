package activedirectory

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// modifying is a modification being made of what the object is now.
type modifying struct {
	backend *connection
	conn    *conn
	ref     models.Ref
	action  string
	changed []string   // the attributes that are to be changed
	read    []string   // those and others that it depends on
	now     attributes // as they were read
	request *ldap.ModifyRequest
	// masks are the bits of each number, by its name in lower case, that are to be
	// changed and no others.
	masks map[string]int32
	// restores says that values come back that were there, whatever the rules for
	// new ones.
	restores bool
}

// part is the change of one property with what the schema says of it.
type part struct {
	attributeType
	change models.PropertyChange
}

func (m *modifying) refuse(kind error, advice string) error {
	return refuse(kind, m.action, string(m.ref.DN), advice)
}

// look reads what the change depends on, all values of each.
func (m *modifying) look(ctx context.Context, parts []part) error {
	m.read = []string{"objectCategory", "allowedAttributes"}
	m.masks = map[string]int32{}
	for _, p := range parts {
		if p.change.Masked {
			m.masks[strings.ToLower(p.name)] = p.change.Mask
		}
		m.changed, m.read = append(m.changed, p.name), append(m.read, p.name)
		if p.isControl() {
			m.read = append(m.read, "pwdLastSet", metaData, securityDescriptor)
		}
	}
	var err error
	m.now, err = m.present(ctx)
	return err
}

// present reads the attributes of m.read whole.
func (m *modifying) present(ctx context.Context) (attributes, error) {
	request := baseSearch(named(m.ref), anything, m.read)
	if slices.Contains(m.read, securityDescriptor) {
		request.Controls = daclOnly()
	}
	entry, err := m.conn.one(ctx, m.backend.silence, request)
	if err != nil {
		return nil, err
	}
	a := attributesOf(entry)
	for _, name := range m.read {
		values, err := m.backend.wholeAttribute(ctx, m.conn, entry, name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(values, isCut) {
			return nil, m.refuse(models.ErrUnsupported, name+" has a value of more than a megabyte, which dirdesk neither shows whole nor changes.")
		}
		if len(values) > len(a.texts(name)) {
			a[strings.ToLower(name)] = ldap.NewEntryAttribute(name, values)
		}
	}
	return a, nil
}

func (p part) isControl() bool { return strings.EqualFold(p.name, "userAccountControl") }

// add puts what a part needs into the request: nothing when it is so already.
func (m *modifying) add(p part) error {
	may := allowedOf(m.now)
	if may.told && !slices.ContainsFunc(may.names, func(name string) bool { return strings.EqualFold(name, p.name) }) {
		return m.refuse(models.ErrInvalid, "Objects of this kind have no "+p.name+".")
	}
	value, ok := firstBits(p.change.Values)
	switch {
	case p.change.Masked && (p.of != models.Integer || !ok):
		return m.refuse(models.ErrInvalid, p.name+": only a whole number of 32 bits has flags, and one number says which of them are on.")
	case p.change.Masked && p.isControl():
		return m.control(value, p.change.Mask)
	case p.change.Masked:
		return m.mask(p, value)
	case p.isControl() && p.change.Operation == models.Replace && len(p.change.Values) == 1 && ok:
		return m.whole(p, value)
	default:
		return m.values(p)
	}
}

// firstBits is the number of a mask's value; none is 0.
func firstBits(values []string) (int32, bool) {
	switch len(values) {
	case 0:
		return 0, true
	case 1:
		return models.Bits(values[0])
	default:
		return 0, false
	}
}

// whole sets userAccountControl to a value; what kind of account it is stays when
// the value does not say. That it has no bit for "must change
// the password" does not mean that it need not be changed, as a stored value never
// has it.
func (m *modifying) whole(p part, value int32) error {
	now := shownControl(m.now.text("userAccountControl"), m.now.bytes(securityDescriptor))
	if p.change.BeforeKnown && !sameBits(p.change.Before, []string{now}, ^(models.UACComputed|models.MustChangeFlag)) {
		return m.busy(p.name, []string{now})
	}
	if value&models.AccountTypeMask == 0 { // a number of flags only, as Adaxes takes it
		stored, _ := m.now.bits("userAccountControl")
		value |= stored & models.AccountTypeMask
	}
	touch := ^models.MustChangeFlag
	if _, known := deniesPasswordChange(m.now.bytes(securityDescriptor)); !known && value&models.UACCannotChange == 0 {
		touch &^= models.UACCannotChange
	}
	return m.control(value, touch|value&models.MustChangeFlag)
}

// mask changes the flags of any other number, and only if it is still what was read.
func (m *modifying) mask(p part, value int32) error {
	before := m.now.texts(p.name)
	var old int32
	if len(before) > 0 {
		stored, ok := models.Bits(before[0])
		if !ok || len(before) > 1 {
			return m.refuse(models.ErrInvalid, p.name+": its present value is no single number of 32 bits.")
		}
		old = stored
	}
	after := models.WithMask(old, value, p.change.Mask)
	if len(before) > 0 {
		if after == old {
			return nil
		}
		m.request.Delete(p.name, before)
	}
	m.request.Add(p.name, []string{strconv.FormatInt(int64(after), 10)})
	return nil
}

// values replaces, adds or takes away values. What is there already is not added
// and what is not there is not taken away: a domain controller refuses both.
func (m *modifying) values(p part) error {
	raw := m.now.texts(p.name)
	before := p.shownAll(raw)
	if p.overwrites(before) {
		return m.busy(p.name, raw)
	}
	after := p.change.Apply(before)
	if len(after) > 1 && p.property(categoryOf(m.now), "").Multi == models.No {
		return m.refuse(models.ErrInvalid, p.name+" has one value at most.")
	}
	if strings.EqualFold(p.name, "sAMAccountName") && categoryOf(m.now) == models.Person && len(after) == 1 && !m.restores {
		if wrong := wrongLogonName(after[0]); wrong != "" {
			return m.refuse(models.ErrInvalid, wrong)
		}
	}
	switch p.change.Operation {
	case models.Append:
		if added := after[len(before):]; len(added) > 0 {
			values, err := m.storedAll(p, added)
			if err != nil {
				return err
			}
			m.request.Add(p.name, p.byGUID(values))
		}
	case models.Remove:
		var gone []string
		for i, value := range before {
			if !slices.Contains(after, value) {
				gone = append(gone, raw[i])
			}
		}
		if len(gone) > 0 {
			m.request.Delete(p.name, p.byGUID(gone))
		}
	default:
		values, err := m.storedAll(p, after)
		if err != nil {
			return err
		}
		switch {
		case sameSet(values, raw):
		case p.isByValue():
			m.exchange(p, raw, values)
		default:
			// Replacing by nothing also does where there is nothing, as deleting does not.
			m.request.Replace(p.name, p.byGUID(values))
		}
	}
	return nil
}

// overwrites reports whether a change would put its values in the place of others
// than the person saw.
func (p part) overwrites(now []string) bool {
	c := p.change
	if !c.BeforeKnown || c.Masked || c.Operation != models.Replace || len(c.Values) == len(now) && models.SameValues(p.of, now, c.Values) {
		return false
	}
	never := func(values []string) bool {
		return len(values) == 0 || len(values) == 1 && values[0] == models.NeverText
	}
	return !models.SameValues(p.of, now, c.Before) && !(p.of == models.Timestamp && never(now) && never(c.Before))
}

// byGUID writes the objects that DNs name by their GUIDs, as far as a change knows
// them: a DN may be another object's by now.
func (p part) byGUID(values []string) []string {
	if p.of != models.DNString {
		return values
	}
	values = slices.Clone(values)
	for i, value := range values {
		for _, ref := range p.change.Refs() {
			if ref.GUID != "" && ref.DN.Equal(models.DN(value)) {
				values[i] = named(ref)
			}
		}
	}
	return values
}

func (m *modifying) storedAll(p part, shown []string) ([]string, error) {
	var all []string
	for _, value := range shown {
		stored, err := p.stored(value)
		if err != nil {
			return nil, m.refuse(models.ErrInvalid, p.name+": "+err.Error()+".")
		}
		all = append(all, stored)
	}
	return all, nil
}

// isByValue says that single values can be taken away and are told from others:
// of text and numbers, but for the two that only take certain ones.
func (p part) isByValue() bool {
	special := strings.EqualFold(p.name, "pwdLastSet") || strings.EqualFold(p.name, "lockoutTime")
	return !special && (p.of.Alike(models.CaseIgnoreString) || p.of.Alike(models.Integer) || p.of == models.Timestamp)
}

// exchange puts values in the place of others within one modification, which a
// domain controller refuses when those are not there any more. It matches without
// case: where nothing but case differs, all values are replaced.
func (m *modifying) exchange(p part, before, after []string) {
	without := func(values, others []string) []string {
		return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return slices.Contains(others, v) })
	}
	gone, added := without(before, after), without(after, before)
	for _, v := range gone {
		if slices.ContainsFunc(added, func(other string) bool { return strings.EqualFold(v, other) }) {
			m.request.Replace(p.name, p.byGUID(after))
			return
		}
	}
	if len(gone) > 0 {
		m.request.Delete(p.name, gone)
	}
	if len(added) > 0 {
		m.request.Add(p.name, p.byGUID(added))
	}
}

// sameSet compares to the letter: a change of capitals is a change.
func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// mostSaid is how long a value may be that is said in an error, in bytes.
const mostSaid = 80

// send makes the change, if there is any. When the server refuses it and what was
// read has changed meanwhile, that is why.
func (m *modifying) send(ctx context.Context) error {
	if len(m.request.Changes) == 0 {
		return nil
	}
	err := m.backend.modify(ctx, m.conn, m.request)
	if !isResult(err, ldap.LDAPResultNoSuchAttribute, ldap.LDAPResultAttributeOrValueExists,
		ldap.LDAPResultEntryAlreadyExists, ldap.LDAPResultUnwillingToPerform) {
		return err
	}
	now, readErr := m.present(ctx)
	if readErr != nil {
		return err
	}
	for _, name := range m.changed {
		is, was := now.texts(name), m.now.texts(name)
		switch {
		case sameSet(is, was):
		case sameBits(is, was, m.masks[strings.ToLower(name)]):
			err = errOtherBits
		default:
			busy := m.busy(name, is)
			_, busy.Server = resultTexts(err)
			return busy
		}
	}
	return err
}

// errOtherBits says that nothing was written, as other bits of a number than those
// to be changed were changed since it was read.
var errOtherBits = errors.New("other flags were changed at the same time")

// againWhenChanged makes a change of flags anew when others were changed between
// its look and its write, in which nothing was written.
func againWhenChanged(action string, ref models.Ref, try func() error) (err error) {
	for range 5 {
		if err = try(); !errors.Is(err, errOtherBits) {
			return err
		}
	}
	return refuse(models.ErrBusy, action, string(ref.DN), "Somebody changes its other flags again and again, and nothing was written: try once more.")
}

// sameBits reports whether two values of a number agree in the bits of a mask; 0 is
// no mask.
func sameBits(one, other []string, mask int32) bool {
	a, ok := firstBits(one)
	b, also := firstBits(other)
	return mask != 0 && ok && also && (a^b)&mask == 0
}

// busy says that an attribute was changed meanwhile, and to what.
func (m *modifying) busy(name string, now []string) *models.Error {
	busy := &models.Error{
		Kind: models.InWords(name+" was changed meanwhile", models.ErrBusy), Action: m.action, Object: string(m.ref.DN),
		Advice: name + " was changed meanwhile, and nothing was written: look at it again.",
	}
	if text := strings.Join(now, ", "); text != "" && len(text) <= mostSaid && utf8.ValidString(text) {
		busy.Kind = models.InWords(name+" was changed meanwhile: it is "+text+" now", models.ErrBusy)
	}
	return busy
}

package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

func isAccountControl(name string) bool { return strings.EqualFold(name, "userAccountControl") }

// expectedOf are the values that a property is to have after a change, with
// Before as what it has now.
func expectedOf(p models.PropertyChange) []string {
	after := p.Apply(p.Before)
	if !isAccountControl(p.Name) || p.Masked || p.Operation == models.Remove || len(after) != 1 {
		return after
	}
	// A number without any kind of account in it leaves the account what it is.
	bits, ok := models.Bits(after[0])
	if !ok || bits&models.AccountTypeMask != 0 || len(p.Before) != 1 {
		return after
	}
	old, _ := models.Bits(p.Before[0])
	return []string{decimal(bits | old&models.AccountTypeMask)}
}

// alike compares values of the property of a change as the directory does.
func alike(p models.PropertyChange, a, b []string) bool {
	switch {
	case isAccountControl(p.Name):
		a, b = withoutBits(a, models.UACComputed), withoutBits(b, models.UACComputed)
	case p.Type == models.Timestamp:
		a, b = everNever(a), everNever(b)
	case naming(p.Name):
		return slices.Equal(a, b) // the case of a name can be changed too
	}
	return models.SameValues(p.Type, a, b)
}

// identical compares as a person does, to whom another case is another text.
func identical(p models.PropertyChange, a, b []string) bool {
	if p.Type == models.CaseIgnoreString || p.Type == models.PrintableString {
		p.Type = models.CaseExactString
	}
	return alike(p, a, b)
}

// sameNow compares what an editor saw with what is there, but for the bit that
// no server stores.
func sameNow(p models.PropertyChange, seen, now []string) bool {
	if isAccountControl(p.Name) {
		seen, now = withoutBits(seen, models.MustChangeFlag), withoutBits(now, models.MustChangeFlag)
	}
	return identical(p, seen, now)
}

func withoutBits(values []string, bits int32) []string {
	if len(values) != 1 {
		return values
	}
	n, ok := models.Bits(values[0])
	if !ok {
		return values
	}
	return []string{decimal(n &^ bits)}
}

// everNever makes one of the two ways to say that a moment does not come: no
// value, and never.
func everNever(values []string) []string {
	if len(values) == 0 {
		return []string{models.NeverText}
	}
	return values
}

// withMustChange adds to a userAccountControl the bit that stands for a
// password that must be changed, which the directory keeps in pwdLastSet.
func withMustChange(sheet models.PropertySheet, name string, values []string) []string {
	if !isAccountControl(name) || len(values) != 1 || mustChangeOf(sheet) != models.Yes {
		return values
	}
	n, ok := models.Bits(values[0])
	if !ok {
		return values
	}
	return []string{decimal(n | models.MustChangeFlag)}
}

// mustChangeOf reads whether a password must be changed: pwdLastSet is 0 then,
// which as a time is never.
func mustChangeOf(sheet models.PropertySheet) models.Flag {
	set, ok := sheet.Property("pwdLastSet")
	if !ok || len(set.Values) != 1 {
		return models.Unknown
	}
	return models.FlagOf(set.Values[0] == "0" || strings.EqualFold(set.Values[0], models.NeverText))
}

// said is one value of a property in words, in the zone of this computer.
func said(t models.PropertyType, property, value string) string {
	return t.Format(property, value, time.Local)
}

// saidAll is several values of a property in words, "" for none.
func saidAll(t models.PropertyType, property string, values []string) string {
	return t.FormatAll(property, values, time.Local)
}

// endsInPast warns of an end that has come already.
const endsInPast = "that is past: nobody can sign in with the account any more"

// hasEnded reports whether a change sets the end of an account to a moment before
// now.
func hasEnded(p models.PropertyChange, now time.Time) bool {
	if !strings.EqualFold(p.Name, valueExpires) || len(p.Values) != 1 {
		return false
	}
	t, err := time.Parse(time.RFC3339Nano, p.Values[0])
	return err == nil && !t.After(now)
}

func decimal(n int32) string { return strconv.FormatInt(int64(n), 10) }

// naming reports whether a property is the object's name in its container.
func naming(property string) bool { return strings.EqualFold(property, "name") }

// newNameOf is the name that a change of properties gives an object; "" when it
// leaves it.
func newNameOf(m *models.Modification) string {
	for _, p := range m.Properties {
		if naming(p.Name) && p.Operation == models.Replace && !p.Masked && len(p.Values) == 1 {
			return p.Values[0]
		}
	}
	return ""
}

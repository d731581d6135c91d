package desktest

import (
	"slices"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// propertyChange is a change of properties of one object.
func propertyChange(dn models.DN, changes ...models.PropertyChange) models.Change {
	return models.Change{Action: models.Modify, DN: dn, Modification: &models.Modification{Properties: changes}}
}

// set puts values in the place of all others; none clears.
func set(name string, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Values: values}
}

func operated(name string, operation models.Operation, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Operation: operation, Values: values}
}

// held are the values of an attribute as the directory holds them, in LDAP's
// form where the suite can look past the backend.
func (w *writes) held(t *testing.T, dn models.DN, attribute string) []string {
	t.Helper()
	if w.Values != nil {
		values, err := w.Values(t.Context(), dn, attribute)
		if err != nil {
			t.Fatalf("look at %s of %s: %v", attribute, dn, err)
		}
		return values
	}
	return w.shown(t, dn, attribute).Values
}

// shown is a property as the backend tells of it.
func (w *writes) shown(t *testing.T, dn models.DN, name string) models.Property {
	t.Helper()
	sheet, err := w.desk.Properties(t.Context(), models.Ref{DN: dn})
	if err != nil {
		t.Fatalf("properties of %s: %v", dn, err)
	}
	p, _ := sheet.Property(name)
	return p
}

func (w *writes) wantHeld(t *testing.T, dn models.DN, attribute string, want ...string) {
	t.Helper()
	held, wanted := slices.Sorted(slices.Values(w.held(t, dn, attribute))), slices.Sorted(slices.Values(want))
	if !slices.Equal(held, wanted) {
		t.Errorf("%s is %q, want %q", attribute, held, wanted)
	}
}

// propertiesShown reads all properties of a user: what is set and what may be,
// each with its type, and no secret.
func (w *writes) propertiesShown(t *testing.T) {
	reader := can[desk.PropertyReader](t, w)
	dn := w.newUser(t, "cf-shown")
	sheet, err := reader.Properties(t.Context(), models.Ref{DN: dn})
	if err != nil {
		t.Fatal(err)
	}
	if !sheet.DN.Equal(dn) || sheet.Category != models.Person {
		t.Errorf("the sheet is of %s, a %s", sheet.DN, sheet.Category)
	}
	if !slices.IsSortedFunc(sheet.Properties, func(a, b models.Property) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	}) {
		t.Error("it is not in the order of the alphabet")
	}
	names := map[string]bool{}
	for _, p := range sheet.Properties {
		key := strings.ToLower(p.Name)
		if names[key] {
			t.Errorf("%s is in it twice", p.Name)
		}
		names[key] = true
		if models.PasswordProperty(p.Name) && (len(p.Values) > 0 || p.Fixed == "") {
			t.Errorf("%s is shown, or may be set", p.Name)
		}
		for _, v := range p.Values {
			if words := p.Type.Check(v); words != "" {
				t.Errorf("%s, %s: %s", p.Name, p.Type.Name(), words)
			}
		}
	}
	w.wantDescribed(t, sheet)
	for name := range map[string]bool{"TELEPHONENUMBER": true, "userAccountControl": true} {
		described, err := reader.Property(t.Context(), name, models.Person)
		if listed, _ := sheet.Property(name); err != nil || described.Name != listed.Name || described.Type != listed.Type || len(described.Values) != 0 {
			t.Errorf("%s is %+v, %v, and in the sheet %+v", name, described, err, listed)
		}
	}
	_, err = reader.Property(t.Context(), "cfNoSuchProperty", models.Person)
	wantKind(t, "no such property", err, models.ErrNotFound)
	_, err = reader.Properties(t.Context(), models.Ref{DN: w.workshop().Child("CN", "Ghost")})
	wantKind(t, "properties of nobody", err, models.ErrNotFound)
}

// wantDescribed holds some properties against what they are in every Active
// Directory.
func (w *writes) wantDescribed(t *testing.T, sheet models.PropertySheet) {
	for _, want := range []struct {
		name   string
		t      models.PropertyType
		multi  models.Flag
		isSet  bool
		fixed  bool
		values []string // nil: any
	}{
		{"telephoneNumber", models.CaseIgnoreString, models.No, false, false, nil},
		{"otherTelephone", models.CaseIgnoreString, models.Yes, false, false, nil},
		{"manager", models.DNString, models.No, false, false, nil},
		{"userAccountControl", models.Integer, models.No, true, false, []string{"512"}},
		{"accountExpires", models.Timestamp, models.No, true, false, []string{models.NeverText}},
		{"sAMAccountName", models.CaseIgnoreString, models.No, true, false, []string{"cf-shown"}},
		{"logonHours", models.LogonHours, models.No, false, false, nil},
		{"msNPAllowDialin", models.Boolean, models.No, false, false, nil},
		{"whenCreated", models.UTCTime, models.No, true, true, nil},
		{"uSNChanged", models.LargeInteger, models.No, false, true, nil}, // set where the directory counts its changes
	} {
		p, listed := sheet.Property(want.name)
		want.isSet = want.isSet || want.name == "uSNChanged" && len(p.Values) > 0
		if !listed && sheet.Partial != "" && !want.isSet {
			continue
		}
		if p.Name != want.name || p.Type != want.t || p.Multi != models.Unknown && p.Multi != want.multi ||
			(len(p.Values) > 0) != want.isSet || (p.Fixed != "") != want.fixed || want.values != nil && !slices.Equal(p.Values, want.values) {
			t.Errorf("%s is %+v, want %+v", want.name, p, want)
		}
	}
}

// propertiesChanged replaces, adds, takes away and clears; nothing else changes.
func (w *writes) propertiesChanged(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	dn, boss := w.newUser(t, "cf-properties"), w.newUser(t, "cf-boss")
	w.done(t, propertyChange(dn, set("otherTelephone", "605-457-8292")))
	w.done(t, propertyChange(dn, set("telephoneNumber", "605-457-8292"), operated("otherTelephone", models.Append, "951-837-6935", "717-332-8612")),
		"telephoneNumber is now 605-457-8292", "otherTelephone is now")
	w.wantHeld(t, dn, "telephoneNumber", "605-457-8292")
	w.wantHeld(t, dn, "otherTelephone", "605-457-8292", "951-837-6935", "717-332-8612")

	// What is there already, and what is not, is passed over.
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Append, "951-837-6935", "1")))
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Remove, "951-837-6935", "nobody's")))
	w.wantHeld(t, dn, "otherTelephone", "605-457-8292", "717-332-8612", "1")
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Append, "1")), "nothing to do")
	w.done(t, propertyChange(dn, set("otherTelephone", "2", "3")))
	w.wantHeld(t, dn, "otherTelephone", "2", "3")
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Remove, "2", "3")))
	w.wantHeld(t, dn, "otherTelephone")
	w.done(t, propertyChange(dn, set("telephoneNumber")), "telephoneNumber is now empty")
	w.wantHeld(t, dn, "telephoneNumber")

	for _, text := range oddTexts() {
		w.done(t, propertyChange(dn, set("info", text), set("otherTelephone", text, "x"+text)))
		w.wantHeld(t, dn, "info", text)
		w.wantHeld(t, dn, "otherTelephone", text, "x"+text)
	}
	w.done(t, propertyChange(dn, set("manager", strings.ToUpper(string(boss)))), "manager is now")
	w.wantManager(t, dn, boss)
	if able[desk.Renamer](w) {
		boss = w.done(t, models.Change{Action: models.Rename, DN: boss, NewName: "cf-boss, renamed"}).NewDN
		w.wantManager(t, dn, boss)
	}
	w.done(t, propertyChange(dn, set("manager", string(boss))), "nothing to do")
	w.done(t, propertyChange(dn, set("manager")))
	w.wantHeld(t, dn, "manager")
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("the changes have touched the account: %v", err)
	}
}

func (w *writes) wantManager(t *testing.T, dn, boss models.DN) {
	t.Helper()
	if held := w.held(t, dn, "manager"); len(held) != 1 || !models.DN(held[0]).Equal(boss) {
		t.Errorf("the manager is %q, want %q", held, boss)
	}
}

// propertiesRefused changes nothing, and all of a change or nothing.
func (w *writes) propertiesRefused(t *testing.T) {
	editor := can[desk.PropertyEditor](t, w)
	dn := w.newUser(t, "cf-unchanged")
	ghost := w.workshop().Child("CN", "Ghost")
	typed := func(p models.PropertyChange, kind models.PropertyType) models.PropertyChange {
		p.Type = kind
		return p
	}
	w.refused(t, "nobody", propertyChange(ghost, set("telephoneNumber", "1")), models.ErrNotFound)
	w.refused(t, "no such property", propertyChange(dn, set("cfNoSuchProperty", "1")), models.ErrInvalid)
	w.refused(t, "no such property, with a type", propertyChange(dn, typed(set("cfNoSuchProperty", "1"), models.CaseIgnoreString)),
		models.ErrInvalid, models.ErrNotFound, models.ErrUnsupported, models.ErrPolicy, models.ErrServer)
	w.refused(t, "kept by the server", propertyChange(dn, set("whenCreated", "2027-01-01T00:00:00Z")), models.ErrUnsupported)
	w.refused(t, "a password", propertyChange(dn, set("unicodePwd", "Kettle-Blue-42")), models.ErrInvalid)
	w.refused(t, "no number", propertyChange(dn, set("userAccountControl", "many")), models.ErrInvalid)
	w.refused(t, "all or nothing", propertyChange(dn, set("description", "not to be"), set("manager", string(ghost))),
		models.ErrNotFound, models.ErrInvalid, models.ErrPolicy)
	w.wantHeld(t, dn, "description")
	_, err := editor.EditProperties(t.Context(), models.Ref{DN: ghost}, models.Modification{Properties: []models.PropertyChange{typed(set("description", "1"), models.CaseIgnoreString)}})
	wantKind(t, "nobody, of the backend", err, models.ErrNotFound)
	for name, p := range map[string]models.PropertyChange{
		"a password":     typed(set("unicodePwd", "Kettle-Blue-42"), models.OctetString),
		"a mask on text": {Name: "description", Type: models.CaseIgnoreString, Masked: true, Mask: 1, Values: []string{"1"}},
	} {
		_, err := editor.EditProperties(t.Context(), models.Ref{DN: dn}, models.Modification{Properties: []models.PropertyChange{p}})
		wantKind(t, name+", of the backend", err, models.ErrInvalid, models.ErrUnsupported)
	}
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("the account was touched: %v", err)
	}
}

// propertiesUndone takes changes of each operation back.
func (w *writes) propertiesUndone(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	dn, boss := w.newUser(t, "cf-back"), w.newUser(t, "cf-back-boss")
	w.done(t, propertyChange(dn, set("otherTelephone", "1", "2"), set("info", "before"), set("manager", string(boss))))
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Append, "2", "3"), set("info", "after"), set("manager")))
	w.undo(t)
	w.wantHeld(t, dn, "otherTelephone", "1", "2")
	w.wantHeld(t, dn, "info", "before")
	w.wantManager(t, dn, boss)
	w.done(t, propertyChange(dn, operated("otherTelephone", models.Remove, "2", "3"), set("info")))
	w.undo(t)
	w.wantHeld(t, dn, "otherTelephone", "1", "2")
	w.wantHeld(t, dn, "info", "before")
}

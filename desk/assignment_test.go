package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/models/moment"
)

func TestParseAssignment(t *testing.T) {
	for text, want := range map[string]Assignment{
		"telephoneNumber=605-457-8292": {Name: "telephoneNumber", Value: "605-457-8292"},
		"otherTelephone+=1":            {Name: "otherTelephone", Kind: AddValue, Value: "1"},
		"otherTelephone-=1":            {Name: "otherTelephone", Kind: TakeValue, Value: "1"},
		"msDS-PhoneticFirstName-=Jon":  {Name: "msDS-PhoneticFirstName", Kind: TakeValue, Value: "Jon"},
		"msDS-PhoneticFirstName=Jon":   {Name: "msDS-PhoneticFirstName", Value: "Jon"},
		"manager=":                     {Name: "manager", Kind: ClearValues},
		"info= a = b += c : d":         {Name: "info", Value: " a = b += c : d"},
		"manager=CN=R,DC=x":            {Name: "manager", Value: "CN=R,DC=x"},
		"userAccountControl:+ACCOUNTDISABLE, -DONT_EXPIRE_PASSWD": {Name: "userAccountControl", Kind: SwitchFlags, Flags: []FlagSwitch{
			{Flag: "ACCOUNTDISABLE", On: true}, {Flag: "DONT_EXPIRE_PASSWD"},
		}},
		"groupType:+universal": {Name: "groupType", Kind: SwitchFlags, Flags: []FlagSwitch{{Flag: "universal", On: true}}},
	} {
		got, err := ParseAssignment(text)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
	}
	for text, words := range map[string]string{
		"":                           "not of the form",
		"telephoneNumber":            "not of the form",
		"=5":                         "not of the form",
		"tele phone=5":               "comes =, +=, -= or :",
		"telephone+5":                "comes =",
		"7=5":                        "begins with a letter",
		"-=5":                        "missing",
		"otherTelephone+=":           "a value is missing",
		"userAccountControl:DISABLE": "before each flag stands + ",
		"userAccountControl:":        "before each flag stands + ",
		"userAccountControl:+":       "the name of a flag is missing",
		"userAccountControl:+A,":     "before each flag",
	} {
		if _, err := ParseAssignment(text); !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, want %q", text, err, words)
		}
	}
}

// assigned parses texts and looks the properties up in the world's schema.
func assigned(zone *time.Location, texts ...string) (models.Modification, error) {
	var all Assignments
	for _, text := range texts {
		a, err := ParseAssignment(text)
		if err != nil {
			return models.Modification{}, err
		}
		all = append(all, a)
	}
	return all.Modification(func(name string) (models.Property, error) {
		return newWorld().Property(context.Background(), name, models.Person)
	}, moment.Clock{Now: time.Now(), Zone: zone})
}

func TestAssignments(t *testing.T) {
	berlin := time.FixedZone("", 2*3600)
	typed := func(p models.PropertyChange, kind models.PropertyType) models.PropertyChange {
		p.Type = kind
		return p
	}
	text := models.CaseIgnoreString
	for _, c := range []struct {
		texts []string
		want  []models.PropertyChange
	}{
		{[]string{"TELEPHONENUMBER=1"}, []models.PropertyChange{typed(replace("telephoneNumber", "1"), text)}},
		{[]string{"otherTelephone=1", "manager=", "otherTelephone=2"}, []models.PropertyChange{
			typed(replace("otherTelephone", "1", "2"), text), typed(replace("manager"), models.DNString),
		}},
		{[]string{"otherTelephone+=1", "OtherTelephone+=2"}, []models.PropertyChange{typed(appending("otherTelephone", "1", "2"), text)}},
		{[]string{"otherTelephone-=1"}, []models.PropertyChange{typed(removing("otherTelephone", "1"), text)}},
		{[]string{"accountExpires=never"}, []models.PropertyChange{typed(replace("accountExpires", "Never"), models.Timestamp)}},
		{[]string{"accountExpires=2027-05-31"}, []models.PropertyChange{typed(replace("accountExpires", "2027-05-31T22:00:00Z"), models.Timestamp)}},
		{[]string{"accountExpires=2027-05-31T17:00:00+01:00"}, []models.PropertyChange{typed(replace("accountExpires", "2027-05-31T16:00:00Z"), models.Timestamp)}},
		{[]string{"msNPAllowDialin=yes"}, []models.PropertyChange{typed(replace("msNPAllowDialin", "TRUE"), models.Boolean)}},
		{[]string{"userAccountControl=0x10200"}, []models.PropertyChange{typed(replace("userAccountControl", "66048"), models.Integer)}},
		// The flags of the document's examples.
		{[]string{"groupType:+UNIVERSAL"}, []models.PropertyChange{typed(switching("groupType", 8, 14), models.Integer)}},
		{[]string{"groupType:+ADS_GROUP_TYPE_UNIVERSAL_GROUP"}, []models.PropertyChange{typed(switching("groupType", 8, 14), models.Integer)}},
		{[]string{"userAccountControl:+accountdisable"}, []models.PropertyChange{typed(switching("userAccountControl", 2, 2), models.Integer)}},
		{
			[]string{"userAccountControl:-ADAXES_UF_MUST_CHANGE_PASSWD_AT_LOGON,+DONT_EXPIRE_PASSWD", "userAccountControl:-ADS_UF_ACCOUNTDISABLE"},
			[]models.PropertyChange{typed(switching("userAccountControl", 65536, -2147418110), models.Integer)},
		},
		{[]string{"userAccountControl:-disabled,+password-never-expires"}, []models.PropertyChange{typed(switching("userAccountControl", 65536, 65538), models.Integer)}},
		{[]string{"groupType:-SECURITY"}, []models.PropertyChange{typed(switching("groupType", 0, -2147483648), models.Integer)}},
	} {
		got, err := assigned(berlin, c.texts...)
		if err != nil || fmt.Sprint(got.Properties) != fmt.Sprint(c.want) {
			t.Errorf("%q: %+v, %v\nwant %+v", c.texts, got.Properties, err, c.want)
		}
	}
}

func TestAssignmentsRefused(t *testing.T) {
	for _, c := range []struct {
		texts []string
		words string
	}{
		{[]string{"telephoneNumber=1", "telephoneNumber=2"}, "one value only"},
		{[]string{"otherTelephone=1", "otherTelephone+=2"}, "not two of these"},
		{[]string{"otherTelephone=", "otherTelephone=2"}, "not two of these"},
		{[]string{"accountExpires=soon"}, "or never"},
		{[]string{"manager=Jane"}, "write a DN"},
		{[]string{"msNPAllowDialin=maybe"}, "yes or no"},
		{[]string{"userAccountControl=4294967296"}, "number"},
		{[]string{"telephoneNumber:+X"}, "no flags with names"},
		{[]string{"userAccountControl:+SHOE"}, "no flag SHOE; there are SCRIPT, ACCOUNTDISABLE"},
		{[]string{"userAccountControl:+LOCKOUT"}, "unlock it instead"},
		{[]string{"userAccountControl:-NORMAL_ACCOUNT"}, "kind of account"},
		{[]string{"userAccountControl:+SCRIPT,-SCRIPT"}, "both switched on and off"},
		{[]string{"groupType:-UNIVERSAL"}, "switch on another scope"},
		{[]string{"groupType:+UNIVERSAL,+GLOBAL"}, "cannot both be its scope"},
		{[]string{"shoeSize=44"}, "no such object"},
	} {
		if got, err := assigned(time.UTC, c.texts...); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%q: %+v, %v, want %q", c.texts, got, err, c.words)
		}
	}
}

// A desk reads what the object has, and what the schema says of the rest.
func TestAssign(t *testing.T) {
	w := newWorld()
	w.partial = "only what is set"
	d := open(w)
	o, _ := w.Get(t.Context(), models.Ref{DN: doe})
	file := Assignment{Name: "thumbnailPhoto", File: aPhoto()}
	m, err := d.Assign(t.Context(), o, Assignments{{Name: "INFO", Value: "x"}, file, {Name: "otherTelephone", File: []byte("555\n")}})
	if err != nil || len(m.Properties) != 3 {
		t.Fatalf("%+v, %v", m, err)
	}
	for i, want := range []struct {
		name, value string
		kind        models.PropertyType
	}{
		{"info", "x", models.CaseExactString},
		{"thumbnailPhoto", base64Of(aPhoto()), models.OctetString},
		{"otherTelephone", "555", models.CaseIgnoreString},
	} {
		if p := m.Properties[i]; p.Name != want.name || p.Type != want.kind || !slices.Equal(p.Values, []string{want.value}) {
			t.Errorf("%+v, want %+v", p, want)
		}
	}
	for name, words := range map[string]string{"shoeSize": "knows no property", "unicodePwd": "dirdesk user passwd", "ms-Mcs-AdmPwd": "dirdesk user passwd"} {
		if _, err := d.Assign(t.Context(), o, Assignments{{Name: name, Value: "x"}}); !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFindFlag(t *testing.T) {
	for _, f := range models.FlagSet("userAccountControl") {
		for _, name := range []string{f.Name, strings.ToLower(f.Name), "ADS_UF_" + strings.TrimPrefix(f.Name, "ADAXES_UF_"), f.Words} {
			if got, ok := findFlag("useraccountcontrol", name); !ok || got.Bit != f.Bit {
				t.Errorf("%s: %+v, %v", name, got, ok)
			}
		}
	}
	for name, want := range map[string]int32{
		"ADS_GROUP_TYPE_GLOBAL_GROUP": 2, "ADS_GROUP_TYPE_DOMAIN_LOCAL_GROUP": 4, "ADS_GROUP_TYPE_LOCAL_GROUP": 4,
		"ADS_GROUP_TYPE_SECURITY_ENABLED": models.GroupSecurity, "domain local": 4, "Security": models.GroupSecurity,
	} {
		if got, ok := findFlag("groupType", name); !ok || got.Bit != want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}

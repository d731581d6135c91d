package activedirectory

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// knownAnna has a value of most kinds.
func knownAnna(t *testing.T) map[string][]string {
	t.Helper()
	return map[string][]string{
		"objectCategory": {"CN=Person,CN=Schema,CN=Configuration," + string(testBase)},
		"description":    {"old"}, "otherTelephone": {"1", "2"}, "member": {"CN=a,DC=x", "CN=b,DC=x"},
		"userAccountControl": {"66050"}, "pwdLastSet": {"0"}, "groupType": {"-2147483646"},
		"accountExpires": {"9223372036854775807"}, "showInAdvancedViewOnly": {"TRUE"},
		securityDescriptor: {descriptorWith(t)}, "mail": {"anna@x"},
	}
}

// Each change is one modification with what differs and nothing else.
func TestPropertyRequestsOnTheWire(t *testing.T) {
	hours := strings.Repeat("\x01", 21)
	encoded := base64.StdEncoding.EncodeToString([]byte(hours))
	for name, test := range map[string]struct {
		changes []models.PropertyChange
		want    string // of the modification; "" when none is sent
	}{
		"replace":                     {[]models.PropertyChange{edit("mail", models.Replace, "new")}, "delete mail=anna@x; add mail=new"},
		"only capitals":               {[]models.PropertyChange{edit("mail", models.Replace, "Anna@x")}, "replace mail=Anna@x"},
		"the same":                    {[]models.PropertyChange{edit("mail", models.Replace, "anna@x")}, ""},
		"clear":                       {[]models.PropertyChange{edit("mail", models.Replace)}, "delete mail=anna@x"},
		"clear what is empty":         {[]models.PropertyChange{edit("x121Address", models.Replace)}, ""},
		"replace several":             {[]models.PropertyChange{edit("otherTelephone", models.Replace, "3", "4", "3")}, "delete otherTelephone=1|2; add otherTelephone=3|4"},
		"the same in another order":   {[]models.PropertyChange{edit("otherTelephone", models.Replace, "2", "1")}, ""},
		"append":                      {[]models.PropertyChange{edit("otherTelephone", models.Append, "3", "1")}, "add otherTelephone=3"},
		"append what is there":        {[]models.PropertyChange{edit("otherTelephone", models.Append, "2")}, ""},
		"delete":                      {[]models.PropertyChange{edit("otherTelephone", models.Remove, "2", "9")}, "delete otherTelephone=2"},
		"delete what is not there":    {[]models.PropertyChange{edit("otherTelephone", models.Remove, "9")}, ""},
		"append a name":               {[]models.PropertyChange{edit("member", models.Append, "cn=A, dc=x", "CN=c,DC=x")}, "add member=CN=c,DC=x"},
		"delete a name, as it stands": {[]models.PropertyChange{edit("member", models.Remove, "cn=A, dc=x")}, "delete member=CN=a,DC=x"},
		"two at once":                 {[]models.PropertyChange{edit("mail", models.Replace, "n"), edit("otherTelephone", models.Append, "3")}, "delete mail=anna@x; add mail=n; add otherTelephone=3"},
		"boolean":                     {[]models.PropertyChange{edit("showInAdvancedViewOnly", models.Replace, "false")}, "replace showInAdvancedViewOnly=FALSE"},
		"unsigned":                    {[]models.PropertyChange{edit("adminCount", models.Replace, "4294967295")}, "add adminCount=-1"},
		"large":                       {[]models.PropertyChange{edit("maxStorage", models.Replace, "-9223372036854775808")}, "add maxStorage=-9223372036854775808"},
		"time":                        {[]models.PropertyChange{edit("accountExpires", models.Replace, "2027-05-31T02:00:00.5+02:00")}, "delete accountExpires=9223372036854775807; add accountExpires=134561952005000000"},
		"never":                       {[]models.PropertyChange{edit("accountExpires", models.Replace, "never")}, "delete accountExpires=9223372036854775807; add accountExpires=0"},
		"time as a number":            {[]models.PropertyChange{{Name: "accountExpires", Type: models.LargeInteger, Values: []string{"134561952005000000"}}}, "delete accountExpires=9223372036854775807; add accountExpires=134561952005000000"},
		"generalized time":            {[]models.PropertyChange{edit("msTSExpireDate", models.Replace, "2027-05-31T00:00:00Z")}, "replace msTSExpireDate=20270531000000.0Z"},
		"UTC time":                    {[]models.PropertyChange{edit("meetingStartTime", models.Replace, "2027-05-31T00:00:00Z", "1951-01-01T00:00:00Z")}, "replace meetingStartTime=270531000000Z|510101000000Z"},
		"bytes":                       {[]models.PropertyChange{edit("jpegPhoto", models.Append, "AAECAw==")}, "add jpegPhoto=\x00\x01\x02\x03"},
		"logon hours":                 {[]models.PropertyChange{{Name: "logonhours", Type: models.LogonHours, Values: []string{encoded}}}, "replace logonHours=" + hours},

		"mask":                            {[]models.PropertyChange{masked("userAccountControl", 65536, "0")}, "delete userAccountControl=66050; add userAccountControl=514"},
		"mask that changes nothing":       {[]models.PropertyChange{masked("userAccountControl", 65536, "65536")}, ""},
		"never, enabled, no must change":  {[]models.PropertyChange{masked("userAccountControl", -2147418110, "65536")}, "replace pwdLastSet=-1; delete userAccountControl=66050; add userAccountControl=66048"},
		"must change, which it is":        {[]models.PropertyChange{masked("userAccountControl", models.MustChangeFlag, "-2147483648")}, ""},
		"whole flags":                     {[]models.PropertyChange{edit("userAccountControl", models.Replace, "512")}, "delete userAccountControl=66050; add userAccountControl=512"},
		"whole flags without a kind":      {[]models.PropertyChange{edit("userAccountControl", models.Replace, "65600")}, "replace nTSecurityDescriptor=" + descriptorWith(t, denial(selfSID()), denial(everyoneSID())) + "; delete userAccountControl=66050; add userAccountControl=66048"},
		"mask of a group":                 {[]models.PropertyChange{masked("groupType", 14, "8")}, "delete groupType=-2147483646; add groupType=-2147483640"},
		"mask of a number that is not":    {[]models.PropertyChange{masked("adminCount", 1, "1")}, "add adminCount=1"},
		"mask wins over the operation":    {[]models.PropertyChange{{Name: "groupType", Operation: models.Append, Masked: true, Mask: 14, Values: []string{"8"}}}, "delete groupType=-2147483646; add groupType=-2147483640"},
		"bits outside of the mask":        {[]models.PropertyChange{masked("groupType", 14, "-1")}, "delete groupType=-2147483646; add groupType=-2147483634"},
		"a mask and no value is all off":  {[]models.PropertyChange{{Name: "groupType", Masked: true, Mask: 2}}, "delete groupType=-2147483646; add groupType=-2147483648"},
		"cannot change, which it may not": {[]models.PropertyChange{masked("userAccountControl", 64, "64")}, "replace nTSecurityDescriptor=" + descriptorWith(t, denial(selfSID()), denial(everyoneSID()))},
	} {
		f := newKnowing(t, knownAnna(t))
		b := f.open()
		dn, err := b.EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: test.changes})
		if err != nil || dn != annaDN {
			t.Errorf("%s: %q, %v", name, dn, err)
		}
		var got []string
		for _, w := range f.writes.list() {
			got = append(got, w.kind+" "+w.dn+": "+strings.Join(w.lines, "; "))
		}
		var want []string
		if test.want != "" {
			want = []string{"modify " + string(annaDN) + ": " + test.want}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", name, got, want)
		}
	}
}

// Writing the access list asks for nothing but that list.
func TestCannotChangeIsWrittenInTheSameModification(t *testing.T) {
	object := knownAnna(t)
	object[securityDescriptor] = []string{descriptorWith(t, denial(selfSID()), denial(everyoneSID()))}
	f := newKnowing(t, object)
	_, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{masked("userAccountControl", 64|2, "0")}})
	if err != nil {
		t.Fatal(err)
	}
	sent := f.writes.list()
	want := "replace nTSecurityDescriptor=" + descriptorWith(t) + "; delete userAccountControl=66050; add userAccountControl=66048"
	if len(sent) != 1 || strings.Join(sent[0].lines, "; ") != want || !slices.Equal(sent[0].controls, []string{"1.2.840.113556.1.4.801"}) {
		t.Errorf("got %v", sent)
	}
}

func TestPropertyChangesThatAreNotSent(t *testing.T) {
	of := func(changes ...models.PropertyChange) models.Modification {
		return models.Modification{Properties: changes}
	}
	typed := func(name string, kind models.PropertyType, values ...string) models.Modification {
		return of(models.PropertyChange{Name: name, Type: kind, Values: values})
	}
	for name, test := range map[string]struct {
		modification models.Modification
		kind         error
		advice       string
	}{
		"a request for Adaxes": {models.Modification{Request: []byte("{}")}, models.ErrUnsupported, "Adaxes"},
		"licences":             {models.Modification{Licences: []models.LicenceChange{{SKU: "X"}}}, models.ErrUnsupported, "through Adaxes"},
		"twice":                {of(edit("mail", models.Replace, "a"), edit("MAIL", models.Replace)), models.ErrInvalid, "twice"},
		"unknown":              {of(edit("nosuch", models.Replace, "a")), models.ErrInvalid, "no attribute nosuch"},
		"name":                 {of(edit("name", models.Replace, "a")), models.ErrUnsupported, "rename it instead"},
		"naming attribute":     {of(edit("CN", models.Replace, "a")), models.ErrUnsupported, "rename it instead"},
		"password":             {of(edit("unicodePwd", models.Replace, "YQ==")), models.ErrUnsupported, "set the password instead"},
		"secret":               {of(edit("ms-Mcs-AdmPwd", models.Replace)), models.ErrUnsupported, "a secret"},
		"backlink":             {of(edit("directReports", models.Append, "CN=a")), models.ErrUnsupported, "change manager of the other object"},
		"constructed":          {of(edit("primaryGroupToken", models.Replace, "1")), models.ErrUnsupported, "works it out"},
		"system":               {of(edit("uSNChanged", models.Replace, "1")), models.ErrUnsupported, "kept by the server"},
		"lock":                 {of(edit("lockoutTime", models.Replace, "Never")), models.ErrUnsupported, "unlock it instead"},
		"must change by time":  {of(edit("pwdLastSet", models.Replace, "Never")), models.ErrUnsupported, "must change the password"},
		"name with bytes":      {of(edit("otherWellKnownObjects", models.Append, "B:2:00:CN=a")), models.ErrUnsupported, "only shown"},
		"class":                {of(edit("objectCategory", models.Replace, "CN=a")), models.ErrUnsupported, "kind of object"},
		"text for a time":      {typed("accountExpires", models.CaseIgnoreString, "Never"), models.ErrInvalid, "of the type Timestamp"},
		"number for text":      {typed("mail", models.Integer, "1"), models.ErrInvalid, "not Integer"},
		"no time":              {of(edit("accountExpires", models.Replace, "tomorrow")), models.ErrInvalid, "2027-05-31T17:00:00Z or never"},
		"before all time":      {of(edit("accountExpires", models.Replace, "1500-01-01T00:00:00Z")), models.ErrInvalid, "after 1601"},
		"never as UTC":         {of(edit("msTSExpireDate", models.Replace, "Never")), models.ErrInvalid, "2027-05-31T17:00:00Z"},
		"two-digit year":       {of(edit("meetingStartTime", models.Replace, "2077-01-01T00:00:00Z")), models.ErrInvalid, "1950 to 2049"},
		"half a second":        {of(edit("msTSExpireDate", models.Replace, "2027-05-31T00:00:00.5Z")), models.ErrInvalid, "whole seconds"},
		"no DN":                {of(edit("manager", models.Replace, "anna")), models.ErrInvalid, "name of an object"},
		"no boolean":           {of(edit("showInAdvancedViewOnly", models.Replace, "yes")), models.ErrInvalid, "yes or no"},
		"no number":            {of(edit("adminCount", models.Replace, "4294967296")), models.ErrInvalid, "from -2147483648"},
		"no large number":      {of(edit("maxStorage", models.Replace, "9223372036854775808")), models.ErrInvalid, "64 bits"},
		"no digits":            {of(edit("x121Address", models.Replace, "12a")), models.ErrInvalid, "digits"},
		"no bytes":             {of(edit("jpegPhoto", models.Append, "a")), models.ErrInvalid, "Base64"},
		"short hours":          {of(edit("logonHours", models.Replace, "AAAA")), models.ErrInvalid, "21 bytes"},
		"no text":              {of(edit("mail", models.Replace, "a\xff")), models.ErrInvalid, "not UTF-8"},
		"empty":                {of(edit("mail", models.Replace, "")), models.ErrInvalid, "clear the property"},
		"two for one":          {of(edit("mail", models.Replace, "a", "b")), models.ErrInvalid, "one value at most"},
		"append to one":        {of(edit("mail", models.Append, "b")), models.ErrInvalid, "one value at most"},
		"two descriptions":     {of(edit("description", models.Append, "b")), models.ErrInvalid, "one value at most"},
		"not of a user":        {of(edit("groupType", models.Replace, "2")), models.ErrInvalid, "no groupType"},
		"long logon name":      {of(edit("sAMAccountName", models.Replace, strings.Repeat("x", 21))), models.ErrInvalid, "20 characters"},
		"mask of a text":       {of(masked("mail", 1, "1")), models.ErrInvalid, "not Integer"},
		"mask without number":  {of(masked("adminCount", 1, "x")), models.ErrInvalid, "32 bits"},
		"lock by flag":         {of(masked("userAccountControl", 16, "16")), models.ErrUnsupported, "Unlock the account"},
		"photo of what":        {models.Modification{PhotoSet: true, Photo: []byte("GIF89a")}, models.ErrInvalid, "neither JPEG nor PNG"},
		"large photo":          {models.Modification{PhotoSet: true, Photo: append(onePixel(), make([]byte, photoLimit)...)}, models.ErrInvalid, "make it smaller"},
	} {
		object := knownAnna(t)
		object["allowedAttributes"] = slices.DeleteFunc(everything(), func(name string) bool { return name == "groupType" })
		f := newKnowing(t, object)
		_, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, test.modification)
		var said *models.Error
		if !errors.Is(err, test.kind) || !errors.As(err, &said) || !strings.Contains(models.AdviceFor(said), test.advice) || said.Object != string(annaDN) {
			t.Errorf("%s: %v (%+v), want %q", name, err, said, test.advice)
		}
		if sent := f.writes.list(); len(sent) != 0 {
			t.Errorf("%s: sent %v", name, sent)
		}
	}
}

func TestPhotoOfAGroupIsRefused(t *testing.T) {
	f := newKnowing(t, map[string][]string{"objectCategory": {"CN=Group,CN=Schema"}})
	b := f.open()
	_, err := b.EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{PhotoSet: true, Photo: onePixel()})
	if !errors.Is(err, models.ErrInvalid) || len(f.writes.list()) != 0 {
		t.Errorf("%v, sent %v", err, f.writes.list())
	}
}

func TestPhotoIsSetAndCleared(t *testing.T) {
	object := knownAnna(t)
	object["thumbnailPhoto"] = []string{"\xff\xd8old"}
	f := newKnowing(t, object)
	b := f.open()
	if photo, err := b.Photo(t.Context(), models.Ref{DN: annaDN}); string(photo) != "\xff\xd8old" || err != nil {
		t.Errorf("%q, %v", photo, err)
	}
	for _, photo := range [][]byte{onePixel(), nil} {
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{PhotoSet: true, Photo: photo}); err != nil {
			t.Fatal(err)
		}
	}
	sent := f.writes.list()
	if len(sent) != 2 || sent[0].lines[0] != "replace thumbnailPhoto="+string(onePixel()) || sent[1].lines[0] != "replace thumbnailPhoto=" {
		t.Errorf("sent %v", sent)
	}
}

// Whether a value is there shows only when all of them are read, by ranges where
// the server wants it so.
func TestAddingToMoreValuesThanTheServerSendsAtOnce(t *testing.T) {
	object := knownAnna(t)
	delete(object, "member")
	f := newKnowing(t, object)
	usual := f.onSearch
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base != string(annaDN) || !strings.HasPrefix(r.attributes[len(r.attributes)-1], "member") {
			return usual(s, r)
		}
		part := map[string][]string{"member;range=0-1": {"CN=a", "CN=b"}}
		if r.attributes[0] == "member;range=2-*" {
			part = map[string][]string{"member;range=2-*": {"CN=c"}}
		}
		_ = s.entry(r.id, r.base, part)
		s.done(r.id, 0, "", nil)
		return true
	}
	b := f.open()
	for _, change := range []models.PropertyChange{edit("member", models.Append, "CN=C", "CN=d"), edit("member", models.Remove, "cn=c")} {
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{change}}); err != nil {
			t.Fatal(err)
		}
	}
	sent := f.writes.list()
	if len(sent) != 2 || sent[0].lines[0] != "add member=CN=d" || sent[1].lines[0] != "delete member=CN=c" {
		t.Errorf("sent %v", sent)
	}
}

// A refusal is a lost race when what was read has changed meanwhile, and the
// server's own otherwise.
func TestLostRace(t *testing.T) {
	for _, change := range []models.PropertyChange{
		masked("userAccountControl", 2, "0"), masked("groupType", 14, "8"), edit("userAccountControl", models.Replace, "512"),
		edit("otherTelephone", models.Append, "3"), edit("otherTelephone", models.Remove, "1"),
	} {
		for _, raced := range []bool{true, false} {
			object := knownAnna(t)
			f := newKnowing(t, object)
			f.onWrite = func(s *session, w writeRequest) {
				if raced {
					object["userAccountControl"], object["groupType"], object["otherTelephone"] = []string{"66048"}, []string{"4"}, []string{"2", "3"}
				}
				s.refuse(w, ldap.LDAPResultNoSuchAttribute, "no matching attribute value")
			}
			_, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{change}})
			var said *models.Error
			if !errors.As(err, &said) || errors.Is(err, models.ErrBusy) != raced || len(f.writes.list()) != 1 {
				t.Fatalf("%s, raced %v: %v", change.Name, raced, err)
			}
			if raced && !strings.Contains(said.Advice, change.Name+" was changed meanwhile") || said.Server != "no matching attribute value" {
				t.Errorf("%s, raced %v: %+v", change.Name, raced, said)
			}
		}
	}
}

// Flags are switched all the same when others were changed between the look and the
// write, and those others stay as somebody made them.
func TestFlagsAreTriedAgainWhenOnlyOthersChanged(t *testing.T) {
	edits := func(b *Backend) error {
		_, err := b.EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{masked("userAccountControl", 2, "0")}})
		return err
	}
	passwords := func(b *Backend) error {
		return b.SetPasswordWith(t.Context(), models.Ref{DN: annaDN}, models.NewSecret("Kettle-Blue-42"), models.Unknown, models.PasswordOptions{NeverExpires: models.No})
	}
	for name, test := range map[string]struct {
		write func(*Backend) error
		want  string
	}{
		"of an account":   {edits, "userAccountControl=66080"},
		"with a password": {passwords, "userAccountControl=546"},
	} {
		object := knownAnna(t)
		f := newKnowing(t, object)
		f.onWrite = func(s *session, w writeRequest) {
			if len(f.writes.list()) > 1 {
				s.accept(w)
				return
			}
			object["userAccountControl"] = []string{"66082"} // "no password needed" was switched on
			s.refuse(w, ldap.LDAPResultNoSuchAttribute, "no matching attribute value")
		}
		err := test.write(f.open())
		sent := f.writes.list()
		if err != nil || len(sent) != 2 || !strings.Contains(strings.Join(sent[1].lines, "; "), "delete userAccountControl=66082; add "+test.want) {
			t.Errorf("%s: %v, sent %v", name, err, sent)
		}
	}
}

// What stands there just before the write must be what the person saw.
func TestNothingNewerIsOverwritten(t *testing.T) {
	seen := func(p models.PropertyChange, before ...string) models.PropertyChange {
		p.Before, p.BeforeKnown = before, true
		return p
	}
	for _, change := range []models.PropertyChange{
		seen(edit("description", models.Replace, "new"), "what the person saw"),
		seen(edit("userAccountControl", models.Replace, "512"), "514"),
		seen(edit("manager", models.Replace, string(annaDN)), "CN=Somebody,DC=example,DC=test"),
	} {
		f := newKnowing(t, knownAnna(t))
		_, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{change}})
		if !errors.Is(err, models.ErrBusy) || len(f.writes.list()) != 0 {
			t.Errorf("%s: %v, sent %v", change.Name, err, f.writes.list())
		}
	}
}

// An object that a property names is written by its GUID: its DN may be somebody
// else's by now.
func TestAPersonInAPropertyIsWrittenByGUID(t *testing.T) {
	const guid = "6b29fc40-ca47-1067-b31d-00dd010662da"
	for _, operation := range []models.Operation{models.Replace, models.Append} {
		f := newKnowing(t, knownAnna(t))
		change := edit("member", operation, "CN=Boss,DC=example,DC=test")
		change.GUIDs = []string{guid}
		if _, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{change}}); err != nil {
			t.Fatal(err)
		}
		if sent := f.writes.list(); len(sent) != 1 || sent[0].lines[len(sent[0].lines)-1] != "add member=<GUID="+guid+">" {
			t.Errorf("sent %v", sent)
		}
	}
}

func TestAccountWithoutPasswordIsNotEnabledByAFlag(t *testing.T) {
	object := knownAnna(t)
	object[metaData] = []string{metaOf(idUnicodePwd)}
	f := newKnowing(t, object)
	_, err := f.open().EditProperties(t.Context(), models.Ref{DN: annaDN}, models.Modification{Properties: []models.PropertyChange{masked("userAccountControl", 2, "0")}})
	if !errors.Is(err, models.ErrPolicy) || len(f.writes.list()) != 0 {
		t.Errorf("%v, sent %v", err, f.writes.list())
	}
}

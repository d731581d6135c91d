package directory_test

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"

	"pgregory.net/rapid"
)

func values(t testing.TB, d *directory.Directory, dn models.DN, name string) []string {
	t.Helper()
	a, err := d.Attributes(dn)
	if err != nil {
		t.Fatalf("%q: %v", dn, err)
	}
	return a[name]
}

func wantValues(t testing.TB, d *directory.Directory, dn models.DN, name string, want ...string) {
	t.Helper()
	if got := values(t, d, dn, name); !slices.Equal(got, want) {
		t.Errorf("%s of %s: %q, want %q", name, dn, got, want)
	}
}

func valueOf(d *directory.Directory, dn models.DN) string {
	a, err := d.Attributes(dn)
	if err != nil {
		return err.Error()
	}
	return a["userAccountControl"][0]
}

func itoa(n int32) string { return strconv.FormatInt(int64(n), 10) }

func text(s string) *string { return &s }

// office has a head with a report, and a group that the head manages.
func office(t testing.TB) (d *directory.Directory, head, report, group models.DN) {
	t.Helper()
	d, staff := domain(t, newClock())
	head = add(t, d, staff.Child("CN", "Head"), "user", "sAMAccountName", "head", "userAccountControl", "512")
	report = add(t, d, staff.Child("CN", "Report"), "user", "sAMAccountName", "report", "userAccountControl", "514",
		"manager", string(head), "otherTelephone", "1", "otherTelephone", "2", "telephoneNumber", "0", "pwdLastSet", "0")
	group = add(t, d, staff.Child("CN", "Team"), "group", "sAMAccountName", "team", "managedBy", string(head), "member", string(report))
	return d, head, report, group
}

func TestAnOperationDoesAllOfItsParts(t *testing.T) {
	d, head, report, _ := office(t)
	after, changed, err := d.Operate(report, directory.Operation{
		Attributes: []directory.AttributeChange{
			{Name: "telephoneNumber", Values: []string{"605"}},
			{Name: "otherTelephone", How: models.Append, Values: []string{"2", "3"}},
			{Name: "MANAGER"},
			{Name: "assistant", Values: []string{strings.ToLower(string(head))}},
			{Name: "userAccountControl", Values: []string{"65536"}, Masked: true, Mask: 65536 | 2},
		},
		Name: text("Re, port"), MustChange: models.No,
	})
	if err != nil || !changed {
		t.Fatalf("%v, changed %v", err, changed)
	}
	if want := report.Parent().Child("CN", "Re, port"); after != want {
		t.Errorf("it is called %s, want %s", after, want)
	}
	wantValues(t, d, after, "telephoneNumber", "605")
	wantValues(t, d, after, "otherTelephone", "1", "2", "3")
	wantValues(t, d, after, "manager")
	wantValues(t, d, after, "assistant", string(head))
	wantValues(t, d, after, "userAccountControl", "66048")
	wantValues(t, d, head, "directReports")
	if get(t, d, after).Account.MustChangePassword != models.No {
		t.Error("the password must be changed still")
	}
}

func TestARefusedOperationChangesNothing(t *testing.T) {
	good := []directory.AttributeChange{
		{Name: "title", Values: []string{"Boss"}},
		{Name: "manager"},
	}
	weak := models.NewSecret("weak")
	for name, c := range map[string]struct {
		operation directory.Operation
		kind      error
	}{
		"a value that does not fit":    {directory.Operation{Attributes: []directory.AttributeChange{{Name: "initials", Values: []string{"1234567"}}}}, models.ErrInvalid},
		"an attribute nobody knows":    {directory.Operation{Attributes: []directory.AttributeChange{{Name: "shoeSize", Values: []string{"1"}}}}, models.ErrInvalid},
		"a name that is taken":         {directory.Operation{Name: text("head")}, models.ErrExists},
		"a logon name that is taken":   {directory.Operation{Attributes: []directory.AttributeChange{{Name: "sAMAccountName", Values: []string{"HEAD"}}}}, models.ErrExists},
		"a weak password":              {directory.Operation{Password: &weak}, models.ErrPolicy},
		"a link to nobody":             {directory.Operation{Attributes: []directory.AttributeChange{{Name: "assistant", Values: []string{"CN=nobody,DC=example,DC=test"}}}}, models.ErrInvalid},
		"what the server keeps":        {directory.Operation{Attributes: []directory.AttributeChange{{Name: "directReports", Values: []string{"CN=nobody,DC=example,DC=test"}}}}, models.ErrPolicy},
		"a value that is there":        {directory.Operation{Strict: true, Attributes: []directory.AttributeChange{{Name: "otherTelephone", How: models.Append, Values: []string{"1"}}}}, models.ErrExists},
		"a value that is not there":    {directory.Operation{Strict: true, Attributes: []directory.AttributeChange{{Name: "otherTelephone", How: models.Remove, Values: []string{"9"}}}}, models.ErrInvalid},
		"members of what is no group":  {directory.Operation{Attributes: []directory.AttributeChange{{Name: "member", How: models.Append, Values: []string{"CN=Head,OU=Staff,DC=example,DC=test"}}}}, models.ErrInvalid},
		"no logon name":                {directory.Operation{Attributes: []directory.AttributeChange{{Name: "sAMAccountName"}}}, models.ErrInvalid},
		"logon hours of a wrong size":  {directory.Operation{Attributes: []directory.AttributeChange{{Name: "logonHours", Values: []string{"AAAA"}}}}, models.ErrInvalid},
		"letters in a row of digits":   {directory.Operation{Attributes: []directory.AttributeChange{{Name: "x121Address", Values: []string{"12a"}}}}, models.ErrInvalid},
		"a star in a printable string": {directory.Operation{Attributes: []directory.AttributeChange{{Name: "serialNumber", Values: []string{"12*"}}}}, models.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			d, _, report, _ := office(t)
			before := dump(t, d)
			c.operation.Attributes = append(slices.Clone(good), c.operation.Attributes...)
			_, changed, err := d.Operate(report, c.operation)
			refused(t, err, c.kind, strings.Fields(strings.TrimPrefix(codeOf(err), "LDAP "))[0])
			if after := dump(t, d); changed || after != before {
				t.Errorf("refused, yet changed from\n%s\nto\n%s", before, after)
			}
		})
	}
}

func codeOf(err error) string {
	if e, ok := err.(*models.Error); ok {
		return e.Code
	}
	return "none at all"
}

func TestAnOperationThatWantsWhatIsThereChangesNothing(t *testing.T) {
	d, head, report, group := office(t)
	before := dump(t, d)
	for dn, o := range map[models.DN]directory.Operation{
		report: {Attributes: []directory.AttributeChange{
			{Name: "otherTelephone", How: models.Append, Values: []string{"1"}},
			{Name: "otherTelephone", How: models.Remove, Values: []string{"9"}},
			{Name: "manager", Values: []string{string(head)}},
			{Name: "userAccountControl", Values: []string{"2"}, Masked: true, Mask: 2},
		}, Name: text("Report"), MustChange: models.Yes, Unlock: true},
		group: {Attributes: []directory.AttributeChange{{Name: "member", How: models.Append, Values: []string{string(report)}}}},
	} {
		after, changed, err := d.Operate(dn, o)
		if err != nil || changed || after != dn {
			t.Errorf("%s: %v, changed %v, now %s", dn, err, changed, after)
		}
	}
	if after := dump(t, d); after != before {
		t.Errorf("from\n%s\nto\n%s", before, after)
	}
}

func TestTheKindOfAccountStaysWhateverTheValue(t *testing.T) {
	d, _, report, _ := office(t)
	workstation := add(t, d, report.Parent().Child("CN", "PC"), "computer", "sAMAccountName", "PC$", "userAccountControl", "4096")
	for dn, want := range map[models.DN]string{report: "66112", workstation: "69696", "CN=NAS,OU=Domain Controllers,DC=example,DC=test": "73792"} {
		if _, _, err := d.Operate(dn, directory.Operation{Attributes: []directory.AttributeChange{{Name: "userAccountControl", Values: []string{"65600"}}}}); err != nil {
			t.Fatal(err)
		}
		wantValues(t, d, dn, "userAccountControl", want)
	}
}

// That a password need not be changed does not make it any younger.
func TestAPasswordKeepsItsAge(t *testing.T) {
	c := newClock()
	d, staff := domain(t, c)
	set := directory.FileTime(c.now())
	user := add(t, d, staff.Child("CN", "User"), "user", "sAMAccountName", "user", "pwdLastSet", set)
	c.advance(time.Hour)
	if _, changed, err := d.Operate(user, directory.Operation{MustChange: models.No}); err != nil || changed {
		t.Errorf("%v, changed %v", err, changed)
	}
	wantValues(t, d, user, "pwdLastSet", set)
}

// The mask's rule, for any bits of an account that are a person's to change.
func TestMasksTouchTheirBitsOnly(t *testing.T) {
	d, _, report, _ := office(t)
	const free = 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x10000 | 0x40000 | 0x100000 | 0x400000
	rapid.Check(t, func(t *rapid.T) {
		value := int32(rapid.Uint32().Draw(t, "value"))
		mask := int32(rapid.Uint32().Draw(t, "mask")) & free
		old, _ := models.Bits(valueOf(d, report))
		change := directory.AttributeChange{Name: "userAccountControl", Values: []string{itoa(value)}, Masked: true, Mask: mask}
		if _, _, err := d.Operate(report, directory.Operation{Attributes: []directory.AttributeChange{change}}); err != nil {
			t.Fatal(err)
		}
		now, _ := models.Bits(valueOf(d, report))
		for bit := int32(1); bit != 0; bit <<= 1 {
			want := old & bit
			if mask&bit != 0 {
				want = value & bit
			}
			if now&bit != want {
				t.Fatalf("bit %#x of %d, value %d, mask %d: now %d", bit, old, value, mask, now)
			}
		}
	})
}

func TestLinksAreSeenAtBothEndsAndFollowTheirObjects(t *testing.T) {
	d, head, report, group := office(t)
	wantValues(t, d, head, "directReports", string(report))
	wantValues(t, d, head, "managedObjects", string(group))
	after, _, err := d.Operate(head, directory.Operation{Name: text("Chief")})
	if err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, report, "manager", string(after))
	wantValues(t, d, group, "managedBy", string(after))
	vienna := add(t, d, head.Parent().Child("OU", "Vienna"), "organizationalUnit")
	if err := d.Move(report, vienna); err != nil {
		t.Fatal(err)
	}
	moved := vienna.Child("CN", "Report")
	wantValues(t, d, after, "directReports", string(moved))
	// Somebody may be his own manager, and that link too has two ends.
	if err := d.Modify(after, map[string][]string{"manager": {string(after)}}); err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, after, "directReports", string(moved), string(after))
	if err := d.Modify(after, map[string][]string{"manager": nil}); err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, after, "directReports", string(moved))
	if err := d.Delete(moved); err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, after, "directReports")
	if err := d.Delete(after); err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, group, "managedBy")
}

func TestMembersChangeWithAnOperation(t *testing.T) {
	d, head, report, group := office(t)
	for _, c := range []struct {
		how    models.Operation
		values []string
		want   []string
	}{
		{models.Append, []string{string(head)}, []string{string(report), string(head)}},
		{models.Remove, []string{strings.ToUpper(string(report))}, []string{string(head)}},
		{models.Replace, []string{string(report)}, []string{string(report)}},
		{models.Replace, nil, nil},
	} {
		if _, changed, err := d.Operate(group, directory.Operation{Attributes: []directory.AttributeChange{{Name: "member", How: c.how, Values: c.values}}}); err != nil || !changed {
			t.Fatalf("%s %q: %v, changed %v", c.how.Name(), c.values, err, changed)
		}
		wantValues(t, d, group, "member", c.want...)
	}
	wantValues(t, d, report, "memberOf")
	wantValues(t, d, head, "memberOf")
}

func TestBytesGoInAndComeOutInBase64(t *testing.T) {
	d, _, report, _ := office(t)
	photo := base64.StdEncoding.EncodeToString([]byte{0xff, 0xd8, 0, 1})
	hours := base64.StdEncoding.EncodeToString(make([]byte, 21))
	if err := d.Modify(report, map[string][]string{"thumbnailPhoto": {photo}, "logonHours": {hours}}); err != nil {
		t.Fatal(err)
	}
	wantValues(t, d, report, "thumbnailPhoto", photo)
	wantValues(t, d, report, "logonHours", hours)
	for size, fits := range map[int]bool{102400: true, 102401: false} {
		big := base64.StdEncoding.EncodeToString(make([]byte, size))
		if err := d.Modify(report, map[string][]string{"thumbnailPhoto": {big}}); (err == nil) != fits {
			t.Errorf("a photo of %d bytes: %v", size, err)
		}
	}
	refused(t, d.Modify(report, map[string][]string{"thumbnailPhoto": {"!"}}), models.ErrInvalid, "21")
}

func TestAnObjectIsFoundByItsIdentity(t *testing.T) {
	d, head, _, group := office(t)
	for _, dn := range []models.DN{head, group, d.BaseDN(), d.BaseDN().Child("CN", "Builtin"), "CN=Administrators,CN=Builtin," + d.BaseDN()} {
		a := get(t, d, dn).Account
		if found, ok := d.Identify(strings.ToUpper(a.GUID)); !ok || found != dn {
			t.Errorf("GUID of %s: %s", dn, found)
		}
		if found, ok := d.Identify(a.SID); !ok || found != dn {
			t.Errorf("SID %s of %s: %s", a.SID, dn, found)
		}
	}
	guid := get(t, d, head).Account.GUID
	if _, _, err := d.Operate(head, directory.Operation{Name: text("Chief")}); err != nil {
		t.Fatal(err)
	}
	if found, _ := d.Identify(guid); found != head.Parent().Child("CN", "Chief") {
		t.Errorf("after its rename: %s", found)
	}
	later := add(t, d, head.Parent().Child("CN", "Later"), "contact")
	id := get(t, d, later).Account.GUID
	if found, _ := d.Identify(id); found != later {
		t.Errorf("made after the first look: %s", found)
	}
	if err := d.Delete(later); err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{id, "S-1-5-21-1-2-3-4", "", "x", "{" + guid + "}", strings.ReplaceAll(guid, "-", "_")} {
		if found, ok := d.Identify(gone); ok {
			t.Errorf("%q: %s", gone, found)
		}
	}
}

func TestWalkGivesParentsFirstAndOneLevelWithoutTheBase(t *testing.T) {
	d, head, report, group := office(t)
	staff := head.Parent()
	walk := func(oneLevel bool) (names []models.DN) {
		if err := d.Walk(staff, oneLevel, func(v directory.View) bool { names = append(names, v.DN()); return len(names) < 9 }); err != nil {
			t.Fatal(err)
		}
		return names
	}
	if got, want := walk(true), []models.DN{group, head, report}; !slices.Equal(got, want) {
		t.Errorf("one level: %q", got)
	}
	if got, want := walk(false), []models.DN{staff, group, head, report}; !slices.Equal(got, want) {
		t.Errorf("below: %q", got)
	}
	refused(t, d.Walk("OU=Nowhere,DC=example,DC=test", true, nil), models.ErrNotFound, "32")
}

func TestEveryClassHasItsOwnAttributes(t *testing.T) {
	for class, want := range map[string]map[string]bool{
		"user":               {"manager": true, "logonHours": true, "member": false, "ou": false, "extensionAttribute15": true},
		"contact":            {"manager": true, "logonHours": false, "thumbnailPhoto": true, "proxyAddresses": true},
		"group":              {"member": true, "managedBy": true, "manager": false},
		"organizationalUnit": {"ou": true, "managedBy": true, "sAMAccountName": false},
		"volume":             {"uNCName": true, "printerName": false},
	} {
		has := map[string]bool{}
		for _, a := range directory.Schema(class) {
			has[a.Name] = true
		}
		for name, wanted := range want {
			if has[name] != wanted {
				t.Errorf("%s has %s: %v", class, name, has[name])
			}
		}
	}
	d, staff := domain(t, newClock())
	refused(t, d.Add(staff.Child("CN", "Share"), "volume", nil), models.ErrInvalid, "65")
	add(t, d, staff.Child("CN", "Share"), "volume", "uNCName", `\\server\share`)
	contact := add(t, d, staff.Child("CN", "Contact"), "contact", "mail", "c@example.test", "proxyAddresses", "SMTP:c@example.test")
	if o := get(t, d, contact); o.Category != models.Person || o.Account.SID != "" {
		t.Errorf("a contact is a person without a SID, not %+v", o)
	}
}

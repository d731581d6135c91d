package adaxes

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
)

// The document's seven examples: what goes over the wire is the file, byte for
// byte, and what is left in the directory is what the document says.
func TestExamplesOverTheWire(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		file    string
		dn      models.DN
		after   models.DN // where another
		enabled bool      // first of all
		// before and holds are attributes as the directory keeps them.
		before, holds map[string][]string
	}{
		{
			file: "example1-phones", dn: johnSmith,
			before: map[string][]string{"telephoneNumber": {"605-457-0000"}, "otherTelephone": {"951-837-6935"}},
			holds:  map[string][]string{"telephoneNumber": {"605-457-8292"}, "otherTelephone": {"951-837-6935", "717-332-8612"}},
		},
		{
			file: "example2-group-scope", dn: myGroup,
			before: map[string][]string{"groupType": {"-2147483646"}}, // global security group
			holds:  map[string][]string{"groupType": {"-2147483640"}}, // universal, and still for security
		},
		{
			file: "example3-account-options", dn: johnSmith,
			before: map[string][]string{"userAccountControl": {"514"}, "pwdLastSet": {"0"}},
			holds:  map[string][]string{"userAccountControl": {"66048"}},
		},
		{file: "example4-revoke-licence", dn: johnSmith},
		{
			file: "example5-manager-and-expiry", dn: johnSmith,
			before: map[string][]string{"manager": nil},
			holds: map[string][]string{
				"manager": {"CN=Richard Roberts,CN=Users,DC=example,DC=com"}, "accountExpires": {"9223372036854775807"},
			},
		},
		{
			file: "example6-rename", dn: johnSmith, after: johnRaymond,
			before: map[string][]string{"name": {"John Smith"}, "cn": {"John Smith"}},
			holds:  map[string][]string{"name": {"John Raymond"}, "cn": {"John Raymond"}},
		},
		{
			file: "example7-disable", dn: johnSmith, enabled: true, // he is disabled from the start
			before: map[string][]string{"userAccountControl": {"512"}},
			holds:  map[string][]string{"userAccountControl": {"514"}},
		},
	} {
		t.Run(test.file, func(t *testing.T) {
			b, r := openExamples(t, adaxes.Options{})
			body, err := os.ReadFile(filepath.Join("testdata", test.file+".json"))
			if err != nil {
				t.Fatal(err)
			}
			if test.enabled {
				enable(t, b, r, test.dn)
			}
			expectHeld(t, r, test.dn, test.before)
			before := r.holds(t, test.dn)
			request, err := Check(body)
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := b.Properties(t.Context(), models.Ref{DN: models.DN(request.Object)})
			if err != nil || len(Problems(request.Fits(sheet.Category, ""))) > 0 {
				t.Fatalf("it does not fit: %v, %v", request.Fits(sheet.Category, ""), err)
			}
			r.patches()
			got, err := b.EditProperties(t.Context(), models.Ref{DN: test.dn}, request.Modification)
			if err != nil {
				t.Fatal(err)
			}
			sent := r.patches()
			if len(sent) != 1 || !slices.Equal(sent[0], body) {
				t.Errorf("over the wire went %q", sent)
			}
			want := test.dn
			if test.after != "" {
				want = test.after
			}
			if got != want {
				t.Errorf("the object is called %s now, want %s", got, want)
			}
			expectHeld(t, r, want, test.holds)
			changed := []string{"whenChanged", "uSNChanged", "distinguishedName", "pwdLastSet", "msDS-UserPasswordExpiryTimeComputed", "msDS-User-Account-Control-Computed"}
			for name, values := range r.holds(t, want) {
				_, meant := test.holds[name]
				if !meant && !slices.Contains(changed, name) && !slices.Equal(values, before[name]) {
					t.Errorf("%s was %q and is %q", name, before[name], values)
				}
			}
		})
	}
}

func enable(t *testing.T, b *Backend, r *recorder, dn models.DN) {
	t.Helper()
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: dn}, models.Modification{Properties: []models.PropertyChange{
		{Name: "userAccountControl", Type: models.Integer, Values: []string{"0"}, Masked: true, Mask: 2},
	}}); err != nil {
		t.Fatal(err)
	}
	const want = `{"directoryObject":"CN=John Smith,CN=Users,DC=example,DC=com","properties":[` +
		`{"propertyName":"userAccountControl","propertyType":"Integer","values":[0],"mask":2}]}`
	if sent := r.patches(); len(sent) != 1 || string(sent[0]) != want {
		t.Errorf("over the wire went %q", sent)
	}
}

func expectHeld(t *testing.T, r *recorder, dn models.DN, want map[string][]string) {
	t.Helper()
	got := r.holds(t, dn)
	for name, values := range want {
		if !slices.Equal(got[name], values) {
			t.Errorf("%s of %s is %q, want %q", name, dn, got[name], values)
		}
	}
}

// The bit for "must change the password" is no part of userAccountControl in the
// directory: pwdLastSet says it.
func TestExample3EndsMustChange(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	body, err := os.ReadFile("testdata/example3-account-options.json")
	if err != nil {
		t.Fatal(err)
	}
	request, err := Check(body)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, request.Modification); err != nil {
		t.Fatal(err)
	}
	if held := r.holds(t, johnSmith)["pwdLastSet"]; slices.Equal(held, []string{"0"}) {
		t.Error("the password still has to be changed")
	}
	request.Modification = models.Modification{Properties: []models.PropertyChange{
		{Name: "userAccountControl", Type: models.Integer, Values: []string{"-2147483648"}, Masked: true, Mask: models.MustChangeFlag},
	}}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, request.Modification); err != nil {
		t.Fatal(err)
	}
	expectHeld(t, r, johnSmith, map[string][]string{"pwdLastSet": {"0"}, "userAccountControl": {"66048"}})
}

// Licences, on servers of both spellings: read, revoked by the document's file,
// assigned again under the server's own name, and read.
func TestLicences(t *testing.T) {
	for _, member := range []string{"o365", "m365"} {
		t.Run(member, func(t *testing.T) {
			b, r := openExamples(t, adaxes.Options{Member: member})
			has := func() bool {
				t.Helper()
				told, err := b.Licences(t.Context(), models.Ref{DN: johnSmith})
				if err != nil {
					t.Fatal(err)
				}
				if !told.HasAccount || told.Location != "US" {
					t.Errorf("account %v in %q", told.HasAccount, told.Location)
				}
				i := slices.IndexFunc(told.Licences, func(l models.Licence) bool { return l.SKU == "ENTERPRISEPACK" })
				if i < 0 {
					t.Fatalf("the licence is not told of: %v", told.Licences)
				}
				if l := told.Licences[i]; l.Name != "Office 365 E3" || l.Total == 0 || l.Consumed == 0 {
					t.Errorf("%+v", l)
				}
				return told.Licences[i].Assigned
			}
			set := func(assigned bool) {
				t.Helper()
				if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{
					Licences: []models.LicenceChange{{SKU: "ENTERPRISEPACK", Assigned: assigned}},
				}); err != nil {
					t.Fatal(err)
				}
			}
			set(true)
			if !has() {
				t.Error("it is not assigned")
			}
			r.patches()
			body, err := os.ReadFile("testdata/example4-revoke-licence.json")
			if err != nil {
				t.Fatal(err)
			}
			request, err := Check(body)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, request.Modification); err != nil {
				t.Fatal(err)
			}
			if sent := r.patches(); len(sent) != 1 || !slices.Equal(sent[0], body) {
				t.Errorf("over the wire went %q", sent)
			}
			if has() {
				t.Error("it is not revoked")
			}
			set(true)
			want := `{"directoryObject":"CN=John Smith,CN=Users,DC=example,DC=com","` + member +
				`":{"licenseModifications":[{"skuPartNumber":"ENTERPRISEPACK","assigned":true}]}}`
			if sent := r.patches(); len(sent) != 1 || string(sent[0]) != want {
				t.Errorf("over the wire went %q", sent)
			}
			if !has() {
				t.Error("it is not assigned again")
			}
		})
	}
}

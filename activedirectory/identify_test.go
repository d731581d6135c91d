package activedirectory

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestIdentify(t *testing.T) {
	f := newFake(t)
	var asked []string
	f.onSearch = func(s *session, r searchRequest) bool {
		if !strings.HasPrefix(r.base, "<") {
			return false
		}
		asked = append(asked, r.base)
		if strings.HasPrefix(r.base, "<GUID=0") {
			_ = s.entry(r.id, string(annaDN), user("anna"))
			s.done(r.id, 0, "", nil)
			return true
		}
		s.done(r.id, 32, "Base-DN '"+r.base+"' not found", nil)
		return true
	}
	b := f.open()
	object, err := b.Identify(t.Context(), " 00112233-4455-6677-8899-AABBccddeeff ")
	if err != nil || object.DN != annaDN || object.Name != "anna" {
		t.Errorf("%+v, %v", object, err)
	}
	var said *models.Error
	if _, err := b.Identify(t.Context(), "s-1-5-21-1-2-3-500"); !errors.Is(err, models.ErrNotFound) || !errors.As(err, &said) || !strings.Contains(said.Advice, "this identifier") {
		t.Errorf("nobody: %v (%+v)", err, said)
	}
	if want := []string{"<GUID=00112233-4455-6677-8899-AABBccddeeff>", "<SID=S-1-5-21-1-2-3-500>"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	for _, id := range []string{"", "anna", "{00112233-4455-6677-8899-aabbccddeeff}", "S-1", "S-1-5-21-1>", string(annaDN)} {
		if _, err := b.Identify(t.Context(), id); !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if len(asked) != 2 {
		t.Errorf("asked for %q", asked)
	}
}

func TestIndirectMembers(t *testing.T) {
	f := newFake(t)
	group, inner := models.DN(`CN=a(b),`+staff), models.DN("CN=inner,"+staff)
	f.onSearch = func(s *session, r searchRequest) bool {
		switch {
		case r.base == string(group):
			_ = s.entry(r.id, r.base, map[string][]string{"member": {"CN=z,DC=x", string(inner)}})
		case r.base == string(inner): // the two lie in each other
			_ = s.entry(r.id, r.base, map[string][]string{"member": {"CN=b,DC=x", "cn=Z, dc=x", string(group)}})
		case r.base == string(testBase) && strings.HasPrefix(r.filter, "(&(objectCategory=group)(memberOf:1.2.840.113556.1.4.1941:=CN=a\\28b\\29,"):
			_ = s.entry(r.id, string(inner), nil)
			_ = s.entry(r.id, strings.ToLower(string(group)), nil)
			s.reference(r.id, "ldap://other/DC=other")
		case r.base == string(testBase) && strings.HasPrefix(r.filter, "(&(objectCategory=group)"):
		default:
			return false
		}
		s.done(r.id, 0, "", nil)
		return true
	}
	b := f.open()
	members, err := b.IndirectMembers(t.Context(), models.Ref{DN: group})
	if want := []models.DN{group, "CN=b,DC=x", inner, "CN=z,DC=x"}; err != nil || !slices.Equal(members, want) {
		t.Errorf("%q, %v, want %q", members, err, want)
	}
	if _, err := b.IndirectMembers(t.Context(), models.Ref{DN: "CN=ghost," + staff}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a group that is not there: %v", err)
	}
}

// A password goes together with what belongs to it, in one modification.
func TestPasswordWithOptionsOnTheWire(t *testing.T) {
	password := models.NewSecret("x")
	quoted := utf16of(`"x"`)
	for name, test := range map[string]struct {
		must    models.Flag
		options models.PasswordOptions
		want    string
	}{
		"nothing else":  {models.Unknown, models.PasswordOptions{}, ""},
		"unlock":        {models.No, models.PasswordOptions{Unlock: true}, "; replace pwdLastSet=-1; replace lockoutTime=0"},
		"never expires": {models.Unknown, models.PasswordOptions{NeverExpires: models.No}, "; delete userAccountControl=66050; add userAccountControl=514"},
		"as it is":      {models.Unknown, models.PasswordOptions{NeverExpires: models.Yes, CannotChange: models.No}, ""},
		"cannot change": {models.Unknown, models.PasswordOptions{CannotChange: models.Yes}, "; replace nTSecurityDescriptor=" + descriptorWith(t, denial(selfSID()), denial(everyoneSID()))},
		"must change":   {models.Yes, models.PasswordOptions{NeverExpires: models.No, CannotChange: models.No}, "; replace pwdLastSet=0; delete userAccountControl=66050; add userAccountControl=514"},
	} {
		f := newKnowing(t, knownAnna(t))
		err := f.open().SetPasswordWith(t.Context(), models.Ref{DN: annaDN}, password, test.must, test.options)
		sent := f.writes.list()
		if want := "replace unicodePwd=" + quoted + test.want; err != nil || len(sent) != 1 || strings.Join(sent[0].lines, "; ") != want {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, sent[0].lines, want)
		}
	}
	f := newKnowing(t, knownAnna(t))
	b := f.open()
	for name, err := range map[string]error{
		"must and never":  b.SetPasswordWith(t.Context(), models.Ref{DN: annaDN}, password, models.Yes, models.PasswordOptions{NeverExpires: models.Yes}),
		"must and cannot": b.SetPasswordWith(t.Context(), models.Ref{DN: annaDN}, password, models.Yes, models.PasswordOptions{CannotChange: models.Yes}),
		"empty":           b.SetPasswordWith(t.Context(), models.Ref{DN: annaDN}, models.Secret{}, models.No, models.PasswordOptions{Unlock: true}),
	} {
		if !errors.Is(err, models.ErrInvalid) || len(f.writes.list()) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

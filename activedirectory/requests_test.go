package activedirectory

import (
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// sent runs one write against a server that takes all and gives what went out.
func sent(t *testing.T, run func(b *Backend) error) []string {
	t.Helper()
	f := newWritable(t)
	if err := run(f.open()); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, w := range f.writes.list() {
		all = append(all, w.kind+" "+w.dn+": "+strings.Join(w.lines, "; "))
	}
	return all
}

func utf16of(text string) string {
	var b strings.Builder
	for _, r := range text { // of the Basic Multilingual Plane
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// What goes out is one request each, with what is to change and nothing else.
func TestRequestsOnTheWire(t *testing.T) {
	dn := models.DN(child("anna"))
	password := models.NewSecret(`pä"ß€`)
	quoted := utf16of(`"pä"ß€"`)
	if got := hex.EncodeToString([]byte(quoted)); got != "22007000e4002200df00ac202200" {
		t.Fatalf("the test is wrong: %s", got)
	}
	second := func(_ models.DN, err error) error { return err }
	for name, test := range map[string]struct {
		run  func(b *Backend) error
		want []string
	}{
		"user with all": {
			func(b *Backend) error {
				return second(b.CreateUser(t.Context(), models.NewUser{
					Container: models.Ref{DN: staff}, LogonName: "bo", GivenName: "Bo", Surname: "Ek, Jr.", Mail: "b@x", Description: "d",
					Disabled: true, NeverExpires: true,
				}, password))
			},
			[]string{`add CN=Bo Ek\, Jr.,` + staff + ": objectClass=user; sAMAccountName=bo; userPrincipalName=bo@example.test; givenName=Bo; sn=Ek, Jr.; mail=b@x; description=d; userAccountControl=66050; unicodePwd=" + quoted},
		},
		"user with little": {
			func(b *Backend) error {
				return second(b.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: staff}, LogonName: "bo", DisplayName: "B", GivenName: "Bo", MustChange: true}, password))
			},
			[]string{"add CN=B," + staff + ": objectClass=user; sAMAccountName=bo; userPrincipalName=bo@example.test; givenName=Bo; displayName=B; userAccountControl=512; unicodePwd=" + quoted + "; pwdLastSet=0"},
		},
		"password": {
			func(b *Backend) error {
				return b.SetPassword(t.Context(), models.Ref{DN: dn}, password, models.Unknown)
			},
			[]string{"modify " + string(dn) + ": replace unicodePwd=" + quoted},
		},
		"password and must change": {
			func(b *Backend) error { return b.SetPassword(t.Context(), models.Ref{DN: dn}, password, models.Yes) },
			[]string{"modify " + string(dn) + ": replace unicodePwd=" + quoted + "; replace pwdLastSet=0"},
		},
		"edit": {
			func(b *Backend) error {
				return b.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{
					{Field: models.FieldMail, Before: "same", BeforeKnown: true, After: "same"},
					{Field: models.FieldTelephone, Before: "1", BeforeKnown: true},
					{Field: models.FieldGivenName, After: "Anna"},
				})
			},
			[]string{"modify " + string(dn) + ": delete telephoneNumber=1; replace givenName=Anna"},
		},
		"edit of nothing": {
			func(b *Backend) error {
				return b.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldMail, Before: "", BeforeKnown: true}})
			},
			nil,
		},
		"group": {
			func(b *Backend) error {
				return second(b.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: staff}, Name: "#1", Scope: models.ScopeUniversal, Type: models.TypeSecurity}))
			},
			[]string{`add CN=\#1,` + staff + ": objectClass=group; sAMAccountName=#1; groupType=-2147483640"},
		},
		"disable keeps the other bits": {
			func(b *Backend) error { return b.SetEnabled(t.Context(), models.Ref{DN: dn}, false) },
			[]string{"modify " + string(dn) + ": delete userAccountControl=66048; add userAccountControl=66050"},
		},
		"enable what is enabled": {func(b *Backend) error { return b.SetEnabled(t.Context(), models.Ref{DN: dn}, true) }, nil},
		"expiry": {
			func(b *Backend) error { return b.SetExpiry(t.Context(), models.Ref{DN: dn}, models.ExpiryFromUnix(1)) },
			[]string{"modify " + string(dn) + ": add accountExpires=116444736010000000"},
		},
		"rename": {
			func(b *Backend) error { return second(b.Rename(t.Context(), models.Ref{DN: dn}, "Berg, A")) },
			[]string{"rename " + string(dn) + `: CN=Berg\, A; ` + "\xff"},
		},
		"move keeps the name as it is written": {
			func(b *Backend) error {
				return second(b.Move(t.Context(), models.Ref{DN: `cn=a\2cb,` + staff}, models.Ref{DN: testBase}))
			},
			[]string{`rename cn=a\2cb,` + staff + `: cn=a\2cb; ` + "\xff; " + string(testBase)},
		},
	} {
		if got := sent(t, test.run); !slices.Equal(got, test.want) {
			t.Errorf("%s\ngot  %q\nwant %q", name, got, test.want)
		}
	}
}

// refused runs an unlock that the server answers so.
func refused(t *testing.T, code uint16, words string) *models.Error {
	t.Helper()
	f := newWritable(t)
	f.onWrite = func(s *session, w writeRequest) { s.refuse(w, code, words) }
	err := f.open().Unlock(t.Context(), models.Ref{DN: models.DN(child("anna"))})
	var said *models.Error
	if !errors.As(err, &said) {
		t.Fatalf("%d %s: got %v", code, words, err)
	}
	return said
}

// The diagnostics of Samba are tried on a Samba; these are of Windows, or hard to
// bring about.
func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		code   uint16
		words  string
		kind   error
		shown  string
		advice string
	}{
		{53, "0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\x00", models.ErrPolicy, "LDAP 53 0000052D", "password does not meet"},
		{19, "0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n", models.ErrPolicy, "LDAP 19 0000052D", "password does not meet"},
		{19, "0000052D: Constraint violation - check_password_restrictions: the password was already used (in history)!", models.ErrPolicy, "LDAP 19 0000052D", "used before"},
		{19, "0000052D: Constraint violation - check_password_restrictions: password is too young to change!", models.ErrPolicy, "LDAP 19 0000052D", "only lately"},
		{68, "00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0\n", models.ErrExists, "LDAP 68 00000524", "logon name"},
		{68, "00002071: UpdErr: DSID-0305038D, problem 6005 (ENTRY_EXISTS), data 0\n", models.ErrExists, "LDAP 68 00002071", "in the container"},
		{50, "00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n", models.ErrDenied, "LDAP 50 00002098", "has the permission"},
		{50, "", models.ErrDenied, "LDAP 50", "has the permission"},
		{51, "", models.ErrBusy, "LDAP 51", "in a moment"},
		{80, "", models.ErrServer, "LDAP 80", "log"},
		{80, "00002095: objectclass: Cannot rename CN=a, parent does not exist!", models.ErrNotFound, "LDAP 80 00002095", "choose another"},
		{10, "0000202B: RefErr", models.ErrNotFound, "LDAP 10 0000202B", "controller of that domain"},
		{10, "0000202B: RefErr: DSID-0310082F, data 0, 1 access points\n\tref 1: 'EMEA.example.com'\n", models.ErrNotFound, "LDAP 10 0000202B", "connect to emea.example.com"},
		{53, "00002077: SvcErr: DSID-03190F41, problem 5003 (WILL_NOT_PERFORM), data 0", models.ErrInvalid, "LDAP 53 00002077", "missing, or is not one"},
		{19, "00002082: AtrErr: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att d (description)", models.ErrInvalid, "LDAP 19 00002082", "too long"},
		{53, "00002024: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0", models.ErrPolicy, "LDAP 53 00002024", "keeps this attribute itself"},
		{53, "00000561: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0", models.ErrNotFound, "LDAP 53 00000561", "no member"},
		{68, "00000562: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0", models.ErrExists, "LDAP 68 00000562", "member of the group already"},
		{19, "00000523: AtrErr: DSID-03191083", models.ErrInvalid, "LDAP 19 00000523", "account's name"},
		{53, "0000FFFF: SvcErr: a number that nobody knows", models.ErrPolicy, "LDAP 53 0000FFFF", "no more is known"},
		{12, "", models.ErrUnsupported, "LDAP 12", "another kind of connection"},
		{11, "", models.ErrPolicy, "LDAP 11", "smaller parts"},
		{16, "acl_modify: attribute 'x' was not found in the schema!", models.ErrInvalid, "LDAP 16", "correct what was given"},
		{21, "0000200B: objectclass_attrs: attribute 'physicalDeliveryOfficeName' on entry 'CN=a' contains at least one invalid value!", models.ErrInvalid, "LDAP 21 0000200B", "office: too long"},
		{34, "could not parse hello as a DN", models.ErrInvalid, "LDAP 34", "correct what was given"},
		{19, "000021C8: AtrErr: DSID-03200EB2", models.ErrExists, "LDAP 19 000021C8", "name@domain"},
		{1, "00002020: Operation unavailable without authentication", models.ErrSession, "LDAP 1 00002020", "Sign in"},
		{1, "00002020: operations error at ../../source4/dsdb/samdb/ldb_modules/samldb.c:3245", models.ErrServer, "LDAP 1 00002020", "log"},
	} {
		said := refused(t, test.code, test.words)
		if !errors.Is(said, test.kind) || said.Code != test.shown || !strings.Contains(strings.ToLower(models.AdviceFor(said)), strings.ToLower(test.advice)) {
			t.Errorf("%d %q: %v, advice %q; want %v and %q", test.code, test.words, said, models.AdviceFor(said), test.kind, test.advice)
		}
	}
}

// Each number that Windows begins a refusal with has words of its own; of another
// one nobody pretends to know more than the server says.
func TestEveryNumberOfARefusalHasWordsOfItsOwn(t *testing.T) {
	of := map[string]string{}
	for _, test := range []struct {
		number string
		code   uint16
		kind   error
	}{
		{"00000005", 50, models.ErrDenied},
		{"00000523", 19, models.ErrInvalid},
		{"00000524", 68, models.ErrExists},
		{"0000052D", 53, models.ErrPolicy},
		{"00000561", 53, models.ErrNotFound},
		{"00000562", 68, models.ErrExists},
		{"00002024", 53, models.ErrPolicy},
		{"00002014", 10, models.ErrNotFound}, // the result says what it is
		{"00002014", 65, models.ErrInvalid},
		{"00002030", 32, models.ErrNotFound},
		{"00002071", 68, models.ErrExists},
		{"00002077", 53, models.ErrInvalid},
		{"00002077", 19, models.ErrInvalid},
		{"00002082", 19, models.ErrInvalid},
		{"00002141", 53, models.ErrPolicy},
		{"00000057", 12, models.ErrUnsupported},
		{"00008899", 53, models.ErrPolicy},
	} {
		said := refused(t, test.code, test.number+": SvcErr: DSID-031A1236,\tproblem 1 (SOME),\r\ndata 0\n\x00")
		advice := models.AdviceFor(said)
		if !errors.Is(said, test.kind) || said.Server != test.number+": SvcErr: DSID-031A1236, problem 1 (SOME), data 0" {
			t.Errorf("%s: %v, the server says %q", test.number, said, said.Server)
		}
		if other, taken := of[advice]; taken && other != test.number {
			t.Errorf("%s and %s share the words %q", test.number, other, advice)
		}
		if strings.Contains(advice, "empty") {
			t.Errorf("%s: nobody said that it cannot be empty: %q", test.number, advice)
		}
		if unknown := strings.Contains(advice, "no more is known"); unknown != (test.number == "00008899") {
			t.Errorf("%s: %q", test.number, advice)
		}
		of[advice] = test.number
	}
	same := refused(t, 32, "0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0")
	if !errors.Is(same, models.ErrNotFound) || of[models.AdviceFor(same)] != "00002030" {
		t.Errorf("0000208D: %v, %q", same, models.AdviceFor(same))
	}
	for _, action := range []string{"set the password of", "change"} {
		err := writeError(action, "anna", ldap.NewError(53, errors.New("00002077: SvcErr: DSID-03190F41")))
		if denied := errors.Is(err, models.ErrDenied); denied != strings.Contains(action, "password") {
			t.Errorf("00002077 of %q: %v, %q", action, err, models.AdviceFor(err))
		}
	}
}

// Windows does not say how many children there are.
func TestNotEmptyCountsTheChildren(t *testing.T) {
	for children, want := range map[int]string{0: "There are objects", 1: "There is 1 object", 12: "There are 12 objects"} {
		f := newFake(t)
		f.onSearch = func(s *session, r searchRequest) bool {
			if !isStaff(r) {
				return false
			}
			for _, dn := range many(children) {
				_ = s.entry(r.id, dn, nil)
			}
			s.done(r.id, 0, "", nil)
			return true
		}
		f.onWrite = func(s *session, w writeRequest) {
			s.refuse(w, ldap.LDAPResultNotAllowedOnNonLeaf, "00002015: UpdErr: DSID-031A1199, problem 6003 (CANT_ON_NON_LEAF), data 0")
		}
		_ = f.open().Delete(t.Context(), models.Refs(staff), false, func(_ models.DN, err error) {
			var said *models.Error
			if !errors.Is(err, models.ErrNotEmpty) || !errors.As(err, &said) || !strings.HasPrefix(said.Advice, want) {
				t.Errorf("%d children: %v %+v", children, err, said)
			}
		})
	}
}

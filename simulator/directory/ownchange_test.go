package directory_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// ownChange is one change of a password by its owner, and Samba's answer.
type ownChange struct {
	name       string
	old, fresh string
	kind       error // nil: done
	code       string
}

// ownChanges follow one another on an account whose password is that of right,
// with a history of three and no minimum age.
func ownChanges() []ownChange {
	return []ownChange{
		{"wrong old password", "Wrong-Horse-1", "First-Horse-1", models.ErrCredentials, "LDAP 19 00000056"},
		{"weak", right.Reveal(), "weak", models.ErrPolicy, "LDAP 19 0000052D"},
		{"first", right.Reveal(), "First-Horse-1", nil, ""},
		{"the same again", "First-Horse-1", "First-Horse-1", models.ErrPolicy, "LDAP 19 0000052D"},
		{"the one before", "First-Horse-1", right.Reveal(), models.ErrPolicy, "LDAP 19 0000052D"},
		{"second", "First-Horse-1", "Second-Horse-2", nil, ""},
		{"the one before that", "Second-Horse-2", right.Reveal(), models.ErrPolicy, "LDAP 19 0000052D"},
		{"third", "Second-Horse-2", "Third-Horse-3", nil, ""},
		{"out of the history", "Third-Horse-3", right.Reveal(), nil, ""},
	}
}

func TestAPersonsOwnChangeOfPassword(t *testing.T) {
	d, dn := account(t, newClock())
	p := policy()
	p.PasswordHistory, p.MinPasswordAge = 3, 0
	d.SetPolicy(p)
	for _, c := range ownChanges() {
		err := d.ChangePassword(dn, models.NewSecret(c.old), models.NewSecret(c.fresh))
		var told *models.Error
		switch {
		case c.kind == nil && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.kind != nil && (!errors.Is(err, c.kind) || !errors.As(err, &told) || told.Code != c.code):
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		case c.kind == nil:
			if _, err := d.Authenticate("aberg", models.NewSecret(c.fresh)); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
	refused(t, d.ChangePassword("CN=Ghost,"+dn.Parent(), right, right), models.ErrNotFound, "32")
}

func TestAPasswordMustBeKeptForAWhile(t *testing.T) {
	c := newClock()
	d, dn := account(t, c)
	p := policy()
	p.MinPasswordAge = 24 * time.Hour
	d.SetPolicy(p)
	next := func(i int) models.Secret { return models.NewSecret(fmt.Sprintf("Next-Horse-%d", i)) }
	refused(t, d.ChangePassword(dn, right, next(1)), models.ErrPolicy, "19")
	c.advance(24 * time.Hour)
	if err := d.ChangePassword(dn, right, next(1)); err != nil {
		t.Error(err)
	}
	refused(t, d.ChangePassword(dn, next(1), next(2)), models.ErrPolicy, "19")
	// An administrator is not held to the age, nor to the history, and who must
	// change may do it at once.
	if err := d.SetPassword(dn, next(1), true); err != nil {
		t.Error(err)
	}
	if err := d.ChangePassword(dn, next(1), next(2)); err != nil {
		t.Error(err)
	}
}

func TestAPasswordDoesNotNameItsAccount(t *testing.T) {
	d, dn := account(t, newClock(), "displayName", "Anna-Lu v. Berg")
	for secret, good := range map[string]bool{
		"xABERGx-12": false, "1-anna-One": false, "Berg.Werk.9": false, "Lu-and-v-12": true, "Something-7": true,
	} {
		if err := d.SetPassword(dn, models.NewSecret(secret), false); good != (err == nil) {
			t.Errorf("%q: %v", secret, err)
		} else if !good {
			refused(t, err, models.ErrPolicy, "19")
		}
	}
	p := d.Policy()
	p.PasswordWithoutName = false
	d.SetPolicy(p)
	if err := d.SetPassword(dn, models.NewSecret("xABERGx-12"), false); err != nil {
		t.Error(err)
	}
}

// An account that is refused its password is not made, and leaves no trace.
func TestAnAccountIsMadeWithItsPasswordOrNotAtAll(t *testing.T) {
	d, staff := domain(t, newClock())
	dn := staff.Child("CN", "New")
	fields := attributes("sAMAccountName", "new", "userAccountControl", "512")
	before := dump(t, d)
	refused(t, d.AddAccount(dn, "user", fields, models.NewSecret("weak")), models.ErrPolicy, "19")
	refused(t, d.AddAccount(dn, "group", attributes("sAMAccountName", "new"), right), models.ErrPolicy, "53")
	if after := dump(t, d); after != before {
		t.Errorf("left behind:\n%s", after)
	}
	if err := d.AddAccount(dn, "user", fields, right); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Authenticate("new", right); err != nil {
		t.Error(err)
	}
	must := attributes("sAMAccountName", "must", "userAccountControl", "512", "PWDLASTSET", "0")
	if err := d.AddAccount(staff.Child("CN", "Must"), "user", must, right); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Authenticate("must", right); !errors.Is(err, directory.ErrMustChangePassword) {
		t.Errorf("must change: %v", err)
	}
}

func TestSeveralMembersAreAddedOrNone(t *testing.T) {
	d, staff := domain(t, newClock())
	a, b := add(t, d, staff.Child("CN", "A"), "user"), add(t, d, staff.Child("CN", "B"), "user")
	team := add(t, d, staff.Child("CN", "Team"), "group", "member", string(a))
	before := dump(t, d)
	refused(t, d.AddMembers(team, []models.DN{b, a}), models.ErrExists, "68")
	refused(t, d.AddMembers(team, []models.DN{b, "CN=Ghost," + staff}), models.ErrNotFound, "32")
	if after := dump(t, d); after != before {
		t.Errorf("some were added:\n%s", after)
	}
	if err := d.AddMembers(team, []models.DN{b, team, b}); err != nil {
		t.Fatal(err)
	}
	if members, err := d.Members(team); err != nil || len(members) != 3 {
		t.Errorf("%q, %v", members, err)
	}
}

package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

// guarded is a world that tells what its operator may do.
type guarded struct {
	*world
	rights map[models.DN]models.Rights
	err    error
	asked  []models.DN
}

func (g *guarded) Rights(_ context.Context, ref models.Ref) (models.Rights, error) {
	g.asked = append(g.asked, ref.DN)
	return g.rights[ref.DN], g.err
}

// may is a right to write some attributes and nothing else.
func may(attributes ...string) models.Rights {
	return models.Rights{
		Class: "user", Reset: models.No, Delete: models.No, Rename: models.No, Writes: writes(attributes...),
		Creates: models.Permissions([]string{"user", "group", "organizationalUnit"}, nil),
	}
}

// writes are the attributes of the tests, of which some may be written.
func writes(attributes ...string) map[string]models.Flag {
	return models.Permissions([]string{
		"telephoneNumber", "mail", "member", "userAccountControl", "lockoutTime", "accountExpires", "pwdLastSet", "nTSecurityDescriptor", "description", "manager", "employeeID",
	}, attributes)
}

func allowed(rights models.Rights) (*guarded, *Desk) {
	g := &guarded{world: newWorld(), rights: map[models.DN]models.Rights{doe: rights, sales: rights, staff: rights, empty: rights}}
	return g, New(g, Options{Mode: Open})
}

// changesOf is a change of each action that takes a right.
func changesOf() map[models.Action]models.Change {
	on := func(dn models.DN, c models.Change) models.Change { c.DN = dn; return c }
	return map[models.Action]models.Change{
		models.CreateUser: {
			User:     &models.NewUser{Container: models.Ref{DN: staff}, LogonName: "newbie", DisplayName: "New Bee"},
			Password: models.NewSecret("Correct-Horse-7"),
		},
		models.CreateGroup:   {Group: &models.NewGroup{Container: models.Ref{DN: staff}, Name: "New", Scope: models.ScopeGlobal, Type: models.TypeSecurity}},
		models.CreateOU:      {DN: staff.Child("OU", "New"), NewParent: models.Ref{DN: staff}},
		models.Edit:          on(doe, models.Change{Fields: []models.FieldChange{{Field: models.FieldTelephone, After: "1"}, {Field: models.FieldMail, After: "a@b.test"}}}),
		models.SetPassword:   on(doe, models.Change{Password: models.NewSecret("Correct-Horse-7")}),
		models.AddMembers:    on(sales, models.Change{Members: models.Refs(roe)}),
		models.RemoveMembers: on(sales, models.Change{Members: models.Refs(doe)}),
		models.Enable:        on(doe, models.Change{}),
		models.Disable:       on(doe, models.Change{}),
		models.Unlock:        on(doe, models.Change{}),
		models.SetExpiry:     on(doe, models.Change{Expiry: models.ExpiryAt(now)}),
		models.SetMustChange: on(doe, models.Change{MustChange: models.Yes}),
		models.Protect:       on(doe, models.Change{}),
		models.Unprotect:     on(doe, models.Change{}),
		models.Rename:        on(doe, models.Change{NewName: "Johnny"}),
		models.Move:          on(doe, models.Change{NewParent: models.Ref{DN: empty}}),
		models.Delete:        on(doe, models.Change{}),
		models.Modify: on(doe, models.Change{Modification: &models.Modification{Properties: []models.PropertyChange{
			{Name: "employeeID", Type: models.CaseIgnoreString, Values: []string{"7"}},
		}}}),
	}
}

// What the server would refuse is refused in the plan, before anything is sent, with
// the right that is missing.
func TestAPlanSaysWhatTheOperatorMayNotDo(t *testing.T) {
	t.Parallel()
	words := map[models.Action]string{
		models.CreateUser: "you may not create a user here", models.CreateGroup: "you may not create a group here",
		models.CreateOU: "you may not create an OU here", models.Edit: "you may not write telephoneNumber and mail here",
		models.SetPassword: "you may not reset passwords here", models.AddMembers: "you may not write member here",
		models.RemoveMembers: "you may not write member here", models.Enable: "you may not write userAccountControl here",
		models.Disable: "you may not write userAccountControl here", models.Unlock: "you may not write lockoutTime here",
		models.SetExpiry: "you may not write accountExpires here", models.SetMustChange: "you may not write pwdLastSet here",
		models.Rename: "you may not rename it", models.Move: "you may not move it away from here", models.Delete: "you may not delete it",
		models.Modify: "you may not write employeeID here", models.Protect: "you may not write nTSecurityDescriptor here",
		models.Unprotect: "you may not write nTSecurityDescriptor here",
	}
	changes := changesOf()
	for _, action := range models.Actions() {
		c, takesOne := changes[action]
		if !takesOne {
			if !slices.Contains([]models.Action{models.SyncDomain, models.SendResetMail}, action) {
				t.Errorf("%s: no case for it", action)
			}
			continue
		}
		c.Action = action
		g, d := allowed(may())
		g.objects[2].Disabled = models.FlagOf(action == models.Enable)
		g.objects[2].Protected = models.FlagOf(action == models.Unprotect)
		plan, err := d.Plan(t.Context(), []models.Change{c}, PlanOptions{})
		if err != nil {
			t.Fatal(action, err)
		}
		refused := plan.Steps[0].Refused
		if !errors.Is(refused, models.ErrDenied) || !strings.Contains(refused.Error(), words[action]) {
			t.Errorf("%s: %v, want %q", action, refused, words[action])
		}
		// What is not known is the server's to decide.
		for name, unknown := range map[string]*guarded{
			"nothing is told": {world: g.world}, "it cannot be asked": {world: g.world, rights: g.rights, err: models.ErrUnreachable},
		} {
			plan, err := New(unknown, Options{Mode: Open}).Plan(t.Context(), []models.Change{c}, PlanOptions{})
			if err != nil || plan.Steps[0].Refused != nil {
				t.Errorf("%s, %s: %v, %v", action, name, err, plan.Steps[0].Refused)
			}
		}
	}
}

// Of a new password only what goes with it is asked besides the right to reset.
func TestWhatGoesWithAPasswordTakesRightsOfItsOwn(t *testing.T) {
	t.Parallel()
	_, d := allowed(models.Rights{Reset: models.Yes, Writes: writes("lockoutTime")})
	if _, err := d.May(t.Context(), models.Ref{DN: doe}); err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]models.Change{
		"":                                  {Options: models.PasswordOptions{Unlock: true}},
		"you may not write pwdLastSet here": {MustChange: models.Yes},
		"you may not write userAccountControl here":   {Options: models.PasswordOptions{NeverExpires: models.Yes}},
		"you may not write nTSecurityDescriptor here": {Options: models.PasswordOptions{CannotChange: models.Yes}},
	} {
		c.Action, c.DN, c.Category = models.SetPassword, doe, models.Person
		if got := d.Refuses(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A key is told of what was asked, costs no request, and forgets it after a write.
func TestKeysGoByTheRightsThatAreKnown(t *testing.T) {
	t.Parallel()
	g, d := allowed(may("telephoneNumber"))
	john := g.objects[2]
	if why := d.Can(models.Unlock, john); why != "" {
		t.Errorf("before it was asked: %q", why)
	}
	if _, err := d.May(t.Context(), john.Ref()); err != nil {
		t.Fatal(err)
	}
	for action, want := range map[models.Action]string{
		models.Unlock: "you may not write lockoutTime here", models.SetPassword: "you may not reset passwords here",
		models.Edit: "", models.Modify: "", models.CreateUser: "a user holds no objects",
	} {
		if why := d.Can(action, john); why != want {
			t.Errorf("%s: %q, want %q", action, why, want)
		}
	}
	if len(g.asked) != 1 {
		t.Errorf("asked for %q", g.asked)
	}
	change := models.Change{Action: models.Edit, Fields: []models.FieldChange{{Field: models.FieldTelephone, After: "2"}}}.Of(john)
	plan, err := d.Plan(t.Context(), []models.Change{change}, PlanOptions{})
	if err != nil || plan.Refused() != nil {
		t.Fatal(err, plan.Refused())
	}
	for range d.Apply(t.Context(), plan) {
	}
	if why := d.Can(models.Unlock, john); why != "" || d.KnowsRights(john.Ref()) {
		t.Errorf("after a write: %q", why)
	}
}

// Rights that were given meanwhile count: nothing is refused by an old answer.
func TestAPlanAsksAnewBeforeItRefuses(t *testing.T) {
	t.Parallel()
	g, d := allowed(may())
	if _, err := d.May(t.Context(), models.Ref{DN: doe}); err != nil {
		t.Fatal(err)
	}
	g.rights[doe] = may("lockoutTime")
	plan, err := d.Plan(t.Context(), []models.Change{{Action: models.Unlock, DN: doe}}, PlanOptions{})
	if err != nil || plan.Refused() != nil {
		t.Errorf("%v, %v", err, plan.Refused())
	}
}

func TestAProtectedAccountIsSaidToBeOne(t *testing.T) {
	t.Parallel()
	rights := may()
	rights.Protected = true
	g, d := allowed(rights)
	if _, err := d.May(t.Context(), models.Ref{DN: doe}); err != nil {
		t.Fatal(err)
	}
	if why := d.Can(models.SetPassword, g.objects[2]); why != "the desk's delegation does not reach protected accounts" {
		t.Errorf("%q", why)
	}
}

// A move takes a right at the target too.
func TestAMoveIsHeldAgainstItsTarget(t *testing.T) {
	t.Parallel()
	g, d := allowed(models.Rights{Class: "user", Delete: models.Yes, Rename: models.Yes})
	g.rights[empty] = may()
	move := changesOf()[models.Move]
	move.Action = models.Move
	if plan, err := d.Plan(t.Context(), []models.Change{move}, PlanOptions{}); err != nil || plan.Refused() == nil ||
		!strings.Contains(plan.Refused().Error(), "you may not put a user there") {
		t.Errorf("%v, %v", err, plan.Refused())
	}
}

// DSM writes as DSM may: the directory beside it judges only what goes through it.
func TestRightsJudgeOnlyWhatTheirAccountWrites(t *testing.T) {
	t.Parallel()
	g, _ := allowed(may())
	d := New(Combine(newDSM(g.world), g), Options{Mode: Open})
	john := g.objects[2]
	if _, err := d.May(t.Context(), john.Ref()); err != nil {
		t.Fatal(err)
	}
	for action, want := range map[models.Action]string{
		models.Edit: "", models.SetPassword: "", models.Rename: "you may not rename it", models.Unlock: "you may not write lockoutTime here",
	} {
		if why := d.Can(action, john); why != want {
			t.Errorf("%s: %q, want %q", action, why, want)
		}
	}
}

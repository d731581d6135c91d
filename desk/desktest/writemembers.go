package desktest

import (
	"slices"
	"strconv"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// membersAre compares who of some objects is in a group.
func (w *writes) membersAre(t *testing.T, group models.DN, all, want []models.DN) {
	t.Helper()
	for _, dn := range all {
		in := slices.ContainsFunc(w.stored(t, dn).Account.MemberOf, group.Equal)
		if in != slices.ContainsFunc(want, dn.Equal) {
			t.Errorf("%s is in %s: %v", dn.RDN().Value, group.RDN().Value, in)
		}
	}
}

// put changes who is in a group. Who cannot list members can not verify it.
func (w *writes) put(t *testing.T, action models.Action, group models.DN, members ...models.DN) {
	t.Helper()
	out := w.accepted(t, models.Change{Action: action, DN: group, Members: models.Refs(members...)})
	if out.Verified != able[desk.MemberReader](w) {
		t.Errorf("%s: verified %v: %s", action, out.Verified, out.Words)
	}
}

func (w *writes) members(t *testing.T) {
	group, inner := w.newGroup(t, "cf-team"), w.newGroup(t, "cf-inner")
	odd := w.done(t, creation(models.NewUser{Container: models.Ref{DN: w.workshop().Child("OU", oddContainers()[0])}, LogonName: "cf-odd-member"}, w.good())).NewDN
	one, two := w.newUser(t, "cf-one"), w.newUser(t, "cf-two")
	all := []models.DN{odd, one, two, inner}

	w.put(t, models.AddMembers, group, one)
	w.membersAre(t, group, all, []models.DN{one})
	w.put(t, models.AddMembers, group, one) // is in it: no error
	w.put(t, models.AddMembers, group, odd, one, inner)
	w.membersAre(t, group, all, []models.DN{odd, one, inner})
	adder := can[desk.MemberAdder](t, w)
	if err := adder.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(one, odd)); err != nil {
		t.Errorf("the backend, who is in it already: %v", err)
	}
	if err := adder.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(one, two)); err != nil {
		t.Errorf("the backend, one of two is in it already: %v", err)
	}
	w.membersAre(t, group, all, all)
}

func (w *writes) membersRefused(t *testing.T) {
	group, user := w.newGroup(t, "cf-fixed"), w.newUser(t, "cf-outside")
	ghost := w.workshop().Child("CN", "Ghost")
	adder := can[desk.MemberAdder](t, w)
	w.refused(t, "no such group", models.Change{Action: models.AddMembers, DN: ghost, Members: models.Refs(user)}, models.ErrNotFound)
	wantKind(t, "no such group, of the backend", adder.AddMembers(t.Context(), models.Ref{DN: ghost}, models.Refs(user)), models.ErrNotFound)
	w.refused(t, "nobody", models.Change{Action: models.AddMembers, DN: group, Members: models.Refs(ghost)}, models.ErrNotFound)
	wantKind(t, "nobody, of the backend", adder.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(ghost)), models.ErrNotFound)
	w.refused(t, "a user is no group", models.Change{Action: models.AddMembers, DN: user, Members: models.Refs(group)}, models.ErrUnsupported, models.ErrInvalid)
	w.membersAre(t, group, []models.DN{user}, nil)
}

func (w *writes) membersOut(t *testing.T) {
	can[desk.MemberRemover](t, w)
	group := w.newGroup(t, "cf-leaving")
	one, two, three := w.newUser(t, "cf-out-1"), w.newUser(t, "cf-out-2"), w.newUser(t, "cf-out-3")
	all := []models.DN{one, two, three}
	w.put(t, models.AddMembers, group, one)
	w.put(t, models.AddMembers, group, one, two)
	// Taken back, only who was not in it before is out again.
	w.undo(t)
	w.membersAre(t, group, all, []models.DN{one})
	w.put(t, models.AddMembers, group, all...)
	w.put(t, models.RemoveMembers, group, two, three)
	w.membersAre(t, group, all, []models.DN{one})
	w.undo(t)
	w.membersAre(t, group, all, all)
	w.put(t, models.RemoveMembers, group, two)
	w.put(t, models.RemoveMembers, group, two, one) // two is out: no error
	w.membersAre(t, group, all, []models.DN{three})
	w.refused(t, "no such group", models.Change{
		Action: models.RemoveMembers, DN: w.workshop().Child("CN", "Ghost"), Members: models.Refs(one),
	}, models.ErrNotFound)
}

// primaryGroup puts nobody into the group that is their primary one, and takes
// nobody out of it; who is in it is told all the same.
func (w *writes) primaryGroup(t *testing.T) {
	can[desk.PrimaryMemberReader](t, w)
	user, group, outer := w.newUser(t, "cf-primary"), w.newGroup(t, "cf-main"), w.newGroup(t, "cf-outer-main")
	w.put(t, models.AddMembers, group, user)
	w.put(t, models.AddMembers, outer, group)
	rid := strconv.Itoa(w.read(t, group).PrimaryGroupToken)
	was := w.read(t, user).Account.PrimaryGroup
	if was.RDN().Value != "Domain Users" {
		t.Errorf("the primary group of a new user is %q", was)
	}
	w.done(t, propertyChange(user, models.PropertyChange{Name: "primaryGroupID", Type: models.Integer, Values: []string{rid}}))
	if got := w.read(t, user).Account; !got.PrimaryGroup.Equal(group) || slices.ContainsFunc(got.MemberOf, group.Equal) || !slices.ContainsFunc(got.MemberOf, was.Equal) {
		t.Errorf("primary group %s, in %s", got.PrimaryGroup, got.MemberOf)
	}
	for _, dn := range []models.DN{group, outer} {
		for _, indirect := range []bool{false, true} {
			members, err := w.desk.Everyone(t.Context(), models.Ref{DN: dn}, indirect)
			in := slices.ContainsFunc(members.DNs, user.Equal)
			if err != nil || in != (indirect || dn == group) || members.IsPrimary(user) != (dn == group) || members.Unknown != "" {
				t.Errorf("%s, indirect %v: %+v, %v", dn.RDN().Value, indirect, members, err)
			}
		}
	}
	w.refused(t, "taken out", models.Change{Action: models.RemoveMembers, DN: group, Members: models.Refs(user)}, models.ErrPolicy)
	w.accepted(t, models.Change{Action: models.AddMembers, DN: group, Members: models.Refs(user)}, "is in it already: it is the primary group")
	w.refused(t, "the group deleted", models.Change{Action: models.Delete, DN: group}, models.ErrPolicy)
	w.done(t, propertyChange(user, models.PropertyChange{Name: "primaryGroupID", Type: models.Integer, Values: []string{"513"}}))
	w.done(t, models.Change{Action: models.Delete, DN: group})
}

func (w *writes) read(t *testing.T, dn models.DN) models.Object {
	t.Helper()
	o, err := w.desk.Read(t.Context(), models.Ref{DN: dn})
	if err != nil || o.Account == nil {
		t.Fatalf("read %s: %v", dn, err)
	}
	return o
}

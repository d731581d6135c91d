package conformance

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/desk/desktest"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	served "dirdesk/simulator/ldap"
)

// Two operators at work on the same objects: what one has seen in a plan, the
// other changes before the yes.
func TestTwoDesks(t *testing.T) {
	for name, open := range map[string]func(*testing.T, *directory.Directory) desk.Backend{
		"LDAP": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openLDAP(t, d, served.Traits{})
			return b
		},
		"Windows": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openLDAP(t, d, served.Windows())
			return b
		},
		"Adaxes": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openAdaxes(t, simulator.Options{Directory: d}, true)
			return b
		},
		"DSM": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openSynology(t, simulator.Options{Directory: d})
			return b
		},
		"DSM and LDAP": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, dsm := openSynology(t, simulator.Options{Directory: d})
			_, ldap := openLDAP(t, d, served.Traits{})
			return desk.Combine(dsm, ldap)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.WriteEntries(d.BaseDN()))
			_, other := openLDAP(t, d, served.Traits{})
			twoDesks(t, open(t, d), other, d.BaseDN())
		})
	}
}

// operators are two desks on one domain, the second of which can do everything.
type operators struct {
	*testing.T
	mine, other *desk.Desk
	book        *journal.Journal
	place       models.DN
}

func twoDesks(t *testing.T, mine, other desk.Backend, base models.DN) {
	book, err := journal.Open(t.TempDir()+"/journal.jsonl", nil)
	must(t, err)
	o := operators{
		t, desk.New(mine, desk.Options{Mode: desk.Open, Journal: book}), desk.New(other, desk.Options{Mode: desk.Open}), book,
		base.Child("OU", "Two desks"),
	}
	o.does(models.Change{Action: models.CreateOU, DN: o.place})
	for _, test := range []func(operators){
		operators.theNameIsAnothers, operators.theValueIsAnother, operators.whatWasMadeIsAnothers, operators.thePlaceIsAnother, operators.theMemberIsAnother,
		operators.thePersonInAPropertyIsAnother,
	} {
		test(o)
	}
}

// does has the other operator make changes.
func (o operators) does(changes ...models.Change) {
	o.Helper()
	for _, change := range changes {
		plan, err := o.other.Plan(o.Context(), []models.Change{change}, desk.PlanOptions{Subtree: true})
		must(o.T, err)
		for out := range o.other.Apply(o.Context(), plan) {
			if out.Verdict != verdict.Done {
				o.Fatalf("the other operator: %s", out.Words)
			}
		}
	}
}

// refused has a change planned here, the other operator at work, and then the yes,
// after which nothing may be done. words are among what is said.
func (o operators) refused(name string, change models.Change, meanwhile func(), words ...string) {
	o.Helper()
	if o.mine.Can(change.Action, models.Object{}) != "" {
		meanwhile()
		return
	}
	plan, err := o.mine.Plan(o.Context(), []models.Change{change}, desk.PlanOptions{Subtree: true})
	must(o.T, err)
	if err := plan.Refused(); err != nil {
		o.Errorf("%s: planned as refused: %v", name, err)
	}
	meanwhile()
	before := o.written()
	out := slices.Collect(o.mine.Apply(o.Context(), plan))[0]
	if out.Verdict != verdict.NotTried {
		o.Errorf("%s: %s: %s", name, out.Verdict, out.Words)
	}
	for _, want := range words {
		if !strings.Contains(out.Words, want) {
			o.Errorf("%s: %q does not say %q", name, out.Words, want)
		}
	}
	if o.written() != before {
		o.Errorf("%s: it stands in the journal", name)
	}
}

// written is how many changes stand in the journal.
func (o operators) written() (n int) {
	for _, err := range journal.Read(o.book.Path()) {
		must(o.T, err)
		n++
	}
	return n
}

func (o operators) user(name, logon string) models.Change {
	return models.Change{
		Action: models.CreateUser, Password: models.NewSecret("Kettle-Blue-42"),
		User: &models.NewUser{Container: models.Ref{DN: o.place}, LogonName: logon, DisplayName: name},
	}
}

func (o operators) named(name string) models.DN { return o.place.Child("CN", name) }

// seen is the object as this operator's list shows it.
func (o operators) seen(dn models.DN) models.Object {
	o.Helper()
	found, err := o.mine.Read(o.Context(), models.Ref{DN: dn})
	must(o.T, err)
	return found
}

func (o operators) logonOf(dn models.DN) string {
	found, err := o.other.Read(o.Context(), models.Ref{DN: dn})
	if errors.Is(err, models.ErrNotFound) {
		return ""
	}
	must(o.T, err)
	return found.SAMAccountName
}

// A question waits; the account is renamed, and another one gets its name.
func (o operators) theNameIsAnothers() {
	o.does(o.user("Victim", "victim"), o.user("Somebody", "somebody"))
	victim := o.named("Victim")
	shown := o.seen(victim)
	swap := func() {
		o.does(models.Change{Action: models.Rename, DN: victim, NewName: "Victim before"},
			models.Change{Action: models.Rename, DN: o.named("Somebody"), NewName: "Victim"})
	}
	back := func() {
		o.does(models.Change{Action: models.Rename, DN: victim, NewName: "Somebody"},
			models.Change{Action: models.Rename, DN: o.named("Victim before"), NewName: "Victim"})
	}
	for _, change := range []models.Change{
		{Action: models.Delete},
		{Action: models.SetPassword, Password: models.NewSecret("Kettle-Blue-43")},
		{Action: models.Disable},
		{Action: models.Unlock},
		{Action: models.SetExpiry, Expiry: models.Never()},
		{Action: models.Edit, Fields: []models.FieldChange{{Field: models.FieldTelephone, After: "A-1"}}},
		{Action: models.Rename, NewName: "Victim again"},
	} {
		plan := change.Of(shown)
		if change.Action == models.Unlock || change.Action == models.SetExpiry {
			continue // it is neither locked nor about to end: nothing would be sent
		}
		o.refused(string(change.Action), plan, swap)
		back()
	}
	// What stood in a list is another by the time that it is planned.
	swap()
	plan, err := o.mine.Plan(o.Context(), []models.Change{models.Change{Action: models.Delete}.Of(shown)}, desk.PlanOptions{})
	must(o.T, err)
	if s := plan.Steps[0]; s.Refused == nil && !s.Change.DN.Equal(o.named("Victim before")) {
		o.Errorf("planned: %s, %s", s.Title, s.Change.DN)
	}
	if o.logonOf(victim) != "somebody" || o.logonOf(o.named("Victim before")) != "victim" {
		o.Error("somebody's account is not what it was")
	}
	back()
	o.does(models.Change{Action: models.Delete, DN: o.named("Somebody")})
	o.refused("deletion of what is gone", models.Change{Action: models.Delete}.Of(shown),
		func() { o.does(models.Change{Action: models.Delete, DN: victim}) })
}

// The other operator writes while this one's question waits, or its form.
func (o operators) theValueIsAnother() {
	o.does(o.user("Phone", "phone"))
	dn := o.named("Phone")
	phone := func(before, after string, known bool) models.Change {
		return models.Change{Action: models.Edit, DN: dn, Fields: []models.FieldChange{{
			Field: models.FieldTelephone, Before: before, BeforeKnown: known, After: after,
		}}}
	}
	o.does(phone("", "start", false))
	o.refused("phone", phone("start", "A-3", true), func() { o.does(phone("", "B-2", false)) }, "phone was changed meanwhile: it is B-2 now")
	o.refused("cleared", phone("B-2", "A-3", true), func() { o.does(phone("", "", false)) }, "phone was changed meanwhile")
	o.refused("appeared", phone("", "A-3", true), func() { o.does(phone("", "b-2", false)) }, "phone was changed meanwhile: it is b-2 now")
	o.refused("case", phone("b-2", "A-3", true), func() { o.does(phone("", "B-2", false)) }, "phone was changed meanwhile: it is B-2 now")
	plan, err := o.mine.Plan(o.Context(), []models.Change{phone("start", "A-3", true)}, desk.PlanOptions{})
	must(o.T, err)
	if s := plan.Steps[0]; s.Lines[0].Before != "B-2" || len(s.Warnings) == 0 || !strings.Contains(s.Warnings[0].String(), "it is B-2 now") {
		o.Errorf("a form that is older: %+v, %v", s.Lines, s.Warnings)
	}
	if editor, ldap := o.mine.Backend().(*activedirectory.Backend); ldap { // between the last look and the write
		for before, after := range map[string]string{"start": "A-3", "": "A-3", "gone": ""} {
			err := editor.EditFields(o.Context(), models.Ref{DN: dn}, phone(before, after, true).Fields)
			if !errors.Is(err, models.ErrBusy) || !strings.Contains(err.Error(), "telephoneNumber was changed meanwhile: it is B-2 now") {
				o.Errorf("%q in the place of %q: %v", after, before, err)
			}
		}
	}
	if now, err := o.other.Read(o.Context(), models.Ref{DN: dn}); err != nil || now.TelephoneNumber != "B-2" {
		o.Errorf("the phone is %q (%v)", now.TelephoneNumber, err)
	}
}

// What was made here was deleted there, and another made under its name: it is
// not what is taken back.
func (o operators) whatWasMadeIsAnothers() {
	plan, err := o.mine.Plan(o.Context(), []models.Change{o.user("Ann", "ann")}, desk.PlanOptions{})
	must(o.T, err)
	out := slices.Collect(o.mine.Apply(o.Context(), plan))[0]
	if out.Verdict != verdict.Done {
		o.Fatal(out.Words)
	}
	entry, err := journal.Find(o.book.Path(), out.Entry)
	must(o.T, err)
	o.does(models.Change{Action: models.Delete, DN: out.NewDN})
	again := o.user(out.NewDN.RDN().Value, "ann2")
	o.does(again)
	undo, err := o.mine.Undo(o.Context(), []journal.Entry{entry}, nil)
	must(o.T, err)
	for out := range o.mine.Apply(o.Context(), undo) {
		if out.Verdict != verdict.NotTried {
			o.Errorf("undo: %s", out.Words)
		}
	}
	if o.logonOf(out.NewDN) != "ann2" {
		o.Error("ann2 is gone")
	}
}

// The container that something is moved to, or made in, is another one by then.
func (o operators) thePlaceIsAnother() {
	to := o.place.Child("OU", "Target")
	o.does(models.Change{Action: models.CreateOU, DN: to}, o.user("Mover", "mover"))
	target := o.seen(to)
	swap := func() {
		o.does(models.Change{Action: models.Rename, DN: to, NewName: "Target before"}, models.Change{Action: models.CreateOU, DN: to})
	}
	back := func() {
		o.does(models.Change{Action: models.Delete, DN: to}, models.Change{Action: models.Rename, DN: o.place.Child("OU", "Target before"), NewName: "Target"})
	}
	if target.Ref().GUID == "" {
		return // over DSM alone a twin cannot be told
	}
	o.refused("move", models.Change{Action: models.Move, NewParent: target.Ref()}.Of(o.seen(o.named("Mover"))), swap, "Target before")
	back()
	made := o.user("Newcomer", "newcomer")
	made.User.Container = target.Ref()
	o.refused("creation", made, swap, "Target before")
	back()
}

// Who is to be put into a group is another one by then.
func (o operators) theMemberIsAnother() {
	group := models.NewGroup{Container: models.Ref{DN: o.place}, Name: "Team", Scope: models.ScopeGlobal, Type: models.TypeSecurity}
	o.does(models.Change{Action: models.CreateGroup, Group: &group}, o.user("Member", "member"), o.user("Stranger", "stranger"))
	member := o.seen(o.named("Member"))
	if member.Ref().GUID == "" {
		return // over DSM alone a member is named by its DN only
	}
	swap := func() {
		o.does(models.Change{Action: models.Rename, DN: member.DN, NewName: "Member before"},
			models.Change{Action: models.Rename, DN: o.named("Stranger"), NewName: "Member"})
	}
	o.refused("member", models.Change{Action: models.AddMembers, Members: []models.Ref{member.Ref()}}.Of(o.seen(o.named("Team"))), swap, "Member before")
}

// Who is to be somebody's manager, or was, is another one by then.
func (o operators) thePersonInAPropertyIsAnother() {
	if o.mine.Can(models.Modify, models.Object{}) != "" {
		return
	}
	o.does(o.user("Boss", "boss"), o.user("Old boss", "oldboss"), o.user("Twin", "twin"), o.user("Report", "report"))
	boss, old := o.seen(o.named("Boss")), o.seen(o.named("Old boss"))
	report := o.named("Report")
	manager := func(now models.Object) models.Change {
		return models.Change{Action: models.Modify, DN: report, Modification: &models.Modification{Properties: []models.PropertyChange{
			{Name: "manager", Type: models.DNString, Values: []string{string(now.DN)}, GUIDs: []string{now.Ref().GUID}},
		}}}
	}
	isNow := func(when string, who models.DN) {
		o.Helper()
		sheet, err := o.other.Properties(o.Context(), models.Ref{DN: report})
		must(o.T, err)
		if p, _ := sheet.Property("manager"); len(p.Values) != 1 || !models.DN(p.Values[0]).Equal(who) {
			o.Errorf("%s: the manager is %q, not %s", when, p.Values, who)
		}
	}
	swap := func(dn models.DN) {
		o.does(models.Change{Action: models.Rename, DN: dn, NewName: dn.RDN().Value + " before"}, models.Change{Action: models.Rename, DN: o.named("Twin"), NewName: dn.RDN().Value})
	}
	back := func(dn models.DN) {
		o.does(models.Change{Action: models.Rename, DN: dn, NewName: "Twin"}, models.Change{Action: models.Rename, DN: o.named(dn.RDN().Value + " before"), NewName: dn.RDN().Value})
	}
	o.refused("manager", manager(boss), func() { swap(boss.DN) }, "Boss before")
	back(boss.DN)
	byName := manager(boss)
	byName.Modification.Properties[0].GUIDs = nil // as a DN that was typed
	o.refused("manager by a DN", byName, func() { swap(boss.DN) }, "Boss before")

	// What was picked under the old name is whom it was.
	plan, err := o.mine.Plan(o.Context(), []models.Change{manager(boss)}, desk.PlanOptions{})
	must(o.T, err)
	if out := slices.Collect(o.mine.Apply(o.Context(), plan))[0]; out.Verdict != verdict.Done || !out.Verified {
		o.Error(out.Words)
	}
	isNow("picked before the names were changed", o.named("Boss before"))
	back(boss.DN)

	// Who was the manager comes back, whatever the name is by then.
	apply := func(change models.Change) journal.Entry {
		plan, err := o.mine.Plan(o.Context(), []models.Change{change}, desk.PlanOptions{})
		must(o.T, err)
		out := slices.Collect(o.mine.Apply(o.Context(), plan))[0]
		entry, err := journal.Find(o.book.Path(), out.Entry)
		must(o.T, err)
		return entry
	}
	apply(manager(old))
	entry := apply(manager(boss))
	swap(old.DN)
	undo, err := o.mine.Undo(o.Context(), []journal.Entry{entry}, nil)
	must(o.T, err)
	if out := slices.Collect(o.mine.Apply(o.Context(), undo))[0]; out.Verdict != verdict.Done || !out.Verified {
		o.Errorf("undo: %s", out.Words)
	}
	isNow("taken back", o.named("Old boss before"))
	entry = apply(manager(boss))
	o.does(models.Change{Action: models.Delete, DN: o.named("Old boss before")}, models.Change{Action: models.Rename, DN: old.DN, NewName: "Old boss before"})
	undo, err = o.mine.Undo(o.Context(), []journal.Entry{entry}, nil)
	must(o.T, err)
	if said := undo.Refused(); said == nil || !strings.Contains(said.Error(), "another object has that name now") || !strings.Contains(said.Error(), "twin") {
		o.Errorf("undo, where the manager before is gone: %v", said)
	}
}

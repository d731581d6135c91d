package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// warnings are a step's, as they stand within a sentence.
func warnings(s Step) []string {
	var all []string
	for _, w := range s.Warnings {
		all = append(all, w.String())
	}
	return all
}

func planned(t *testing.T, d *Desk, o PlanOptions, changes ...models.Change) Plan {
	t.Helper()
	plan, err := d.Plan(t.Context(), changes, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// A plan shows what is there now and what will be.
func TestPlanLines(t *testing.T) {
	d := open(newWorld())
	for _, c := range []struct {
		change models.Change
		title  string
		want   []Line
	}{
		{phone(doe, "555-0100"), "edit John Doe (jdoe), Staff", []Line{{"phone", "555-0199", "555-0100", ""}}},
		{phone(doe, ""), "edit John Doe (jdoe), Staff", []Line{{"phone", "555-0199", "", ""}}},
		{models.Change{Action: models.Disable, DN: doe}, "disable John Doe (jdoe), Staff", []Line{{"disabled", "no", "yes", ""}}},
		{models.Change{Action: models.Unlock, DN: doe}, "unlock John Doe (jdoe), Staff", []Line{{"locked", "yes", "no", ""}}},
		{
			models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), MustChange: models.Yes},
			"set a new password for John Doe (jdoe), Staff",
			[]Line{{"password", notShown, aPassword, ""}, {"must change at next logon", "no", "yes", ""}},
		},
		{
			models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(roe, doe, roe)},
			"add Jane Roe to Sales, Staff",
			[]Line{{"member", "", string(roe), "+"}},
		},
		{models.Change{Action: models.Rename, DN: doe, NewName: "Jon"}, "rename John Doe (jdoe), Staff, to Jon", []Line{{"name", "John Doe", "Jon", ""}}},
		{models.Change{Action: models.Move, DN: doe, NewParent: models.Ref{DN: empty}}, "move John Doe (jdoe), Staff, to Empty", []Line{{"in", string(staff), string(empty), ""}}},
		{models.Change{Action: models.Delete, DN: staff}, "delete the OU Staff with 3 objects", []Line{{"OU", string(staff), "(deleted)", ""}}},
	} {
		plan := planned(t, d, PlanOptions{Subtree: true}, c.change)
		s := plan.Steps[0]
		if s.Refused != nil || s.Title != c.title || !slices.Equal(s.Lines, c.want) {
			t.Errorf("%s: %q %v (refused: %v), want %q %v", c.change.Action, s.Title, s.Lines, s.Refused, c.title, c.want)
		}
	}
}

// A note that begins with a name leaves it as it is, also where it begins a
// sentence.
func TestANoteNeverRecasesAName(t *testing.T) {
	for _, name := range []string{"von Berg", "Иван Петров", "élise", "\u0301acute", "한지민"} {
		w, member := newWorld(), staff.Child("CN", name)
		w.objects = append(w.objects, person(member, "other"))
		w.members[sales.Key()] = append(w.members[sales.Key()], member)
		for action, want := range map[models.Action]string{models.AddMembers: name + " is in it already", models.RemoveMembers: "Jane Roe is not in it"} {
			s := planned(t, open(w), PlanOptions{}, models.Change{Action: action, DN: sales, Members: models.Refs(member, roe)}).Steps[0]
			if len(s.Warnings) != 1 || s.Warnings[0].String() != want || s.Warnings[0].Capital() != want {
				t.Errorf("%s %s: %q, want %q", action, name, s.Warnings, want)
			}
		}
	}
}

// The plan takes what is there now, not what a form read a while ago.
func TestPlanTakesThePresentValue(t *testing.T) {
	change := phone(doe, "555-0100")
	change.Fields[0].Before, change.Fields[0].BeforeKnown = "555-0000", true
	s := planned(t, open(newWorld()), PlanOptions{}, change).Steps[0]
	if s.Change.Fields[0].Before != "555-0199" || len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].String(), "changed meanwhile") {
		t.Errorf("fields %+v, warnings %q", s.Change.Fields, s.Warnings)
	}
}

// What would fail is found before anything is sent.
func TestPlanRefuses(t *testing.T) {
	newUser := func(edit func(*models.NewUser)) models.Change {
		u := models.NewUser{Container: models.Ref{DN: staff}, LogonName: "asmith", DisplayName: "Ann Smith"}
		edit(&u)
		return models.Change{Action: models.CreateUser, User: &u, Password: models.NewSecret(newPassword)}
	}
	password := func(text string) models.Change {
		return models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(text)}
	}
	for _, c := range []struct {
		name   string
		change models.Change
		kind   error
		words  string
	}{
		{"nobody", phone(staff.Child("CN", "Nobody"), "1"), models.ErrNotFound, "no such object"},
		{"no DN", phone("jdoe", "1"), models.ErrInvalid, "no object"},
		{"long logon name", newUser(func(u *models.NewUser) { u.LogonName = strings.Repeat("a", 21) }), models.ErrInvalid, "21 characters"},
		{"taken logon name", newUser(func(u *models.NewUser) { u.LogonName = "JDOE" }), models.ErrExists, "JDOE is taken"},
		{"taken name", newUser(func(u *models.NewUser) { u.DisplayName = "John Doe" }), models.ErrExists, "object of that name"},
		{"must and cannot", newUser(func(u *models.NewUser) { u.MustChange, u.CannotChange = true, true }), models.ErrInvalid, "must change"},
		{"must and never", newUser(func(u *models.NewUser) { u.MustChange, u.NeverExpires = true, true }), models.ErrInvalid, "never expires"},
		{"weak password", password("password"), models.ErrPolicy, "three of these"},
		{"short password", password("Ab1-"), models.ErrPolicy, "at least 8"},
		{"name in password", password("Xjdoe-2345"), models.ErrPolicy, "part of the account's name"},
		{"no password", password(""), models.ErrInvalid, "no password"},
		{"password of a group", models.Change{Action: models.SetPassword, DN: sales, Password: models.NewSecret(newPassword)}, models.ErrUnsupported, "only users"},
		{"built in", models.Change{Action: models.Delete, DN: "CN=Users,DC=example,DC=test"}, models.ErrUnsupported, "built into the domain"},
		{"not empty", models.Change{Action: models.Delete, DN: staff}, models.ErrNotEmpty, "holds 3 objects"},
		{"below itself", models.Change{Action: models.Move, DN: staff, NewParent: models.Ref{DN: staff.Child("OU", "x")}}, models.ErrInvalid, "below itself"},
		{"onto another", models.Change{Action: models.Rename, DN: doe, NewName: "jane roe"}, models.ErrExists, "name already"},
		{"bad mail", models.Change{Action: models.Edit, DN: doe, Fields: []models.FieldChange{{Field: models.FieldMail, After: "nobody"}}}, models.ErrInvalid, "name@domain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			d := open(w)
			plan := planned(t, d, PlanOptions{}, c.change)
			err := plan.Refused()
			if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
				t.Fatalf("refused: %v, want %q", err, c.words)
			}
			for out := range d.Apply(t.Context(), plan) {
				if out.Verdict != verdict.NotTried {
					t.Errorf("applied: %s", out.Verdict)
				}
			}
			if len(w.sent) != 0 {
				t.Errorf("sent %v", w.sent)
			}
			if q := plan.Question(); q.Kind != None {
				t.Errorf("asked %+v", q)
			}
		})
	}
}

// What a connection cannot do is refused, with what would help.
func TestPlanRefusesWhatTheConnectionCannot(t *testing.T) {
	d := open(newDSM(newWorld()))
	for _, change := range []models.Change{
		{Action: models.Unlock, DN: doe},
		{Action: models.Disable, DN: doe},
		{Action: models.SetExpiry, DN: doe, Expiry: models.Never()},
		{Action: models.RemoveMembers, DN: sales, Members: models.Refs(doe)},
		{Action: models.Rename, DN: doe, NewName: "x"},
		{Action: models.Move, DN: doe, NewParent: models.Ref{DN: empty}},
		{Action: models.CreateOU, DN: staff.Child("OU", "x")},
		{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), MustChange: models.Yes},
	} {
		err := planned(t, d, PlanOptions{}, change).Refused()
		if !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "DSM's documented calls cannot") {
			t.Errorf("%s: %v", change.Action, err)
		}
		if change.Action == models.SetPassword {
			continue
		}
		if words := d.Can(change.Action, models.Object{}); !strings.Contains(words, "this works over ldaps://nas") {
			t.Errorf("%s: %q does not say what would help", change.Action, words)
		}
	}
}

// The question is in proportion to the plan.
func TestQuestion(t *testing.T) {
	d := open(newWorld())
	disable := func(dn models.DN) models.Change { return models.Change{Action: models.Disable, DN: dn} }
	remove := func(dn models.DN) models.Change { return models.Change{Action: models.Delete, DN: dn} }
	for _, c := range []struct {
		changes []models.Change
		want    Question
	}{
		{[]models.Change{{Action: models.Enable, DN: doe}}, Question{}},
		{[]models.Change{disable(doe)}, Question{Kind: YesNo, Text: "Disable John Doe (jdoe), Staff?"}},
		{[]models.Change{remove(doe)}, Question{Kind: YesNo, Text: "Delete the user John Doe (jdoe), Staff?", Destructive: true}},
		{[]models.Change{remove(empty)}, Question{Kind: YesNo, Text: "Delete the OU Empty?", Destructive: true}},
		{[]models.Change{disable(doe), disable(roe)}, Question{Kind: TypeNumber, Number: 2, Text: "Disable 2 objects?"}},
		{[]models.Change{disable(doe), phone(doe, "1")}, Question{Kind: YesNo, Text: "Disable John Doe (jdoe), Staff and edit jdoe?"}},
		{[]models.Change{remove(doe), remove(roe)}, Question{Kind: TypeNumber, Number: 2, Text: "Delete 2 objects?", Destructive: true}},
		{
			[]models.Change{remove(staff)},
			Question{Kind: TypeNumber, Number: 4, Text: "Delete the OU Staff with 3 objects? 4 objects will be gone.", Destructive: true},
		},
		{
			[]models.Change{remove(doe), remove(staff), remove(staff)}, // doe goes along
			Question{Kind: TypeNumber, Number: 4, Text: "Delete the OU Staff with 3 objects? 4 objects will be gone.", Destructive: true},
		},
		{[]models.Change{disable(doe), {Action: models.Enable, DN: roe}}, Question{Kind: YesNo, Text: "Disable John Doe (jdoe), Staff?"}},
	} {
		if got := planned(t, d, PlanOptions{Subtree: true}, c.changes...).Question(); got != c.want {
			t.Errorf("asked %+v, want %+v", got, c.want)
		}
	}
}

func TestPlanOfNothing(t *testing.T) {
	if _, err := open(newWorld()).Plan(t.Context(), nil, PlanOptions{}); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("error %v", err)
	}
}

// No plan, however it is printed, shows a password.
func TestPlanHoldsNoPassword(t *testing.T) {
	plan := planned(t, open(newWorld()), PlanOptions{}, everyChange()...)
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if strings.Contains(fmt.Sprintf(format, plan), newPassword) {
			t.Errorf("%s shows it", format)
		}
	}
}

// A DSM and the LDAP address of its domain do together what each can.
func TestCombine(t *testing.T) {
	w := newWorld()
	both := Combine(newDSM(w), w)
	d := open(both)
	for _, action := range models.Actions() {
		if words := d.Can(action, models.Object{}); words != "" {
			t.Errorf("%s: %s", action, words)
		}
	}
	if _, ok := Capability[ResetMailer](both); !ok {
		t.Error("an ability of the second part is not found")
	}
	// Read back through the part that can: a first name is seen.
	firstName := models.Change{Action: models.Edit, DN: doe, Fields: []models.FieldChange{{Field: models.FieldGivenName, After: "Jon"}}}
	if out := apply(t, d, firstName)[0]; !out.Verified || out.Words != "jdoe: first name is now Jon, verified" {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	must := models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(newPassword), MustChange: models.Yes}
	if out := apply(t, d, must)[0]; out.Verdict != verdict.Done || !out.Verified {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	w.sent = nil
	change := everyChange()[0]
	if out := apply(t, d, change)[0]; out.Verdict != verdict.Done || len(w.sent) != 1 {
		t.Errorf("a new user: %s (%s) in %v, want one write", out.Verdict, out.Words, w.sent)
	}
	if got := both.About().Backend; got != "a world" {
		t.Errorf("about %q", got)
	}
}

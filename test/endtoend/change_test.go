//go:build unix && !samba

package endtoend

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/desktest"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

// workplace opens a screen on OU=Writes of a simulator.
func workplace(t *testing.T, more ...string) (*simulator.Server, *person) {
	t.Helper()
	h := newHome(t)
	// Passwords are looked for in it too: what the server saw of the URLs.
	requests, err := os.Create(filepath.Join(h.dir, "requests.jsonl"))
	must(t, err)
	t.Cleanup(func() { _ = requests.Close() })
	server := serve(t, simulator.Options{Strict: true, DomainUpdate: 300 * time.Millisecond, RequestLog: requests})
	for _, e := range desktest.WriteEntries(server.BaseDN()) {
		must(t, server.Directory().Add(e.DN, e.Class, e.Attributes))
	}
	p := changing(t, h, append(h.arguments(t, server), more...)...)
	p.WaitFor("example.test", "Conformance")
	goTo(p.Test, server.BaseDN().Child("OU", "Writes"))
	p.WaitFor("─ Writes ─", "Elsewhere")
	return server, p
}

// A user's whole life, from the form to the question, with one step taken back.
func TestUsersLife(t *testing.T) {
	t.Parallel()
	server, p := workplace(t)
	d := server.Directory()
	writes := server.BaseDN().Child("OU", "Writes")
	p.WaitFor("READ-ONLY")
	password := p.newUser("Zoë", "Zimmer", "zzimmer", "example.test", true)
	p.WaitFor("CHANGES ALLOWED")
	p.WaitFor("Synced: zzimmer can be used in DSM now")
	dn := writes.Child("CN", "zzimmer")
	if _, err := d.Authenticate("zzimmer", models.NewSecret(password)); !errors.Is(err, directory.ErrMustChangePassword) {
		t.Errorf("the made password: %v", err)
	}
	made, err := d.Get(dn)
	must(t, err)
	if made.DisplayName != "Zoë Zimmer" || made.Mail != "" || made.Account.Surname != "Zimmer" {
		t.Errorf("made %+v", made)
	}

	p.choose("zzimmer")
	p.Send("p")
	p.WaitFor("Set password: zzimmer")
	p.Send("enter")
	second := p.takePassword("zzimmer", false)
	// A reset over DSM leaves it to the server whether it must be changed: not so.
	if _, err := d.Authenticate("zzimmer", models.NewSecret(second)); err != nil {
		t.Errorf("the second password: %v", err)
	}
	if _, err := d.Authenticate("zzimmer", models.NewSecret(password)); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("the first password still: %v", err)
	}

	p.describe("zzimmer", `Head of "Lunch", \ too`)
	p.WaitFor(`zzimmer: description is now Head of "Lunch", \ too, verified`)
	p.describe("zzimmer", "null")
	p.WaitFor("zzimmer: description is now null, verified")
	p.Send("u")
	p.WaitFor("What would change", "null")
	p.Send("enter")
	p.WaitFor(`description is now Head of "Lunch", \ too, verified`)
	now, err := d.Get(dn)
	must(t, err)
	if now.Description != `Head of "Lunch", \ too` {
		t.Errorf("described as %q", now.Description)
	}

	p.all()
	p.Send("n")
	p.WaitFor("New, in")
	p.Send("g")
	p.WaitFor("New group")
	p.Type("Lunch club")
	p.WaitFor("Lunch club", "free")
	p.Send("ctrl+s")
	p.WaitFor("Create the group Lunch club")
	p.Send("enter")
	p.WaitFor("Lunch club: is now in Writes, verified")
	p.choose("zzimmer")
	p.Send("+")
	p.WaitFor("Add to groups: zzimmer")
	p.Type("lunch")
	p.WaitFor("1 found", "> [ ] Lunch club")
	p.Send("enter")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor("Lunch club: ", "accepted; DSM cannot list members")
	now, err = d.Get(dn)
	must(t, err)
	if !slices.ContainsFunc(now.Account.MemberOf, writes.Child("CN", "Lunch club").Equal) {
		t.Errorf("in %v", now.Account.MemberOf)
	}

	p.Send("D")
	p.WaitFor("Delete the user ", "(zzimmer), ", "y yes   N no")
	p.Send("enter") // no
	p.WaitFor("Nothing was changed")
	_, err = d.Get(dn)
	must(t, err)
	p.Send("D")
	p.WaitFor("Delete the user ", "(zzimmer), ")
	p.Send("y")
	p.WaitFor("zzimmer: is gone, verified")
	if _, err := d.Get(dn); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("it is there still: %v", err)
	}
	p.Send("J")
	p.WaitFor("Journal", "Verified: ", "delete zzimmer", "create user zzimmer")
	p.Send("esc")
	p.WaitGone("create user zzimmer")
	quit(t, p.Test)
	p.checkNothingLeft()
	p.checkJournal(models.CreateUser, models.SetPassword, models.Edit, models.Edit, models.Edit, models.CreateGroup, models.AddMembers, models.Delete)
}

// An answer that is lost is read back where that is possible; where it is not,
// nobody pretends to know. Nothing is sent twice.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	server, p := workplace(t)
	d := server.Directory()
	dn := server.BaseDN().Child("OU", "Writes").Child("CN", "jdoe")
	must(t, d.Add(dn, "user", map[string][]string{"sAMAccountName": {"jdoe"}, "userAccountControl": {"66048"}}))
	p.Send("r")
	p.WaitFor("jdoe")
	p.choose("jdoe")
	lose := func() {
		server.Inject(fault.Spec{Kind: fault.DropAfter, API: "SYNO.ActiveDirectory.User", Method: "set", Nth: 1})
	}
	lose()
	p.describe("jdoe", "after a lost answer")
	p.allow("example.test")
	p.WaitFor("the answer was lost, but description is now after a lost answer, verified")

	server.ClearFaults()
	lose()
	p.Send("p")
	p.WaitFor("Set password: jdoe")
	p.Send("enter")
	p.WaitFor("Password of jdoe", "nobody knows whether it was done")
	// It may be the account's password: so it is given. Here it is.
	password := p.takePassword("jdoe", false)
	if _, err := d.Authenticate("jdoe", models.NewSecret(password)); err != nil {
		t.Errorf("the password whose answer was lost: %v", err)
	}
	p.WaitFor("nobody knows whether it was done")
	p.Send("J")
	p.WaitFor("unknown   set password jdoe", "done      edit jdoe")
	p.Send("esc")
	p.WaitGone("unknown   set password jdoe")
	quit(t, p.Test)
	p.checkNothingLeft()
}

// A connection for reading says so at every key, and sends nothing.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	server, p := workplace(t, "--read-only")
	p.WaitFor("READ-ONLY")
	p.Send("r")
	p.WaitFor("Elsewhere")
	p.Settle()
	before := server.Requests()
	for _, key := range []string{"n", "e", "p", "D", "X", "u", "W", "+", "m", "Y"} {
		p.Send(key)
		p.WaitFor("is read-only", "READ-ONLY")
	}
	if sent := server.Requests() - before; sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
	quit(t, p.Test)
	if _, err := os.Stat(p.journal()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a journal: %v", err)
	}
}

// all shows every row again.
func (p *person) all() {
	p.t.Helper()
	p.Send("esc")
	p.WaitGone("1 of ")
}

// row waits for an object among the rows: what became of a change is said before
// they are read again.
func (p *person) row(name string) {
	p.t.Helper()
	p.WaitUntil("the row of "+name, func(screen string) bool {
		for line := range strings.Lines(screen) {
			if strings.Contains(line, name) && !strings.Contains(line, "verified") {
				return true
			}
		}
		return false
	})
}

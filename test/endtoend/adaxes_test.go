//go:build unix && !samba

package endtoend

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
	"dirdesk/test/terminaltest"
)

// throughAdaxes connects to the Adaxes side of a simulator with its access
// token.
func (h *home) throughAdaxes(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	path := filepath.Join(h.dir, "token")
	must(t, os.WriteFile(path, []byte(server.AdaxesToken().Reveal()+"\n"), 0o600))
	return []string{
		strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1), "--token-file", path, "--fingerprint", server.Fingerprint(),
	}
}

// exampleCompany serves the domain of the examples in Adaxes' documents, and
// opens a screen on its users.
func exampleCompany(t *testing.T) (*simulator.Server, *person) {
	t.Helper()
	d := directory.New(directory.Options{Realm: "example.com"})
	must(t, company.AddExamples(d))
	server := serve(t, simulator.Options{Directory: d})
	h := newHome(t)
	p := changing(t, h, h.throughAdaxes(t, server)...)
	p.WaitFor("example.com", "Adaxes", "Groups")
	goTo(p.Test, server.BaseDN().Child("CN", "Users"))
	p.WaitFor("─ Users ─", "John Smith")
	return server, p
}

// valuesOf asks the directory itself.
func valuesOf(t *testing.T, server *simulator.Server, dn models.DN, name string) []string {
	t.Helper()
	attributes, err := server.Directory().Attributes(dn)
	must(t, err)
	return attributes[name]
}

func TestAdaxesWalk(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(h.throughAdaxes(t, server)...), 100, 30)
	term.WaitFor("example.test", "Conformance", " objects ─")
	walkDown(t, term)
	names := server.BaseDN().Child("OU", "Conformance").Child("OU", "Names")
	goTo(term, names)
	term.WaitFor("› Names ─", "Comma, Inc.", "red")
	term.Send("G")
	term.WaitFor("row 30")
	quit(t, term)
	checkNothingObeyed(t, term)
	if strings.Contains(string(term.Output()), server.AdaxesToken().Reveal()) {
		t.Error("the access token was on the screen")
	}
}

// Several properties, each by its own editor, go in one step; what was written is
// what the directory has, and what is shown.
func TestPropertiesOverAdaxes(t *testing.T) {
	t.Parallel()
	server, p := exampleCompany(t)
	john := server.BaseDN().Child("CN", "Users").Child("CN", "John Smith")
	p.choose("John Smith")
	p.Send("A")
	p.WaitFor("All properties: john.smith", "otherTelephone")
	p.becomes("telephoneNumber", "605-457-8292")
	p.gets("otherTelephone", "717-332-8612")
	p.switches("userAccountControl", "password never expires")
	p.review("605-457-0000 -> 605-457-8292", "append 717-332-8612", "value 65536, mask 65536")
	p.allow("example.com")
	p.WaitFor("john.smith: ", "verified")
	if got := valuesOf(t, server, john, "otherTelephone"); !slices.Equal(got, []string{"951-837-6935", "717-332-8612"}) {
		t.Errorf("otherTelephone is %q", got)
	}
	if got := valuesOf(t, server, john, "telephoneNumber"); !slices.Equal(got, []string{"605-457-8292"}) {
		t.Errorf("telephoneNumber is %q", got)
	}
	if got := valuesOf(t, server, john, "userAccountControl"); !slices.Equal(got, []string{"66050"}) {
		t.Errorf("userAccountControl is %q", got)
	}

	// Another name is followed: the cursor, the row and the title.
	p.all()
	p.choose("John Smith")
	p.Send("A")
	p.WaitFor("All properties: john.smith", "Enter edit")
	p.becomes("name", "John Raymond")
	p.review("John Smith -> John Raymond")
	p.WaitFor("is now called John Raymond, verified")
	p.row("John Raymond")
	p.Send("A")
	p.WaitFor("All properties: john.smith", "Enter edit")
	p.property("telephoneNumber")
	p.Send("esc")
	p.WaitFor("All properties: ")
	p.Send("esc", "esc")
	p.WaitGone("All properties: ")
	if got := valuesOf(t, server, john.Parent().Child("CN", "John Raymond"), "telephoneNumber"); !slices.Equal(got, []string{"605-457-8292"}) {
		t.Errorf("under the new name telephoneNumber is %q", got)
	}
	quit(t, p.Test)
	p.checkJournal(models.Modify, models.Modify)
}

// What somebody has to approve first is shown so, and nothing as changed.
func TestApprovalOverAdaxes(t *testing.T) {
	t.Parallel()
	server, p := exampleCompany(t)
	server.AdaxesRule(adaxes.Rule{Kind: adaxes.Approve, Terms: []string{"title"}})
	john := server.BaseDN().Child("CN", "Users").Child("CN", "John Smith")
	p.choose("John Smith")
	p.Send("A")
	p.WaitFor("All properties: john.smith", "Enter edit")
	p.becomes("title", "Director")
	p.review("Marketing analyst -> Director")
	p.allow("example.com")
	p.WaitFor("sent for approval", "nothing has changed yet")
	if got := valuesOf(t, server, john, "title"); !slices.Equal(got, []string{"Marketing analyst"}) {
		t.Errorf("title is %q", got)
	}
	before := server.Requests()
	p.Settle()
	if sent := server.Requests() - before; sent > 0 {
		t.Errorf("%d requests were sent afterwards by themselves", sent)
	}
	quit(t, p.Test)
}

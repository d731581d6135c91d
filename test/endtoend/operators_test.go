//go:build unix

package endtoend

import (
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/terminaltest"
)

// site is a domain that two people work on, each with a program of their own.
type site struct {
	container models.DN
	connect   func(h *home) []string // arguments
	// read gives an attribute as the domain itself has it; "" for none.
	read func(dn models.DN, attribute string) string
	// replace makes another account under a name that is free, by another way than
	// the program; nil where the program can.
	replace func(dn models.DN, logon string)
	// properties says that any attribute can be set here.
	properties bool
}

// operators are two people at two terminals.
type operators struct {
	site
	t         *testing.T
	anna, kim *home
}

func newOperators(t *testing.T, s site) *operators {
	return &operators{s, t, newHome(t), newHome(t)}
}

func (o *operators) start(h *home, words ...string) *terminaltest.Test {
	return terminaltest.Start(o.t, h.command(append(append(words, "-c"), o.connect(h)...)...), 200, 40)
}

// does is a change that one of them makes, and that succeeds.
func (o *operators) does(h *home, words ...string) {
	o.t.Helper()
	term := o.start(h, append(words, "--yes")...)
	if code := term.Wait(); code != 0 {
		o.t.Fatalf("%v: exit code %d\n%s", words, code, term.Screen())
	}
}

// refuses is a program that ends without the change, and says why.
func (o *operators) refuses(term *terminaltest.Test, says ...string) {
	o.t.Helper()
	code := term.Wait()
	screen := strings.Join(strings.Fields(term.Screen()), " ")
	for _, words := range says {
		if code == 0 || !strings.Contains(screen, words) {
			o.t.Errorf("exit code %d, not %q:\n%s", code, words, term.Screen())
		}
	}
}

func (o *operators) has(dn models.DN, attribute, want string) {
	o.t.Helper()
	if got := o.read(dn, attribute); got != want {
		o.t.Errorf("%s of %s is %q, want %q", attribute, dn, got, want)
	}
}

// gives has somebody else get a name that is free.
func (o *operators) gives(dn models.DN, logon string) {
	o.t.Helper()
	if o.replace != nil {
		o.replace(dn, logon)
		return
	}
	o.does(o.kim, "user", "create", logon, "--generate", "--in", string(o.container))
	o.does(o.kim, "rename", string(o.container.Child("CN", logon)), dn.RDN().Value)
}

// play has one of them wait at a question, or take a change back, while the other
// changes what it is about. Nothing of the other's is undone by that.
func (o *operators) play() {
	o.t.Helper()
	victim, ann := o.container.Child("CN", "victim"), o.container.Child("CN", "ann")
	o.does(o.kim, "user", "create", "victim", "--generate", "--in", string(o.container))

	o.does(o.kim, "user", "edit", string(victim), "--phone", "start")
	asks := [][]string{{"user", "edit", string(victim), "--phone", "A-3"}}
	if o.properties {
		asks = append(asks, []string{"set", string(victim), "telephoneNumber=A-3"})
	}
	for _, words := range asks {
		o.does(o.kim, "user", "edit", string(victim), "--phone", "start")
		waiting := o.start(o.anna, words...)
		waiting.WaitFor("start", "A-3", "[y/N]")
		o.does(o.kim, "user", "edit", string(victim), "--phone", "B-2")
		waiting.Send("y", "enter")
		o.refuses(waiting, "was changed meanwhile: it is B-2 now")
		o.has(victim, "telephoneNumber", "B-2")
	}

	o.does(o.anna, "user", "edit", string(victim), "--phone", "A-3")
	o.does(o.kim, "user", "edit", string(victim), "--phone", "C-4")
	o.refuses(o.start(o.anna, "undo", "--yes"), "C-4")
	o.has(victim, "telephoneNumber", "C-4")

	waiting := o.start(o.anna, "rm", string(victim))
	waiting.WaitFor("victim", "[y/N]")
	if o.replace == nil {
		o.does(o.kim, "rename", string(victim), "renamed")
	} else {
		o.does(o.kim, "rm", string(victim))
	}
	o.gives(victim, "other")
	waiting.Send("y", "enter")
	says := "other"
	if o.replace == nil { // where an object is known for good, it is told of by its new name
		says = "renamed"
	}
	o.refuses(waiting, says)
	o.has(victim, "sAMAccountName", "other")

	o.does(o.anna, "user", "create", "ann", "--generate", "--in", string(o.container))
	o.does(o.kim, "rm", string(ann))
	o.gives(ann, "ann2")
	o.refuses(o.start(o.anna, "undo", "--yes"), "another object has that name now", "ann2")
	o.has(ann, "sAMAccountName", "ann2")
}

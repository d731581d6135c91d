package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/simulator"
	face "dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

const (
	oldPassword = "Copper-Basket-4726"
	newPassword = "Meadow+Rocket+8352"
	// patience of the client with one answer, and an answer that is slower.
	patience = time.Second
	tooSlow  = 3 * time.Second
)

// faultyWrite is one write that a fault hits.
type faultyWrite struct {
	name string
	call string // API.METHOD that is hit
	// make gives the change, with what it needs in the directory; n is a number
	// of its own.
	make func(t *testing.T, d *directory.Directory, n int) models.Change
	// holds reports whether the directory has what the change wishes.
	holds func(t *testing.T, d *directory.Directory, c models.Change) bool
	// blind says that the wish cannot be seen over DSM.
	blind bool
	// often says that the call may be sent as often as it takes.
	often bool
	// only are the kinds of fault that are tried, by name; none: all.
	only []string
}

// faultKind is one way in which the answer to a write goes wrong.
type faultKind struct {
	name string
	spec fault.Spec
	// lost says that the client cannot know what became of the write.
	lost bool
	// arrives is how often the call comes to the server.
	arrives int
	// rule is one of Adaxes, in place of a fault.
	rule *face.Rule
	// want is the verdict; "" leaves it to what the directory holds.
	want verdict.Verdict
	// says is part of the words, if any.
	says string
	// warns says that the server warns.
	warns bool
}

// matrix runs all writes under all faults and prints what became of them. Each
// write has a world of its own, so that they wait side by side.
func matrix(t *testing.T, newWorld func(*testing.T) *faultWorld, writes []faultyWrite, kinds []faultKind) {
	rows := make([][]string, 1+len(writes))
	rows[0] = []string{"write"}
	for _, kind := range kinds {
		rows[0] = append(rows[0], kind.name)
	}
	t.Cleanup(func() { t.Log("the desk's verdict (what the directory holds):\n" + drawMatrix(rows)) })
	for i, w := range writes {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			f, row := newWorld(t), []string{w.name}
			for n, kind := range kinds {
				if len(w.only) > 0 && !slices.Contains(w.only, kind.name) {
					row = append(row, "-")
					continue
				}
				t.Run(kind.name, func(t *testing.T) { row = append(row, f.run(t, w, kind, n)) })
			}
			rows[1+i] = row
		})
	}
}

// run does one write under one fault and gives its cell of the matrix.
func (f *faultWorld) run(t *testing.T, w faultyWrite, kind faultKind, n int) string {
	d := f.server.Directory()
	change := w.make(t, d, n)
	plan, err := f.desk.Plan(t.Context(), []models.Change{change}, desk.PlanOptions{})
	if err != nil || plan.Refused() != nil {
		t.Fatalf("plan: %v, %v", err, plan.Refused())
	}
	if w.holds(t, d, change) {
		t.Fatal("the directory holds it before it is written")
	}
	f.log.reset()
	if kind.spec.Kind != "" {
		spec := kind.spec
		dot := strings.LastIndexByte(w.call, '.')
		spec.API, spec.Method, spec.Nth = w.call[:dot], w.call[dot+1:], 1
		f.server.Inject(spec)
	}
	if kind.rule != nil {
		f.server.AdaxesRule(*kind.rule)
	}
	var out desk.Outcome
	for out = range f.desk.Apply(t.Context(), plan) {
	}
	f.server.ClearFaults()
	f.server.ClearAdaxesRules()
	holds := w.holds(t, d, change)
	if kind.want != "" && (out.Verdict != kind.want || holds != (kind.want == verdict.Done)) {
		t.Errorf("the verdict is %q (%s), want %q; that the directory holds it is %v", out.Verdict, out.Words, kind.want, holds)
	}
	switch out.Verdict {
	case verdict.Pending:
		if kind.want != verdict.Pending {
			t.Errorf("nobody has to approve it: %s", out.Words)
		}
	case verdict.Done, verdict.Failed, verdict.Partly:
		if (out.Verdict == verdict.Done) != holds {
			t.Errorf("the verdict is %q (%s), but that the directory holds it is %v", out.Verdict, out.Words, holds)
		}
	case verdict.Unknown:
		if !w.blind || !kind.lost {
			t.Errorf("the verdict is %q (%s), and it can be known", out.Verdict, out.Words)
		}
	default:
		t.Errorf("the verdict is %q: %s", out.Verdict, out.Words)
	}
	if kind.arrives == 1 && kind.spec.Kind != fault.Deny && !kind.lost && kind.want == "" && out.Verdict != verdict.Done {
		t.Errorf("nothing was in the way: %q, %s", out.Verdict, out.Words)
	}
	if !strings.Contains(out.Words, kind.says) {
		t.Errorf("said %q, without %q", out.Words, kind.says)
	}
	if warned := len(desk.Warnings(out.Messages)) > 0 && strings.Contains(out.Words, "; the server warned: "); warned != kind.warns {
		t.Errorf("that it is said of a warning is %v: %s", warned, out.Words)
	}
	if got := f.log.count(w.call); !w.often && got != kind.arrives {
		t.Errorf("%s came %d times, want %d", w.call, got, kind.arrives)
	}
	for _, secret := range []string{oldPassword, newPassword} {
		if strings.Contains(out.Words+fmt.Sprint(out.Err), secret) {
			t.Errorf("a password is in %q, %v", out.Words, out.Err)
		}
	}
	return fmt.Sprintf("%s (%s)", out.Verdict, map[bool]string{true: "holds", false: "does not"}[holds])
}

func usersOf(d *directory.Directory) models.DN { return d.BaseDN().Child("CN", "Users") }

// addUser makes a user with a comma in its name.
func addUser(t *testing.T, d *directory.Directory, n int) models.DN {
	t.Helper()
	logon := fmt.Sprintf("user%d", n)
	dn := usersOf(d).Child("CN", "Doe, John "+logon)
	must(t, d.AddAccount(dn, "user", map[string][]string{
		"sAMAccountName": {logon}, "telephoneNumber": {"555-0199"}, "userAccountControl": {"512"},
	}, models.NewSecret(oldPassword)))
	return dn
}

func get(t *testing.T, d *directory.Directory, dn models.DN) models.Object {
	t.Helper()
	o, err := d.Get(dn)
	must(t, err)
	return o
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// faultWorld is a desk in front of a simulator.
type faultWorld struct {
	server *simulator.Server
	desk   *desk.Desk
	log    *callLog
}

// callLog counts the calls that the simulator notes.
type callLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *callLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *callLog) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}

func (l *callLog) count(call string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for line := range bytes.Lines(l.text.Bytes()) {
		var noted struct {
			API    string `json:"api"`
			Method string `json:"method"`
		}
		if json.Unmarshal(line, &noted) == nil && noted.API+"."+noted.Method == call {
			n++
		}
	}
	return n
}

// drawMatrix lays rows out in columns.
func drawMatrix(rows [][]string) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		_, _ = fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	_ = w.Flush()
	return b.String()
}

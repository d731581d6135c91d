package conformance

import (
	"bytes"
	"encoding/json"
	"flag"
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
	// second says that it is the second call of a change, after which a part holds.
	second bool
	// often says that the call may be sent as often as it takes.
	often bool
	// only are the kinds of fault that are tried, by name; none: all.
	only []string
}

// faultKind is one way in which the answer to a call goes wrong.
type faultKind struct {
	name string
	spec fault.Spec
	// over are the backends that have it; none: all. codes are those of a refusal.
	over  []string
	codes map[string]int
	// looks says that it hits the looks before and after the write as well.
	looks bool
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

// The backends of the matrix.
const (
	overDSM    = "DSM"
	overLDAP   = "LDAP"
	overAdaxes = "Adaxes"
)

// faultKinds are all faults that a backend can meet.
func faultKinds(backend string) (all []faultKind) {
	rule := func(kind face.RuleKind, words string) *face.Rule {
		return &face.Rule{Kind: kind, Words: words, Terms: []string{"*"}}
	}
	web, rules := []string{overDSM, overAdaxes}, []string{overAdaxes}
	for _, kind := range []faultKind{
		{name: "no fault", arrives: 1},
		{name: "drop-before", spec: fault.Spec{Kind: fault.DropBefore}, lost: true, arrives: 1, looks: true},
		{name: "drop-after", spec: fault.Spec{Kind: fault.DropAfter}, lost: true, arrives: 1},
		{name: "html-502", over: web, spec: fault.Spec{Kind: fault.HTML502}, lost: true, arrives: 1, looks: true},
		{name: "html-500", over: rules, spec: fault.Spec{Kind: fault.HTML500}, lost: true, arrives: 1},
		{name: "truncate", spec: fault.Spec{Kind: fault.Truncate}, lost: true, arrives: 1, looks: true},
		{name: "expire", over: web, spec: fault.Spec{Kind: fault.Expire}, arrives: 2, looks: true},
		{name: "deny", spec: fault.Spec{Kind: fault.Deny}, codes: map[string]int{overDSM: 105, overLDAP: 51, overAdaxes: 403}, arrives: 1, looks: true},
		{name: "slow", spec: fault.Spec{Kind: fault.Slow, Slow: patience / 10}, arrives: 1},
		{name: "too slow", over: web, spec: fault.Spec{Kind: fault.Slow, Slow: tooSlow}, lost: true, arrives: 1},
		{name: "approval", over: rules, rule: rule(face.Approve, ""), arrives: 1, want: verdict.Pending},
		{name: "approval, lost", over: rules, spec: fault.Spec{Kind: fault.DropAfter}, rule: rule(face.Approve, ""), lost: true, arrives: 1, says: "unless it waits for approval"},
		{name: "failed", over: rules, rule: rule(face.Fail, "the rule says no"), arrives: 1, want: verdict.Failed},
		{name: "refused", over: rules, rule: rule(face.Refuse, "the rule says no"), arrives: 1, want: verdict.Failed},
		{name: "warned", over: rules, rule: rule(face.Warn, "mind the gap"), arrives: 1, want: verdict.Done, warns: true},
	} {
		if len(kind.over) == 0 || slices.Contains(kind.over, backend) {
			kind.spec.Code = kind.codes[backend]
			all = append(all, kind)
		}
	}
	return all
}

// moment is when a fault hits: at the nth call of a name while the change is made.
type moment struct {
	name, call string
	nth        int
}

// everyFault has make faults print the matrix, and hit the looks before and after a
// write with every fault; without it one fault stands for all there.
var everyFault = flag.Bool("faults", false, "print the matrix of faults, and try all of them at every moment")

// matrix runs all writes under all faults, at the write itself and at the looks of the
// desk before and after it. Each write has a world of its own, so that they wait side
// by side.
func matrix(t *testing.T, backend string, newWorld func(*testing.T) *faultWorld, writes []faultyWrite, kinds []faultKind) {
	head, rows := []string{backend, "moment", "call"}, make([][][]string, len(writes))
	for _, kind := range kinds {
		head = append(head, kind.name)
	}
	t.Cleanup(func() {
		drawn := "the desk's verdict (what the directory holds):\n" + drawMatrix(slices.Concat(append([][][]string{{head}}, rows...)...))
		if *everyFault {
			fmt.Println(drawn)
			return
		}
		t.Log(drawn)
	})
	for i, w := range writes {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			f, n := newWorld(t), 0
			row := func(at moment, tried func(faultKind) bool) []string {
				cells := []string{w.name, at.name, at.call}
				for _, kind := range kinds {
					if !tried(kind) {
						cells = append(cells, "-")
						continue
					}
					n++
					t.Run(at.name+"/"+kind.name, func(t *testing.T) { cells = append(cells, f.run(t, w, kind, at, n)) })
				}
				return cells
			}
			rows[i] = append(rows[i], row(moment{"write", w.call, 1}, func(kind faultKind) bool {
				return len(w.only) == 0 || slices.Contains(w.only, kind.name)
			}))
			for _, at := range w.looks(f.undisturbed, writes) {
				rows[i] = append(rows[i], row(at, func(kind faultKind) bool { return kind.looks && (*everyFault || kind.spec.Kind == fault.DropBefore) }))
			}
		})
	}
}

// looks are the desk's calls before the write and after it, in an undisturbed change:
// of each name the one that is nearest to it. A call that is a write of its own has rows
// of its own.
func (w faultyWrite) looks(calls []string, writes []faultyWrite) (all []moment) {
	first := slices.Index(calls, w.call)
	if w.often || first < 0 {
		return nil
	}
	count := map[string]int{}
	for i, call := range calls {
		side := "look before"
		if i > first {
			side = "look after"
		}
		at := slices.IndexFunc(all, func(m moment) bool { return m.name == side && m.call == call })
		count[call]++
		switch isWrite := slices.ContainsFunc(writes, func(w faultyWrite) bool { return w.call == call }); {
		case isWrite:
		case at < 0:
			all = append(all, moment{side, call, count[call]})
		case i < first:
			all[at].nth = count[call]
		}
	}
	return all
}

// run does one write under one fault at a moment and gives its cell of the matrix.
func (f *faultWorld) run(t *testing.T, w faultyWrite, kind faultKind, at moment, n int) string {
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
		dot := strings.LastIndexByte(at.call, '.')
		spec.API, spec.Method, spec.Nth = at.call[:dot], at.call[dot+1:], at.nth
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
	if kind.spec.Kind == "" && kind.rule == nil {
		f.undisturbed = f.log.calls()
	}
	holds := w.holds(t, d, change)
	if at.call == w.call {
		f.checkWrite(t, w, kind, out, holds)
	} else {
		f.checkLook(t, w, at, out, holds)
	}
	for _, secret := range []string{oldPassword, newPassword} {
		if strings.Contains(out.Words+fmt.Sprint(out.Err), secret) {
			t.Errorf("a password is in %q, %v", out.Words, out.Err)
		}
	}
	return fmt.Sprintf("%s (%s)", out.Verdict, map[bool]string{true: "holds", false: "does not"}[holds])
}

// checkWrite compares the verdict of a write that a fault hit with the truth.
func (f *faultWorld) checkWrite(t *testing.T, w faultyWrite, kind faultKind, out desk.Outcome, holds bool) {
	t.Helper()
	if kind.want != "" && (out.Verdict != kind.want || holds != (kind.want == verdict.Done)) {
		t.Errorf("the verdict is %q (%s), want %q; that the directory holds it is %v", out.Verdict, out.Words, kind.want, holds)
	}
	switch out.Verdict {
	case verdict.Pending:
		if kind.want != verdict.Pending {
			t.Errorf("nobody has to approve it: %s", out.Words)
		}
	case verdict.Done, verdict.Failed:
		if (out.Verdict == verdict.Done) != holds {
			t.Errorf("the verdict is %q (%s), but that the directory holds it is %v", out.Verdict, out.Words, holds)
		}
	case verdict.Partly:
		if !w.second || holds {
			t.Errorf("the verdict is %q (%s), but that the directory holds all of it is %v", out.Verdict, out.Words, holds)
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
}

// checkLook does the same where a fault hit a look of the desk beside the write: what
// could not be looked at is not written, and what could not be read back is not denied.
func (f *faultWorld) checkLook(t *testing.T, w faultyWrite, at moment, out desk.Outcome, holds bool) {
	t.Helper()
	sent := f.log.count(w.call)
	switch out.Verdict {
	case verdict.Done, verdict.Failed:
		if (out.Verdict == verdict.Done) != holds {
			t.Errorf("the verdict is %q (%s), but that the directory holds it is %v", out.Verdict, out.Words, holds)
		}
	case verdict.Unknown:
		if sent == 0 {
			t.Errorf("the verdict is %q (%s), and nothing was sent", out.Verdict, out.Words)
		}
	default:
		t.Errorf("the verdict is %q: %s", out.Verdict, out.Words)
	}
	if sent > 1 || at.name == "look before" && out.Verdict == verdict.Failed && sent > 0 {
		t.Errorf("%s came %d times: %q, %s", w.call, sent, out.Verdict, out.Words)
	}
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
	// undisturbed are the calls of a change that no fault hit.
	undisturbed []string
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
	return len(slices.DeleteFunc(l.calls(), func(one string) bool { return one != call }))
}

// calls are those that came, as API.METHOD; a compound one by what is in it.
func (l *callLog) calls() (all []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(l.text.Bytes()) {
		var noted struct {
			API    string `json:"api"`
			Method string `json:"method"`
		}
		if json.Unmarshal(line, &noted) == nil && noted.API != "SYNO.Entry.Request" {
			all = append(all, noted.API+"."+noted.Method)
		}
	}
	return all
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

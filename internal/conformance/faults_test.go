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
	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
	"dirdesk/synology"
)

const (
	oldPassword = "Copper-Basket-4726"
	newPassword = "Meadow+Rocket+8352"
	// patience of the client with one answer, and an answer that is slower.
	patience = 500 * time.Millisecond
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
}

// TestFaults breaks the connection in every way at every write: the verdict of
// the desk is what the directory holds, nothing is done twice, and only where
// the wish cannot be seen may the verdict be that nobody knows. -v prints the
// matrix.
func TestFaults(t *testing.T) {
	f := newFaultWorld(t)
	n := 0
	rows := [][]string{{"write"}}
	for _, kind := range faultKinds() {
		rows[0] = append(rows[0], kind.name)
	}
	for _, w := range faultyWrites() {
		row := []string{w.name}
		for _, kind := range faultKinds() {
			n++
			t.Run(w.name+"/"+kind.name, func(t *testing.T) { row = append(row, f.run(t, w, kind, n)) })
		}
		rows = append(rows, row)
	}
	t.Log("the desk's verdict (what the directory holds):\n" + drawMatrix(rows))
}

// faultKind is one way in which the answer to a write goes wrong.
type faultKind struct {
	name string
	spec fault.Spec
	// lost says that the client cannot know what became of the write.
	lost bool
	// arrives is how often the call comes to the server.
	arrives int
}

func faultKinds() []faultKind {
	return []faultKind{
		{name: "no fault", arrives: 1},
		{name: "drop-before", spec: fault.Spec{Kind: fault.DropBefore}, lost: true, arrives: 1},
		{name: "drop-after", spec: fault.Spec{Kind: fault.DropAfter}, lost: true, arrives: 1},
		{name: "html-502", spec: fault.Spec{Kind: fault.HTML502}, lost: true, arrives: 1},
		{name: "truncate", spec: fault.Spec{Kind: fault.Truncate}, lost: true, arrives: 1},
		{name: "expire", spec: fault.Spec{Kind: fault.Expire}, arrives: 2},
		{name: "deny", spec: fault.Spec{Kind: fault.Deny, Code: 105}, arrives: 1},
		{name: "slow", spec: fault.Spec{Kind: fault.Slow, Slow: patience / 5}, arrives: 1},
		{name: "too slow", spec: fault.Spec{Kind: fault.Slow, Slow: tooSlow}, lost: true, arrives: 1},
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
	var out desk.Outcome
	for out = range f.desk.Apply(t.Context(), plan) {
	}
	f.server.ClearFaults()
	holds := w.holds(t, d, change)
	switch out.Verdict {
	case desk.Done, desk.Failed:
		if (out.Verdict == desk.Done) != holds {
			t.Errorf("the verdict is %q (%s), but that the directory holds it is %v", out.Verdict, out.Words, holds)
		}
	case desk.Unknown:
		if !w.blind || !kind.lost {
			t.Errorf("the verdict is %q (%s), and it can be known", out.Verdict, out.Words)
		}
	default:
		t.Errorf("the verdict is %q: %s", out.Verdict, out.Words)
	}
	if kind.arrives == 1 && kind.spec.Kind != fault.Deny && !kind.lost && out.Verdict != desk.Done {
		t.Errorf("nothing was in the way: %q, %s", out.Verdict, out.Words)
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

// faultyWrites are all writes of DSM that change the directory.
func faultyWrites() []faultyWrite {
	const (
		user   = "SYNO.ActiveDirectory.User"
		group  = "SYNO.ActiveDirectory.Group"
		folder = "SYNO.ActiveDirectory.Directory"
	)
	newUser := func(first string) func(*testing.T, *directory.Directory, int) models.Change {
		return func(_ *testing.T, d *directory.Directory, n int) models.Change {
			u := models.NewUser{
				Container: usersOf(d), LogonName: fmt.Sprintf("new%d", n), GivenName: first, Mail: fmt.Sprintf("new%d@example.test", n),
				Description: `a "quoted" \ text`, MustChange: true,
			}
			return models.Change{Action: models.CreateUser, User: &u, Password: models.NewSecret(newPassword)}
		}
	}
	edit := func(field models.Field, value string) func(*testing.T, *directory.Directory, int) models.Change {
		return func(t *testing.T, d *directory.Directory, n int) models.Change {
			return models.Change{Action: models.Edit, DN: addUser(t, d, n), Fields: []models.FieldChange{{Field: field, After: value}}}
		}
	}
	fieldHolds := func(t *testing.T, d *directory.Directory, c models.Change) bool {
		value, known := c.Fields[0].Field.Of(get(t, d, c.DN))
		return known && value == c.Fields[0].After
	}
	userHolds := func(t *testing.T, d *directory.Directory, c models.Change) bool {
		dn, there := d.Find(c.User.LogonName)
		if !there {
			return false
		}
		o := get(t, d, dn)
		return o.Mail == c.User.Mail && o.Description == c.User.Description && o.Account.GivenName == c.User.GivenName
	}
	deletion := func(t *testing.T, d *directory.Directory, n int) models.Change {
		return models.Change{Action: models.Delete, DN: addUser(t, d, n)}
	}
	deleted := func(_ *testing.T, d *directory.Directory, c models.Change) bool {
		_, err := d.Get(c.DN)
		return err != nil
	}
	return []faultyWrite{
		{name: "create user", call: user + ".create", make: newUser(""), holds: userHolds},
		{name: "create user, names", call: user + ".create", make: newUser("Ann"), holds: userHolds},
		{name: "its second write", call: user + ".set", make: newUser("Ann"), holds: userHolds, blind: true},
		{
			name: "create group", call: group + ".create",
			make: func(_ *testing.T, d *directory.Directory, n int) models.Change {
				g := models.NewGroup{Container: usersOf(d), Name: fmt.Sprintf("Group, %d", n), Scope: models.ScopeGlobal, Type: models.TypeSecurity}
				g.Name = strings.ReplaceAll(g.Name, ",", "") // of logon names AD takes no comma
				return models.Change{Action: models.CreateGroup, Group: &g}
			},
			holds: func(_ *testing.T, d *directory.Directory, c models.Change) bool { return d.Conflict(c.Group.Name) },
		},
		{name: "edit phone", call: user + ".set", make: edit(models.FieldTelephone, "null"), holds: fieldHolds},
		{name: "edit first name", call: user + ".set", make: edit(models.FieldGivenName, `O"Neil\`), holds: fieldHolds, blind: true},
		{
			name: "set password", call: user + ".set", blind: true,
			make: func(t *testing.T, d *directory.Directory, n int) models.Change {
				return models.Change{Action: models.SetPassword, DN: addUser(t, d, n), Password: models.NewSecret(newPassword)}
			},
			holds: func(t *testing.T, d *directory.Directory, c models.Change) bool {
				_, err := d.Authenticate(get(t, d, c.DN).SAMAccountName, models.NewSecret(newPassword))
				return err == nil
			},
		},
		{
			name: "add members", call: group + ".Member.add", blind: true,
			make: func(t *testing.T, d *directory.Directory, n int) models.Change {
				dn := usersOf(d).Child("CN", fmt.Sprintf("Team %d", n))
				must(t, d.Add(dn, "group", map[string][]string{"sAMAccountName": {dn.RDN().Value}}))
				return models.Change{Action: models.AddMembers, DN: dn, Members: []models.DN{addUser(t, d, n)}}
			},
			holds: func(t *testing.T, d *directory.Directory, c models.Change) bool {
				members, err := d.Members(c.DN)
				must(t, err)
				return slices.ContainsFunc(members, c.Members[0].Equal)
			},
		},
		{name: "delete", call: folder + ".delete", make: deletion, holds: deleted},
		{name: "its progress", call: "SYNO.ActiveDirectory.Polling.get", make: deletion, holds: deleted, often: true},
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
}

func newFaultWorld(t *testing.T) *faultWorld {
	t.Helper()
	f := &faultWorld{log: &callLog{}}
	server, err := simulator.Start(simulator.Options{
		Directory: directory.New(directory.Options{Realm: "example.test"}), Strict: true, RequestLog: f.log,
	})
	must(t, err)
	f.server = server
	t.Cleanup(func() { must(t, server.Close()) })
	host := strings.TrimPrefix(server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	must(t, err)
	client, err := synology.Open(t.Context(), synology.Options{
		Host: host, TLS: tls, Account: server.Account(), Password: server.Password(), Timeout: patience, PollEvery: 20 * time.Millisecond,
	})
	must(t, err)
	journal, err := desk.OpenJournal(t.TempDir()+"/journal.jsonl", nil)
	must(t, err)
	f.desk = desk.New(synology.NewBackend(client, "synology://"+host), desk.Options{
		Mode: desk.Open, Journal: journal, Settle: []time.Duration{20 * time.Millisecond},
	})
	t.Cleanup(func() {
		check, err := desk.VerifyJournal(journal.Path())
		if err != nil || !check.Whole() {
			t.Errorf("the journal is not whole: %q, %v", check.Problems, err)
		}
	})
	return f
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

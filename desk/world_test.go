package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dirdesk/models"
)

// trouble is what goes wrong with the next write of a world.
type trouble string

const (
	fine       trouble = ""
	dropBefore trouble = "drop-before" // no answer, nothing done
	dropAfter  trouble = "drop-after"  // done, no answer
	deny       trouble = "deny"        // refused
	away       trouble = "away"        // not reachable: nothing was sent
	pretend    trouble = "pretend"     // yes, and nothing done
	late       trouble = "late"        // no answer, done a second later
	twist      trouble = "twist"       // yes, and something else done
	pending    trouble = "pending"     // somebody has to approve it
)

// world is a small domain in memory that can do everything. What a test takes
// away from it, it wraps in a type with fewer methods.
type world struct {
	mu      sync.Mutex
	objects []models.Object
	members map[string][]models.DN
	policy  models.PasswordPolicy
	trouble trouble
	sent    []string // the writes that arrived, by their action
	reads   int
	lists   []models.ListRequest
	readErr error
	before  func(action models.Action) // called as a write arrives

	values   map[string]map[string][]string // properties by object and name, in lower case
	last     models.Modification            // as it came
	photos   map[string][]byte
	licences map[string]map[string]bool // nil: the server does not tell
	partial  string                     // of every sheet
	says     []models.Message           // with every write that tells
	progress string

	sync []any // answers to SyncStatus: models.SyncStatus or error; the last stays
}

const (
	staff = models.DN("OU=Staff,DC=example,DC=test")
	doe   = models.DN("CN=John Doe,OU=Staff,DC=example,DC=test")
	roe   = models.DN("CN=Jane Roe,OU=Staff,DC=example,DC=test")
	sales = models.DN("CN=Sales,OU=Staff,DC=example,DC=test")
	empty = models.DN("OU=Empty,DC=example,DC=test")
)

func person(dn models.DN, logon string) models.Object {
	return models.Object{
		DN: dn, Name: dn.RDN().Value, Category: models.Person, SAMAccountName: logon, DisplayName: dn.RDN().Value,
		Mail: logon + "@example.test", TelephoneNumber: "555-0199", Disabled: models.No, Locked: models.No,
		AccountExpiry: models.Never(), Deletable: models.Yes,
		Account: &models.Account{
			GivenName: "John", Surname: "Doe", MustChangePassword: models.No, CannotChangePassword: models.No,
			PasswordNeverExpires: models.No, PasswordSet: time.Unix(1000, 0),
		},
	}
}

func newWorld() *world {
	d := person(doe, "jdoe")
	d.Locked, d.Protected = models.Yes, models.No
	d.Account.MemberOf = []models.DN{sales}
	return &world{
		objects: []models.Object{
			{DN: staff, Name: "Staff", Category: models.OrganizationalUnit},
			{DN: empty, Name: "Empty", Category: models.OrganizationalUnit},
			d, person(roe, "jroe"),
			{DN: sales, Name: "Sales", Category: models.Group, SAMAccountName: "Sales"},
			{DN: "CN=Users,DC=example,DC=test", Name: "Users", Category: models.Container, Deletable: models.No},
		},
		members:  map[string][]models.DN{sales.Key(): {doe}},
		values:   newValues(),
		photos:   map[string][]byte{},
		licences: map[string]map[string]bool{doe.Key(): {"ENTERPRISEPACK": true, "EMS": false}},
		policy:   models.PasswordPolicy{Known: true, MinLength: 8, Complexity: true},
	}
}

func (w *world) About() models.About {
	return models.About{Backend: "a world", URL: "world://here", Account: "admin", Seekable: true}
}

func (w *world) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{Realm: "example.test", Workgroup: "EXAMPLE", BaseDN: "DC=example,DC=test"}, nil
}

func (w *world) Close(context.Context) error { return nil }

func (w *world) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		w.mu.Lock()
		w.lists = append(w.lists, req)
		err := w.readErr
		var all []models.Object
		for _, o := range w.objects {
			if o.DN.Parent().Equal(req.Base) && (req.Categories == nil || slices.Contains(req.Categories, o.Category)) {
				all = append(all, o)
			}
		}
		w.mu.Unlock()
		if err != nil {
			yield(models.Page{}, err)
			return
		}
		first := min(req.Offset, len(all))
		last := len(all)
		if req.Limit > 0 {
			last = min(last, first+req.Limit)
		}
		yield(models.Page{Objects: all[first:last], Offset: req.Offset, Total: len(all)}, nil)
	}
}

func (w *world) Get(ctx context.Context, ref models.Ref) (models.Object, error) {
	if err := ctx.Err(); err != nil {
		return models.Object{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	if w.readErr != nil {
		return models.Object{}, w.readErr
	}
	if i := w.index(ref.DN); i >= 0 {
		o := w.objects[i]
		if o.Account != nil {
			account := *o.Account
			o.Account = &account
		}
		return o, nil
	}
	return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(ref.DN)}
}

func (w *world) index(dn models.DN) int {
	return slices.IndexFunc(w.objects, func(o models.Object) bool { return o.DN.Equal(dn) })
}

// write is one arriving write: apply changes the world.
func (w *world) write(action models.Action, secret models.Secret, apply func() error) error {
	w.mu.Lock()
	before := w.before
	w.mu.Unlock()
	if before != nil {
		before(action)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, string(action))
	unknown := &models.Error{Kind: models.ErrUnknownOutcome, Action: string(action), Err: errors.New("connection reset")}
	switch w.trouble {
	case dropBefore:
		return unknown
	case dropAfter:
		return errors.Join(unknown, apply())
	case late:
		time.AfterFunc(time.Second, func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			_ = apply()
		})
		return unknown
	case deny:
		return &models.Error{Kind: models.ErrDenied, Action: string(action), Server: "you may not set " + secret.Reveal()}
	case away:
		return &models.Error{Kind: models.ErrUnreachable, Action: "connect to", Object: "dc1:636"}
	case pretend:
		return nil
	case pending:
		return &models.Error{Kind: models.ErrPending, Action: string(action), Server: "request submitted for approval"}
	case twist:
		if err := apply(); err != nil {
			return err
		}
		for i := range w.objects {
			w.objects[i].TelephoneNumber = "twisted"
		}
		for _, values := range w.values {
			values["telephonenumber"] = []string{"twisted"}
		}
		return nil
	default:
		return apply()
	}
}

// object changes one object.
func (w *world) object(action models.Action, dn models.DN, change func(o *models.Object)) error {
	return w.write(action, models.Secret{}, func() error {
		i := w.index(dn)
		if i < 0 {
			return &models.Error{Kind: models.ErrNotFound, Action: string(action), Object: string(dn)}
		}
		change(&w.objects[i])
		return nil
	})
}

func (w *world) CreateUser(ctx context.Context, u models.NewUser, password models.Secret) (models.DN, error) {
	w.tell(ctx)
	dn := u.Container.DN.Child("CN", u.FullName())
	err := w.write(models.CreateUser, password, func() error {
		o := person(dn, u.LogonName)
		o.DisplayName, o.Mail, o.Description, o.TelephoneNumber = u.DisplayName, u.Mail, u.Description, ""
		o.Disabled = models.FlagOf(u.Disabled)
		o.Account.GivenName, o.Account.Surname = u.GivenName, u.Surname
		o.Account.MustChangePassword = models.FlagOf(u.MustChange)
		o.Account.PasswordNeverExpires = models.FlagOf(u.NeverExpires)
		w.objects = append(w.objects, o)
		return nil
	})
	return made(dn, err)
}

// made is the name of a new object; none where it was refused.
func made(dn models.DN, err error) (models.DN, error) {
	if err != nil && !models.MayBeDone(err) {
		return "", err
	}
	return dn, err
}

func (w *world) CreateGroup(_ context.Context, g models.NewGroup) (models.DN, error) {
	dn := g.Container.DN.Child("CN", g.Name)
	return made(dn, w.write(models.CreateGroup, models.Secret{}, func() error {
		w.objects = append(w.objects, models.Object{
			DN: dn, Name: g.Name, Category: models.Group, SAMAccountName: g.Name, Mail: g.Mail, Description: g.Description,
			Account: &models.Account{GroupType: models.GroupGlobal | models.GroupSecurity},
		})
		return nil
	}))
}

func (w *world) CreateOU(_ context.Context, parent models.Ref, name, description string) (models.DN, error) {
	dn := parent.DN.Child("OU", name)
	return made(dn, w.write(models.CreateOU, models.Secret{}, func() error {
		w.objects = append(w.objects, models.Object{DN: dn, Name: name, Category: models.OrganizationalUnit, Description: description})
		return nil
	}))
}

func (w *world) EditableFields(models.Category) []models.Field { return models.Fields() }

func (w *world) EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error {
	w.tell(ctx)
	return w.object(models.Edit, ref.DN, func(o *models.Object) {
		if ctx.Err() != nil {
			return // as over a connection that was given up
		}
		for _, c := range changes {
			switch c.Field {
			case models.FieldTelephone:
				o.TelephoneNumber = c.After
			case models.FieldOffice:
				o.Office = c.After
			case models.FieldDescription:
				o.Description = c.After
			case models.FieldDisplayName:
				o.DisplayName = c.After
			case models.FieldGivenName, models.FieldSurname:
				account := *o.Account
				if c.Field == models.FieldSurname {
					account.Surname = c.After
				} else {
					account.GivenName = c.After
				}
				o.Account = &account
			}
		}
	})
}

func (w *world) CanMustChange() bool { return true }

func (w *world) SetPassword(_ context.Context, ref models.Ref, password models.Secret, must models.Flag) error {
	return w.write(models.SetPassword, password, func() error {
		o := &w.objects[w.index(ref.DN)]
		account := *o.Account
		account.PasswordSet = account.PasswordSet.Add(time.Hour)
		if must.Known() {
			account.MustChangePassword = must
		}
		o.Account = &account
		return nil
	})
}

func (w *world) SendResetMail(context.Context, string) error {
	return w.write(models.SendResetMail, models.Secret{}, func() error { return nil })
}

func (w *world) AddMembers(_ context.Context, group models.Ref, members []models.Ref) error {
	return w.write(models.AddMembers, models.Secret{}, func() error {
		w.members[group.DN.Key()] = append(w.members[group.DN.Key()], models.Names(members)...)
		return nil
	})
}

func (w *world) RemoveMembers(_ context.Context, group models.Ref, members []models.Ref) error {
	return w.write(models.RemoveMembers, models.Secret{}, func() error {
		gone := keys(models.Names(members))
		w.members[group.DN.Key()] = slices.DeleteFunc(w.members[group.DN.Key()], func(dn models.DN) bool { return gone[dn.Key()] })
		return nil
	})
}

func (w *world) Members(_ context.Context, group models.Ref) ([]models.DN, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.members[group.DN.Key()]), w.readErr
}

func (w *world) SetEnabled(_ context.Context, ref models.Ref, enabled bool) error {
	action := models.Disable
	if enabled {
		action = models.Enable
	}
	return w.object(action, ref.DN, func(o *models.Object) { o.Disabled = models.FlagOf(!enabled) })
}

func (w *world) SetProtected(_ context.Context, ref models.Ref, protected bool) error {
	action := models.Unprotect
	if protected {
		action = models.Protect
	}
	return w.object(action, ref.DN, func(o *models.Object) { o.Protected = models.FlagOf(protected) })
}

func (w *world) Unlock(_ context.Context, ref models.Ref) error {
	return w.object(models.Unlock, ref.DN, func(o *models.Object) { o.Locked = models.No })
}

func (w *world) SetExpiry(_ context.Context, ref models.Ref, expiry models.Expiry) error {
	return w.object(models.SetExpiry, ref.DN, func(o *models.Object) { o.AccountExpiry = expiry })
}

func (w *world) SetMustChange(_ context.Context, ref models.Ref, must bool) error {
	return w.object(models.SetMustChange, ref.DN, func(o *models.Object) {
		account := *o.Account
		account.MustChangePassword = models.FlagOf(must)
		o.Account = &account
	})
}

func (w *world) Rename(_ context.Context, ref models.Ref, name string) (models.DN, error) {
	to := ref.DN.Parent().Child("CN", name)
	return to, w.object(models.Rename, ref.DN, func(o *models.Object) { o.DN, o.Name = to, name })
}

func (w *world) Move(_ context.Context, ref, parent models.Ref) (models.DN, error) {
	to := parent.DN.Child("CN", ref.DN.RDN().Value)
	return to, w.object(models.Move, ref.DN, func(o *models.Object) { o.DN = to })
}

func (w *world) CanDeleteSubtree() bool { return true }

func (w *world) Delete(_ context.Context, refs []models.Ref, _ bool, done func(models.DN, error)) error {
	for _, dn := range refs {
		err := w.write(models.Delete, models.Secret{}, func() error {
			w.objects = slices.DeleteFunc(w.objects, func(o models.Object) bool { return o.DN.Equal(dn.DN) || o.DN.IsBelow(dn.DN) })
			return nil
		})
		if errors.Is(err, models.ErrUnknownOutcome) {
			return err
		}
		done(dn.DN, err)
	}
	return nil
}

func (w *world) NameTaken(_ context.Context, name string) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.objects, func(o models.Object) bool { return strings.EqualFold(o.SAMAccountName, name) }), nil
}

func (w *world) PasswordPolicy(context.Context) (models.PasswordPolicy, error) { return w.policy, nil }

func (w *world) StartSync(context.Context) (string, error) {
	return "task-1", w.write(models.SyncDomain, models.Secret{}, func() error { return nil })
}

func (w *world) SyncStatus(context.Context, string) (models.SyncStatus, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	answer := w.sync[0]
	if len(w.sync) > 1 {
		w.sync = w.sync[1:]
	}
	if err, failed := answer.(error); failed {
		return models.SyncStatus{}, err
	}
	return answer.(models.SyncStatus), nil
}

// dsm has what a DSM has of a world: no read of one object, no first names, no
// members.
type dsm struct {
	Backend
	UserCreator
	FieldEditor
	MemberAdder
	NameChecker
	DomainSyncer
	w *world
}

func newDSM(w *world) dsm {
	return dsm{Backend: w, UserCreator: w, FieldEditor: w, MemberAdder: w, NameChecker: w, DomainSyncer: w, w: w}
}

func (d dsm) About() models.About {
	about := d.w.About()
	about.Name, about.Limits, about.Remedy = "DSM", "DSM's documented calls", "this works over ldaps://nas: name that as directory in the profile"
	return about
}

func (d dsm) CreationFields() []models.Field {
	return []models.Field{models.FieldDescription, models.FieldMail}
}
func (d dsm) CanMustChange() bool { return false }
func (d dsm) SetPassword(ctx context.Context, ref models.Ref, p models.Secret, must models.Flag) error {
	return d.w.SetPassword(ctx, models.Ref{DN: ref.DN}, p, must)
}

func (d dsm) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		for page, err := range d.w.List(ctx, req) {
			page.Objects = slices.Clone(page.Objects)
			for i := range page.Objects {
				page.Objects[i].Account = nil
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

// open is a desk without a window and without pauses.
func open(b Backend) *Desk { return New(b, Options{Mode: Open, Settle: []time.Duration{}}) }

// apply plans and makes changes, all of which are expected to be planned.
func apply(t *testing.T, d *Desk, changes ...models.Change) []Outcome {
	t.Helper()
	plan, err := d.Plan(t.Context(), changes, PlanOptions{Subtree: true})
	if err != nil {
		t.Fatalf("plan: %v", err)
	}
	if err := plan.Refused(); err != nil {
		t.Fatalf("refused: %v", err)
	}
	return slices.Collect(d.Apply(t.Context(), plan))
}

func phone(dn models.DN, number string) models.Change {
	return models.Change{Action: models.Edit, DN: dn, Fields: []models.FieldChange{{Field: models.FieldTelephone, After: number}}}
}

var now = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// crowd is a container of many objects.
const crowd = models.DN("OU=Large,DC=example,DC=test")

func numbered(n int) models.Object {
	name := fmt.Sprintf("User %06d", n)
	return models.Object{DN: crowd.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: fmt.Sprintf("u%d", n)}
}

func many(first, count int) []models.Object {
	objects := make([]models.Object, count)
	for i := range objects {
		objects[i] = numbered(first + i)
	}
	return objects
}

package synology

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
	"dirdesk/test/webtest"
)

// world is a simulator with one account's client on it.
type world struct {
	t      *testing.T
	server *simulator.Server
	log    *calls
	client *Backend
	users  models.DN
}

func newWorld(t *testing.T, strict bool) *world {
	t.Helper()
	server, log := startSimulator(t, simulator.Options{Strict: strict, DomainUpdate: 50 * time.Millisecond})
	options := simulatorOptions(t, server)
	options.PollEvery = time.Millisecond
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	return &world{t, server, log, client, server.BaseDN().Child("CN", "Users")}
}

// runsOutOfTime ends the wait for the next answer as soon as the server has the
// request.
func (w *world) runsOutOfTime() {
	before, runOut := w.server.Requests(), webtest.OutOfTime(w.client.web)
	go func() {
		for w.server.Requests() == before && w.t.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
		runOut()
	}()
}

const goodPassword = `Tr0ub4dor&3 "x"\`

func (w *world) user(logon string) models.DN {
	w.t.Helper()
	dn, err := w.client.CreateUser(w.t.Context(), models.NewUser{Container: models.Ref{DN: w.users}, LogonName: logon}, models.NewSecret(goodPassword))
	if err != nil {
		w.t.Fatal(err)
	}
	return dn
}

func (w *world) group(name string) models.DN {
	w.t.Helper()
	dn, err := w.client.CreateGroup(w.t.Context(), models.NewGroup{
		Container: models.Ref{DN: w.users}, Name: name, Scope: models.ScopeGlobal, Type: models.TypeSecurity,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return dn
}

func (w *world) stored(dn models.DN) models.Object {
	w.t.Helper()
	o, err := w.server.Directory().Get(dn)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// What was typed is what a strict server stored, and the password is good.
func TestSimulatorStoresWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{true, false} {
		w := newWorld(t, strict)
		for i, typed := range awkward() {
			logon := fmt.Sprint("typed", i)
			container := w.server.BaseDN().Child("OU", typed)
			dn, err := w.client.CreateUser(t.Context(), models.NewUser{
				Container: models.Ref{DN: container}, LogonName: logon, Description: typed, Disabled: true, NeverExpires: true,
			}, models.NewSecret(goodPassword))
			if err != nil {
				t.Fatalf("%q: %v", typed, err)
			}
			if !dn.Equal(container.Child("CN", logon)) {
				t.Errorf("%q: made %s", typed, dn)
			}
			made := w.stored(dn)
			if made.Description != typed || made.Disabled != models.Yes || made.SAMAccountName != logon {
				t.Errorf("%q: stored %+v", typed, made)
			}
			changes := []models.FieldChange{
				{Field: models.FieldDisplayName, After: typed},
				{Field: models.FieldGivenName, After: typed},
				{Field: models.FieldOffice, After: typed},
				{Field: models.FieldDescription, After: ""},
			}
			if err := w.client.EditFields(t.Context(), models.Ref{DN: dn}, changes); err != nil {
				t.Fatalf("%q: %v", typed, err)
			}
			edited := w.stored(dn)
			if edited.DisplayName != typed || edited.Account.GivenName != typed || edited.Office != typed || edited.Description != "" {
				t.Errorf("%q: stored %+v", typed, edited)
			}
		}
	}
}

func TestSimulatorPasswordIsTheOneTyped(t *testing.T) {
	w := newWorld(t, true)
	dn := w.user("pw")
	passwords := []string{goodPassword, `1234567"A`, `CN=Doe\, John 1`, "null True1", "a+b%20C&d=3"}
	for _, typed := range awkward() {
		passwords = append(passwords, typed+" Zx9")
	}
	for _, password := range passwords {
		if err := w.client.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(password), models.Unknown); err != nil {
			t.Fatalf("%q: %v", password, err)
		}
		if err := signsIn(w.server.Directory(), "pw", password); err != nil {
			t.Errorf("%q is not the password that was set: %v", password, err)
		}
	}
}

func TestSimulatorRefusals(t *testing.T) {
	w := newWorld(t, true)
	ctx := t.Context()
	dn, group := w.user("jdoe"), w.group("Sales")
	nobody := w.users.Child("CN", "nobody")
	create := func(user models.NewUser, password string) error {
		_, err := w.client.CreateUser(ctx, user, models.NewSecret(password))
		return err
	}
	_, groupExists := w.client.CreateGroup(ctx, models.NewGroup{Container: models.Ref{DN: w.users}, Name: "JDOE", Scope: models.ScopeGlobal, Type: models.TypeSecurity})
	for name, test := range map[string]struct{ err, want error }{
		"logon name taken":        {create(models.NewUser{Container: models.Ref{DN: w.users}, LogonName: "JDoe"}, goodPassword), models.ErrExists},
		"name taken by a user":    {groupExists, models.ErrExists},
		"container missing":       {create(models.NewUser{Container: models.Ref{DN: nobody}, LogonName: "x"}, goodPassword), models.ErrNotFound},
		"weak password":           {create(models.NewUser{Container: models.Ref{DN: w.users}, LogonName: "x"}, "short"), models.ErrPolicy},
		"numeric password":        {create(models.NewUser{Container: models.Ref{DN: w.users}, LogonName: "x"}, "12345678"), models.ErrPolicy},
		"weak new password":       {w.client.SetPassword(ctx, models.Ref{DN: dn}, models.NewSecret("short"), models.Unknown), models.ErrPolicy},
		"password of nobody":      {w.client.SetPassword(ctx, models.Ref{DN: nobody}, models.NewSecret(goodPassword), models.Unknown), models.ErrNotFound},
		"edit of nobody":          {w.client.EditFields(ctx, models.Ref{DN: nobody}, []models.FieldChange{{Field: models.FieldMail, After: "x"}}), models.ErrNotFound},
		"member that is nobody":   {w.client.AddMembers(ctx, models.Ref{DN: group}, models.Refs(nobody)), models.ErrNotFound},
		"group that is not there": {w.client.AddMembers(ctx, models.Ref{DN: nobody}, models.Refs(dn)), models.ErrNotFound},
		"member":                  {w.client.AddMembers(ctx, models.Ref{DN: group}, models.Refs(dn)), nil},
		"member again":            {w.client.AddMembers(ctx, models.Ref{DN: group}, models.Refs(dn)), nil},
		"member and another":      {w.client.AddMembers(ctx, models.Ref{DN: group}, models.Refs(dn, w.user("second"))), nil},
	} {
		if !errors.Is(test.err, test.want) || test.want == nil && test.err != nil {
			t.Errorf("%s: %v, want %v", name, test.err, test.want)
			continue
		}
		var told *models.Error
		if errors.As(test.err, &told) && (told.Server == "" || models.AdviceFor(told) == "" || told.Object == "") {
			t.Errorf("%s: %+v", name, told)
		}
	}
	if taken, err := w.client.NameTaken(ctx, "x"); taken || err != nil {
		t.Errorf("a refused user is there all the same: %v", err)
	}
	for _, logon := range []string{"jdoe", "second"} {
		member := w.stored(w.users.Child("CN", logon))
		if !slices.ContainsFunc(member.Account.MemberOf, group.Equal) {
			t.Errorf("%s is in %v", logon, member.Account.MemberOf)
		}
	}
}

// A deletion goes over several polls and tells of each object by itself.
func TestSimulatorDelete(t *testing.T) {
	w := newWorld(t, true)
	var dns []models.DN
	for i := range 12 {
		dns = append(dns, w.user(fmt.Sprint("user", i)))
	}
	full := w.server.BaseDN().Child("OU", "full")
	if err := errors.Join(w.server.Directory().Add(full, "organizationalUnit", nil),
		w.server.Directory().Add(full.Child("OU", "below"), "organizationalUnit", nil)); err != nil {
		t.Fatal(err)
	}
	missing, system := w.users.Child("CN", "nobody"), w.users.Child("CN", "Domain Users")
	got := heard{t, map[models.DN]error{}}
	if err := w.client.Delete(t.Context(), models.Refs(append([]models.DN{full, missing, system}, dns...)...), false, got.done); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(got.results[full], models.ErrNotEmpty) || !errors.Is(got.results[missing], models.ErrNotFound) || got.results[system] == nil {
		t.Errorf("full: %v, missing: %v, system: %v", got.results[full], got.results[missing], got.results[system])
	}
	for _, dn := range dns {
		if err, known := got.results[dn]; err != nil || !known {
			t.Errorf("%s: %v", dn, err)
		}
		if _, err := w.server.Directory().Get(dn); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s is still there: %v", dn, err)
		}
	}
	if n := len(w.log.of(t, "get")); n < 2 {
		t.Errorf("%d polls: not as slow as it is to be", n)
	}
}

func TestSimulatorDeletionThatIsLost(t *testing.T) {
	t.Parallel()
	for text, words := range map[string]string{
		"deny=120@SYNO.ActiveDirectory.Polling.get#2": "does not tell", "fail-task@SYNO.ActiveDirectory.Polling.get#2": "",
		"stall@SYNO.ActiveDirectory.Polling.get": "no progress",
	} {
		t.Run(text, func(t *testing.T) {
			w := newWorld(t, true)
			w.client.options.patience = 50 * time.Millisecond
			var dns []models.DN
			for i := range 12 {
				dns = append(dns, w.user(fmt.Sprint("user", i)))
			}
			spec, err := fault.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			w.server.Inject(spec)
			got := heard{t, map[models.DN]error{}}
			err = w.client.Delete(t.Context(), models.Refs(dns...), false, got.done)
			if words != "" && (!errors.Is(err, models.ErrUnknownOutcome) || !strings.Contains(err.Error(), words) || len(got.results) == len(dns)) {
				t.Errorf("%v, reported %d", err, len(got.results))
			}
			for dn, result := range got.results {
				_, err := w.server.Directory().Get(dn)
				if gone := errors.Is(err, models.ErrNotFound); gone != (result == nil) {
					t.Errorf("%s was said to be %v, and is gone: %v", dn, result, gone)
				}
			}
			if words == "" && (err != nil || len(got.results) != len(dns)) {
				t.Errorf("a task that failed tells of each object: %v, %d", err, len(got.results))
			}
		})
	}
}

// For each write and each way of losing its answer: what is said is never the
// opposite of what was done, and the write arrives once.
func TestSimulatorWriteFaults(t *testing.T) {
	type write struct {
		name, api, method string
		run               func(*world, models.DN, models.DN) error
		done              func(*world, models.DN) bool
	}
	writes := []write{
		{"create user", apiADUser, "create", func(w *world, _, _ models.DN) error {
			_, err := w.client.CreateUser(w.t.Context(), models.NewUser{Container: models.Ref{DN: w.users}, LogonName: "new"}, models.NewSecret(goodPassword))
			return err
		}, func(w *world, _ models.DN) bool { return w.server.Directory().Conflict("new") }},
		{"create group", apiADGroup, "create", func(w *world, _, _ models.DN) error {
			_, err := w.client.CreateGroup(w.t.Context(), models.NewGroup{Container: models.Ref{DN: w.users}, Name: "new", Scope: models.ScopeGlobal, Type: models.TypeSecurity})
			return err
		}, func(w *world, _ models.DN) bool { return w.server.Directory().Conflict("new") }},
		{"edit", apiCompound, "request", func(w *world, user, _ models.DN) error {
			return w.client.EditFields(w.t.Context(), models.Ref{DN: user}, []models.FieldChange{{Field: models.FieldTelephone, After: "555"}})
		}, func(w *world, user models.DN) bool { return w.stored(user).TelephoneNumber == "555" }},
		{"set password", apiCompound, "request", func(w *world, user, _ models.DN) error {
			return w.client.SetPassword(w.t.Context(), models.Ref{DN: user}, models.NewSecret("another Passw0rd"), models.Unknown)
		}, func(w *world, _ models.DN) bool {
			return signsIn(w.server.Directory(), "user", "another Passw0rd") == nil
		}},
		{"add members", apiCompound, "request", func(w *world, user, group models.DN) error {
			return w.client.AddMembers(w.t.Context(), models.Ref{DN: group}, models.Refs(user))
		}, func(w *world, user models.DN) bool { return len(w.stored(user).Account.MemberOf) > 0 }},
	}
	for _, write := range writes {
		for text, want := range map[string]error{
			"drop-before": models.ErrUnknownOutcome, "drop-after": models.ErrUnknownOutcome, "html-502": models.ErrUnknownOutcome,
			"truncate": models.ErrUnknownOutcome, "slow=1h": models.ErrUnknownOutcome, "deny=105": models.ErrDenied,
			"expire": nil, "deny=119": nil, "deny=107": nil,
		} {
			t.Run(write.name+"/"+text, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, true)
				user, group := w.user("user"), w.group("group")
				spec, err := fault.Parse(text + "@" + write.api + "." + write.method + "#1")
				if err != nil {
					t.Fatal(err)
				}
				w.server.Inject(spec)
				if spec.Kind == fault.Slow {
					w.runsOutOfTime()
				}
				before := len(w.log.of(t, write.method))
				err = write.run(w, user, group)
				if !errors.Is(err, want) || want == nil && err != nil {
					t.Errorf("got %v, want %v", err, want)
				}
				sent, most := len(w.log.of(t, write.method))-before, 1
				if want == nil {
					most = 2
				}
				if sent > most {
					t.Errorf("sent %d times", sent)
				}
				if done := write.done(w, user); want == nil && !done || errors.Is(err, models.ErrDenied) && done {
					t.Errorf("done: %v, said: %v", done, err)
				}
			})
		}
	}
}

func TestSimulatorSyncRunsToItsEnd(t *testing.T) {
	w := newWorld(t, true)
	backend := w.client
	w.user("fresh")
	if !w.server.Awaits("fresh") {
		t.Fatal("DSM knows the account before the update")
	}
	task, err := backend.StartSync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backend.StartSync(t.Context()); !errors.Is(err, models.ErrBusy) {
		t.Errorf("a second update meanwhile: %v, want ErrBusy", err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for status := (models.SyncStatus{}); !status.Done; {
		if status, err = backend.SyncStatus(t.Context(), task); err != nil || !status.Known || time.Now().After(deadline) {
			t.Fatalf("%+v, %v", status, err)
		}
	}
	if w.server.Awaits("fresh") {
		t.Error("DSM does not know the account after the update")
	}
}

func TestSimulatorRequestAndResetMail(t *testing.T) {
	w := newWorld(t, true)
	dn := w.user("jdoe")
	backend := w.client
	if err := backend.SendResetMail(t.Context(), "jdoe"); err != nil {
		t.Error(err)
	}
	answer, err := backend.Request(t.Context(), fmt.Appendf(nil,
		`[{"api":"SYNO.ActiveDirectory.User","method":"set","version":2,"userList":[{"dn":%q,"description":"by hand"}]}]`, dn))
	if err != nil || !strings.Contains(string(answer), "update record successfully") || w.stored(dn).Description != "by hand" {
		t.Errorf("%s, %v", answer, err)
	}
	answer, err = backend.Request(t.Context(), []byte(`[{"api":"SYNO.ActiveDirectory.User","method":"weep","version":2}]`))
	if !errors.Is(err, models.ErrUnsupported) || len(answer) == 0 {
		t.Errorf("%s, %v", answer, err)
	}
}

func signsIn(d *directory.Directory, account, password string) error {
	_, err := d.Authenticate(account, models.NewSecret(password))
	return err
}

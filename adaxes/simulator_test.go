package adaxes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

// site is a simulator with a connection to its Adaxes side.
type site struct {
	t      *testing.T
	server *simulator.Server
	b      *Backend
	users  models.DN
}

func siteOptions(t *testing.T, server *simulator.Server) Options {
	t.Helper()
	host := strings.TrimPrefix(server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	return Options{URL: server.AdaxesURL(), TLS: tls, Account: server.AdaxesUsername(), Password: server.AdaxesPassword(), PollEvery: time.Millisecond}
}

// newSite starts a simulator of an empty domain, unless options say otherwise.
func newSite(t *testing.T, options simulator.Options) *site {
	t.Helper()
	if options.Directory == nil {
		options.Directory = directory.New(directory.Options{Realm: "example.test"})
	}
	server, err := simulator.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	b, err := Open(t.Context(), siteOptions(t, server))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close(t.Context()) })
	return &site{t, server, b, server.BaseDN().Child("CN", "Users")}
}

const siteSecret = "Kettle-Blue-42"

func (s *site) user(logon string) models.DN {
	s.t.Helper()
	dn, err := s.b.CreateUser(s.t.Context(), models.NewUser{Container: models.Ref{DN: s.users}, LogonName: logon}, models.NewSecret(siteSecret))
	if err != nil {
		s.t.Fatal(err)
	}
	return dn
}

func (s *site) stored(dn models.DN) models.Object {
	s.t.Helper()
	o, err := s.server.Directory().Get(dn)
	if err != nil {
		s.t.Fatal(err)
	}
	return o
}

// A container of more than the old servers give is read whole, on those of 2021
// too, which search in another way.
func TestSimulatorCap(t *testing.T) {
	t.Parallel()
	const many = 1300
	d := directory.New(directory.Options{Realm: "example.test"})
	big := d.BaseDN().Child("OU", "Big")
	if err := d.Add(big, "organizationalUnit", nil); err != nil {
		t.Fatal(err)
	}
	for i := range many {
		name := fmt.Sprintf("%c%d (x*", 'a'+rune(i%7), i)
		if err := d.Add(big.Child("CN", name), "contact", nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, old := range []bool{false, true} {
		s := newSite(t, simulator.Options{Directory: d, Adaxes: adaxes.Options{SearchCap: 1000, Before2023: old}})
		l := list(t.Context(), s.b, models.ListRequest{Base: big})
		if l.err != nil || len(l.names) != many || l.cut() != "" || !slices.IsSorted(l.names) {
			t.Errorf("old %v: %d of %d, cut %q, %v", old, len(l.names), many, l.cut(), l.err)
		}
		found, _, err := s.b.Find(t.Context(), findRequest("a7 (X*", nil, 0))
		if err != nil || !slices.ContainsFunc(found, func(o models.Object) bool { return o.Name == "a7 (x*" }) {
			t.Errorf("old %v: found %d, %v", old, len(found), err)
		}
		info, err := s.b.Info(t.Context())
		if err != nil || info.Realm != "example.test" || len(info.Controllers) != 1 {
			t.Errorf("old %v: %+v, %v", old, info, err)
		}
	}
}

// Groups of more members than an old server gives.
func TestSimulatorManyMembers(t *testing.T) {
	d := directory.New(directory.Options{Realm: "example.test"})
	users := d.BaseDN().Child("CN", "Users")
	outer, inner := users.Child("CN", "Outer"), users.Child("CN", "Inner")
	for _, group := range []models.DN{outer, inner} {
		if err := d.Add(group, "group", map[string][]string{"sAMAccountName": {group.RDN().Value}}); err != nil {
			t.Fatal(err)
		}
	}
	var direct, indirect []models.DN
	for i := range 30 {
		dn := users.Child("CN", fmt.Sprintf("m%02d", i))
		if err := d.Add(dn, "contact", nil); err != nil {
			t.Fatal(err)
		}
		if i < 15 {
			direct = append(direct, dn)
		} else {
			indirect = append(indirect, dn)
		}
	}
	if err := d.AddMembers(outer, append(slices.Clone(direct), inner)); err != nil {
		t.Fatal(err)
	}
	if err := d.AddMembers(inner, append(slices.Clone(indirect), direct[0])); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int{0, 3, 10, 15} {
		s := newSite(t, simulator.Options{Directory: d, Adaxes: adaxes.Options{SearchCap: limit}})
		got, err := s.b.Members(t.Context(), models.Ref{DN: outer})
		expectNames(t, "direct", got, err, append(slices.Clone(direct), inner))
		got, err = s.b.IndirectMembers(t.Context(), models.Ref{DN: outer})
		expectNames(t, "all", got, err, slices.Concat(direct, indirect, []models.DN{inner}))
	}
}

func expectNames(t *testing.T, what string, got []models.DN, err error, want []models.DN) {
	t.Helper()
	keys := func(dns []models.DN) []string {
		var all []string
		for _, dn := range dns {
			all = append(all, dn.Key())
		}
		slices.Sort(all)
		return all
	}
	if err != nil || !slices.Equal(keys(got), keys(want)) {
		t.Errorf("%s: %d names, want %d: %v", what, len(got), len(want), err)
	}
}

// An account's state as a server tells it.
func TestSimulatorAccountStates(t *testing.T) {
	s := newSite(t, simulator.Options{})
	dn := s.user("state")
	for _, step := range []struct {
		name   string
		change func() error
		holds  func(models.Object) bool
	}{
		{"new", func() error { return nil }, func(o models.Object) bool {
			return o.Disabled == models.No && o.Locked == models.No && o.AccountExpiry.IsNever() && o.Account.MustChangePassword == models.No &&
				!o.Account.PasswordSet.IsZero() && o.PasswordExpired == models.No && o.Account.SID != "" && o.Account.GUID != ""
		}},
		{"disabled", func() error { return s.b.SetEnabled(t.Context(), models.Ref{DN: dn}, false) }, func(o models.Object) bool { return o.Disabled == models.Yes }},
		{"enabled", func() error { return s.b.SetEnabled(t.Context(), models.Ref{DN: dn}, true) }, func(o models.Object) bool { return o.Disabled == models.No }},
		{"must change", func() error { return s.b.SetMustChange(t.Context(), models.Ref{DN: dn}, true) }, func(o models.Object) bool {
			return o.Account.MustChangePassword == models.Yes && o.PasswordExpired == models.Yes && o.Account.PasswordSet.IsZero()
		}},
		{"need not", func() error { return s.b.SetMustChange(t.Context(), models.Ref{DN: dn}, false) }, func(o models.Object) bool { return o.Account.MustChangePassword == models.No }},
		{"expires", func() error {
			return s.b.SetExpiry(t.Context(), models.Ref{DN: dn}, models.ExpiryAt(time.Date(2027, 5, 31, 0, 0, 0, 0, time.UTC)))
		}, func(o models.Object) bool { return o.AccountExpiry.String() == "2027-05-31T00:00:00Z" }},
		{"never", func() error { return s.b.SetExpiry(t.Context(), models.Ref{DN: dn}, models.Never()) }, func(o models.Object) bool { return o.AccountExpiry.IsNever() }},
		{"password that never expires", func() error {
			return s.b.SetPasswordWith(t.Context(), models.Ref{DN: dn}, models.NewSecret("Other-Pass-77"), models.Unknown, models.PasswordOptions{NeverExpires: models.Yes})
		}, func(o models.Object) bool {
			return o.Account.PasswordNeverExpires == models.Yes && o.Account.PasswordExpires.IsNever()
		}},
	} {
		if err := step.change(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		o, err := s.b.Get(t.Context(), models.Ref{DN: dn})
		if err != nil || !step.holds(o) {
			t.Errorf("%s: %+v %+v, %v", step.name, o, o.Account, err)
		}
		byGUID, err := s.b.Identify(t.Context(), o.Account.GUID)
		if err != nil || byGUID.DN != o.DN {
			t.Errorf("by GUID: %v, %v", byGUID.DN, err)
		}
		bySID, err := s.b.Identify(t.Context(), o.Account.SID)
		if err != nil || bySID.DN != o.DN {
			t.Errorf("by SID: %v, %v", bySID.DN, err)
		}
	}
}

// A server that breaks down after the work: a write is left open, and was made
// once; a read is an error.
func TestSimulatorFaults(t *testing.T) {
	for _, kind := range []fault.Kind{fault.DropBefore, fault.DropAfter, fault.HTML500, fault.HTML502, fault.Truncate} {
		t.Run(string(kind), func(t *testing.T) {
			s := newSite(t, simulator.Options{})
			dn := s.user("faulty")
			spec, err := fault.Parse(string(kind) + "@adaxes.modify#1")
			if err != nil {
				t.Fatal(err)
			}
			s.server.Inject(spec)
			err = s.b.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldOffice, After: "12"}})
			if !errors.Is(err, models.ErrUnknownOutcome) {
				t.Fatalf("got %v", err)
			}
			done := kind == fault.DropAfter || kind == fault.Truncate
			if o := s.stored(dn); (o.Office == "12") != done {
				t.Errorf("office %q", o.Office)
			}
			if err := s.b.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldOffice, After: "13"}}); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// Tokens end under a connection at work.
func TestSimulatorExpiredTokens(t *testing.T) {
	s := newSite(t, simulator.Options{})
	dn := s.user("expired")
	s.server.ExpireAdaxesTokens()
	if err := s.b.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldOffice, After: "12"}}); err != nil {
		t.Fatal(err)
	}
	s.server.ExpireAdaxesTokens()
	if o, err := s.b.Get(t.Context(), models.Ref{DN: dn}); err != nil || o.Office != "12" {
		t.Errorf("%q, %v", o.Office, err)
	}
}

// What rules make of a write.
func TestSimulatorRules(t *testing.T) {
	for _, c := range []struct {
		rule  string
		kind  error
		done  bool
		heard string
	}{
		{"approve@modify", models.ErrPending, false, "submitted for approval"},
		{"fail=No contractors here.@modify", models.ErrServer, false, ""},
		{"refuse=Broken@modify", models.ErrUnknownOutcome, false, ""},
		{"warn=Mind the gap@modify", nil, true, "Mind the gap"},
		{"say=A mail was sent@modify", nil, true, "A mail was sent"},
		{"async=1500ms@modify", nil, true, ""},
		{"deny@modify", models.ErrDenied, false, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, simulator.Options{})
			s.b.options.Wait = time.Second
			dn := s.user("ruled")
			rule, err := adaxes.ParseRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			s.server.AdaxesRule(rule)
			var h heard
			err = s.b.EditFields(h.listen(t.Context()), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldOffice, After: "12"}})
			if !errors.Is(err, c.kind) || c.kind == nil && err != nil {
				t.Errorf("got %v, want %v", err, c.kind)
			}
			if o := s.stored(dn); (o.Office == "12") != c.done {
				t.Errorf("office %q", o.Office)
			}
			if all := fmt.Sprintf("%+v", h.messages); !strings.Contains(all, c.heard) {
				t.Errorf("heard %s", all)
			}
			if strings.HasPrefix(c.rule, "async") && len(h.progress) == 0 {
				t.Error("no progress was heard")
			}
		})
	}
}

// Sign-ins that a server refuses, as the simulator does.
func TestSimulatorSignIns(t *testing.T) {
	t.Parallel()
	d := directory.New(directory.Options{Realm: "example.test"})
	s := newSite(t, simulator.Options{Directory: d, Adaxes: adaxes.Options{LoginDelay: -1}})
	dn := s.user("anna")
	sign := func(account, password string) error {
		options := siteOptions(t, s.server)
		options.Account, options.Password = account, models.NewSecret(password)
		b, err := Open(t.Context(), options)
		if err == nil {
			_ = b.Close(t.Context())
		}
		return err
	}
	if err := sign("anna@example.test", siteSecret); err != nil {
		t.Errorf("right password: %v", err)
	}
	if err := sign("anna@example.test", "wrong"); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("wrong password: %v", err)
	}
	if err := s.b.SetEnabled(t.Context(), models.Ref{DN: dn}, false); err != nil {
		t.Fatal(err)
	}
	if err := sign("anna@example.test", siteSecret); !errors.Is(err, models.ErrAccountState) {
		t.Errorf("disabled: %v", err)
	}
	options := siteOptions(t, s.server)
	options.Token = s.server.AdaxesToken()
	options.Account, options.Password = "", models.Secret{}
	b, err := Open(t.Context(), options)
	if err != nil {
		t.Fatalf("access token: %v", err)
	}
	_ = b.Close(t.Context())
}

// Several domains: one has to be named.
func TestSimulatorDomains(t *testing.T) {
	d := directory.New(directory.Options{Realm: "example.test"})
	server, err := simulator.Start(simulator.Options{Directory: d, Adaxes: adaxes.Options{OtherDomains: []string{"other.test"}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	options := siteOptions(t, server)
	_, err = Open(t.Context(), options)
	if !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), "example.test, other.test") {
		t.Errorf("none named: %v", err)
	}
	var choice interface{ Domains() []string } // what the screen lets a person choose from
	if !errors.As(err, &choice) || strings.Join(choice.Domains(), " ") != "example.test other.test" {
		t.Errorf("there is no choice in %v", err)
	}
	options.Domain = "other.test"
	b, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := b.Info(t.Context()); err != nil || info.BaseDN != "DC=other,DC=test" {
		t.Errorf("%+v, %v", info, err)
	}
}

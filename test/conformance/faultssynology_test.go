package conformance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/synology"
)

// TestFaults breaks the connection to a DSM in every way at every write: the verdict of
// the desk is what the directory holds, nothing is done twice, and only where
// the wish cannot be seen may the verdict be that nobody knows. -v prints the
// matrix.
func TestFaults(t *testing.T) {
	t.Parallel()
	matrix(t, overDSM, newFaultWorld, faultyWrites(), faultKinds(overDSM))
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
				Container: models.Ref{DN: usersOf(d)}, LogonName: fmt.Sprintf("new%d", n), GivenName: first, Mail: fmt.Sprintf("new%d@example.test", n),
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
		{name: "its second write", call: user + ".set", make: newUser("Ann"), holds: userHolds, blind: true, second: true},
		{
			name: "create group", call: group + ".create",
			make: func(_ *testing.T, d *directory.Directory, n int) models.Change {
				g := models.NewGroup{Container: models.Ref{DN: usersOf(d)}, Name: fmt.Sprintf("Group, %d", n), Scope: models.ScopeGlobal, Type: models.TypeSecurity}
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
				return models.Change{Action: models.AddMembers, DN: dn, Members: models.Refs(addUser(t, d, n))}
			},
			holds: func(t *testing.T, d *directory.Directory, c models.Change) bool {
				members, err := d.Members(c.DN)
				must(t, err)
				return slices.ContainsFunc(members, c.Members[0].DN.Equal)
			},
		},
		{name: "delete", call: folder + ".delete", make: deletion, holds: deleted},
		{name: "its progress", call: "SYNO.ActiveDirectory.Polling.get", make: deletion, holds: deleted, often: true},
	}
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
	backend, err := synology.Open(t.Context(), synology.Options{
		Host: host, Shown: "synology://" + host, TLS: tls, Account: server.Account(), Password: server.Password(), Timeout: patience, PollEvery: 20 * time.Millisecond,
	})
	must(t, err)
	book, err := journal.Open(t.TempDir()+"/journal.jsonl", nil)
	must(t, err)
	f.desk = desk.New(backend, desk.Options{
		Mode: desk.Open, Journal: book, Settle: []time.Duration{20 * time.Millisecond},
	})
	t.Cleanup(func() {
		check, err := journal.Verify(t.Context(), book.Path())
		if err != nil || !check.Whole() {
			t.Errorf("the journal is not whole: %q, %v", check.Problems, err)
		}
	})
	return f
}

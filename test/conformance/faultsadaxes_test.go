package conformance

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/adaxes"
	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	face "dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
)

// writePatience is how long the Adaxes client waits for the answer to a write.
const writePatience = time.Second

// TestAdaxesFaults breaks the connection to an Adaxes service in every way at
// every write, and has its rules refuse, warn and ask for approval.
func TestAdaxesFaults(t *testing.T) {
	t.Parallel()
	newWorld := func(t *testing.T) *faultWorld { return newAdaxesFaultWorld(t, face.Options{}) }
	matrix(t, overAdaxes, newWorld, faultyAdaxesWrites(), faultKinds(overAdaxes))
}

// What takes longer than the client waits is followed to its end, with faults on
// the way. The server's rules make every write last.
func TestAdaxesFaultsOnTheWay(t *testing.T) {
	t.Parallel()
	newWorld := func(t *testing.T) *faultWorld {
		return newAdaxesFaultWorld(t, face.Options{AsyncAfter: 1100 * time.Millisecond})
	}
	w := modifying("its progress", models.PropertyChange{Name: "telephoneNumber", Values: []string{"555-0100"}}, "telephoneNumber", "555-0100")
	w.call, w.often = "adaxes.operation", true
	matrix(t, overAdaxes+", on the way", newWorld, []faultyWrite{w}, slices.DeleteFunc(faultKinds(overAdaxes), func(k faultKind) bool {
		return !slices.Contains([]string{"no fault", "drop-before", "html-502", "expire"}, k.name)
	}))
}

// faultyAdaxesWrites are writes of each call that changes the directory, and of
// each kind of property.
func faultyAdaxesWrites() []faultyWrite {
	var photo bytes.Buffer
	_ = png.Encode(&photo, image.NewGray(image.Rect(0, 0, 3, 3)))
	onUser := func(c models.Change) func(*testing.T, *directory.Directory, int) models.Change {
		return func(t *testing.T, d *directory.Directory, n int) models.Change {
			change := c.Clone()
			change.DN = addUser(t, d, n)
			return change
		}
	}
	held := func(sees func(models.Object) bool) func(*testing.T, *directory.Directory, models.Change) bool {
		return func(t *testing.T, d *directory.Directory, c models.Change) bool { return sees(get(t, d, c.DN)) }
	}
	gone := func(_ *testing.T, d *directory.Directory, c models.Change) bool {
		_, err := d.Get(c.DN)
		return err != nil
	}
	all := []faultyWrite{
		{
			name: "create user", call: "adaxes.create",
			make: func(_ *testing.T, d *directory.Directory, n int) models.Change {
				u := models.NewUser{Container: models.Ref{DN: usersOf(d)}, LogonName: fmt.Sprintf("new%d", n), GivenName: "Ann", Surname: fmt.Sprintf("O'Neil %d", n), Mail: "ann@example.test"}
				return models.Change{Action: models.CreateUser, User: &u, Password: models.NewSecret(newPassword)}
			},
			holds: func(_ *testing.T, d *directory.Directory, c models.Change) bool { return d.Conflict(c.User.LogonName) },
		},
		{
			name: "create OU", call: "adaxes.create",
			make: func(_ *testing.T, d *directory.Directory, n int) models.Change {
				return models.Change{Action: models.CreateOU, DN: d.BaseDN().Child("OU", fmt.Sprintf("Place %d, north", n))}
			},
			holds: func(_ *testing.T, d *directory.Directory, c models.Change) bool {
				_, err := d.Get(c.DN)
				return err == nil
			},
		},
		{
			name: "edit phone", call: "adaxes.modify",
			make:  onUser(models.Change{Action: models.Edit, Fields: []models.FieldChange{{Field: models.FieldTelephone, After: "null"}}}),
			holds: held(func(o models.Object) bool { return o.TelephoneNumber == "null" }),
		},
		modifying("replace", models.PropertyChange{Name: "telephoneNumber", Values: []string{`"1"`}}, "telephoneNumber", `"1"`),
		modifying("append", models.PropertyChange{Name: "otherTelephone", Operation: models.Append, Values: []string{"1"}}, "otherTelephone", "1"),
		modifying("mask", models.PropertyChange{Name: "userAccountControl", Masked: true, Mask: -2147418110, Values: []string{"65536"}}, "userAccountControl", "66048"),
		{
			name: "rename by name", call: "adaxes.modify",
			make: func(t *testing.T, d *directory.Directory, n int) models.Change {
				name := models.PropertyChange{Name: "name", Values: []string{fmt.Sprintf("Renamed, %d", n)}}
				return models.Change{Action: models.Modify, DN: addUser(t, d, n), Modification: &models.Modification{Properties: []models.PropertyChange{name}}}
			},
			holds: gone,
		},
		{
			name: "photo", call: "adaxes.modify",
			make:  onUser(models.Change{Action: models.Modify, Modification: &models.Modification{PhotoSet: true, Photo: photo.Bytes()}}),
			holds: hasValue("thumbnailPhoto", base64.StdEncoding.EncodeToString(photo.Bytes())),
		},
		{
			name: "set password", call: "adaxes.resetPassword",
			make: onUser(models.Change{Action: models.SetPassword, Password: models.NewSecret(newPassword)}),
			holds: func(t *testing.T, d *directory.Directory, c models.Change) bool {
				_, err := d.Authenticate(get(t, d, c.DN).SAMAccountName, models.NewSecret(newPassword))
				return err == nil
			},
		},
		{
			name: "disable", call: "adaxes.disable", make: onUser(models.Change{Action: models.Disable}),
			holds: held(func(o models.Object) bool { return o.Disabled == models.Yes }),
		},
		{
			name: "set expiry", call: "adaxes.modify", make: onUser(models.Change{Action: models.SetExpiry, Expiry: models.ExpiryFromUnix(1900000000)}),
			holds: held(func(o models.Object) bool { return o.AccountExpiry == models.ExpiryFromUnix(1900000000) }),
		},
		{
			name: "move", call: "adaxes.move",
			make: func(t *testing.T, d *directory.Directory, n int) models.Change {
				return models.Change{Action: models.Move, DN: addUser(t, d, n), NewParent: models.Ref{DN: d.BaseDN().Child("CN", "Computers")}}
			},
			holds: gone,
		},
		{name: "delete", call: "adaxes.delete", make: onUser(models.Change{Action: models.Delete}), holds: gone},
	}
	return append(all, membershipWrites()...)
}

func membershipWrites() []faultyWrite {
	member := func(t *testing.T, d *directory.Directory, c models.Change) bool {
		members, err := d.Members(c.DN)
		must(t, err)
		return slices.ContainsFunc(members, c.Members[0].DN.Equal)
	}
	team := func(action models.Action) func(*testing.T, *directory.Directory, int) models.Change {
		return func(t *testing.T, d *directory.Directory, n int) models.Change {
			dn, user := usersOf(d).Child("CN", fmt.Sprintf("Team %d", n)), addUser(t, d, n)
			must(t, d.Add(dn, "group", map[string][]string{"sAMAccountName": {dn.RDN().Value}}))
			if action == models.RemoveMembers {
				must(t, d.AddMember(dn, user))
			}
			return models.Change{Action: action, DN: dn, Members: models.Refs(user)}
		}
	}
	return []faultyWrite{
		{name: "add member", call: "adaxes.addMember", make: team(models.AddMembers), holds: member},
		{
			name: "remove member", call: "adaxes.removeMember", make: team(models.RemoveMembers),
			holds: func(t *testing.T, d *directory.Directory, c models.Change) bool { return !member(t, d, c) },
		},
	}
}

// modifying is a change of one property of a user, which then has a value.
func modifying(name string, p models.PropertyChange, attribute, value string) faultyWrite {
	return faultyWrite{
		name: name, call: "adaxes.modify", holds: hasValue(attribute, value),
		make: func(t *testing.T, d *directory.Directory, n int) models.Change {
			dn := addUser(t, d, n)
			return models.Change{Action: models.Modify, DN: dn, Modification: &models.Modification{Properties: []models.PropertyChange{p}}}
		},
	}
}

func hasValue(attribute, value string) func(*testing.T, *directory.Directory, models.Change) bool {
	return func(t *testing.T, d *directory.Directory, c models.Change) bool {
		all, err := d.Attributes(c.DN)
		must(t, err)
		for name, values := range all {
			if strings.EqualFold(name, attribute) {
				return slices.Contains(values, value)
			}
		}
		return false
	}
}

func newAdaxesFaultWorld(t *testing.T, options face.Options) *faultWorld {
	t.Helper()
	f := &faultWorld{log: &callLog{}}
	options.LoginDelay = -1
	server, err := simulator.Start(simulator.Options{
		Directory: directory.New(directory.Options{Realm: "example.test"}), Adaxes: options, RequestLog: f.log,
	})
	must(t, err)
	f.server = server
	t.Cleanup(func() { must(t, server.Close()) })
	host := strings.TrimPrefix(server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	must(t, err)
	backend, err := adaxes.Open(t.Context(), adaxes.Options{
		URL: server.AdaxesURL(), TLS: tls, Account: server.AdaxesUsername(), Password: server.AdaxesPassword(),
		WriteTimeout: writePatience + options.AsyncAfter, Wait: time.Second, PollEvery: 50 * time.Millisecond,
	})
	must(t, err)
	t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
	book, err := journal.Open(t.TempDir()+"/journal.jsonl", nil)
	must(t, err)
	f.desk = desk.New(backend, desk.Options{Mode: desk.Open, Journal: book, Settle: []time.Duration{20 * time.Millisecond}})
	t.Cleanup(func() {
		check, err := journal.Verify(t.Context(), book.Path())
		if err != nil || !check.Whole() {
			t.Errorf("the journal is not whole: %q, %v", check.Problems, err)
		}
	})
	return f
}

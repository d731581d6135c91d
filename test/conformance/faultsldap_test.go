package conformance

import (
	"context"
	"testing"
	"time"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// TestLDAPFaults breaks the connection to a domain controller in every way at
// every kind of write. An object that was read before shows whether it was done.
func TestLDAPFaults(t *testing.T) {
	t.Parallel()
	matrix(t, overLDAP, newLDAPFaultWorld, faultyLDAPWrites(), faultKinds(overLDAP))
}

// faultyLDAPWrites are the writes of which each is one operation over LDAP.
func faultyLDAPWrites() (all []faultyWrite) {
	calls := map[string]string{
		"create OU": "add", "edit phone": "modify", "append": "modify", "mask": "modify", "set password": "modify", "disable": "modify",
		"set expiry": "modify", "move": "modifydn", "delete": "delete", "add member": "modify", "remove member": "modify",
	}
	for _, w := range faultyAdaxesWrites() {
		if call := calls[w.name]; call != "" {
			w.call = "ldap." + call
			all = append(all, w)
		}
	}
	return all
}

func newLDAPFaultWorld(t *testing.T) *faultWorld {
	t.Helper()
	f := &faultWorld{log: &callLog{}}
	server, err := simulator.Start(simulator.Options{
		Directory: directory.New(directory.Options{Realm: "example.test"}), LDAP: &simulator.LDAPOptions{}, RequestLog: f.log,
	})
	must(t, err)
	f.server = server
	t.Cleanup(func() { must(t, server.Close()) })
	backend, err := activedirectory.Open(t.Context(), activedirectory.Options{
		URL: server.LDAPURL(), TLS: trusting(t, server), Account: server.LDAPName(), Password: server.LDAPPassword(false),
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

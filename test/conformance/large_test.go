package conformance

import (
	"context"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/simulator"
)

// A large container of a server in order is listed to its end.
func TestALargeContainerIsListedToItsEnd(t *testing.T) {
	t.Parallel()
	const objects = 13_000
	server, err := simulator.Start(simulator.Options{Objects: objects, LDAP: &simulator.LDAPOptions{}})
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	backend, err := activedirectory.Open(t.Context(), activedirectory.Options{
		URL: server.LDAPURL(), TLS: trusting(t, server), Account: server.LDAPAccount(), Password: server.LDAPPassword(false),
	})
	must(t, err)
	t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
	n := 0
	for page, err := range backend.List(t.Context(), models.ListRequest{Base: server.LargeDN()}) {
		must(t, err)
		n += len(page.Objects)
	}
	if n != objects {
		t.Errorf("%d listed, want %d", n, objects)
	}
}

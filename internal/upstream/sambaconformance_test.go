//go:build samba

package upstream_test

import (
	"strings"
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/internal/certificates"
	"dirdesk/synology"
	"dirdesk/test/sambatest"
)

// What holds for every backend holds over DSM's protocol in front of a real
// domain.
func TestConformance(t *testing.T) {
	n := newNAS(t)
	c, err := n.samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for _, entry := range desktest.Entries(n.samba.BaseDN()) {
		if err := sambatest.Add(c, sambatest.Entry{DN: entry.DN, Class: entry.Class, Attributes: entry.Attributes}); err != nil {
			t.Fatal(err)
		}
	}
	host := strings.TrimPrefix(n.server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: n.server.Fingerprint()}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	backend, err := synology.Open(t.Context(), synology.Options{
		Host: host, Shown: "synology://" + host, TLS: tls, Account: n.server.Account(), Password: n.server.Password(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := backend.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	desktest.Run(t, desktest.Options{Backend: backend, Base: n.samba.BaseDN()})
}

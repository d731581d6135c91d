package conformance

import (
	"strings"
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/internal/certificates"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/synology"
)

// The DSM backend against the simulator over HTTPS, which takes bare strings
// for values or refuses them.
func TestSynology(t *testing.T) {
	for _, strict := range []bool{false, true} {
		name := "lenient"
		if strict {
			name = "strict"
		}
		t.Run(name, func(t *testing.T) {
			server, backend := openSynology(t, simulator.Options{Strict: strict})
			desktest.Run(t, desktest.Options{Backend: backend, Base: server.BaseDN()})
		})
	}
}

// openSynology starts a simulator with the fixture and signs in to it.
func openSynology(t *testing.T, options simulator.Options) (*simulator.Server, *synology.Backend) {
	t.Helper()
	options.Directory = directory.New(directory.Options{Realm: "example.test"})
	for _, e := range desktest.Entries(options.Directory.BaseDN()) {
		if err := options.Directory.Add(e.DN, e.Class, e.Attributes); err != nil {
			t.Fatalf("make %q: %v", e.DN, err)
		}
	}
	server, err := simulator.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	host := strings.TrimPrefix(server.URL(), "https://")
	tls, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	client, err := synology.Open(t.Context(), synology.Options{
		Host: host, TLS: tls, Account: server.Account(), Password: server.Password(),
	})
	if err != nil {
		t.Fatal(err)
	}
	backend := synology.NewBackend(client, "synology://"+host)
	t.Cleanup(func() {
		if err := backend.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return server, backend
}

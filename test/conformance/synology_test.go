package conformance

import (
	"strings"
	"testing"
	"time"

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
			t.Parallel()
			server, backend := openSynology(t, simulator.Options{Strict: strict})
			desktest.Run(t, desktest.Options{Backend: backend, Base: server.BaseDN()})
		})
	}
}

func fill(t *testing.T, d *directory.Directory, entries []desktest.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := d.Add(e.DN, e.Class, e.Attributes); err != nil {
			t.Fatalf("make %q: %v", e.DN, err)
		}
	}
}

// openSynology starts a simulator, of the fixture unless there is a directory,
// and signs in to it.
func openSynology(t *testing.T, options simulator.Options) (*simulator.Server, *synology.Backend) {
	t.Helper()
	if options.Directory == nil && options.Upstream == nil {
		options.Directory = directory.New(directory.Options{Realm: "example.test"})
		fill(t, options.Directory, desktest.Entries(options.Directory.BaseDN()))
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
	backend, err := synology.Open(t.Context(), synology.Options{
		Host: host, Shown: "synology://" + host, TLS: tls, Account: server.Account(), Password: server.Password(),
		PollEvery: 5 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := backend.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return server, backend
}

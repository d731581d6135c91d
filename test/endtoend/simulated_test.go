//go:build unix && !samba

package endtoend

import (
	"strings"
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/test/terminaltest"
)

// serve starts a simulator of an empty domain with the fixture of desktest.
func serve(t *testing.T, options simulator.Options) *simulator.Server {
	t.Helper()
	if options.Directory == nil && options.Objects == 0 {
		options.Directory = directory.New(directory.Options{Realm: "example.test"})
		for _, e := range desktest.Entries(options.Directory.BaseDN()) {
			if err := options.Directory.Add(e.DN, e.Class, e.Attributes); err != nil {
				t.Fatal(err)
			}
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
	return server
}

func connectionURL(server *simulator.Server) string {
	return "synology://" + strings.TrimPrefix(server.URL(), "https://")
}

// arguments connect to a simulator whose certificate is known.
func (h *home) arguments(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	return append(h.withoutPin(t, server), "--fingerprint", server.Fingerprint())
}

func (h *home) withoutPin(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	return []string{connectionURL(server), "--account", server.Account(), "--password-file", h.passwordFile(t, server.Password())}
}

// browse opens the fixture's domain and waits until it is on the screen.
func browse(t *testing.T, server *simulator.Server, cols, rows int, more ...string) *terminaltest.Test {
	t.Helper()
	h := newHome(t)
	term := terminaltest.Start(t, h.command(append(h.arguments(t, server), more...)...), cols, rows)
	term.WaitFor("example.test", "Conformance", " objects ─")
	return term
}

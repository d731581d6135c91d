//go:build linux && samba

package endtoend

import (
	"strings"
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/test/sambatest"
	"dirdesk/test/terminaltest"
)

// TestSamba walks a real domain controller over LDAPS, and over LDAP with
// StartTLS, and pulls its plug.
func TestSamba(t *testing.T) {
	server := startSamba(t)
	for _, url := range []string{server.URL(), server.StartTLSURL()} {
		scheme, _, _ := strings.Cut(url, "://")
		t.Run(scheme, func(t *testing.T) {
			term := openSamba(t, server, url)
			walkDown(t, term)
			quit(t, term)
		})
	}
	t.Run("states and names", func(t *testing.T) {
		term := openSamba(t, server, server.URL())
		fixture := server.BaseDN().Child("OU", "Conformance")
		goTo(term, fixture.Child("OU", "States").Child("CN", "Locked"))
		term.WaitFor("› States ─", "must change", "expired", "disabled +")
		term.Send("i")
		term.WaitFor("opens in")
		term.Send("i")
		goTo(term, fixture.Child("OU", "Names").Child("OU", "\x1b[31mred\x1b[0m\x1b]0;owned\x07"))
		term.WaitFor("red", "1 object")
		goTo(term, fixture.Child("OU", "Names"))
		term.WaitFor("› Names ─", "Иван Петров")
		term.Send("G")
		term.WaitFor("row 30")
		quit(t, term)
		checkNothingObeyed(t, term)
	})
	t.Run("plug pulled", func(t *testing.T) {
		term := openSamba(t, server, server.URL())
		goTo(term, server.BaseDN().Child("OU", "Conformance").Child("OU", "Paging"))
		term.WaitFor("Page User ", "300 objects")
		must(t, server.Stop())
		term.Send("r")
		term.WaitFor("Page User ", "again")
		term.Send("j")
		term.WaitFor("row 2")
		must(t, server.Resume(t.Context()))
		term.Send("r")
		term.WaitGone("again")
		term.WaitFor("Page User ", "300 objects")
		quit(t, term)
	})
}

// startSamba makes a domain with the fixture of desktest in it.
func startSamba(t *testing.T) *sambatest.Server {
	t.Helper()
	server, err := sambatest.Start(t.Context(), sambatest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := server.Connect()
	must(t, err)
	defer func() { _ = c.Close() }()
	for _, e := range desktest.Entries(server.BaseDN()) {
		must(t, sambatest.Add(c, sambatest.Entry{DN: e.DN, Class: e.Class, Attributes: e.Attributes}))
	}
	return server
}

func openSamba(t *testing.T, server *sambatest.Server, url string) *terminaltest.Test {
	t.Helper()
	h := newHome(t)
	term := terminaltest.Start(t, h.command(url, "--account", server.Account(),
		"--password-file", h.passwordFile(t, server.Password()), "--ca", server.CAFile()), 120, 35)
	term.WaitFor(server.Realm(), "Conformance", " objects ─")
	return term
}

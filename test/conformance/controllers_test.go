package conformance

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/simulator"
)

// Each controller counts wrong passwords for itself: all are asked, and each answers
// for itself, says why it cannot be asked, or is silent.
func TestEveryControllerIsAskedAndAnswersForItself(t *testing.T) {
	t.Parallel()
	server, err := simulator.Start(simulator.Options{Controllers: 3, LDAP: &simulator.LDAPOptions{}})
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	must(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	other, err := simulator.Start(simulator.Options{Controllers: 1, LDAP: &simulator.LDAPOptions{}}) // with another certificate
	must(t, err)
	t.Cleanup(func() { must(t, other.Close()) })

	wrong := activedirectory.Options{URL: "ldaps://" + server.Controllers()[1].Address, TLS: trusting(t, server), Account: server.HelpDesk(), Password: models.NewSecret("Nonsense-1")}
	if _, err := activedirectory.Open(t.Context(), wrong); !errors.Is(err, models.ErrCredentials) {
		t.Fatalf("a wrong password: %v", err)
	}
	options := activedirectory.Options{
		URL: server.LDAPURL(), TLS: trusting(t, server), Account: server.LDAPAccount(), Password: server.LDAPPassword(false),
		TLSFor:      func(string) (*tls.Config, error) { return trusting(t, server), nil },
		Controllers: []string{"ldaps://" + silent.Addr().String(), other.LDAPURL()},
	}
	for _, c := range server.Controllers() {
		options.Controllers = append(options.Controllers, "ldaps://"+c.Address)
	}
	backend, err := activedirectory.Open(t.Context(), options)
	must(t, err)
	t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
	helpdesk := find(t, backend, server.HelpDesk())
	var rows []models.AtController
	first := true
	for now, err := range backend.EachController(t.Context(), helpdesk.Ref()) {
		must(t, err)
		if first && len(now) != 5 {
			t.Errorf("%d rows at first, want 5, each in its place", len(now))
		}
		rows, first = now, false
	}
	told := func(at models.AtController) string {
		if at.Err != nil {
			return at.Err.Error()
		}
		return at.Host
	}
	for i, want := range []string{"no answer within 2 s", "certificate not trusted", "nas.", "dc2.", "dc3."} {
		if got := told(rows[i]); !strings.Contains(got, want) {
			t.Errorf("row %d says %q, want %q", i, got, want)
		}
	}
	// A wrong password is tried at the PDC too, which counts it.
	if rows[2].BadTries != 1 || rows[3].BadTries != 1 || rows[4].BadTries != 0 || !rows[2].PDC || rows[3].PDC || !rows[2].Here {
		t.Errorf("want 1 at the PDC, 1 at the second and none at the third: %+v", rows[2:])
	}
	if last, whole := models.LastLogon(rows); whole || !last.IsZero() && last.Before(rows[2].Last) {
		t.Errorf("the last logon is %v, whole %v, though two did not answer", last, whole)
	}
}

func find(t *testing.T, backend *activedirectory.Backend, upn string) models.Object {
	t.Helper()
	found, _, err := backend.Named(t.Context(), upn)
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%d are called %s", len(found), upn)
	}
	return found[0]
}

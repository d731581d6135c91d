//go:build unix && !samba

package endtoend

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
)

// Two people work on one domain at a time, by whichever way: the yes of one changes
// nothing that is another object, or has another value, than what the question
// showed.
func TestTwoOperators(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func(*testing.T, *simulator.Server) site{
		"DSM alone": func(t *testing.T, server *simulator.Server) site {
			return site{
				connect: func(h *home) []string { return h.arguments(t, server) },
				replace: func(dn models.DN, logon string) {
					must(t, server.Directory().Add(dn, "user", map[string][]string{"sAMAccountName": {logon}, "userAccountControl": {"66048"}}))
				},
			}
		},
		"DSM with directory": func(t *testing.T, server *simulator.Server) site {
			return site{connect: func(h *home) []string { return h.withDirectory(t, server) }, properties: true}
		},
		"LDAP": func(t *testing.T, server *simulator.Server) site {
			return site{connect: func(h *home) []string { return h.throughLDAP(t, server) }, properties: true}
		},
		"Adaxes": func(t *testing.T, server *simulator.Server) site {
			return site{connect: func(h *home) []string { return h.throughAdaxes(t, server) }, properties: true}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, simulator.Options{LDAP: &simulator.LDAPOptions{}, DomainUpdate: 300 * time.Millisecond})
			s := of(t, server)
			s.container = server.BaseDN().Child("OU", "Conformance").Child("OU", "Empty")
			s.read = func(dn models.DN, attribute string) string {
				attributes, err := server.Directory().Attributes(dn)
				must(t, err)
				return strings.Join(attributes[attribute], "; ")
			}
			newOperators(t, s).play()
		})
	}
}

func (h *home) throughLDAP(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	return []string{
		server.LDAPURL(), "--account", server.LDAPName(), "--password-file", h.passwordFile(t, server.LDAPPassword(false)),
		"--fingerprint", server.Fingerprint(),
	}
}

// withDirectory connects by a profile that names a DSM and the domain behind it.
func (h *home) withDirectory(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	authority, err := server.CAFile()
	must(t, err)
	must(t, os.MkdirAll(filepath.Join(h.dir, "config", "dirdesk"), 0o700))
	must(t, os.WriteFile(filepath.Join(h.dir, "config", "dirdesk", "config.toml"), fmt.Appendf(nil,
		"[profiles.both]\nurl = %q\naccount = %q\ndirectory = %q\nca_file = %q\n",
		connectionURL(server), server.LDAPName(), server.LDAPURL(), authority), 0o600))
	return []string{"both", "--password-file", h.passwordFile(t, server.LDAPPassword(false))}
}

//go:build linux && samba

package endtoend

import (
	"testing"

	"dirdesk/models"
)

// Two people work on one real domain at a time, as TestTwoOperators on simulators.
func TestTwoOperatorsOnSamba(t *testing.T) {
	samba := startSamba(t)
	c, err := samba.Connect()
	must(t, err)
	defer func() { _ = c.Close() }()
	newOperators(t, site{
		container: samba.BaseDN().Child("OU", "Conformance").Child("OU", "Empty"),
		connect: func(h *home) []string {
			return []string{samba.URL(), "--account", samba.Account(), "--password-file", h.passwordFile(t, samba.Password()), "--ca", samba.CAFile()}
		},
		read:       func(dn models.DN, attribute string) string { return attributeOf(t, c, dn, attribute) },
		properties: true,
	}).play()
}

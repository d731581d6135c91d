//go:build samba

package activedirectory_test

import (
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/test/sambatest"
)

// TestConformance holds the backend to what every backend must do, on a real
// domain controller.
func TestConformance(t *testing.T) {
	c, err := samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for _, entry := range desktest.Entries(samba.BaseDN()) {
		if err := sambatest.Add(c, sambatest.Entry{DN: entry.DN, Class: entry.Class, Attributes: entry.Attributes}); err != nil {
			t.Fatal(err)
		}
	}
	desktest.Run(t, desktest.Options{Backend: open(t, asAdministrator()), Base: samba.BaseDN()})
}

package conformance

import (
	"context"
	"strconv"
	"testing"
	"time"

	"dirdesk/desk/desktest"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// What the DSM backend can change, against the simulator.
func TestSynologyWrites(t *testing.T) {
	for _, strict := range []bool{false, true} {
		name := "lenient"
		if strict {
			name = "strict"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.WriteEntries(d.BaseDN()))
			server, backend := openSynology(t, simulator.Options{Strict: strict, Directory: d})
			desktest.RunWrites(t, desktest.WriteOptions{
				Backend: backend, Base: server.BaseDN(),
				Get: func(_ context.Context, dn models.DN) (models.Object, error) { return d.Get(dn) },
				SignIn: func(dn models.DN, password models.Secret) error {
					_, err := d.Authenticate(string(dn), password)
					return err
				},
				Lock: func(dn models.DN) error {
					return d.Modify(dn, map[string][]string{"lockoutTime": {strconv.FormatInt((time.Now().Unix()+11644473600)*1e7, 10)}})
				},
				AnyPassword: func(t *testing.T) {
					before := d.Policy()
					t.Cleanup(func() { d.SetPolicy(before) })
					lax := before
					lax.MinPasswordLength, lax.PasswordComplexity, lax.PasswordWithoutName = 0, false, false
					d.SetPolicy(lax)
				},
			})
		})
	}
}

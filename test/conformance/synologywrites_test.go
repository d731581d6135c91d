package conformance

import (
	"context"
	"testing"
	"time"

	"dirdesk/desk"
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
			_, backend := openSynology(t, simulator.Options{Strict: strict, Directory: d})
			desktest.RunWrites(t, pastBackend(d, backend))
		})
	}
}

// pastBackend tells the suite how to look at a simulated directory past the
// backend.
func pastBackend(d *directory.Directory, backend desk.Backend) desktest.WriteOptions {
	return desktest.WriteOptions{
		Backend: backend, Base: d.BaseDN(),
		Get: func(_ context.Context, ref models.Ref) (models.Object, error) { return d.Get(ref.DN) },
		SignIn: func(dn models.DN, password models.Secret) error {
			_, err := d.Authenticate(string(dn), password)
			return err
		},
		Lock: func(dn models.DN) error {
			return d.Modify(dn, map[string][]string{"lockoutTime": {models.FileTimeOf(time.Now()).String()}})
		},
		AnyPassword: func(t *testing.T) {
			before := d.Policy()
			t.Cleanup(func() { d.SetPolicy(before) })
			lax := before
			lax.MinPasswordLength, lax.PasswordComplexity, lax.PasswordWithoutName = 0, false, false
			d.SetPolicy(lax)
		},
	}
}

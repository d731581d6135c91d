//go:build samba

package activedirectory_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/test/leaks"
	"dirdesk/test/sambatest"
)

// TestMain starts one domain controller for all tests of the package, as it
// takes about eight seconds. Where it cannot run, the tests fail.
func TestMain(m *testing.M) { os.Exit(leaks.After(withServer(m))) }

var samba *sambatest.Server

func withServer(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	var err error
	if samba, err = sambatest.Start(ctx, sambatest.Options{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		if err := samba.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	return m.Run()
}

// asAdministrator are options that sign in.
func asAdministrator() activedirectory.Options {
	return activedirectory.Options{
		URL: samba.URL(), TLS: samba.TLS(), Account: samba.Account(), Password: samba.Password(),
	}
}

func open(t *testing.T, options activedirectory.Options) *activedirectory.Backend {
	t.Helper()
	backend, err := activedirectory.Open(t.Context(), options)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = backend.Close(context.Background()) })
	return backend
}

// children reads a whole container.
func children(t *testing.T, backend *activedirectory.Backend, req models.ListRequest) []models.Object {
	t.Helper()
	var all []models.Object
	for page, err := range backend.List(t.Context(), req) {
		if err != nil {
			t.Fatalf("list %s: %v", req.Base, err)
		}
		all = append(all, page.Objects...)
	}
	return all
}

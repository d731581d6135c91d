// Package keyring keeps access tokens in the keyring of the operating system:
// the Secret Service on Linux, the Keychain on macOS, the Credential Manager on
// Windows.
//
// Whatever goes wrong with it is one thing to the rest of the program: there is
// no keyring here. A token can always come from elsewhere.
package keyring

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/zalando/go-keyring"

	"dirdesk/internal/guard"
	"dirdesk/models"
)

// service is the name that our entries stand under.
const service = "dirdesk"

// ErrNone says that there is no keyring, or none that can be used now.
var ErrNone = errors.New("no keyring")

// System is the keyring of the operating system. The zero value is ready, and
// safe for several goroutines.
type System struct{}

// Token gives the token that is kept under a name; an empty secret when there is
// none. Any failure is ErrNone. The system may ask the person to unlock the
// keyring first; that ends with ctx.
func (System) Token(ctx context.Context, name string) (models.Secret, error) {
	var token models.Secret
	err := within(ctx, func() error {
		text, err := keyring.Get(service, name)
		token = models.NewSecret(text)
		return err
	})
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return models.Secret{}, nil
	case err != nil:
		return models.Secret{}, err
	}
	return token, nil
}

// Keep puts a token in place of the one under that name. Any failure is ErrNone.
func (System) Keep(ctx context.Context, name string, token models.Secret) error {
	return within(ctx, func() error { return keyring.Set(service, name, token.Reveal()) })
}

// Forget drops the token under a name and tells whether there was one. Any
// failure is ErrNone.
func (System) Forget(ctx context.Context, name string) (bool, error) {
	err := within(ctx, func() error { return keyring.Delete(service, name) })
	if errors.Is(err, keyring.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// within waits for an answer of the keyring until ctx ends: the person may be
// looking at a question of the system's. What is asked then goes on by itself
// until the process ends; the library cannot be stopped.
func within(ctx context.Context, ask func() error) error {
	if !present() {
		return fmt.Errorf("%w: this session has none", ErrNone)
	}
	_, err := guard.Call(ctx, func() (struct{}, error) { return struct{}{}, ask() })
	switch {
	case err == nil || errors.Is(err, keyring.ErrNotFound):
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ErrNone, ctx.Err())
	}
	return fmt.Errorf("%w: %v", ErrNone, err)
}

// alwaysPresent says that the system has its keyring without a message bus.
func alwaysPresent() bool { return runtime.GOOS == "darwin" || runtime.GOOS == "windows" }

// present reports whether asking makes sense. Where there is no message bus yet,
// the library would have one started, which nobody asked for.
func present() bool {
	if alwaysPresent() || os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	return err == nil && os.Getenv("XDG_RUNTIME_DIR") != ""
}

package keyring

import (
	"context"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"dirdesk/models"
)

func TestTokensAreKeptAndForgotten(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the library is a mock from here on
	keyring.MockInit()
	ctx := t.Context()
	var system System
	if token, err := system.Token(ctx, "adaxes://a"); err != nil || !token.Empty() {
		t.Fatalf("before: %q, %v", token.Reveal(), err)
	}
	if err := system.Keep(ctx, "adaxes://a", models.NewSecret("one")); err != nil {
		t.Fatal(err)
	}
	if err := system.Keep(ctx, "adaxes://a", models.NewSecret("two")); err != nil {
		t.Fatal(err)
	}
	if token, err := system.Token(ctx, "adaxes://a"); err != nil || token.Reveal() != "two" {
		t.Errorf("kept: %q, %v", token.Reveal(), err)
	}
	if token, err := system.Token(ctx, "adaxes://b"); err != nil || !token.Empty() {
		t.Errorf("of another name: %q, %v", token.Reveal(), err)
	}
	if was, err := system.Forget(ctx, "adaxes://a"); err != nil || !was {
		t.Errorf("forgotten: %v, %v", was, err)
	}
	if was, err := system.Forget(ctx, "adaxes://a"); err != nil || was {
		t.Errorf("forgotten again: %v, %v", was, err)
	}
}

// Whatever goes wrong is one thing: there is no keyring.
func TestAnyFailureIsNoKeyring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	keyring.MockInitWithError(errors.New("the collection is gone"))
	var system System
	_, reading := system.Token(t.Context(), "x")
	_, forgetting := system.Forget(t.Context(), "x")
	for what, err := range map[string]error{"reading": reading, "keeping": system.Keep(t.Context(), "x", models.NewSecret("y")), "forgetting": forgetting} {
		if !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A keyring that waits for its owner does not hold up who has left.
func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	ctx, cancel := context.WithCancel(t.Context())
	stuck := make(chan struct{})
	defer close(stuck)
	go cancel()
	err := within(ctx, func() error { <-stuck; return nil })
	if !errors.Is(err, ErrNone) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Where there is no message bus none is started for it.
func TestNoSessionIsNoKeyring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if present() != alwaysPresent() {
		t.Error("a session without a bus has a keyring")
	}
}

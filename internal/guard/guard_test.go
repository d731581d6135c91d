package guard_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dirdesk/internal/guard"
)

func broken() { panic("broken") }

func TestAPanicReachesWhoWaits(t *testing.T) {
	caught := guard.Catch(func() {
		_, _ = guard.Call(t.Context(), func() (int, error) { broken(); return 1, nil })
	})
	if caught == nil || caught.Error() != "broken" || !strings.Contains(caught.Stack, "guard_test.broken") {
		t.Errorf("caught %+v", caught)
	}
}

func TestCall(t *testing.T) {
	failure := errors.New("no")
	if n, err := guard.Call(t.Context(), func() (int, error) { return 7, failure }); n != 7 || !errors.Is(err, failure) {
		t.Errorf("%d, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	release := make(chan struct{})
	defer close(release)
	if _, err := guard.Call(ctx, func() (int, error) { <-release; return 0, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestAPanicAsAnError(t *testing.T) {
	err := func() (err error) {
		defer guard.AsError(&err)
		broken()
		return nil
	}()
	var p *guard.Panic
	if !errors.As(err, &p) || !strings.Contains(err.Error(), "broken") {
		t.Errorf("%v", err)
	}
}

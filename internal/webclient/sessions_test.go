package webclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"dirdesk/models"
)

// doorkeeper signs in and counts how often.
type doorkeeper struct {
	*Sessions[string]
	signIns atomic.Int32
	says    error // what a sign-in ends with
}

func newDoorkeeper() *doorkeeper {
	d := &doorkeeper{}
	d.Sessions = NewSessions[string](func(ctx context.Context) error {
		n := d.signIns.Add(1)
		if d.says != nil {
			return d.says
		}
		d.Take(fmt.Sprint("session ", n))
		return ctx.Err()
	}, func(err error) error {
		if errors.Is(err, models.ErrCredentials) {
			return Fault(models.ErrSession, "refused for good", "")
		}
		return nil
	})
	d.Take("session 0")
	return d
}

func (d *doorkeeper) held(t *testing.T) Held[string] {
	t.Helper()
	held, err := d.Now()
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestOneSignsInForAll(t *testing.T) {
	d := newDoorkeeper()
	lost := d.held(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := d.Renew(t.Context(), lost); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if held := d.held(t); d.signIns.Load() != 1 || held.Session != "session 1" || held.Number != 2 {
		t.Errorf("%d sign-ins, %+v", d.signIns.Load(), held)
	}
}

// What a server refused once is not tried again; a session that was to be renewed
// early serves on.
func TestRefusalOfARenewalIsFinal(t *testing.T) {
	d := newDoorkeeper()
	first := d.held(t)
	d.says = models.ErrCredentials
	for range 3 {
		if err := d.RenewEarly(t.Context(), first); !errors.Is(err, models.ErrSession) || !strings.Contains(err.Error(), "for good") {
			t.Errorf("early: %v", err)
		}
	}
	if held := d.held(t); held != first {
		t.Errorf("the session that serves still is %+v", held)
	}
	for range 3 {
		if err := d.Renew(t.Context(), first); !errors.Is(err, models.ErrSession) {
			t.Errorf("lost: %v", err)
		}
		if _, err := d.Now(); !errors.Is(err, models.ErrSession) {
			t.Errorf("afterwards: %v", err)
		}
	}
	if n := d.signIns.Load(); n != 1 {
		t.Errorf("%d sign-ins", n)
	}
}

func TestTroubleOnTheWayToARenewalIsTriedAgain(t *testing.T) {
	d := newDoorkeeper()
	first := d.held(t)
	d.says = models.ErrUnreachable
	if err := d.Renew(t.Context(), first); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	d.says = nil
	if err := d.Renew(t.Context(), first); err != nil || d.held(t).Session != "session 2" {
		t.Errorf("got %v", err)
	}
}

func TestClosedSessions(t *testing.T) {
	d := newDoorkeeper()
	first := d.held(t)
	d.NoteSuccess(first)
	if !d.Worked(first) || d.Worked(Held[string]{Number: 9}) {
		t.Error("what worked is not known")
	}
	d.Close()
	held, err := d.Now()
	if !errors.Is(err, models.ErrSession) || held.Session != "" {
		t.Errorf("after Close: %+v, %v", held, err)
	}
	if err := d.Renew(t.Context(), first); !errors.Is(err, models.ErrSession) || d.signIns.Load() != 0 {
		t.Errorf("a renewal after Close: %v", err)
	}
}

package synology

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/models"
)

const wireInfo = "SYNO.ActiveDirectory.Info.get"

// sessions makes the server give a new sid with every sign-in, "sid-1", ..., and
// refuse all but the newest with code once expire was called.
type sessions struct {
	server  *canned
	code    atomic.Int64
	current atomic.Int64
	valid   atomic.Int64 // lowest number of a sid that still works
}

func newSessions(t *testing.T) *sessions {
	s := &sessions{server: newCanned(t)}
	s.code.Store(119)
	s.server.on("SYNO.API.Auth.login", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"data":{"sid":"sid-%d","synotoken":"token"},"success":true}`, s.current.Add(1))
	})
	s.server.on(wireInfo, func(w http.ResponseWriter, r *http.Request) {
		var number int64
		if _, err := fmt.Sscanf(r.Form.Get("_sid"), "sid-%d", &number); err != nil || number < s.valid.Load() {
			fmt.Fprintf(w, `{"error":{"code":%d},"success":false}`, s.code.Load())
			return
		}
		fmt.Fprint(w, goodInfo)
	})
	return s
}

func (s *sessions) expire() { s.valid.Store(s.current.Load() + 1) }

func (s *sessions) logins() int { return len(s.server.seen("SYNO.API.Auth.login")) }

func TestLostSessionIsRenewedOnceForAll(t *testing.T) {
	t.Parallel()
	for _, code := range []int64{106, 107, 119, 150, 1500, 105, 103} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			s := newSessions(t)
			client := s.server.open()
			if _, err := client.Info(t.Context()); err != nil {
				t.Fatal(err)
			}
			for round := range 3 {
				s.code.Store(code)
				s.expire()
				var group sync.WaitGroup
				for range 20 {
					group.Go(func() {
						if _, err := client.Info(t.Context()); err != nil {
							t.Errorf("a call that met the lost session: %v", err)
						}
					})
				}
				group.Wait()
				if got, want := s.logins(), round+2; got != want {
					t.Fatalf("%d sign-ins in all, want %d", got, want)
				}
			}
		})
	}
}

// 105 is a right that is lacking, unless the session has worked.
func TestDenialIsNotTakenForALostSession(t *testing.T) {
	const wireConflict = "SYNO.ActiveDirectory.Group.conflict"
	s := newSessions(t)
	s.server.answer(wireConflict, `{"error":{"code":105},"success":false}`)
	client := s.server.open()

	denied := func() {
		t.Helper()
		if _, err := client.NameTaken(t.Context(), "jdoe"); !errors.Is(err, models.ErrDenied) {
			t.Fatalf("got %v, want ErrDenied", err)
		}
	}
	denied()
	if s.logins() != 1 {
		t.Error("a session that never worked was renewed for a 105")
	}
	if _, err := client.Info(t.Context()); err != nil {
		t.Fatal(err)
	}
	denied()
	if s.logins() != 2 {
		t.Errorf("%d sign-ins: a session that had worked is renewed once for a 105", s.logins())
	}
	if _, err := client.Info(t.Context()); err != nil {
		t.Fatal(err)
	}
	denied()
	denied()
	if s.logins() != 2 {
		t.Errorf("%d sign-ins: what a fresh session was denied does not renew another", s.logins())
	}
	s.code.Store(105)
	s.expire()
	if _, err := client.Info(t.Context()); err != nil {
		t.Errorf("105 of a dead session on another method: %v", err)
	}
}

func TestRefusedRenewalIsFinal(t *testing.T) {
	for _, test := range []struct {
		code int
		also error
	}{
		{403, models.ErrCodeRequired},
		{406, models.ErrCodeRequired},
		{400, models.ErrCredentials},
		{407, models.ErrBlocked},
		{411, models.ErrAccountState},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			s := newSessions(t)
			client := s.server.open()
			s.server.answer("SYNO.API.Auth.login", fmt.Sprintf(`{"error":{"code":%d},"success":false}`, test.code))
			s.expire()
			for range 3 {
				_, err := client.Info(t.Context())
				if !errors.Is(err, models.ErrSession) || !errors.Is(err, test.also) {
					t.Fatalf("got %v, want ErrSession and %v", err, test.also)
				}
				checkForPeople(t, err, client.host, "", "the session has ended")
			}
			if s.logins() != 2 {
				t.Errorf("%d sign-ins, want 2: more would lock the account", s.logins())
			}
			if err := client.Close(t.Context()); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

func TestRenewalThatFailedOnTheWayIsTriedAgain(t *testing.T) {
	s := newSessions(t)
	client := s.server.open()
	s.expire()
	login := s.server.handlers["SYNO.API.Auth.login"]
	s.server.on("SYNO.API.Auth.login", text(502, "Bad Gateway"))
	if _, err := client.Info(t.Context()); !errors.Is(err, models.ErrServer) {
		t.Fatalf("got %v, want ErrServer", err)
	}
	s.server.on("SYNO.API.Auth.login", login)
	if _, err := client.Info(t.Context()); err != nil {
		t.Errorf("after the server recovered: %v", err)
	}
}

func TestRenewalSendsTheDeviceToken(t *testing.T) {
	s := newSessions(t)
	login := s.server.handlers["SYNO.API.Auth.login"]
	s.server.answer("SYNO.API.Auth.login",
		`{"data":{"device_id":"`+testDevice+`","sid":"sid-0","synotoken":"t"},"success":true}`)
	options := s.server.options()
	options.Code, options.RememberDevice, options.DeviceName = models.NewSecret(testCode), true, "helpdesk-3"
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	s.server.on("SYNO.API.Auth.login", login)
	s.valid.Store(1)
	if _, err := client.Info(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := s.server.seen("SYNO.API.Auth.login")[1].form
	if again.Get("device_id") != testDevice || again.Get("device_name") != "helpdesk-3" || again.Has("otp_code") {
		t.Errorf("the renewal sent %v: a code works only once", again)
	}
}

func TestWaitingForARenewalEndsWithTheCaller(t *testing.T) {
	s := newSessions(t)
	client := s.server.open()
	started, release := make(chan struct{}), make(chan struct{})
	login := s.server.handlers["SYNO.API.Auth.login"]
	s.server.on("SYNO.API.Auth.login", func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-release
		login(w, r)
	})
	s.expire()
	ctx, cancel := context.WithCancel(t.Context())
	impatient, patient := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := client.Info(ctx)
		impatient <- err
	}()
	<-started
	go func() {
		_, err := client.Info(t.Context())
		patient <- err
	}()
	cancel()
	if err := <-impatient; !errors.Is(err, context.Canceled) {
		t.Errorf("the one who gave up: %v", err)
	}
	close(release)
	if err := <-patient; err != nil {
		t.Errorf("the one who waited: %v", err)
	}
	if s.logins() != 2 {
		t.Errorf("%d sign-ins, want 2", s.logins())
	}
}

func TestCloseEndsARenewal(t *testing.T) {
	s := newSessions(t)
	client := s.server.open()
	started := make(chan struct{})
	s.server.on("SYNO.API.Auth.login", func(w http.ResponseWriter, r *http.Request) {
		close(started)
		hang(w, r)
	})
	s.expire()
	call := make(chan error, 1)
	go func() {
		_, err := client.Info(t.Context())
		call <- err
	}()
	<-started
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-call; !errors.Is(err, models.ErrSession) {
		t.Errorf("got %v, want ErrSession", err)
	}
}

// The default time-out is checked without waiting for it.
func TestDefaultTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := &Backend{unopened(t)}
		client.web.Reads.Transport = neverAnswers{}
		start := time.Now()
		_, err := client.Info(t.Context())
		if !errors.Is(err, models.ErrUnreachable) || !strings.Contains(err.Error(), "within 2m30s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 150*time.Second {
			t.Errorf("gave up after %v", took)
		}
		client.sessions.Close()
	})
}

type neverAnswers struct{}

func (neverAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

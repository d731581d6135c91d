package activedirectory

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// each is every write that the backend makes, with an object that the fake knows.
func each(b *Backend) map[string]func(ctx context.Context) error {
	secret := models.NewSecret(testPassword)
	dn := models.DN(child("anna"))
	second := func(_ models.DN, err error) error { return err }
	return map[string]func(ctx context.Context) error{
		"create user": func(ctx context.Context) error {
			return second(b.CreateUser(ctx, models.NewUser{Container: models.Ref{DN: staff}, LogonName: "anna"}, secret))
		},
		"create group": func(ctx context.Context) error {
			return second(b.CreateGroup(ctx, models.NewGroup{Container: models.Ref{DN: staff}, Name: "all"}))
		},
		"create OU": func(ctx context.Context) error { return second(b.CreateOU(ctx, models.Ref{DN: staff}, "new", "")) },
		"edit": func(ctx context.Context) error {
			return b.EditFields(ctx, models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldMail, After: "x"}})
		},
		"set password": func(ctx context.Context) error { return b.SetPassword(ctx, models.Ref{DN: dn}, secret, models.Yes) },
		"edit properties": func(ctx context.Context) error {
			return second(b.EditProperties(ctx, models.Ref{DN: dn}, models.Modification{Properties: []models.PropertyChange{{Name: "mail", Values: []string{"x"}}}}))
		},
		"set photo": func(ctx context.Context) error {
			return second(b.EditProperties(ctx, models.Ref{DN: dn}, models.Modification{PhotoSet: true, Photo: onePixel()}))
		},
		"change flags": func(ctx context.Context) error {
			return second(b.EditProperties(ctx, models.Ref{DN: dn}, models.Modification{Properties: []models.PropertyChange{{Name: "userAccountControl", Masked: true, Mask: 2, Values: []string{"2"}}}}))
		},
		"set password with": func(ctx context.Context) error {
			return b.SetPasswordWith(ctx, models.Ref{DN: dn}, secret, models.Unknown, models.PasswordOptions{Unlock: true, NeverExpires: models.No})
		},
		"set must change": func(ctx context.Context) error { return b.SetMustChange(ctx, models.Ref{DN: dn}, true) },
		"add member":      func(ctx context.Context) error { return b.AddMembers(ctx, models.Ref{DN: staff}, models.Refs(dn)) },
		"remove member":   func(ctx context.Context) error { return b.RemoveMembers(ctx, models.Ref{DN: staff}, models.Refs(dn)) },
		"disable":         func(ctx context.Context) error { return b.SetEnabled(ctx, models.Ref{DN: dn}, false) },
		"unlock":          func(ctx context.Context) error { return b.Unlock(ctx, models.Ref{DN: dn}) },
		"set expiry":      func(ctx context.Context) error { return b.SetExpiry(ctx, models.Ref{DN: dn}, models.Never()) },
		"rename":          func(ctx context.Context) error { return second(b.Rename(ctx, models.Ref{DN: dn}, "berit")) },
		"move": func(ctx context.Context) error {
			return second(b.Move(ctx, models.Ref{DN: dn}, models.Ref{DN: testBase}))
		},
		"delete": func(ctx context.Context) error {
			var each error
			err := b.Delete(ctx, models.Refs(dn), false, func(_ models.DN, err error) { each = err })
			return errors.Join(err, each)
		},
	}
}

// An answer that does not come leaves the outcome unknown, and the write has gone
// out once.
func TestLostAnswerOfEachWrite(t *testing.T) {
	for name := range each(nil) {
		for how, lose := range map[string]func(s *session, w writeRequest){
			"dropped":  func(s *session, _ writeRequest) { s.drop() },
			"nonsense": func(s *session, _ writeRequest) { _, _ = s.conn.Write([]byte("HTTP/1.1 500\r\n\r\n")); s.drop() },
			"another answer": func(s *session, w writeRequest) {
				s.result(w.id, ldap.ApplicationSearchResultDone, 0, "")
			},
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				f := newWritable(t)
				f.onWrite = lose
				err := each(f.open())[name](t.Context())
				var said *models.Error
				if !errors.Is(err, models.ErrUnknownOutcome) || !errors.As(err, &said) || said.Object == "" || models.AdviceFor(said) == "" {
					t.Errorf("got %v (%+v)", err, said)
				}
				if errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrProtocol) {
					t.Errorf("%v is two kinds", err)
				}
				if sent := f.writes.list(); len(sent) != 1 {
					t.Errorf("it was sent %d times", len(sent))
				}
			})
		}
	}
}

// The server closed the connection while it lay idle: seen or unseen, the write goes
// out once, on a connection that lives.
func TestWriteAfterTheIdleConnectionDied(t *testing.T) {
	for name := range each(nil) {
		t.Run(name, func(t *testing.T) {
			f := newWritable(t)
			b := f.open()
			f.dropAll()
			if err := each(b)[name](t.Context()); err != nil {
				t.Error(err)
			}
			if sent := f.writes.list(); len(sent) != 1 {
				t.Errorf("it was sent %d times", len(sent))
			}
		})
	}
}

// The idle connection was left behind by a sleeping computer: it swallows what it
// is given and says nothing.
func TestWriteDoesNotGoIntoASilentConnection(t *testing.T) {
	f := newWritable(t)
	usual := f.onSearch
	var asleep atomic.Pointer[session]
	f.onSearch = func(s *session, r searchRequest) bool {
		if asleep.CompareAndSwap(nil, s) {
			return false // the first one, while signing in
		}
		return asleep.Load() == s || usual(s, r)
	}
	b := f.open()
	b.pool.probe = 20 * time.Millisecond
	if err := b.Unlock(t.Context(), models.Ref{DN: models.DN(child("anna"))}); err != nil {
		t.Error(err)
	}
	if sent := f.writes.list(); len(sent) != 1 || f.accepts.Load() != 2 {
		t.Errorf("sent %d times over %d connections", len(sent), f.accepts.Load())
	}
}

func TestNothingIsSentWhileTheServerIsAway(t *testing.T) {
	f := newWritable(t)
	b := f.open()
	f.stop()
	for name, run := range each(b) {
		err := run(t.Context())
		if !errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sent := f.writes.list(); len(sent) != 0 {
		t.Errorf("%d writes came in", len(sent))
	}
}

func TestSilenceAfterAWrite(t *testing.T) {
	f := newWritable(t)
	var heard atomic.Bool
	f.onWrite = func(s *session, w writeRequest) {
		if !heard.CompareAndSwap(false, true) {
			s.accept(w)
		}
	}
	b := f.open()
	b.silence = 50 * time.Millisecond
	if err := b.Unlock(t.Context(), models.Ref{DN: models.DN(child("anna"))}); !errors.Is(err, models.ErrUnknownOutcome) || !strings.Contains(err.(*models.Error).Err.Error(), errSilence.Error()) {
		t.Errorf("got %v", err)
	}
	b.silence = DefaultStallTimeout
	if err := b.Unlock(t.Context(), models.Ref{DN: models.DN(child("anna"))}); err != nil {
		t.Errorf("the next one: %v", err)
	}
}

// Who stops waiting has not undone anything: that is no plain cancellation.
func TestCancelledWrite(t *testing.T) {
	f := newWritable(t)
	ctx, cancel := context.WithCancel(t.Context())
	f.onWrite = func(*session, writeRequest) { cancel() }
	b := f.open()
	err := b.Unlock(ctx, models.Ref{DN: models.DN(child("anna"))})
	if !errors.Is(err, models.ErrUnknownOutcome) || errors.Is(err, context.Canceled) {
		t.Errorf("while waiting: %v", err)
	}
	for name, run := range each(b) {
		if err := run(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%s, cancelled before: %v", name, err)
		}
	}
	if sent := f.writes.list(); len(sent) != 1 {
		t.Errorf("%d writes came in", len(sent))
	}
}

// Neither the errors of a refused write nor those of a lost one repeat the
// password, whatever the server says.
func TestNoErrorShowsThePassword(t *testing.T) {
	const password = "Tell-Nobody-1"
	for i, answer := range []func(*session, writeRequest){
		func(s *session, w writeRequest) { s.refuse(w, 19, "0000052D: no") },
		func(s *session, _ writeRequest) { s.drop() },
	} {
		f := newWritable(t)
		f.onWrite = answer
		b := f.open()
		secret := models.NewSecret(password)
		_, created := b.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: staff}, LogonName: "x"}, secret)
		for _, err := range []error{created, b.SetPassword(t.Context(), models.Ref{DN: staff}, secret, models.Yes)} {
			encoded, _ := unicodePwd(secret)
			if text := fmt.Sprintf("%v %+v %#v", err, err, err); err == nil || strings.Contains(text, password) || strings.Contains(text, encoded) {
				t.Errorf("answer %d: %s", i, text)
			}
		}
	}
}

func TestDeleteGoesOnAfterARefusalButNotWithoutAServer(t *testing.T) {
	f := newWritable(t)
	f.onWrite = func(s *session, w writeRequest) {
		switch {
		case strings.Contains(w.dn, "refused"):
			s.refuse(w, 50, "00002098: no")
		case strings.Contains(w.dn, "lost"):
			s.drop()
		case strings.Contains(w.dn, "final"):
			_ = f.listener.Close() // before the answer: nobody can connect after it
			s.drop()
		default:
			s.accept(w)
		}
	}
	results := make(map[string]error)
	var order []string
	err := f.open().Delete(t.Context(), models.Refs("CN=a", "CN=refused", "CN=lost", "CN=b", "CN=final", "CN=c", "CN=d"), true, func(dn models.DN, err error) {
		results[string(dn)] = err
		order = append(order, string(dn))
	})
	if !errors.Is(err, models.ErrUnreachable) || strings.Join(order, " ") != "CN=a CN=refused CN=lost CN=b CN=final" {
		t.Errorf("reported %v, then %v", order, err)
	}
	for dn, want := range map[string]error{"CN=a": nil, "CN=refused": models.ErrDenied, "CN=lost": models.ErrUnknownOutcome, "CN=b": nil, "CN=final": models.ErrUnknownOutcome} {
		if got := results[dn]; !errors.Is(got, want) {
			t.Errorf("%s: %v, want %v", dn, got, want)
		}
	}
	for _, w := range f.writes.list() {
		if len(w.controls) != 1 || w.controls[0] != "1.2.840.113556.1.4.805" {
			t.Errorf("%s went without the tree-delete control: %v", w.dn, w.controls)
		}
	}
}

func TestMembersStopAtALostConnection(t *testing.T) {
	f := newWritable(t)
	f.onWrite = func(s *session, w writeRequest) {
		switch {
		case strings.Contains(w.lines[0], "refused"):
			s.refuse(w, 50, "00002098: no")
		case strings.Contains(w.lines[0], "lost"):
			s.drop()
		case strings.Contains(w.lines[0], "in already"):
			s.refuse(w, 68, "00000562: UpdErr: DSID-031A1262, problem 6005 (ENTRY_EXISTS), data 0") // Windows
		default:
			s.accept(w)
		}
	}
	err := f.open().AddMembers(t.Context(), models.Ref{DN: staff}, models.Refs("CN=a", "CN=in already", "CN=refused", "CN=lost", "CN=b"))
	var said *models.Error
	if !errors.Is(err, models.ErrUnknownOutcome) || !errors.Is(err, models.ErrDenied) || !errors.As(err, &said) || said.Kind != models.ErrUnknownOutcome {
		t.Fatalf("got %v", err)
	}
	if text := said.Error(); !strings.HasPrefix(text, `add to the group "Staff" 3 of 5 members: outcome unknown`) {
		t.Error(text)
	}
	if said.Object != "3 of 5 members" || !strings.Contains(said.Server, "1 not tried") || len(f.writes.list()) != 4 {
		t.Errorf("%s: %s", said.Object, said.Server)
	}
}

package synology

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"dirdesk/models"
)

// writes are the public calls that change something.
func writes() []publicCall {
	var calls []publicCall
	for _, call := range publicCalls() {
		if call.write {
			calls = append(calls, call)
		}
	}
	return calls
}

// net/http repeats what it thinks the server has not seen, such as a request on
// a connection that was closed while it was idle. A change it must not.
func TestChangeIsNotRepeatedOnAConnectionClosedWhileIdle(t *testing.T) {
	for _, call := range writes() {
		t.Run(call.method, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireInfo, goodInfo)
			client := server.open()
			if _, err := client.Info(t.Context()); err != nil { // leaves a connection behind
				t.Fatal(err)
			}
			server.on(call.wire, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
			if err := call.run(t.Context(), client); !errors.Is(err, models.ErrUnknownOutcome) {
				t.Errorf("got %v, want ErrUnknownOutcome", err)
			}
			server.only(call.wire)
		})
	}
}

// What cannot have reached the server has not been done, and that is said.
func TestNoConnectionIsNoUnknownOutcome(t *testing.T) {
	for _, call := range writes() {
		t.Run(call.method, func(t *testing.T) {
			server := newCanned(t)
			client := server.open()
			server.server.Close()
			err := call.run(t.Context(), client)
			if !errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrUnknownOutcome) {
				t.Errorf("got %v, want ErrUnreachable", err)
			}
		})
	}
}

// A server that takes connections but does not speak TLS has seen no request.
func TestHandshakeThatFailsIsNoUnknownOutcome(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_ = connection.Close()
		}
	}()
	client.host = listener.Addr().String()
	err = client.SetPassword(t.Context(), models.Ref{DN: userDN}, models.NewSecret(newPassword), models.Unknown)
	if !errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrUnknownOutcome) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
}

func TestStatusesOfAWrite(t *testing.T) {
	for status, want := range map[int]error{
		204: models.ErrUnknownOutcome, 302: models.ErrProtocol, 307: models.ErrProtocol, 400: models.ErrProtocol, 403: models.ErrDenied,
		404: models.ErrProtocol, 429: models.ErrBusy, 500: models.ErrUnknownOutcome, 502: models.ErrUnknownOutcome,
		503: models.ErrUnknownOutcome, 504: models.ErrUnknownOutcome,
	} {
		server := newCanned(t)
		server.on(wireCreateUser, text(status, "<h1>words of a proxy</h1>"))
		_, err := server.open().CreateUser(t.Context(), newUser(), models.NewSecret(newPassword))
		var told *models.Error
		if !errors.Is(err, want) || !errors.As(err, &told) || told.Code != fmt.Sprint("HTTP ", status) {
			t.Errorf("%d: got %v, want %v", status, err, want)
		} else if status >= 400 && !strings.Contains(told.Server, "words of a proxy") {
			t.Errorf("%d: the proxy's words are lost", status)
		}
		server.only(wireCreateUser)
	}
}

// A session that DSM had dropped before it looked at the request is renewed,
// and the request sent once more, never twice.
func TestChangeAfterALostSession(t *testing.T) {
	t.Parallel()
	for _, call := range writes() {
		for code, again := range map[int]bool{106: true, 107: true, 119: true, 105: false, 150: false} {
			t.Run(fmt.Sprint(call.method, "/", code), func(t *testing.T) {
				server := newCanned(t)
				server.answer(wireInfo, goodInfo)
				client := server.open()
				if _, err := client.Info(t.Context()); err != nil { // so that 105 is in doubt
					t.Fatal(err)
				}
				requests := answerOnce(server, call.wire, fmt.Sprintf(`{"error":{"code":%d},"success":false}`, code), call.good)
				err := call.run(t.Context(), client)
				switch {
				case again && (err != nil || requests.Load() < 2):
					t.Errorf("%d requests, %v; want a second one that is taken", requests.Load(), err)
				case !again && (err == nil || requests.Load() != 1):
					t.Errorf("%d requests, %v; want one that is refused", requests.Load(), err)
				}
			})
		}
	}
}

// answerOnce gives the first request one answer and all others another.
func answerOnce(server *canned, wire, once, after string) *atomic.Int32 {
	requests := new(atomic.Int32)
	server.on(wire, func(w http.ResponseWriter, _ *http.Request) {
		if requests.Add(1) == 1 {
			fmt.Fprint(w, once)
			return
		}
		fmt.Fprint(w, after)
	})
	return requests
}

// The same inside a compound request, whose items are authorised one by one.
func TestItemThatFindsTheSessionLost(t *testing.T) {
	for _, call := range writes() {
		if call.wire != wireCompound {
			continue
		}
		lost := `{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":119}}]},"success":true}`
		t.Run(call.method, func(t *testing.T) {
			server := newCanned(t)
			client := server.open()
			requests := answerOnce(server, wireCompound, lost, call.good)
			if err := call.run(t.Context(), client); err != nil || requests.Load() != 2 {
				t.Errorf("%d requests, %v", requests.Load(), err)
			}
			if n := len(server.seen("SYNO.API.Auth.login")); n != 2 {
				t.Errorf("%d sign-ins", n)
			}
			server.answer(wireCompound, lost)
			before := len(server.seen(wireCompound))
			if err := call.run(t.Context(), client); !errors.Is(err, models.ErrSession) {
				t.Errorf("lost for good: %v", err)
			}
			if n := len(server.seen(wireCompound)) - before; n != 2 {
				t.Errorf("%d requests, want 2", n)
			}
		})
	}
	// After a renewal for the request as a whole there is none for the item.
	server := newCanned(t)
	client := server.open()
	requests := answerOnce(server, wireCompound, `{"error":{"code":119},"success":false}`,
		`{"data":{"has_fail":true,"result":[{"success":false,"error":{"code":119}}]},"success":true}`)
	if err := client.SetPassword(t.Context(), models.Ref{DN: userDN}, models.NewSecret(newPassword), models.Unknown); !errors.Is(err, models.ErrSession) || requests.Load() != 2 {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}

// An answer with an error in it is no lost one, however odd the error.
func TestRefusalIsNoUnknownOutcome(t *testing.T) {
	for _, body := range []string{
		`{"success":false}`, `{"error":null,"success":false}`, `{"error":"maintenance","success":false}`, `{"error":{"code":4711},"success":false}`,
	} {
		server := newCanned(t)
		server.answer(wireCreateUser, body)
		_, err := server.open().CreateUser(t.Context(), newUser(), models.NewSecret(newPassword))
		if !errors.Is(err, models.ErrServer) || errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

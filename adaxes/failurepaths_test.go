package adaxes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
	"dirdesk/test/webtest"
)

// publicCall is one thing that a user of the package can make the server do.
type publicCall struct {
	method string
	wire   string // the request under it
	object string // what its errors are about; "" for the host
	write  bool   // it changes something
	run    func(context.Context, *Backend) error
}

func publicCalls() []publicCall {
	user := string(testUser)
	secret := models.NewSecret(chosenSecret)
	made := "CN=jdoe," + string(testUsers)
	return []publicCall{
		{"Info", wireGet, string(testBase), false, func(ctx context.Context, b *Backend) error {
			_, err := b.Info(ctx)
			return err
		}},
		{"List", wireSearch, string(testUsers), false, func(ctx context.Context, b *Backend) error {
			for _, err := range b.List(ctx, models.ListRequest{Base: testUsers}) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"Tokens", wireGet, user, false, func(ctx context.Context, b *Backend) error {
			_, _, err := b.Tokens(ctx, models.Ref{DN: testUser})
			return err
		}},
		{"Below", wireSearch, user, false, func(ctx context.Context, b *Backend) error {
			_, _, err := b.Below(ctx, models.Ref{DN: testUser})
			return err
		}},
		{"Get", wireGet, user, false, func(ctx context.Context, b *Backend) error {
			_, err := b.Get(ctx, models.Ref{DN: testUser})
			return err
		}},
		{"Identify", wireGet, "S-1-5-21-1-2-3-1105", false, func(ctx context.Context, b *Backend) error {
			_, err := b.Identify(ctx, "S-1-5-21-1-2-3-1105")
			return err
		}},
		{"Named", wireSearch, "doe", false, func(ctx context.Context, b *Backend) error {
			_, _, err := b.Named(ctx, "doe")
			return err
		}},
		{"Find", wireSearch, "doe", false, func(ctx context.Context, b *Backend) error {
			_, _, err := b.Find(ctx, findRequest("doe", nil, 10))
			return err
		}},
		{"NameTaken", wireSearch, "jdoe", false, func(ctx context.Context, b *Backend) error {
			_, err := b.NameTaken(ctx, "jdoe")
			return err
		}},
		{"Members", wireMembers, string(testGroup), false, func(ctx context.Context, b *Backend) error {
			_, err := b.Members(ctx, models.Ref{DN: testGroup})
			return err
		}},
		{"IndirectMembers", wireMembers, string(testGroup), false, func(ctx context.Context, b *Backend) error {
			_, err := b.IndirectMembers(ctx, models.Ref{DN: testGroup})
			return err
		}},
		{"PrimaryMembers", wireGet, string(testGroup), false, func(ctx context.Context, b *Backend) error {
			_, err := b.PrimaryMembers(ctx, models.Ref{DN: testGroup}, true)
			return err
		}},
		{"Properties", wireGet, user, false, func(ctx context.Context, b *Backend) error {
			_, err := b.Properties(ctx, models.Ref{DN: testUser})
			return err
		}},
		{"Photo", wireGet, user, false, func(ctx context.Context, b *Backend) error {
			_, err := b.Photo(ctx, models.Ref{DN: testUser})
			return err
		}},
		{"Licences", wireGet, user, false, func(ctx context.Context, b *Backend) error {
			_, err := b.Licences(ctx, models.Ref{DN: testUser})
			if errors.Is(err, models.ErrUnsupported) && strings.Contains(err.Error(), "tell") {
				return nil // the answer is good, and has nothing of Microsoft 365 in it
			}
			return err
		}},
		{"EditProperties", wireModify, user, true, func(ctx context.Context, b *Backend) error {
			_, err := b.EditProperties(ctx, models.Ref{DN: testUser}, models.Modification{Properties: []models.PropertyChange{
				{Name: "department", Type: models.CaseIgnoreString, Values: []string{"Sales"}},
			}})
			return err
		}},
		{"CreateUser", wireCreate, made, true, func(ctx context.Context, b *Backend) error {
			_, err := b.CreateUser(ctx, models.NewUser{Container: models.Ref{DN: testUsers}, LogonName: "jdoe"}, secret)
			return err
		}},
		{"CreateGroup", wireCreate, string(testGroup), true, func(ctx context.Context, b *Backend) error {
			_, err := b.CreateGroup(ctx, models.NewGroup{Container: models.Ref{DN: testUsers}, Name: "Sales"})
			return err
		}},
		{"CreateOU", wireCreate, "OU=New,DC=example,DC=test", true, func(ctx context.Context, b *Backend) error {
			_, err := b.CreateOU(ctx, models.Ref{DN: testBase}, "New", "")
			return err
		}},
		{"EditFields", wireModify, user, true, func(ctx context.Context, b *Backend) error {
			return b.EditFields(ctx, models.Ref{DN: testUser}, []models.FieldChange{{Field: models.FieldTelephone, After: "555"}})
		}},
		{"SetPassword", wireReset, user, true, func(ctx context.Context, b *Backend) error {
			return b.SetPassword(ctx, models.Ref{DN: testUser}, secret, models.Yes)
		}},
		{"SetPasswordWith", wireReset, user, true, func(ctx context.Context, b *Backend) error {
			return b.SetPasswordWith(ctx, models.Ref{DN: testUser}, secret, models.Unknown, models.PasswordOptions{NeverExpires: models.Yes})
		}},
		{"AddMembers", wireAdd, user, true, func(ctx context.Context, b *Backend) error {
			return b.AddMembers(ctx, models.Ref{DN: "CN=Others,DC=example,DC=test"}, models.Refs(testUser))
		}},
		{"RemoveMembers", wireRemove, user, true, func(ctx context.Context, b *Backend) error {
			return b.RemoveMembers(ctx, models.Ref{DN: testGroup}, models.Refs(testUser))
		}},
		{"SetEnabled", wireEnable, user, true, func(ctx context.Context, b *Backend) error {
			return b.SetEnabled(ctx, models.Ref{DN: testUser}, true)
		}},
		{"Unlock", wireUnlock, user, true, func(ctx context.Context, b *Backend) error {
			return b.Unlock(ctx, models.Ref{DN: testUser})
		}},
		{"SetExpiry", wireModify, user, true, func(ctx context.Context, b *Backend) error {
			return b.SetExpiry(ctx, models.Ref{DN: testUser}, models.Never())
		}},
		{"SetMustChange", wireModify, user, true, func(ctx context.Context, b *Backend) error {
			return b.SetMustChange(ctx, models.Ref{DN: testUser}, true)
		}},
		{"Rename", wireModify, user, true, func(ctx context.Context, b *Backend) error {
			_, err := b.Rename(ctx, models.Ref{DN: testUser}, "Jane Doe")
			return err
		}},
		{"Move", wireMove, user, true, func(ctx context.Context, b *Backend) error {
			_, err := b.Move(ctx, models.Ref{DN: testUser}, models.Ref{DN: testBase})
			return err
		}},
		{"Delete", wireDelete, user, true, func(ctx context.Context, b *Backend) error {
			var reported error
			if err := b.Delete(ctx, models.Refs(testUser), false, func(_ models.DN, err error) { reported = err }); err != nil {
				return err
			}
			return reported
		}},
	}
}

// Every exported method that talks to the server must be among the public calls,
// so that a new one is run through the failures too.
func TestPublicCallsAreComplete(t *testing.T) {
	// Close has tests of its own; the others ask nothing of the server.
	known := []string{"Close", "About", "CanDeleteSubtree", "CanMustChange", "EditableFields", "PhotoLimit", "Property"}
	for _, call := range publicCalls() {
		known = append(known, call.method)
	}
	backend := reflect.TypeFor[*Backend]()
	for i := range backend.NumMethod() {
		if name := backend.Method(i).Name; !slices.Contains(known, name) {
			t.Errorf("Backend.%s is not run through the failure paths", name)
		}
	}
}

// failurePath is a way for a call to go wrong, and what must come of it.
type failurePath struct {
	name   string
	answer http.HandlerFunc
	cancel bool  // the caller gives up while it waits
	want   error // of a call that reads, and of one that changes if answered
	// answered is for what tells surely that a change was not made; all else
	// leaves that open.
	answered bool
	writes   bool // for changes only
	requests int  // of the call itself; 0: not counted
	logins   int
	words    string // part of the message
}

func (p failurePath) wanted(call publicCall) error {
	if call.write && !p.answered {
		return models.ErrUnknownOutcome
	}
	return p.want
}

const (
	told500   = `{"message":"An unexpected error occurred.","code":"internalError"}`
	told403   = `{"message":"You do not have sufficient permissions.","code":"forbidden"}`
	told401   = `{"message":"The provided authentication token is either expired or invalid.","code":"unauthenticated"}`
	told400   = `{"message":"The request is invalid.","code":"badRequest","modelState":{"directoryObject":["is required"]}}`
	told404   = `{"message":"The object was not found.","code":"notFound"}`
	failedFor = `{"resultType":1,"innerMessages":[],"exception":{"message":"A rule of this company forbids it."},"actualObjectDN":"CN=John Doe,CN=Users,DC=example,DC=test","extraInfo":{}}`
	suspended = `{"resultType":2,"innerMessages":[{"source":"Business Rules","text":"Send for approval","messageType":2,"innerMessages":[{"source":null,"text":"The request was submitted for approval.","messageType":4,"innerMessages":[]}]}],"exception":null,"actualObjectDN":null}`
	strange   = `{"resultType":9,"innerMessages":[],"exception":null}`
)

func failurePaths() []failurePath {
	return []failurePath{
		{name: "cut before the answer", answer: drop, want: models.ErrUnreachable, logins: 1, words: "closed the connection"},
		{name: "cut in the answer", answer: cutAnswer, want: models.ErrUnreachable, requests: 1, logins: 1, words: "closed the connection"},
		{name: "HTML 502", answer: text(502, "<html><h1>502 Bad Gateway</h1></html>"), want: models.ErrServer, requests: 1, logins: 1, words: "HTTP 502"},
		{name: "HTML 500", answer: text(500, "<!DOCTYPE html><title>Runtime Error</title>"), want: models.ErrServer, requests: 1, logins: 1, words: "HTTP 500"},
		{name: "HTML 503", answer: text(503, "<h1>Service Unavailable</h1>"), want: models.ErrServer, requests: 1, logins: 1, words: "HTTP 503"},
		{name: "told 500", answer: text(500, told500), want: models.ErrServer, requests: 1, logins: 1, words: "internalError"},
		{name: "slow", answer: hang, want: models.ErrUnreachable, requests: 1, logins: 1, words: "did not answer within"},
		{name: "cancelled", answer: hang, cancel: true, want: context.Canceled, requests: 1, logins: 1, words: "cancelled"},
		{name: "401 for good", answered: true, answer: text(401, told401), want: models.ErrSession, requests: 2, logins: 2, words: "the session has ended"},
		{name: "HTML 401", answered: true, answer: text(401, "<h1>401</h1>"), want: models.ErrSession, requests: 2, logins: 2},
		{name: "403", answered: true, answer: text(403, told403), want: models.ErrDenied, requests: 1, logins: 1, words: "may not do that"},
		{name: "HTML 403", answered: true, answer: text(403, "<h1>Forbidden</h1>"), want: models.ErrDenied, requests: 1, logins: 1, words: "proxy"},
		{name: "400", answered: true, answer: text(400, told400), want: models.ErrInvalid, logins: 1, words: "directoryObject: is required"},
		{name: "404", answered: true, answer: text(404, told404), want: models.ErrNotFound, requests: 1, logins: 1},
		{name: "405", answered: true, answer: text(405, "<h1>405</h1>"), want: models.ErrUnsupported, requests: 1, logins: 1, words: "does not let"},
		{name: "redirect", answered: true, answer: redirect, want: models.ErrProtocol, requests: 1, logins: 1, words: "or it wants another access token"},
		{name: "web page", answer: text(200, "<!DOCTYPE html><title>Welcome</title>"), want: models.ErrProtocol, requests: 1, logins: 1, words: "web page"},
		{name: "empty body", answer: text(200, ""), want: models.ErrProtocol, requests: 1, logins: 1, words: "empty"},
		{name: "JSON of another kind", answer: text(200, `"done"`), want: models.ErrProtocol, requests: 1, logins: 1, words: "not understood"},
		{name: "cut JSON", answer: text(200, `{"resultType":0,"innerMess`), want: models.ErrProtocol, requests: 1, logins: 1, words: "not understood"},
		{name: "result: failed", writes: true, answered: true, answer: text(200, failedFor), want: models.ErrServer, requests: 1, logins: 1},
		{name: "result: for approval", writes: true, answered: true, answer: text(200, suspended), want: models.ErrPending, requests: 1, logins: 1, words: "nothing has changed yet"},
		{name: "result: not known", writes: true, answer: text(200, strange), requests: 1, logins: 1, words: "(9)"},
		{name: "202 without a name", writes: true, answer: text(202, `{}`), requests: 1, logins: 1, words: "by itself"},
		{name: "202 and forgotten", writes: true, answer: text(202, `"9999-9"`), requests: 1, logins: 1, words: "by itself"},
	}
}

// drop takes the request and closes the connection.
func drop(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

// cutAnswer announces more than it sends.
func cutAnswer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"resultType":`)
}

// hang answers nothing until the client goes away.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func redirect(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "https://elsewhere.test/")
	w.WriteHeader(http.StatusFound)
}

func TestEveryCallFailsWell(t *testing.T) {
	for _, call := range publicCalls() {
		for _, path := range failurePaths() {
			if path.writes && !call.write {
				continue
			}
			t.Run(call.method+"/"+path.name, func(t *testing.T) {
				t.Parallel()
				checkFailure(t, call, path)
			})
		}
	}
}

func checkFailure(t *testing.T, call publicCall, path failurePath) {
	server := newCanned(t)
	b := server.open()
	runOut := func() {}
	if path.name == "slow" {
		runOut = webtest.OutOfTime(b.web)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server.mu.Lock()
	good := server.handlers[call.wire]
	server.mu.Unlock()
	before := len(server.seen(call.wire))
	server.on(call.wire, func(w http.ResponseWriter, r *http.Request) {
		if path.cancel {
			cancel()
		}
		runOut()
		path.answer(w, r)
	})
	if path.name == "405" {
		server.on("GET /restApi/api/directoryObjects/search", path.answer)
	}
	err := call.run(ctx, b)
	if want := path.wanted(call); !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	if call.write && !path.answered && (path.want != nil && errors.Is(err, path.want) || errors.Is(err, context.DeadlineExceeded)) {
		t.Errorf("%v can be taken for %v, which may be read as not done", err, path.want)
	}
	n := len(server.seen(call.wire)) - before
	if path.requests > 0 && n != path.requests {
		t.Errorf("%d requests, want %d", n, path.requests)
	}
	if call.write && n > 1 && path.requests != 2 {
		t.Errorf("the change was sent %d times", n)
	}
	if n := len(server.seen(wireSession)); n != path.logins {
		t.Errorf("%d sign-ins, want %d", n, path.logins)
	}
	if !path.cancel || call.write {
		checkForPeople(t, err, b.base.Host, call.object, path.words)
	}
	server.on(call.wire, good)
	if err := call.run(t.Context(), b); err != nil {
		t.Errorf("afterwards, when the server is well again: %v", err)
	}
}

// checkForPeople wants what happened, to what, and what to do now, and no
// secrets.
func checkForPeople(t *testing.T, err error, host, object, words string) {
	t.Helper()
	if object == "" {
		object = host
	}
	var told *models.Error
	if !errors.As(err, &told) {
		t.Fatalf("%T is no *models.Error: %v", err, err)
	}
	if told.Action == "" || models.AdviceFor(told) == "" || told.Object != object {
		t.Errorf("action %q, object %q (want %q), advice %q", told.Action, told.Object, object, told.Advice)
	}
	if !strings.Contains(err.Error(), words) || !strings.Contains(err.Error(), object) {
		t.Errorf("message %q lacks %q or %q", err, words, object)
	}
	noSecrets(t, err)
}

func noSecrets(t *testing.T, err error) {
	t.Helper()
	var told *models.Error
	all := fmt.Sprintf("%v %+v", err, err)
	if errors.As(err, &told) {
		all += told.Server + told.Advice + told.Code + told.Object
	}
	for _, secret := range secretTexts() {
		if strings.Contains(all, secret) {
			t.Errorf("the error holds %q: %s", secret, all)
		}
	}
}

// A server that says again what it was sent says no secret to a person.
func TestEchoedSecretsAreTakenOut(t *testing.T) {
	for _, status := range []int{200, 400, 403, 404, 500} {
		for _, call := range publicCalls() {
			t.Run(fmt.Sprint(call.method, " ", status), func(t *testing.T) {
				t.Parallel()
				server := newCanned(t)
				b := server.open()
				server.on(call.wire, func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					said := string(body) + " " + r.Header.Get("Adm-Authorization") + " " + testPassword
					if strings.Contains(said, `n\"ew`) {
						said += " " + chosenSecret
					}
					quoted, _ := rawjson.Encode(said)
					reply := fmt.Sprintf(`{"message":%s,"code":"x","modelState":{"a":[%s]},"innerError":{"code":"y","message":%s}}`, quoted, quoted, quoted)
					if status == 200 {
						reply = fmt.Sprintf(`{"resultType":1,"exception":{"message":%s},"innerMessages":[{"text":%s,"messageType":1}]}`, quoted, quoted)
					}
					text(status, reply)(w, r)
				})
				var heard strings.Builder
				ctx := models.WithListener(t.Context(), models.Listener{Message: func(m models.Message) { heard.WriteString(m.Text) }})
				err := call.run(ctx, b)
				if err == nil {
					t.Fatal("no error")
				}
				noSecrets(t, err)
				noSecrets(t, errors.New(heard.String()))
			})
		}
	}
}

// A 401 means that nothing was done: the call is made once more with a new token.
func TestEveryCallSurvivesAnEndedToken(t *testing.T) {
	for _, call := range publicCalls() {
		t.Run(call.method, func(t *testing.T) {
			t.Parallel()
			server := newCanned(t)
			b := server.open()
			server.mu.Lock()
			good := server.handlers[call.wire]
			server.mu.Unlock()
			before := len(server.seen(call.wire))
			server.answer(wireToken, strings.Replace(goodToken, testToken, "TOKEN-two", 1))
			server.inTurn(call.wire, text(401, told401), good)
			if err := call.run(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			requests := server.seen(call.wire)[before:]
			if len(requests) < 2 || requests[0].header.Get("Adm-Authorization") != testToken || requests[1].header.Get("Adm-Authorization") != "TOKEN-two" {
				t.Errorf("%d requests, not the old token and then the new one", len(requests))
			}
			if n := len(server.seen(wireSession)); n != 2 {
				t.Errorf("%d sign-ins, want 2", n)
			}
		})
	}
}

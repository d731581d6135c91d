package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/test/webtest"
)

// publicCall is one thing that a user of the package can make the server do.
type publicCall struct {
	method string
	wire   string // the API call under it
	object string // what its errors are about; "" for the host
	good   string // an answer that satisfies it
	write  bool   // it changes something
	run    func(context.Context, *Backend) error
}

const wireCompound = "SYNO.Entry.Request.request"

const emptyPage = `{"data":{"data":[],"total":0},"success":true}`

const goodInfo = `{"data":{"data":{"domainBasicInfo":{"realm":"EXAMPLE.TEST","workgroup":"EXAMPLE"},` +
	`"domainControllers":[{"cn":"NAS","dn":"CN=NAS,OU=Domain Controllers,DC=example,DC=test",` +
	`"dnshostname":"NAS.example.test","roles":["pdc","rid"]}]},"status":"running"},"success":true}`

const goodTask = `{"data":{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Polling","data":` +
	`{"data":[{"dn":"CN=a,DC=x","status":{}}],"finished":true,"total":1},"method":"get","success":true,"version":1}]},"success":true}`

func publicCalls() []publicCall {
	const base, task = "CN=Users,DC=example,DC=test", "@administrators/Task1"
	return []publicCall{
		{"Info", "SYNO.ActiveDirectory.Info.get", "", goodInfo, false, func(ctx context.Context, c *Backend) error {
			_, err := c.Info(ctx)
			return err
		}},
		{"page", "SYNO.ActiveDirectory.Directory.list", base, emptyPage, false, func(ctx context.Context, c *Backend) error {
			_, err := c.page(ctx, models.ListRequest{Base: base}, 0, 40)
			return err
		}},
		{"NameTaken", "SYNO.ActiveDirectory.Group.conflict", "jdoe", `{"data":{"isConflict":true},"success":true}`, false, func(ctx context.Context, c *Backend) error {
			_, err := c.NameTaken(ctx, "jdoe")
			return err
		}},
		{"SyncStatus", "SYNO.Core.Directory.Domain.update_status", task, `{"data":{"status":"finish"},"success":true}`, false, func(ctx context.Context, c *Backend) error {
			_, err := c.SyncStatus(ctx, task)
			return err
		}},
		{"task", "SYNO.Entry.Request.request", task, goodTask, false, func(ctx context.Context, c *Backend) error {
			_, err := c.task(ctx, task)
			return err
		}},
		{"List", "SYNO.ActiveDirectory.Directory.list", base, emptyPage, false, func(ctx context.Context, c *Backend) error {
			for _, err := range c.List(ctx, models.ListRequest{Base: base}) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"CreateUser", wireCreateUser, userDN, goodCreation, true, func(ctx context.Context, c *Backend) error {
			_, err := c.CreateUser(ctx, newUser(), models.NewSecret(newPassword))
			return err
		}},
		{"CreateGroup", wireCreateGroup, "CN=Sales,CN=Users,DC=example,DC=test", goodCreation, true, func(ctx context.Context, c *Backend) error {
			_, err := c.CreateGroup(ctx, newGroup())
			return err
		}},
		{"EditFields", wireCompound, userDN, goodSet, true, func(ctx context.Context, c *Backend) error {
			return c.EditFields(ctx, models.Ref{DN: userDN}, []models.FieldChange{{Field: models.FieldTelephone, After: "555"}})
		}},
		{"SetPassword", wireCompound, userDN, goodSet, true, func(ctx context.Context, c *Backend) error {
			return c.SetPassword(ctx, models.Ref{DN: userDN}, models.NewSecret(newPassword), models.Unknown)
		}},
		{"AddMembers", wireCompound, groupDN, goodMembers, true, func(ctx context.Context, c *Backend) error {
			return c.AddMembers(ctx, models.Ref{DN: groupDN}, models.Refs(userDN))
		}},
		{"Delete", wireDelete, "CN=a,DC=x", goodStart, true, func(ctx context.Context, c *Backend) error {
			return c.Delete(ctx, models.Refs("CN=a,DC=x"), false, nil)
		}},
		{"SendResetMail", wireResetMail, "jdoe", `{"data":{"msg":3},"success":true}`, true, func(ctx context.Context, c *Backend) error {
			return c.SendResetMail(ctx, "jdoe")
		}},
		{"StartSync", wireDomainStart, "", goodStart, true, func(ctx context.Context, c *Backend) error {
			_, err := c.StartSync(ctx)
			return err
		}},
		{"Request", wireCompound, "", goodSet, true, func(ctx context.Context, c *Backend) error {
			quoted, err := json.Marshal(newPassword)
			if err != nil {
				return err
			}
			_, err = c.Request(ctx, fmt.Appendf(nil, `[{"api":"SYNO.X","method":"set","version":1,"userList":[{"password":%s}]}]`, quoted))
			return err
		}},
	}
}

const (
	wireCreateUser  = "SYNO.ActiveDirectory.User.create"
	wireCreateGroup = "SYNO.ActiveDirectory.Group.create"
	wireDelete      = "SYNO.ActiveDirectory.Directory.delete"
	wireResetMail   = "SYNO.Auth.ForgotPwd.send"
	wireDomainStart = "SYNO.Core.Directory.Domain.update_start"

	userDN  = "CN=jdoe,CN=Users,DC=example,DC=test"
	groupDN = "CN=Sales,CN=Users,DC=example,DC=test"

	goodCreation = `{"data":{"dn":"` + userDN + `","name":"EXAMPLE\\jdoe"},"success":true}`
	goodStart    = `{"data":{"task_id":"@administrators/Task1"},"success":true}`
	goodSet      = `{"data":{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.User",` +
		`"data":[{"code":0,"msg":"update record successfully"}],"method":"set","success":true,"version":2}]},"success":true}`
	goodMembers = `{"data":{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Group.Member",` +
		`"data":{"members":["` + userDN + `"]},"method":"add","success":true,"version":1}]},"success":true}`
)

func newUser() models.NewUser {
	return models.NewUser{Container: models.Ref{DN: "CN=Users,DC=example,DC=test"}, LogonName: "jdoe"}
}

func newGroup() models.NewGroup {
	return models.NewGroup{
		Container: models.Ref{DN: "CN=Users,DC=example,DC=test"}, Name: "Sales", Scope: models.ScopeGlobal, Type: models.TypeSecurity,
	}
}

// Every exported method that talks to the server must be among the public
// calls, so that a new one is run through the failures too.
func TestPublicCallsAreComplete(t *testing.T) {
	// Close has tests of its own; the others ask nothing of the server.
	known := []string{"Close", "DeviceToken", "About", "CreationFields", "EditableFields", "CanMustChange", "CanDeleteSubtree"}
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

func text(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// hang answers nothing until the client goes away.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// failurePath is a way for a call to go wrong, and what must come of it.
type failurePath struct {
	name     string
	answer   http.HandlerFunc
	cancel   bool // the caller gives up while it waits
	want     error
	requests int // of the call itself: no silent repetition
	logins   int
	words    string // part of the message

	// answered is for what tells surely that a change was not made; all else
	// leaves that open.
	answered bool
}

// wanted is the kind of error that must come of it.
func (p failurePath) wanted(call publicCall) error {
	if call.write && !p.answered {
		return models.ErrUnknownOutcome
	}
	return p.want
}

func failurePaths() []failurePath {
	return []failurePath{
		{name: "denied", answered: true, answer: text(200, `{"error":{"code":105},"success":false}`), want: models.ErrDenied, requests: 1, logins: 1, words: "may not do this"},
		{name: "session lost for good", answered: true, answer: text(200, `{"error":{"code":106},"success":false}`), want: models.ErrSession, requests: 2, logins: 2, words: "timed out"},
		{name: "unknown method", answered: true, answer: text(200, `{"error":{"code":103},"success":false}`), want: models.ErrUnsupported, words: "does not know this operation", logins: 1},
		{name: "package gone", answered: true, answer: text(200, `{"error":{"code":102},"success":false}`), want: models.ErrUnsupported, requests: 1, logins: 1},
		{name: "unknown code", answered: true, answer: text(200, `{"error":{"code":4711},"success":false}`), want: models.ErrServer, requests: 1, logins: 1, words: "4711"},
		{name: "not JSON", answer: text(200, "<!DOCTYPE html><title>Welcome</title>"), want: models.ErrProtocol, requests: 1, logins: 1, words: "not DSM's"},
		{name: "empty body", answer: text(200, ""), want: models.ErrProtocol, requests: 1, logins: 1, words: "empty"},
		{name: "JSON of another kind", answer: text(200, `[1,2]`), want: models.ErrProtocol, requests: 1, logins: 1},
		{name: "no data", answer: text(200, `{"success":true}`), want: models.ErrProtocol, requests: 1, logins: 1, words: "not understood"},
		{name: "data of another kind", answer: text(200, `{"data":"done","success":true}`), want: models.ErrProtocol, requests: 1, logins: 1, words: "not understood"},
		{name: "cut JSON", answer: text(200, `{"data":{"data":[{"dn":"CN=a`), want: models.ErrProtocol, requests: 1, logins: 1, words: "cut off"},
		{name: "cut connection", answer: cutConnection, want: models.ErrUnreachable, requests: 1, logins: 1, words: "closed the connection"},
		{name: "5xx page", answer: text(502, "<html><h1>502 Bad Gateway</h1></html>"), want: models.ErrServer, requests: 1, logins: 1, words: "HTTP 502"},
		{name: "redirect", answered: true, answer: redirect, want: models.ErrProtocol, requests: 1, logins: 1, words: "redirects"},
		{name: "slow", answer: hang, want: models.ErrUnreachable, requests: 1, logins: 1, words: "did not answer within 10s"},
		{name: "cancelled", answer: hang, cancel: true, want: context.Canceled, requests: 1, logins: 1, words: "cancelled before the answer came"},
	}
}

// cutConnection announces more than it sends.
func cutConnection(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"data":`))
}

func redirect(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "https://elsewhere.test/")
	w.WriteHeader(http.StatusFound)
}

func TestEveryCallFailsWell(t *testing.T) {
	for _, call := range publicCalls() {
		for _, path := range failurePaths() {
			t.Run(call.method+"/"+path.name, func(t *testing.T) {
				t.Parallel()
				checkFailure(t, call, path)
			})
		}
	}
}

func checkFailure(t *testing.T, call publicCall, path failurePath) {
	server := newCanned(t)
	client := server.open()
	runOut := func() {}
	if path.name == "slow" {
		runOut = webtest.OutOfTime(client.web)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server.on(call.wire, func(w http.ResponseWriter, r *http.Request) {
		if path.cancel {
			cancel()
		}
		runOut()
		path.answer(w, r)
	})
	err := call.run(ctx, client)
	if want := path.wanted(call); !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	if call.write && !path.answered && (errors.Is(err, path.want) || errors.Is(err, context.DeadlineExceeded)) {
		t.Errorf("%v can be taken for %v, which may be read as not done", err, path.want)
	}
	if n := len(server.seen(call.wire)); path.requests > 0 && n != path.requests {
		t.Errorf("%d requests, want %d", n, path.requests)
	}
	if n := len(server.seen("SYNO.API.Auth.login")); n != path.logins {
		t.Errorf("%d sign-ins, want %d", n, path.logins)
	}
	if !path.cancel || call.write {
		checkForPeople(t, err, client.host, call.object, path.words)
	}
	server.answer(call.wire, call.good)
	if err := call.run(t.Context(), client); err != nil {
		t.Errorf("afterwards, when the server is well again: %v", err)
	}
}

// checkForPeople wants what happened, to what, and what to do now.
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
}

// The same for signing in: discovery first, then the login itself.
func TestOpenFailsWell(t *testing.T) {
	for _, wire := range []string{"SYNO.API.Info.query", "SYNO.API.Auth.login"} {
		for _, path := range failurePaths() {
			if path.name == "session lost for good" || path.name == "denied" || path.name == "unknown method" {
				path.words = "" // said in other words by a sign-in
			}
			t.Run(wire+"/"+path.name, func(t *testing.T) {
				t.Parallel()
				server := newCanned(t)
				c, err := newConnection(server.options())
				if err != nil {
					t.Fatal(err)
				}
				runOut := func() {}
				if path.name == "slow" {
					runOut = webtest.OutOfTime(c.web)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				server.on(wire, func(w http.ResponseWriter, r *http.Request) {
					if path.cancel {
						cancel()
					}
					runOut()
					path.answer(w, r)
				})
				err = c.open(ctx)
				if !errors.Is(err, path.want) {
					t.Fatalf("got %v, want %v", err, path.want)
				}
				if n := len(server.seen(wire)); n != 1 && path.name != "unknown method" {
					t.Errorf("%d requests, want 1", n)
				}
				if path.cancel {
					return
				}
				var told *models.Error
				if !errors.As(err, &told) || told.Action == "" || told.Object == "" || models.AdviceFor(told) == "" {
					t.Errorf("not said well: %#v", err)
				}
			})
		}
	}
}

package synology

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"dirdesk/models"
)

// kinds of every code in section 8 of the wire reference.
func expectedKinds() (common, auth, directory map[int]error) {
	common = map[int]error{
		100: models.ErrServer, 101: models.ErrProtocol, 102: models.ErrUnsupported, 103: models.ErrUnsupported,
		104: models.ErrUnsupported, 105: models.ErrDenied, 106: models.ErrSession, 107: models.ErrSession,
		108: models.ErrServer, 109: models.ErrBusy, 110: models.ErrBusy, 111: models.ErrBusy, 112: models.ErrServer,
		113: models.ErrProtocol, 114: models.ErrInvalid, 115: models.ErrDenied, 116: models.ErrDenied, 117: models.ErrBusy,
		118: models.ErrBusy, 119: models.ErrSession, 120: models.ErrInvalid, 122: models.ErrDenied, 123: models.ErrDenied,
		124: models.ErrDenied, 125: models.ErrBusy, 126: models.ErrDenied, 127: models.ErrDenied, 150: models.ErrSession,
		160: models.ErrDenied, 164: models.ErrServer, 165: models.ErrServer,
	}
	auth = map[int]error{
		400: models.ErrCredentials, 401: models.ErrAccountState, 402: models.ErrNotAuthorized, 403: models.ErrCodeRequired,
		404: models.ErrCodeRejected, 405: models.ErrNotAuthorized, 406: models.ErrCodeRequired, 407: models.ErrBlocked,
		408: models.ErrAccountState, 409: models.ErrAccountState, 410: models.ErrAccountState, 411: models.ErrAccountState,
		412: models.ErrServer, 413: models.ErrServer, 414: models.ErrServer, // no meaning is known
	}
	directory = map[int]error{
		1402: models.ErrServer, 2601: models.ErrInvalid, 2602: models.ErrInvalid, 2603: models.ErrInvalid, 2604: models.ErrInvalid,
		2605: models.ErrUnreachable, 2606: models.ErrUnreachable, 2607: models.ErrDenied, 2608: models.ErrAccountState,
		2609: models.ErrAccountState, 2610: models.ErrDenied, 2611: models.ErrDenied, 2612: models.ErrAccountState,
		2613: models.ErrInvalid, 2614: models.ErrServer, 2615: models.ErrServer, 2616: models.ErrServer, 2624: models.ErrServer,
		2626: models.ErrBusy, 2628: models.ErrInvalid, 2703: models.ErrServer, 3107: models.ErrExists, 3114: models.ErrExists,
		3121: models.ErrPolicy, 3122: models.ErrPolicy, 3123: models.ErrPolicy, 3206: models.ErrExists,
		10104: models.ErrServer, 10237: models.ErrServer, 10999: models.ErrServer,
		400: models.ErrServer, 404: models.ErrServer, // no sign-in codes outside SYNO.API.Auth
	}
	return common, auth, directory
}

func TestEveryCodeHasWordsAndAdvice(t *testing.T) {
	common, auth, directory := expectedKinds()
	client := unopened(t)
	check := func(m method, codes map[int]error) {
		for code, kind := range codes {
			err := client.explainFailure(m, "CN=a,DC=x", &failure{code: code})
			var told *models.Error
			if !errors.As(err, &told) || !errors.Is(err, kind) {
				t.Errorf("%s %d: got %v, want %v", m.api, code, err, kind)
				continue
			}
			if told.Code != fmt.Sprint(code) || models.AdviceFor(told) == "" || !strings.Contains(err.Error(), "CN=a,DC=x") {
				t.Errorf("%s %d: %+v", m.api, code, told)
			}
			if words := told.Kind.Error(); words == kind.Error() || strings.ContainsAny(words, "0123456789_") && code != 2606 && code != 406 && code != 102 {
				t.Errorf("%s %d: %q is not said for a person", m.api, code, words)
			}
		}
	}
	check(methodList, common)
	check(methodLogin, common)
	check(methodLogin, auth)
	check(methodList, directory)
	check(methodDomainStatus, directory)
}

func TestAbsentPackageIsNamed(t *testing.T) {
	server := newCanned(t)
	var apis []string
	for line := range strings.Lines(discovery) {
		if !strings.Contains(line, "SYNO.ActiveDirectory.") {
			apis = append(apis, line)
		}
	}
	without := strings.Replace(strings.Join(apis, ""), "},\n},", "}\n},", 1)
	server.answer("SYNO.API.Info.query", without)
	_, err := Open(t.Context(), server.options())
	if !errors.Is(err, models.ErrUnsupported) {
		t.Fatalf("got %v, want ErrUnsupported", err)
	}
	words := "Synology Directory Server is not installed or not running on " + server.options().Host
	var told *models.Error
	if !errors.As(err, &told) || !strings.Contains(err.Error(), words) || !strings.Contains(told.Advice, "Package Center") {
		t.Errorf("got %q, want %q and advice", err, words)
	}
	if len(server.seen("SYNO.API.Auth.login")) != 0 {
		t.Error("signed in, which uses up a one-time code, although the package is absent")
	}
}

// The package was stopped, answers 102, and is found again once started.
func TestPackageThatComesBack(t *testing.T) {
	server := newCanned(t)
	server.answer(wireInfo, `{"error":{"code":102},"success":false}`, goodInfo)
	client := server.open()
	_, err := client.Info(t.Context())
	if !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "not installed or not running") {
		t.Fatalf("got %v", err)
	}
	if _, err := client.Info(t.Context()); err != nil {
		t.Errorf("after the start: %v", err)
	}
	if n := len(server.seen("SYNO.API.Info.query")); n != 2 {
		t.Errorf("asked %d times what is offered, want again after the 102", n)
	}
}

func TestWordsInsideTheWrapperDecide(t *testing.T) {
	for _, test := range []struct {
		errors string
		want   error
		server string // part of the server's words in the detail
	}{
		{`[{"code":10237,"msg":"ldb updaterecords: modify"}]`, models.ErrServer, "ldb updaterecords: modify"},
		{`[{"code":32,"msg":"No such object (CN=a)"}]`, models.ErrNotFound, "No such object (CN=a)"},
		{`[{"code":10237,"msg":"No such Base DN: CN=a"}]`, models.ErrNotFound, "No such Base DN"},
		{`{"code":32}`, models.ErrNotFound, ""},
		{`[32]`, models.ErrNotFound, ""},
		{`32`, models.ErrNotFound, ""},
		{`[{"msg":"00002071: samldb: Account name already exists"}]`, models.ErrExists, "samldb"},
		{`[{"code":"50","msg":"insufficient access rights"}]`, models.ErrDenied, "insufficient"},
		{`[{"code":34,"msg":"invalid DN"}]`, models.ErrInvalid, "invalid DN"},
		{`[{"code":66}]`, models.ErrNotEmpty, ""},
		{`[{"code":19}]`, models.ErrPolicy, ""},
		{`[{"code":51}]`, models.ErrBusy, ""},
		{`[{"code":53}]`, models.ErrUnsupported, ""},
		{`null`, models.ErrServer, ""},
	} {
		server := newCanned(t)
		server.answer("SYNO.ActiveDirectory.Directory.list", `{"error":{"code":10104,"errors":`+test.errors+`},"success":false}`)
		_, err := server.open().page(t.Context(), models.ListRequest{Base: "CN=a"}, 0, 1)
		var told *models.Error
		if !errors.Is(err, test.want) || !errors.As(err, &told) {
			t.Errorf("%s: got %v, want %v", test.errors, err, test.want)
			continue
		}
		if !strings.Contains(told.Server, test.server) || !strings.HasPrefix(told.Code, "10104") {
			t.Errorf("%s: detail is code %q, words %q", test.errors, told.Code, told.Server)
		}
	}
}

func TestVersionsAreNeverSentBlindly(t *testing.T) {
	server := newCanned(t)
	// update_status exists in version 1 only, though the API goes to 3.
	server.answer("SYNO.Core.Directory.Domain.update_status", `{"data":{"status":"updating"},"success":true}`)
	server.answer(wireInfo, goodInfo)
	server.answer("SYNO.ActiveDirectory.Directory.list", emptyPage)
	client := server.open()
	for call, run := range map[string]func(context.Context) error{
		"SYNO.Core.Directory.Domain.update_status=1": func(ctx context.Context) error { _, err := client.SyncStatus(ctx, "t"); return err },
		"SYNO.ActiveDirectory.Info.get=3":            func(ctx context.Context) error { _, err := client.Info(ctx); return err },
		"SYNO.ActiveDirectory.Directory.list=3": func(ctx context.Context) error {
			_, err := client.page(ctx, models.ListRequest{Base: "DC=x"}, 0, 1)
			return err
		},
	} {
		if err := run(t.Context()); err != nil {
			t.Fatal(err)
		}
		name, version, _ := strings.Cut(call, "=")
		if got := server.only(name).form.Get("version"); got != version {
			t.Errorf("%s with version %s, want %s", name, got, version)
		}
	}
}

func TestTooOldAPackageIsSaidSo(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Info.query", strings.Replace(discovery,
		`"SYNO.ActiveDirectory.Directory":{"maxVersion":3`, `"SYNO.ActiveDirectory.Directory":{"maxVersion":"2"`, 1))
	_, err := Open(t.Context(), server.options())
	if !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "versions 1 to 2, dirdesk in 3") {
		t.Errorf("got %v", err)
	}
}

// People take the two packages for one another: which one was found is said.
func TestTheOtherPackageIsNamed(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Info.query", `{"data":{"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"},"SYNO.DirectoryServer.User":{"maxVersion":1,"minVersion":1,"path":"entry.cgi"}},"success":true}`)
	_, err := Open(t.Context(), server.options())
	if !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "LDAP Server (OpenLDAP), and not Synology Directory Server") {
		t.Errorf("got %v", err)
	}
}

package dsm_test

import (
	"net/http"
	"strings"
	"testing"

	"dirdesk/simulator/dsm"
)

// A call with several faults is answered for the first in DSM's order.
func TestChecksComeInOrder(t *testing.T) {
	n := newNAS(t, nil)
	admin, visitor := n.sid("admin"), n.sid("visitor")
	for _, test := range []struct {
		name, query string
		code        int
	}{
		{"nothing at all", "", 101},
		{"no API before all else", "method=list&version=99", 101},
		{"unknown API before version", "api=SYNO.No.Such&version=99&method=nix", 102},
		{"another package's API", "api=SYNO.DirectoryServer.User&version=1&method=list", 102},
		{"no version", "api=SYNO.ActiveDirectory.Directory&method=list", 101},
		{"version that is no number", "api=SYNO.ActiveDirectory.Directory&method=list&version=latest", 101},
		{"version before method", "api=SYNO.ActiveDirectory.Directory&version=4&method=nix", 104},
		{"version of the group's API", "api=SYNO.ActiveDirectory.Group.Member&version=2&method=add", 104},
		{"no method", "api=SYNO.ActiveDirectory.Directory&version=3", 101},
		{"method before session", "api=SYNO.ActiveDirectory.Directory&version=3&method=nix", 103},
		{"method of another version", "api=SYNO.Core.Directory.Domain&version=2&method=update_start&_sid=" + admin, 103},
		{"version that Domain does not have", "api=SYNO.Core.Directory.Domain&version=3&method=update_start&_sid=" + admin, 104},
		{"plausible and not attested", "api=SYNO.ActiveDirectory.Group.Member&version=1&method=remove&_sid=" + admin, 103},
		{"no session", "api=SYNO.ActiveDirectory.Directory&version=3&method=list", 119},
		{"unknown session before privilege", "api=SYNO.ActiveDirectory.Directory&version=3&method=list&_sid=nobody", 119},
		{"privilege before parameters", "api=SYNO.ActiveDirectory.Directory&version=3&method=list&_sid=" + visitor, 105},
		{"domain update is for administrators", "api=SYNO.Core.Directory.Domain&version=1&method=update_start&_sid=" + visitor, 105},
		{"missing parameter", "api=SYNO.ActiveDirectory.Directory&version=3&method=list&_sid=" + admin, 114},
		{"wrong type", "api=SYNO.ActiveDirectory.Directory&version=3&method=list&basedn=x&limit=many&_sid=" + admin, 120},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := n.get("entry.cgi", test.query); got.code() != test.code {
				t.Errorf("want %d: %s", test.code, got.raw)
			}
		})
	}
}

func TestEveryCarrierOfTheSessionWorks(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	const query = "api=SYNO.ActiveDirectory.Info&method=get&version=3"
	withCookie := func() *http.Request {
		r, err := http.NewRequest(http.MethodGet, n.url+"/webapi/entry.cgi?"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "id", Value: sid})
		return r
	}
	for name, got := range map[string]reply{
		"query":       n.get("entry.cgi", query+"&_sid="+sid),
		"body":        n.call("SYNO.ActiveDirectory.Info", "get", "3", "_sid", sid),
		"cookie":      n.send(withCookie()),
		"API in path": n.get("entry.cgi/SYNO.ActiveDirectory.Info", "method=get&version=3&_sid="+sid),
	} {
		if !got.Success {
			t.Errorf("%s: %s", name, got.raw)
		}
	}
}

// The Python library names the API twice, and once leaves it empty.
func TestTheFirstValueThatIsNotEmptyWins(t *testing.T) {
	n := newNAS(t, nil)
	const rest = "&version=1&method=query&query=SYNO.API.Auth"
	for _, query := range []string{"api=&api=SYNO.API.Info", "api=SYNO.API.Info&api=SYNO.API.Info", "api=SYNO.API.Info&api="} {
		if got := n.get("entry.cgi", query+rest); !got.Success {
			t.Errorf("%s: %s", query, got.raw)
		}
	}
	if got := n.post("entry.cgi?api=SYNO.API.Info"+rest, "api", ""); !got.Success {
		t.Errorf("empty in the body: %s", got.raw)
	}
	if got := n.post("entry.cgi?api=SYNO.No.Such"+rest, "api", "SYNO.API.Info"); !got.Success {
		t.Errorf("the body goes before the query: %s", got.raw)
	}
}

func TestOldEntryPointsServeTheirAPIOnly(t *testing.T) {
	n := newNAS(t, nil)
	if got := n.get("query.cgi", "api=SYNO.API.Info&version=1&method=query&query=all"); !got.Success {
		t.Errorf("query.cgi: %s", got.raw)
	}
	if got := n.get("query.cgi", "api=SYNO.ActiveDirectory.Info&version=1&method=get"); got.code() != 102 {
		t.Errorf("another API at query.cgi: %s", got.raw)
	}
	if got := n.get("entry.cgi", "api=SYNO.API.Auth&version=6&method=logout"); !got.Success {
		t.Errorf("Auth at entry.cgi: %s", got.raw)
	}
}

func TestInfoTellsAllNamesAndPrefixes(t *testing.T) {
	n := newNAS(t, nil)
	type entry struct {
		MinVersion, MaxVersion int
		Path, RequestFormat    string
	}
	query := func(what string) map[string]entry {
		var apis map[string]entry
		n.get("entry.cgi", "api=SYNO.API.Info&version=1&method=query&query="+what).into(t, &apis)
		return apis
	}
	all := query("all")
	if got, want := all["SYNO.API.Auth"], (entry{1, 7, "entry.cgi", ""}); got != want {
		t.Errorf("Auth: %+v", got)
	}
	if got, want := all["SYNO.ActiveDirectory.Directory"], (entry{1, 3, "entry.cgi", "JSON"}); got != want {
		t.Errorf("Directory: %+v", got)
	}
	if got := query("SYNO.API.Auth,SYNO.No.Such"); len(got) != 1 {
		t.Errorf("an unknown name is left out: %v", got)
	}
	prefix := query("SYNO.ActiveDirectory.")
	for name := range prefix {
		if !strings.HasPrefix(name, "SYNO.ActiveDirectory.") {
			t.Errorf("prefix gave %s", name)
		}
	}
	for _, name := range []string{"Info", "Directory", "User", "Group", "Group.Member", "Polling"} {
		if _, ok := prefix["SYNO.ActiveDirectory."+name]; !ok {
			t.Errorf("prefix left out %s", name)
		}
	}
}

// The answer has its keys in order, data before success, and no status but 200.
func TestAnswersLookLikeDSMs(t *testing.T) {
	n := newNAS(t, nil)
	got := n.get("entry.cgi", "api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth")
	const want = `{"data":{"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"}},"success":true}`
	if strings.TrimSpace(got.raw) != want {
		t.Errorf("got  %s\nwant %s", got.raw, want)
	}
	if kind := got.header.Get("Content-Type"); kind != `application/json; charset="UTF-8"` {
		t.Errorf("content type %s", kind)
	}
	failed := n.get("entry.cgi", "api=SYNO.No.Such&version=1&method=x")
	if strings.TrimSpace(failed.raw) != `{"error":{"code":102},"success":false}` {
		t.Errorf("error: %s", failed.raw)
	}
}

func TestOtherAddressesCannotUseASession(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	r, err := http.NewRequest(http.MethodGet, "/webapi/entry.cgi?api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="+sid, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "192.0.2.7:4711"
	if got := record(t, n.handler, r); got.code() != 150 {
		t.Errorf("from elsewhere: %s", got.raw)
	}
}

func TestSynoTokenIsAskedForWhenTheLoginAsked(t *testing.T) {
	n := newNAS(t, nil)
	var login struct{ Sid, Synotoken string }
	n.login("admin", "7", "enable_syno_token", "yes").into(t, &login)
	if len(login.Synotoken) < 8 || login.Synotoken == "--------" {
		t.Fatalf("token %q", login.Synotoken)
	}
	info := []string{"_sid", login.Sid}
	if got := n.call("SYNO.ActiveDirectory.Info", "get", "3", info...); got.code() != 119 {
		t.Errorf("without: %s", got.raw)
	}
	if got := n.call("SYNO.ActiveDirectory.Info", "get", "3", append(info, "SynoToken", "wrong")...); got.code() != 119 {
		t.Errorf("wrong: %s", got.raw)
	}
	if got := n.call("SYNO.ActiveDirectory.Info", "get", "3", append(info, "SynoToken", login.Synotoken)...); !got.Success {
		t.Errorf("as parameter: %s", got.raw)
	}
	r, err := http.NewRequest(http.MethodGet, n.url+"/webapi/entry.cgi?api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="+login.Sid, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-SYNO-TOKEN", login.Synotoken)
	if got := n.send(r); !got.Success {
		t.Errorf("as header: %s", got.raw)
	}
	var given struct{ Synotoken string }
	n.get("entry.cgi", "api=SYNO.API.Auth&version=6&method=token&_sid="+login.Sid).into(t, &given)
	if given.Synotoken != login.Synotoken {
		t.Errorf("method token gives %q", given.Synotoken)
	}
}

func TestOnlyGetAndPost(t *testing.T) {
	n := newNAS(t, func(*dsm.Options) {})
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{http.MethodPut, "/webapi/entry.cgi", http.StatusMethodNotAllowed},
		{http.MethodGet, "/", http.StatusNotFound},
		{http.MethodGet, "/webapi/nix.cgi", http.StatusNotFound},
	} {
		r, err := http.NewRequest(test.method, n.url+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := n.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != test.status {
			t.Errorf("%s %s: %d", test.method, test.path, response.StatusCode)
		}
	}
}

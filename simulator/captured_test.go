package simulator_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"dirdesk/simulator"
)

// The requests here are those of a widely used Python library, field by field,
// unquoted values and all, as captured from it; the answers are those that its
// author captured from a NAS.

var taskIDs = regexp.MustCompile(`^@administrators/(DomainUpdate|Synoads_SYNO\.ActiveDirectory\.Directory_delete)[0-9A-F]{16}$`)

func TestTheFifteenCallsAsAPythonLibrarySendsThem(t *testing.T) {
	s := newSite(t, simulator.Options{DomainUpdate: 3 * time.Second})
	q := url.QueryEscape
	want := func(a answer, data string) {
		t.Helper()
		if !a.Success || string(a.Data) != data {
			t.Errorf("want %s\n got %s, %+v", data, a.Data, a.Error)
		}
	}
	compound := func(item, rest string) string {
		return "api=SYNO.Entry.Request&api=SYNO.Entry.Request&method=request&version=1&compound=" + q(item) + rest
	}
	const stop = "&mode=sequential&stop_when_error=true"

	info := s.get("api=SYNO.ActiveDirectory.Info&api=SYNO.ActiveDirectory.Info&method=get&version=3")
	if !strings.Contains(string(info.Data), `"workgroup":"CORP"`) {
		t.Errorf("info: %s", info.Data)
	}
	want(s.post("api=", `action=%22enum%22&api=SYNO.ActiveDirectory.Directory&basedn=`+q(`"CN=Computers,`+base+`"`)+
		`&limit=40&method=%22list%22&objectCategory=`+q(`["person", "group"]`)+`&offset=0&scope=%22one%22&version=3`),
		`{"data":[],"total":0}`)

	want(s.get("api=SYNO.ActiveDirectory.User&api=SYNO.ActiveDirectory.User&version=1&method=create&logon_name=jdoe&email=jdoe%40example.com"+
		"&located_dn="+q(users)+"&password="+q(good)+"&description=&account_is_disabled=false&cannot_change_password=false"+
		"&change_password_next_logon=null&password_never_expire=true"),
		`{"dn":"CN=jdoe,CN=Users,`+base+`","name":"CORP\\jdoe"}`)
	want(s.get("api=SYNO.Auth.ForgotPwd&method=send&user=%22jdoe%22&version=1"), `{"msg":3}`)
	want(s.get(compound(`[{"api":"SYNO.ActiveDirectory.User","method":"set","version":2,"userList":[{"dn":"CN=jdoe,`+users+
		`","enbl_change_password":true,"password":"Other-Kettle-43"}]}]`, stop)),
		`{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.User","data":[{"code":0,"msg":"update record successfully"}],"method":"set","success":true,"version":2}]}`)
	if !s.signsIn("jdoe", "Other-Kettle-43") {
		t.Error("the new password does not sign in")
	}
	want(s.get("api=SYNO.ActiveDirectory.Group&api=SYNO.ActiveDirectory.Group&method=create&name=My%20Group&located_dn="+q(users)+
		"&description=&type=security&scope=global&email=&version=1"),
		`{"dn":"CN=My Group,`+users+`","name":"CORP\\My Group"}`)
	want(s.get(compound(`[{"api":"SYNO.ActiveDirectory.Group.Member","method":"add","version":"1","dn":"CN=My Group,`+users+
		`","members":["CN=jdoe,`+users+`"]}]`, stop)),
		`{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Group.Member","data":{"members":["CN=jdoe,`+users+`"]},"method":"add","success":true,"version":1}]}`)
	want(s.get("api=SYNO.ActiveDirectory.Group&version=1&method=conflict&name=JDOE"), `{"isConflict":true}`)
	want(s.post("api=SYNO.Entry.Request", `api=SYNO.Entry.Request&method=request&compound=`+
		q(`[{"api":"SYNO.ActiveDirectory.User","method":"set","version":2,"userList":[{"dn":"CN=jdoe,`+users+
			`","firstName":"John","lastName":"Doe","displayName":"John Doe","initials":"J","physicalDeliveryOfficeName":"B2","telephoneNumber":"555-0100","web":"example.com"}]}]`)+
		`&mode=%22sequential%22&stop_when_error=true&version=1`),
		`{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.User","data":[{"code":0,"msg":"update record successfully"}],"method":"set","success":true,"version":2}]}`)
	for name, value := range map[string]string{
		"givenName": "John", "sn": "Doe", "displayName": "John Doe", "initials": "J", "physicalDeliveryOfficeName": "B2",
		"telephoneNumber": "555-0100", "wWWHomePage": "example.com", "mail": "jdoe@example.com", "memberOf": "CN=My Group," + users,
	} {
		if got := s.attribute("CN=jdoe,"+users, name); got != value {
			t.Errorf("%s is %q", name, got)
		}
	}

	update := s.task(s.get("api=SYNO.Core.Directory.Domain&domain_name=%22%40all%22&method=update_start&version=1"))
	if !taskIDs.MatchString(update) {
		t.Errorf("task id %q", update)
	}
	status := "api=SYNO.Core.Directory.Domain&method=update_status&version=1&task_id=" + q(update)
	want(s.get(status), `{"status":"updating"}`)
	s.clock.advance(3 * time.Second)
	want(s.get(status), `{"status":"finish"}`)

	removal := s.task(s.get("api=SYNO.ActiveDirectory.Directory&method=delete&version=2&dnList=" + q(`["CN=My Group,`+users+`", "CN=jdoe,`+users+`"]`)))
	if !taskIDs.MatchString(removal) {
		t.Errorf("task id %q", removal)
	}
	poll := compound(`[{"api":"SYNO.ActiveDirectory.Polling","method":"get","version":1,"task_id":"`+removal+`"}]`, "&mode=parallel")
	want(s.get(poll), `{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Polling","data":{"data":[{"dn":"CN=My Group,`+users+
		`","status":{}}],"finished":false,"total":2},"method":"get","success":true,"version":1}]}`)
	want(s.get(poll), `{"has_fail":false,"result":[{"api":"SYNO.ActiveDirectory.Polling","data":{"data":[{"dn":"CN=My Group,`+users+
		`","status":{}},{"dn":"CN=jdoe,`+users+`","status":{}}],"finished":true,"total":2},"method":"get","success":true,"version":1}]}`)
	if s.directory.Conflict("jdoe") || s.directory.Conflict("My Group") {
		t.Error("still there")
	}
}

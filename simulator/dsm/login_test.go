package dsm_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"dirdesk/simulator/dsm"
)

func TestLoginAnswersHaveTheMembersOfTheirVersion(t *testing.T) {
	n := newNAS(t, nil)
	for version, members := range map[string]string{
		"3": "is_portal_port sid",
		"5": "is_portal_port sid",
		"6": "is_portal_port sid synotoken",
		"7": "account device_id ik_message is_portal_port sid synotoken",
	} {
		var data map[string]any
		n.login("admin", version).into(t, &data)
		var got []string
		for name := range data {
			got = append(got, name)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != members {
			t.Errorf("version %s: %v", version, got)
		}
		if token, ok := data["synotoken"]; ok && token != "--------" {
			t.Errorf("version %s: a token that was not asked for: %v", version, token)
		}
	}
	for _, version := range []string{"1", "2"} {
		if got := n.login("admin", version); got.code() != 103 {
			t.Errorf("version %s: %s", version, got.raw)
		}
	}
	if got := n.login("admin", "8"); got.code() != 104 {
		t.Errorf("version 8: %s", got.raw)
	}
}

// Clients of other makers send a login by GET, with plain texts.
func TestLoginByGet(t *testing.T) {
	n := newNAS(t, nil)
	login := "api=SYNO.API.Auth&version=6&method=login&account=admin&session=FileStation&format=sid&passwd="
	if got := n.get("auth.cgi", login+url.QueryEscape(password)); !got.Success {
		t.Errorf("plain: %s", got.raw)
	}
	if got := n.get("entry.cgi", login+url.QueryEscape(password)); !got.Success {
		t.Errorf("at entry.cgi: %s", got.raw)
	}
	if got := n.get("auth.cgi", login+url.QueryEscape(`"`+password+`"`)); got.code() != 400 {
		t.Errorf("Auth's values are no JSON, quotes are part of the password: %s", got.raw)
	}
}

func TestLoginSetsCookiesUnlessAskedForTheSid(t *testing.T) {
	n := newNAS(t, nil)
	if got := n.login("admin", "6"); len(got.header.Values("Set-Cookie")) != 0 {
		t.Errorf("format=sid set %v", got.header.Values("Set-Cookie"))
	}
	got := n.post("auth.cgi", "api", "SYNO.API.Auth", "method", "login", "version", "6", "account", "admin", "passwd", password)
	var data struct{ Sid string }
	got.into(t, &data)
	cookies := strings.Join(got.header.Values("Set-Cookie"), "\n")
	if !strings.Contains(cookies, "id="+data.Sid+";") || !strings.Contains(cookies, "HttpOnly") {
		t.Errorf("cookies %q", cookies)
	}
}

func TestRefusedLogins(t *testing.T) {
	n := newNAS(t, nil)
	for _, test := range []struct {
		name string
		got  reply
		code int
	}{
		{"wrong password", wrongPassword(n, "admin"), 400},
		{"no such account", n.login("nobody", "6"), 400},
		{"disabled", n.login("disabled", "6"), 401},
		{"application not permitted", n.post("auth.cgi", "api", "SYNO.API.Auth", "method", "login", "version", "6",
			"account", "visitor", "passwd", password, "session", "SurveillanceStation"), 402},
		{"second factor enforced, none enrolled", n.login("enforced", "7"), 406},
		{"no account", n.post("auth.cgi", "api", "SYNO.API.Auth", "method", "login", "version", "6"), 114},
	} {
		if test.got.code() != test.code {
			t.Errorf("%s: want %d: %s", test.name, test.code, test.got.raw)
		}
	}
}

func code(t *testing.T, n *nas) string {
	t.Helper()
	text, err := totp.GenerateCode(secret, n.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestOneTimeCodes(t *testing.T) {
	n := newNAS(t, nil)
	needed := n.login("otp", "7")
	var details struct {
		Token string
		Types []struct{ Type string }
	}
	if err := json.Unmarshal(needed.Error.Errors, &details); err != nil || needed.code() != 403 {
		t.Fatalf("without a code: %v: %s", err, needed.raw)
	}
	if details.Token == "" || len(details.Types) != 1 || details.Types[0].Type != "otp" {
		t.Errorf("details of 403: %s", needed.Error.Errors)
	}
	if got := n.login("otp", "7", "otp_code", "000000"); got.code() != 404 {
		t.Errorf("wrong code: %s", got.raw)
	}
	if got := n.login("otp", "7", "otp_code", code(t, n)); !got.Success {
		t.Errorf("right code: %s", got.raw)
	}
	if got := n.login("otp", "7", "otp_code", code(t, n)); got.code() != 404 {
		t.Errorf("a code works once: %s", got.raw)
	}
	n.clock.advance(30 * time.Second)
	if got := n.login("otp", "7", "otp_code", code(t, n)); !got.Success {
		t.Errorf("the next code: %s", got.raw)
	}
	n.clock.advance(30 * time.Second)
	byToken := n.post("auth.cgi", "api", "SYNO.API.Auth", "method", "login", "version", "7", "account", "otp",
		"passwd", details.Token, "otp_code", code(t, n))
	if !byToken.Success {
		t.Errorf("the token of the 403 in place of the password: %s", byToken.raw)
	}
}

func TestTrustedDevicesSkipTheCode(t *testing.T) {
	n := newNAS(t, nil)
	for version, member := range map[string]string{"6": "did", "7": "device_id"} {
		n.clock.advance(time.Minute)
		var data map[string]any
		n.login("otp", version, "otp_code", code(t, n), "enable_device_token", "yes", "device_name", "desk").into(t, &data)
		id, _ := data[member].(string)
		if id == "" {
			t.Fatalf("version %s: no %s in %v", version, member, data)
		}
		if got := n.login("otp", version, "device_id", id, "device_name", "desk"); !got.Success {
			t.Errorf("version %s: %s", version, got.raw)
		}
		if got := n.login("otp", version, "device_id", id, "device_name", "another"); got.code() != 403 {
			t.Errorf("version %s, other device name: %s", version, got.raw)
		}
		n.handler.ForgetDevices()
		if got := n.login("otp", version, "device_id", id, "device_name", "desk"); got.code() != 403 {
			t.Errorf("version %s, revoked: %s", version, got.raw)
		}
	}
}

func wrongPassword(n *nas, account string) reply {
	return n.post("auth.cgi", "api", "SYNO.API.Auth", "method", "login", "version", "6", "account", account, "passwd", "wrong")
}

func TestTooManyFailuresLockTheAccountForAWhile(t *testing.T) {
	n := newNAS(t, func(o *dsm.Options) {
		o.AccountLock = &dsm.Limit{Attempts: 3, Within: time.Minute, For: time.Minute}
		o.AutoBlock = &dsm.Limit{}
	})
	for range 3 {
		if got := wrongPassword(n, "admin"); got.code() != 400 {
			t.Fatalf("%s", got.raw)
		}
	}
	if got := n.login("admin", "6"); got.code() != 411 {
		t.Errorf("locked, right password: %s", got.raw)
	}
	if got := n.login("visitor", "6"); !got.Success {
		t.Errorf("another account: %s", got.raw)
	}
	n.clock.advance(61 * time.Second)
	if got := n.login("admin", "6"); !got.Success {
		t.Errorf("afterwards: %s", got.raw)
	}
}

func TestTooManyFailuresBlockTheAddressForAWhile(t *testing.T) {
	n := newNAS(t, func(o *dsm.Options) {
		o.AutoBlock = &dsm.Limit{Attempts: 3, Within: time.Minute, For: time.Hour}
		o.AccountLock = &dsm.Limit{}
	})
	for _, account := range []string{"admin", "nobody", "visitor"} {
		wrongPassword(n, account)
	}
	if got := n.login("admin", "6"); got.code() != 407 {
		t.Errorf("blocked: %s", got.raw)
	}
	n.clock.advance(time.Hour)
	if got := n.login("admin", "6"); !got.Success {
		t.Errorf("afterwards: %s", got.raw)
	}
}

func TestFailuresLongAgoDoNotCount(t *testing.T) {
	n := newNAS(t, func(o *dsm.Options) {
		o.AccountLock = &dsm.Limit{Attempts: 2, Within: time.Minute, For: time.Minute}
	})
	wrongPassword(n, "admin")
	n.clock.advance(2 * time.Minute)
	wrongPassword(n, "admin")
	if got := n.login("admin", "6"); !got.Success {
		t.Errorf("%s", got.raw)
	}
}

func TestHowSessionsEnd(t *testing.T) {
	info := func(n *nas, sid string) int {
		return n.call("SYNO.ActiveDirectory.Info", "get", "3", "_sid", sid).code()
	}
	t.Run("idle", func(t *testing.T) {
		n := newNAS(t, func(o *dsm.Options) { o.IdleTimeout = 10 * time.Minute })
		sid := n.sid("admin")
		n.clock.advance(9 * time.Minute)
		if got := info(n, sid); got != 0 {
			t.Errorf("in time: %d", got)
		}
		n.clock.advance(9 * time.Minute)
		if got := info(n, sid); got != 0 {
			t.Errorf("use did not keep it alive: %d", got)
		}
		n.clock.advance(11 * time.Minute)
		if got := info(n, sid); got != 106 {
			t.Errorf("too late: %d", got)
		}
	})
	t.Run("all at once", func(t *testing.T) {
		n := newNAS(t, nil)
		sid := n.sid("admin")
		n.handler.ExpireSessions()
		if got := info(n, sid); got != 106 {
			t.Errorf("expired: %d", got)
		}
	})
	t.Run("displaced", func(t *testing.T) {
		n := newNAS(t, func(o *dsm.Options) { o.SingleLogin = true })
		old := n.sid("admin")
		other := n.sid("visitor")
		fresh := n.sid("admin")
		if got := info(n, old); got != 107 {
			t.Errorf("old session: %d", got)
		}
		if got := info(n, fresh); got != 0 {
			t.Errorf("new session: %d", got)
		}
		if got := info(n, other); got != 105 {
			t.Errorf("another account's session: %d", got)
		}
	})
	t.Run("logout", func(t *testing.T) {
		n := newNAS(t, nil)
		sid := n.sid("admin")
		// The Python library signs out without its sid: nothing ends.
		if got := n.get("auth.cgi", "api=SYNO.API.Auth&version=7&method=logout&session=webui"); !got.Success {
			t.Errorf("without a sid: %s", got.raw)
		}
		if got := info(n, sid); got != 0 {
			t.Errorf("after a logout without sid: %d", got)
		}
		if got := n.get("entry.cgi", "api=SYNO.API.Auth&version=7&method=logout&_sid="+sid); strings.TrimSpace(got.raw) != `{"success":true}` {
			t.Errorf("logout: %s", got.raw)
		}
		if got := info(n, sid); got != 119 {
			t.Errorf("after the logout: %d", got)
		}
	})
}

// The order of the Python library: UIConfig for its cookie, then a login with
// everything that the web page sends.
func TestThePythonLibrarySignsIn(t *testing.T) {
	n := newNAS(t, nil)
	config := n.post("entry.cgi/SYNO.API.Auth.UIConfig", "api", "SYNO.API.Auth.UIConfig", "method", "get", "version", "1")
	if cookie := config.header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "_SSID=") {
		t.Fatalf("UIConfig: %q", cookie)
	}
	got := n.post("auth.cgi",
		"api", "SYNO.API.Auth", "version", "7", "method", "login", "enable_syno_token", "yes", "client", "browser",
		"ik_message", "AAAA", "account", "admin", "enable_device_token", "no", "logintype", "local", "otp_code", "",
		"rememberme", "0", "passwd", password, "session", "webui", "format", "cookie")
	var data struct{ Sid, Synotoken string }
	got.into(t, &data)
	if data.Sid == "" || data.Synotoken == "" {
		t.Errorf("%s", got.raw)
	}
}

package synology

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestSignInSpeaksTheBestCommonVersion(t *testing.T) {
	for _, test := range []struct {
		min, max int
		want     string // "" for none
	}{
		{1, 7, "7"},
		{1, 12, "7"}, // newer than we know: never blindly the maximum
		{1, 6, "6"},
		{1, 5, "5"},
		{1, 3, "3"},
		{6, 6, "6"},
		{1, 2, ""},
		{8, 9, ""},
	} {
		t.Run(fmt.Sprintf("%d to %d", test.min, test.max), func(t *testing.T) {
			server := newCanned(t)
			server.answer("SYNO.API.Info.query", strings.Replace(discovery,
				`"SYNO.API.Auth":{"maxVersion":7,"minVersion":1`,
				fmt.Sprintf(`"SYNO.API.Auth":{"maxVersion":%d,"minVersion":%d`, test.max, test.min), 1))
			_, err := Open(t.Context(), server.options())
			if test.want == "" {
				if !errors.Is(err, models.ErrUnsupported) || !strings.Contains(err.Error(), "SYNO.API.Auth") {
					t.Fatalf("got %v, want ErrUnsupported that names the API", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := server.only("SYNO.API.Auth.login").form.Get("version"); got != test.want {
				t.Errorf("version %s, want %s", got, test.want)
			}
		})
	}
}

func TestSignInFallsBackWhereTheServerAdvertisesTooMuch(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Auth.login", `{"error":{"code":104},"success":false}`, loginAnswer)
	client := server.open()
	var versions []string
	for _, request := range server.seen("SYNO.API.Auth.login") {
		versions = append(versions, request.form.Get("version"))
	}
	if !slices.Equal(versions, []string{"7", "6"}) {
		t.Errorf("tried %v, want 7, then 6", versions)
	}
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := server.only("SYNO.API.Auth.logout").form.Get("version"); got != "6" {
		t.Errorf("signed out with version %s, want that of the sign-in, 6", got)
	}
}

func TestSignInIsAskedForInPlainTexts(t *testing.T) {
	server := newCanned(t)
	server.open()
	login := server.only("SYNO.API.Auth.login")
	want := map[string]string{
		"api": "SYNO.API.Auth", "version": "7", "method": "login", "account": "jdoe", "passwd": testPassword,
		"session": "webui", "format": "sid", "enable_syno_token": "yes",
	}
	for _, name := range slices.Sorted(maps.Keys(login.form)) {
		if login.form.Get(name) != want[name] {
			t.Errorf("%s=%q, want %q", name, login.form.Get(name), want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not sent: %v", want)
	}
	if login.verb != http.MethodPost || strings.Contains(login.url, "?") {
		t.Errorf("%s %s: must be a POST without a query", login.verb, login.url)
	}
}

func TestCredentialsGoInAllFourCarriers(t *testing.T) {
	for _, test := range []struct {
		name, synotoken string
		token           []string // as form parameter and header; nil for none
	}{
		{"token", `"` + testToken + `"`, []string{testToken}},
		{"placeholder", `"--------"`, nil},
		{"empty", `""`, nil},
		{"null", `null`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := newCanned(t)
			server.answer("SYNO.API.Auth.login",
				`{"data":{"sid":"`+testSID+`","synotoken":`+test.synotoken+`},"success":true}`)
			server.answer("SYNO.ActiveDirectory.Info.get", goodInfo)
			client := server.open()
			if _, err := client.Info(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := client.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, call := range []string{"SYNO.ActiveDirectory.Info.get", "SYNO.API.Auth.logout"} {
				request := server.only(call)
				if got := request.form.Get("_sid"); got != testSID {
					t.Errorf("%s: _sid=%q", call, got)
				}
				if got := request.header.Get("Cookie"); got != "id="+testSID {
					t.Errorf("%s: cookie %q", call, got)
				}
				if got := request.form["SynoToken"]; !slices.Equal(got, test.token) {
					t.Errorf("%s: SynoToken %q, want %q", call, got, test.token)
				}
				if got := request.header["X-Syno-Token"]; !slices.Equal(got, test.token) {
					t.Errorf("%s: X-SYNO-TOKEN %q, want %q", call, got, test.token)
				}
			}
			login := server.only("SYNO.API.Auth.login")
			if login.header.Get("Cookie") != "" || login.form.Has("_sid") {
				t.Error("the sign-in carries a session")
			}
		})
	}
}

func TestOneTimeCodeAndDeviceToken(t *testing.T) {
	needsCode := `{"error":{"code":403,"errors":{"token":"jwt-of-the-server","types":[{"type":"otp"}]}},"success":false}`
	for _, test := range []struct {
		name, answer, version, issued string
	}{
		{"version 7", `{"data":{"account":"jdoe","device_id":"` + testDevice + `","sid":"s","synotoken":"t"},"success":true}`, "7", testDevice},
		{"version 6", `{"data":{"did":"` + testDevice + `","sid":"s","synotoken":"t"},"success":true}`, "6", testDevice},
		{"issued empty, as some builds do", `{"data":{"device_id":"","sid":"s","synotoken":"t"},"success":true}`, "7", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := newCanned(t)
			server.answer("SYNO.API.Info.query",
				strings.Replace(discovery, `{"maxVersion":7`, `{"maxVersion":`+test.version, 1))
			server.answer("SYNO.API.Auth.login", needsCode, test.answer)
			options := server.options()
			options.RememberDevice, options.DeviceName = true, "helpdesk-3"
			_, err := Open(t.Context(), options)
			if !errors.Is(err, models.ErrCodeRequired) {
				t.Fatalf("got %v, want ErrCodeRequired", err)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), "jwt-of-the-server") {
				t.Error("the error shows the server's token")
			}
			options.Code = models.NewSecret(" 918 273\n") // as people type and paste it
			client, err := Open(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			if got := client.DeviceToken().Reveal(); got != test.issued {
				t.Errorf("device token %q, want %q", got, test.issued)
			}
			logins := server.seen("SYNO.API.Auth.login")
			first, second := logins[0].form, logins[1].form
			if first.Has("otp_code") || first.Has("enable_device_token") {
				t.Error("the first sign-in had no code to send")
			}
			if second.Get("otp_code") != testCode || second.Get("enable_device_token") != "yes" || second.Get("device_name") != "helpdesk-3" {
				t.Errorf("sent %v", second)
			}
		})
	}
}

func TestDeviceTokenSparesTheCode(t *testing.T) {
	server := newCanned(t)
	options := server.options()
	options.DeviceID, options.DeviceName = models.NewSecret(testDevice), "helpdesk-3"
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	login := server.only("SYNO.API.Auth.login").form
	if login.Get("device_id") != testDevice || login.Get("device_name") != "helpdesk-3" || login.Has("otp_code") {
		t.Errorf("sent %v", login)
	}
	if !client.DeviceToken().Empty() {
		t.Error("an old token is shown as newly issued")
	}
}

func TestCodeWinsOverAStaleDeviceToken(t *testing.T) {
	server := newCanned(t)
	options := server.options()
	options.DeviceID, options.Code = models.NewSecret(testDevice), models.NewSecret(testCode)
	if _, err := Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if login := server.only("SYNO.API.Auth.login").form; login.Has("device_id") || login.Get("otp_code") != testCode {
		t.Errorf("sent %v", login)
	}
}

func TestNoDeviceTokenBeforeVersion6(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Info.query", strings.Replace(discovery, `{"maxVersion":7`, `{"maxVersion":5`, 1))
	options := server.options()
	options.Code, options.RememberDevice = models.NewSecret(testCode), true
	if _, err := Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if login := server.only("SYNO.API.Auth.login").form; login.Has("enable_device_token") || login.Get("otp_code") != testCode {
		t.Errorf("sent %v", login)
	}
	options.Code, options.DeviceID = models.Secret{}, models.NewSecret(testDevice)
	if _, err := Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if login := server.seen("SYNO.API.Auth.login")[1].form; login.Has("device_id") {
		t.Errorf("sent %v", login)
	}
}

func TestSignInIsNeverQuotedWhateverIsAdvertised(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Info.query", strings.Replace(discovery,
		`"SYNO.API.Auth":{`, `"SYNO.API.Auth":{"requestFormat":"JSON",`, 1))
	server.open()
	if login := server.only("SYNO.API.Auth.login").form; login.Get("account") != "jdoe" || login.Get("enable_syno_token") != "yes" {
		t.Errorf("sent %v", login)
	}
}

func TestRefusedSignInIsTriedOnceOnly(t *testing.T) {
	for code, kind := range map[int]error{
		400: models.ErrCredentials, 401: models.ErrAccountState, 402: models.ErrNotAuthorized,
		404: models.ErrCodeRejected, 407: models.ErrBlocked, 411: models.ErrAccountState, 119: models.ErrSession,
	} {
		server := newCanned(t)
		server.answer("SYNO.API.Auth.login", fmt.Sprintf(`{"error":{"code":%d},"success":false}`, code))
		if _, err := Open(t.Context(), server.options()); !errors.Is(err, kind) {
			t.Errorf("%d: got %v, want %v", code, err, kind)
		}
		server.only("SYNO.API.Auth.login")
	}
}

func TestSignInWithoutAUsableSession(t *testing.T) {
	for _, answer := range []string{
		`{"success":true}`, `{"data":{},"success":true}`, `{"data":{"sid":""},"success":true}`, `{"data":"x","success":true}`,
		`{"data":{"sid":"two\nlines"},"success":true}`, `{"data":{"sid":"a; b=c"},"success":true}`,
	} {
		server := newCanned(t)
		server.answer("SYNO.API.Auth.login", answer)
		if _, err := Open(t.Context(), server.options()); !errors.Is(err, models.ErrProtocol) {
			t.Errorf("%s: got %v, want ErrProtocol", answer, err)
		}
	}
}

func TestSecondFactorThatCannotBeTyped(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.API.Auth.login",
		`{"error":{"code":403,"errors":{"types":[{"type":"fido"},{"type":"authenticator"}]}},"success":false}`)
	_, err := Open(t.Context(), server.options())
	var told *models.Error
	if !errors.As(err, &told) || !strings.Contains(told.Advice, "fido, authenticator") {
		t.Errorf("the advice does not name what there is: %v", err)
	}
}

func TestCloseEndsTheSessionOnce(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	for range 2 {
		if err := client.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	server.only("SYNO.API.Auth.logout")
	if _, err := client.Info(t.Context()); !errors.Is(err, models.ErrSession) {
		t.Errorf("a call after Close: %v, want ErrSession", err)
	}
	if n := len(server.seen("SYNO.ActiveDirectory.Info.get")); n != 0 {
		t.Error("a call after Close went out")
	}
}

func TestCloseOfASessionThatEndedByItself(t *testing.T) {
	for _, code := range []int{105, 106, 107, 119} {
		server := newCanned(t)
		client := server.open()
		server.answer("SYNO.API.Auth.logout", fmt.Sprintf(`{"error":{"code":%d},"success":false}`, code))
		if err := client.Close(t.Context()); err != nil {
			t.Errorf("%d: %v", code, err)
		}
		server.only("SYNO.API.Auth.login")
	}
	server := newCanned(t)
	client := server.open()
	server.answer("SYNO.API.Auth.logout", `{"error":{"code":100},"success":false}`)
	if err := client.Close(t.Context()); !errors.Is(err, models.ErrServer) {
		t.Errorf("a sign-out that failed: %v, want ErrServer", err)
	}
}

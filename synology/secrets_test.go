package synology

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// echo answers with everything it was sent, as a careless proxy's page may.
func echo(status int, format string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		fmt.Fprintf(w, format, r.Form.Encode()+" "+r.Form.Get("passwd")+" "+r.Form.Get("otp_code")+
			" "+r.Form.Get("_sid")+" "+r.Form.Get("password")+" "+r.Form.Get("compound")+" "+r.Header.Get("Cookie")+" "+r.Header.Get("X-Syno-Token"))
	}
}

// echoInItem answers a compound request with what was sent in one of its calls.
func echoInItem(format string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var calls []struct {
			UserList []struct{ Password string }
		}
		said := r.Form.Encode() + " " + r.Form.Get("compound")
		if json.Unmarshal([]byte(r.Form.Get("compound")), &calls) == nil && len(calls) == 1 && len(calls[0].UserList) == 1 {
			said = "not good: " + calls[0].UserList[0].Password
		}
		words, err := json.Marshal(said)
		if err != nil {
			return
		}
		fmt.Fprintf(w, `{"data":{"has_fail":false,"result":[{`+format+`}]},"success":true}`, words)
	}
}

func echoInError(w http.ResponseWriter, r *http.Request) {
	words, err := json.Marshal(r.Form.Encode() + " " + r.Form.Get("passwd") + " " + r.Form.Get("_sid"))
	if err != nil {
		return
	}
	fmt.Fprintf(w, `{"error":{"code":10104,"errors":[{"code":1,"msg":%s}]},"success":false}`, words)
}

// TestNoSecretIsEverShown runs everything that can go well or wrong, and then
// searches the log, the URLs and all that can be printed of the errors.
func TestNoSecretIsEverShown(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	show := func(err error) {
		var told *models.Error
		if err == nil {
			return
		}
		fmt.Fprintf(&written, "%v\n%+v\n%#v\n", err, err, err)
		if errors.As(err, &told) {
			fmt.Fprintf(&written, "%+v %s %s %v\n", *told, told.Server, told.Advice, told.Err)
		}
	}
	server := newCanned(t)
	options := server.options()
	options.Logger = slog.New(slog.NewJSONHandler(&written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	options.Code, options.RememberDevice = models.NewSecret(testCode), true
	options.DeviceID = models.NewSecret(testDevice + "-old")

	for _, wire := range []string{"SYNO.API.Info.query", "SYNO.API.Auth.login"} {
		for _, handler := range []http.HandlerFunc{
			echo(200, "<html>%s</html>"), echo(500, "%s"), echoInError, redirect, cutConnection,
			text(200, `{"error":{"code":403,"errors":{"token":"`+testToken+`"}},"success":false}`),
			func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		} {
			server.on(wire, handler)
			_, err := Open(t.Context(), options)
			if err == nil {
				t.Fatalf("%s: no error to look at", wire)
			}
			show(err)
		}
		server.answer("SYNO.API.Info.query", discovery)
	}
	server.answer("SYNO.API.Auth.login",
		`{"data":{"device_id":"`+testDevice+`","sid":"`+testSID+`","synotoken":"`+testToken+`"},"success":true}`)
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range publicCalls() {
		for _, handler := range []http.HandlerFunc{
			echo(200, "<html>%s</html>"), echo(502, "%s"), echoInError,
			echoInItem(`"success":false,"error":{"code":10104,"errors":[{"msg":%s}]}`),
			echoInItem(`"success":true,"data":[{"code":5,"msg":%s}]`), echoInItem(`"success":true,"data":[{"state":%s}]`),
			text(200, `{"error":{"code":119},"success":false}`), text(200, call.good),
		} {
			server.on(call.wire, handler)
			show(call.run(t.Context(), client))
		}
	}
	fmt.Fprintf(&written, "%v %+v %#v\n", options, options, options)
	now, _ := client.sessions.Now()
	fmt.Fprintf(&written, "%+v %#v %+v\n", now, now, client.device)
	if err := client.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, request := range server.requests {
		fmt.Fprintln(&written, request.url)
	}

	log := written.String()
	if strings.Count(log, `"dsm request"`) < 20 || !strings.Contains(log, webclient.Redacted) {
		t.Fatal("the log is not what was to be searched")
	}
	for name, secret := range map[string]string{
		"password": testPassword, "code": testCode, "sid": testSID, "token": testToken, "device": testDevice,
		"new password": newPassword,
	} {
		quoted, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{
			secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`), fmt.Sprintf("%q", secret),
		} {
			if at := strings.Index(log, form); at >= 0 {
				t.Errorf("the %s shows: ...%s...", name, log[max(0, at-200):min(len(log), at+100)])
			}
		}
	}
}

func TestLogTellsWhatWasAsked(t *testing.T) {
	var written bytes.Buffer
	server := newCanned(t)
	server.answer("SYNO.ActiveDirectory.Directory.list", emptyPage)
	options := server.options()
	options.Logger = slog.New(slog.NewJSONHandler(&written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.page(t.Context(), models.ListRequest{Base: "OU=Sales,DC=x"}, 40, 40); err != nil {
		t.Fatal(err)
	}
	var line struct {
		Path   string
		Status int
		Form   map[string]string
		Header map[string]string
	}
	for text := range strings.Lines(written.String()) {
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
	}
	if line.Status != 200 || line.Path != "/webapi/____entry.cgi" || line.Form["method"] != "list" ||
		line.Form["basedn"] != `"OU=Sales,DC=x"` || line.Form["offset"] != "40" {
		t.Errorf("the last line: %+v", line)
	}
	for name, value := range map[string]string{
		"_sid": line.Form["_sid"], "SynoToken": line.Form["SynoToken"],
		"Cookie": line.Header["Cookie"], "X-Syno-Token": line.Header["X-Syno-Token"],
	} {
		if value != webclient.Redacted {
			t.Errorf("%s is logged as %q", name, value)
		}
	}
}

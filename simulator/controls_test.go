package simulator_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

const infoQuery = "/webapi/entry.cgi?api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="

func parse(t *testing.T, text string) fault.Spec {
	t.Helper()
	spec, err := fault.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// A pulled plug cuts what is under way, refuses what is new, and comes back on
// the same port with the same sessions.
func TestThePlugIsPulledAndPutBack(t *testing.T) {
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{})})
	client := foreign(t, server)
	url := server.URL()
	sid := signIn(t, client, server, server.Account())

	server.Inject(parse(t, "slow=1h@SYNO.ActiveDirectory.Info.get"))
	response, err := client.Get(url + infoQuery + sid)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(response.Body); err == nil {
		t.Error("the answer under way came through")
	}
	_ = response.Body.Close()
	if _, err := net.Dial("tcp", strings.TrimPrefix(url, "https://")); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("a new connection: %v", err)
	}
	if err := server.Stop(); err != nil {
		t.Errorf("pulled twice: %v", err)
	}

	server.ClearFaults()
	if err := server.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := server.Resume(); err != nil {
		t.Errorf("put back twice: %v", err)
	}
	if server.URL() != url {
		t.Errorf("now at %s", server.URL())
	}
	if got := get(t, client, url+infoQuery+sid); !got.Success {
		t.Errorf("after it came back: %+v", got)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := server.Resume(); !errors.Is(err, models.ErrUnsupported) {
		t.Errorf("resumed after Close: %v", err)
	}
}

func TestRuntimeControls(t *testing.T) {
	server := start(t, simulator.Options{
		Directory: directory.New(directory.Options{}),
		Faults:    []fault.Spec{parse(t, "deny=109@SYNO.ActiveDirectory.Info.get#1")},
	})
	client := foreign(t, server)
	sid := signIn(t, client, server, server.Account())
	ask := func() int { return get(t, client, server.URL()+infoQuery+sid).Error.Code }
	if got := ask(); got != 109 {
		t.Errorf("a fault of the options: %d", got)
	}
	if got := ask(); got != 0 {
		t.Errorf("the second call: %d", got)
	}
	server.Inject(parse(t, "drop-before@*"))
	if _, err := client.Get(server.URL() + infoQuery + sid); err == nil {
		t.Error("the connection was not dropped")
	}
	server.ClearFaults()
	server.ExpireSessions()
	before := server.Requests()
	if got := ask(); got != 106 {
		t.Errorf("an expired session: %d", got)
	}
	if got := server.Requests() - before; got != 1 {
		t.Errorf("%d requests counted", got)
	}
}

func TestLatencyDelaysEveryRequest(t *testing.T) {
	const latency = 30 * time.Millisecond
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{}), Latency: latency})
	client := foreign(t, server)
	before := time.Now()
	signIn(t, client, server, server.Account())
	if took := time.Since(before); took < latency {
		t.Errorf("answered after %v", took)
	}
}

// journal is a buffer that several goroutines write.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) lines() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Split(strings.TrimSuffix(j.text.String(), "\n"), "\n")
}

// The form of the log is a contract: these members in this order, the URL as it
// came, one line for each call.
func TestTheRequestLog(t *testing.T) {
	var log journal
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{}), RequestLog: &log, Password: models.NewSecret("p&ss wörd<")})
	client := foreign(t, server)
	sid := signIn(t, client, server, server.Account())
	response, err := client.PostForm(server.URL()+"/webapi/entry.cgi", map[string][]string{
		"api": {"SYNO.Entry.Request"}, "method": {"request"}, "version": {"1"}, "_sid": {sid},
		"compound": {`[{"api":"SYNO.ActiveDirectory.Info","method":"get","version":"3"},{"api":"SYNO.No.Such","method":"x","version":1}]`},
	})
	if err != nil {
		t.Fatal(err)
	}
	read(t, response)

	lines := log.lines()
	if len(lines) != 4 {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	form := regexp.MustCompile(`^\{"http":"(GET|POST)","url":"/webapi/[^"]*","api":"[^"]*","method":"[^"]*","version":\d+,"start":"[^"]*","end":"[^"]*","outcome":"[^"]*"\}$`)
	var calls []struct{ HTTP, URL, API, Outcome, Start, End string }
	for _, line := range lines {
		if !form.MatchString(line) {
			t.Errorf("form of %s", line)
		}
		var c struct{ HTTP, URL, API, Outcome, Start, End string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		from, err := time.Parse(time.RFC3339Nano, c.Start)
		if err != nil {
			t.Error(err)
		}
		if to, err := time.Parse(time.RFC3339Nano, c.End); err != nil || to.Before(from) {
			t.Errorf("%s to %s: %v", c.Start, c.End, err)
		}
		calls = append(calls, c)
	}
	if !strings.Contains(lines[0], "&passwd=p%26ss+w%C3%B6rd%3C") {
		t.Errorf("the URL is masked or changed: %s", lines[0])
	}
	for i, want := range []string{"SYNO.API.Auth ok", "SYNO.Entry.Request ok", "SYNO.ActiveDirectory.Info ok", "SYNO.No.Such 102"} {
		if got := calls[i].API + " " + calls[i].Outcome; got != want {
			t.Errorf("line %d: %s, want %s", i, got, want)
		}
	}
}

// brokenLog is a full disk.
type brokenLog struct{}

func (brokenLog) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestALogThatCannotBeWrittenIsTold(t *testing.T) {
	server, err := simulator.Start(simulator.Options{Directory: directory.New(directory.Options{}), RequestLog: brokenLog{}})
	if err != nil {
		t.Fatal(err)
	}
	client := foreign(t, server)
	if got := get(t, client, server.URL()+"/webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=all"); !got.Success {
		t.Errorf("the server stopped serving: %+v", got)
	}
	if err := server.Close(); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("close: %v", err)
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{})})
	_, err := simulator.Start(simulator.Options{Directory: directory.New(directory.Options{}), Listen: strings.TrimPrefix(server.URL(), "https://")})
	var told *models.Error
	if !errors.As(err, &told) || !errors.Is(err, syscall.EADDRINUSE) || !strings.Contains(told.Error(), "in use") || told.Advice == "" {
		t.Errorf("%v", err)
	}
}

func TestHTTP1Only(t *testing.T) {
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{})})
	client := foreign(t, server)
	client.Transport.(*http.Transport).ForceAttemptHTTP2 = true
	response, err := client.Get(server.URL() + "/webapi/query.cgi")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.ProtoMajor != 1 {
		t.Errorf("HTTP/%d: a drop would hit a stream, not the connection", response.ProtoMajor)
	}
}

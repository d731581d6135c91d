package dsm_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/simulator/dsm"
	"dirdesk/simulator/fault"
)

const (
	updateAPI = "SYNO.Core.Directory.Domain"
	infoAPI   = "SYNO.ActiveDirectory.Info"
)

// faulty is a NAS with an injector at hand.
func faulty(t *testing.T) (*nas, *fault.Injector) {
	t.Helper()
	in := fault.NewInjector()
	return newNAS(t, func(o *dsm.Options) { o.Faults = in }), in
}

func inject(t *testing.T, in *fault.Injector, text string) {
	t.Helper()
	spec, err := fault.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	in.Clear()
	in.Add(spec)
}

// raw posts a form and gives what arrives, broken or not.
func (n *nas) raw(pairs ...string) (status int, body string, err error) {
	request, err := http.NewRequestWithContext(n.t.Context(), http.MethodPost, n.url+"/webapi/entry.cgi", strings.NewReader(form(pairs...)))
	if err != nil {
		return 0, "", err
	}
	response, err := n.client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

// updateRuns tells whether a domain update was really started, by starting one.
func updateRuns(n *nas, sid string) bool {
	got := n.call(updateAPI, "update_start", "1", "_sid", sid, "domain_name", `"@all"`)
	n.clock.advance(time.Minute)
	return got.code() == 2626
}

// Each fault is seen by the client as it should be, and the work is done or not
// as the fault says.
func TestFaultsAndWhetherTheWorkIsDone(t *testing.T) {
	const call = updateAPI + ".update_start"
	n, in := faulty(t)
	sid := n.sid("admin")
	for _, test := range []struct {
		fault   string
		done    bool
		outcome string
		seen    func(status int, body string, err error) bool
	}{
		{"drop-before@" + call, false, "drop-before", func(_ int, _ string, err error) bool { return errors.Is(err, io.EOF) }},
		{"drop-after@" + call, true, "ok", func(_ int, _ string, err error) bool { return errors.Is(err, io.EOF) }},
		{"html-502@" + call, false, "502", func(status int, body string, err error) bool {
			return err == nil && status == http.StatusBadGateway && strings.Contains(body, "<html>")
		}},
		{"truncate@" + call, true, "ok", func(status int, body string, err error) bool {
			return err == nil && status == http.StatusOK && strings.HasPrefix(body, `{"data":`) && !json.Valid([]byte(body))
		}},
		{"slow=20ms@" + call, true, "ok", func(status int, body string, err error) bool {
			return err == nil && status == http.StatusOK && json.Valid([]byte(body))
		}},
		{"deny=105@" + call, false, "105", func(status int, body string, err error) bool {
			return err == nil && status == http.StatusOK && strings.TrimSpace(body) == `{"error":{"code":105},"success":false}`
		}},
	} {
		t.Run(test.fault, func(t *testing.T) {
			n.log()
			inject(t, in, test.fault)
			status, body, err := n.raw("api", updateAPI, "method", "update_start", "version", "1", "_sid", sid, "domain_name", "@all")
			if !test.seen(status, body, err) {
				t.Errorf("status %d, error %v, body %q", status, err, body)
			}
			if calls := n.log(); len(calls) != 1 || calls[0].Outcome != test.outcome {
				t.Errorf("logged %+v, want outcome %s", calls, test.outcome)
			}
			in.Clear()
			if done := updateRuns(n, sid); done != test.done {
				t.Errorf("work done: %v, want %v", done, test.done)
			}
		})
	}
}

func TestExpireEndsTheSessionOfTheCall(t *testing.T) {
	n, in := faulty(t)
	sid, other := n.sid("admin"), n.sid("admin")
	inject(t, in, "expire@"+infoAPI+".get#2")
	for i, want := range []int{0, 106, 106} {
		if got := n.call(infoAPI, "get", "3", "_sid", sid).code(); got != want {
			t.Errorf("call %d: %d, want %d", i+1, got, want)
		}
	}
	if got := n.call(infoAPI, "get", "3", "_sid", other); !got.Success {
		t.Errorf("another session: %s", got.raw)
	}
}

// The body of a slow answer begins to arrive long before it ends.
func TestSlowBodiesTrickle(t *testing.T) {
	n, in := faulty(t)
	sid := n.sid("admin")
	inject(t, in, "slow=1h@"+infoAPI+".get")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		n.url+"/webapi/entry.cgi?api="+infoAPI+"&method=get&version=3&_sid="+sid, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := n.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	first, err := bufio.NewReader(response.Body).ReadByte()
	if err != nil || first != '{' {
		t.Errorf("first byte %q, %v", first, err)
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	n.client.CloseIdleConnections()
}

// A fault on an item cuts the whole answer at that point: what came before is
// done, what comes after is not.
func TestFaultsInsideCompounds(t *testing.T) {
	const (
		start    = `{"api":"` + updateAPI + `","method":"update_start","version":1,"domain_name":"@all"}`
		conflict = itemConflict
	)
	n, in := faulty(t)
	sid := n.sid("admin")
	send := func(items ...string) (int, string, error) {
		n.log()
		return n.raw("api", "SYNO.Entry.Request", "method", "request", "version", "1", "_sid", sid,
			"compound", "["+strings.Join(items, ",")+"]")
	}
	logged := func() (lines []string) {
		for _, c := range n.log() {
			lines = append(lines, c.Method+" "+c.Outcome)
		}
		return lines
	}
	for _, test := range []struct {
		fault string
		items []string
		done  bool
		log   []string
	}{
		{"drop-before@*.conflict", []string{start, conflict, itemInfo}, true, []string{"request cut", "update_start ok", "conflict drop-before"}},
		{"drop-before@*.conflict", []string{conflict, start}, false, []string{"request cut", "conflict drop-before"}},
		{"drop-after@*.update_start", []string{start, conflict}, true, []string{"request cut", "update_start ok"}},
		{"html-502@*.get", []string{itemInfo, start}, false, []string{"request cut", "get 502"}},
		{"deny=105@*.conflict", []string{conflict, start}, true, []string{"request ok", "conflict 105", "update_start ok"}},
		{"expire@*.conflict", []string{conflict, start}, false, []string{"request ok", "conflict 106", "update_start 106"}},
	} {
		sid = n.sid("admin")
		inject(t, in, test.fault)
		_, _, err := send(test.items...)
		if cut := strings.HasPrefix(test.fault, "drop"); cut != errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", test.fault, err)
		}
		if got := logged(); !slices.Equal(got, test.log) {
			t.Errorf("%s: logged %q, want %q", test.fault, got, test.log)
		}
		in.Clear()
		if done := updateRuns(n, n.sid("admin")); done != test.done {
			t.Errorf("%s: work done: %v", test.fault, done)
		}
	}
}

// "*" counts the compound and each of its items.
func TestAnyCallCountsItems(t *testing.T) {
	n, in := faulty(t)
	sid := n.sid("admin")
	inject(t, in, "deny=109@*#3")
	_, codes := compound(t, n, sid, "sequential", "false", itemInfo, itemConflict, itemInfo)
	if !slices.Equal(codes, []int{0, 109, 0}) {
		t.Errorf("%v", codes)
	}
}

func TestCallsAreLoggedAsTheyCame(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	n.log()
	query := "api=" + infoAPI + "&method=get&version=3&_sid=" + sid
	n.get("entry.cgi", query)
	n.call("SYNO.No.Such", "x", "9")
	compound(t, n, sid, "sequential", "false", itemInfo, itemMissing)
	calls := n.log()
	var lines []string
	for _, c := range calls {
		lines = append(lines, strings.Join([]string{c.Verb, c.API, c.Method, c.Outcome}, " "))
		if c.Start.IsZero() || c.End.Before(c.Start) {
			t.Errorf("times of %+v", c)
		}
	}
	want := []string{
		"GET " + infoAPI + " get ok",
		"POST SYNO.No.Such x 102",
		"POST SYNO.Entry.Request request ok",
		"POST " + infoAPI + " get ok",
		"POST SYNO.ActiveDirectory.Group conflict 114",
	}
	if !slices.Equal(lines, want) {
		t.Fatalf("got  %q\nwant %q", lines, want)
	}
	if calls[0].URL != "/webapi/entry.cgi?"+query || calls[3].Version != 3 {
		t.Errorf("%+v", calls)
	}
}

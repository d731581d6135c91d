package dsm_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

type compoundAnswer struct {
	HasFail bool `json:"has_fail"`
	Result  []struct {
		API, Method string
		Version     json.Number
		Success     bool
		Data        json.RawMessage
		Error       struct{ Code int }
	}
}

const (
	itemInfo     = `{"api":"SYNO.ActiveDirectory.Info","method":"get","version":"3"}`
	itemConflict = `{"api":"SYNO.ActiveDirectory.Group","method":"conflict","version":1,"name":"alee"}`
	itemMissing  = `{"api":"SYNO.ActiveDirectory.Group","method":"conflict","version":1}`
	itemUnknown  = `{"api":"SYNO.No.Such","method":"get","version":1}`
)

func compound(t *testing.T, n *nas, sid, mode, stop string, items ...string) (compoundAnswer, []int) {
	t.Helper()
	var a compoundAnswer
	n.call("SYNO.Entry.Request", "request", "1", "_sid", sid, "mode", mode, "stop_when_error", stop,
		"compound", "["+strings.Join(items, ",")+"]").into(t, &a)
	var codes []int
	for _, r := range a.Result {
		code := r.Error.Code
		if r.Success {
			code = 0
		}
		codes = append(codes, code)
	}
	return a, codes
}

func TestCompoundItemsSucceedAndFailOnTheirOwn(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	for _, test := range []struct {
		name, mode, stop string
		items            []string
		fails            bool
		codes            []int
	}{
		{"all well, mode quoted as the library does", `"sequential"`, "true", []string{itemInfo, itemConflict}, false, []int{0, 0}},
		{"the rest runs", "sequential", "false", []string{itemInfo, itemMissing, itemConflict}, true, []int{0, 114, 0}},
		{"the rest is stopped", "sequential", "true", []string{itemInfo, itemMissing, itemConflict, itemInfo}, true, []int{0, 114, 112, 112}},
		{"parallel never stops", "parallel", "true", []string{itemUnknown, itemInfo}, true, []int{102, 0}},
		{"nothing to do", "sequential", "false", nil, false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, codes := compound(t, n, sid, test.mode, test.stop, test.items...)
			if a.HasFail != test.fails || len(codes) != len(test.codes) {
				t.Fatalf("has_fail %v, %v", a.HasFail, codes)
			}
			for i, code := range test.codes {
				if codes[i] != code {
					t.Errorf("item %d: %d, want %d", i, codes[i], code)
				}
			}
		})
	}
}

// A version may come as a text; it goes back as a number, beside what was called.
func TestCompoundEchoesItsItems(t *testing.T) {
	n := newNAS(t, nil)
	got := n.call("SYNO.Entry.Request", "request", "2", "_sid", n.sid("admin"), "compound", "["+itemConflict+`,{"api":"SYNO.ActiveDirectory.Group","method":"nix","version":"1"}]`)
	const want = `{"data":{"has_fail":true,"result":[` +
		`{"api":"SYNO.ActiveDirectory.Group","data":{"isConflict":true},"method":"conflict","success":true,"version":1},` +
		`{"api":"SYNO.ActiveDirectory.Group","error":{"code":103},"method":"nix","success":false,"version":1}]},"success":true}`
	if strings.TrimSpace(got.raw) != want {
		t.Errorf("got  %s\nwant %s", got.raw, want)
	}
}

func TestCompoundItemsAreAuthorisedOneByOne(t *testing.T) {
	n := newNAS(t, nil)
	for _, test := range []struct {
		name, sid string
		codes     []int
	}{
		{"no session", "", []int{119, 0}},
		{"no privilege", n.sid("visitor"), []int{105, 0}},
	} {
		_, codes := compound(t, n, test.sid, "sequential", "false", itemInfo,
			`{"api":"SYNO.API.Info","method":"query","version":1,"query":"all"}`)
		if len(codes) != 2 || codes[0] != test.codes[0] || codes[1] != test.codes[1] {
			t.Errorf("%s: %v", test.name, codes)
		}
	}
}

func TestMalformedCompounds(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	for _, text := range []string{"nonsense", "{}", "[1]", "[null]", `"text"`, "null", "[[]]", "[{]"} {
		if got := n.call("SYNO.Entry.Request", "request", "1", "_sid", sid, "compound", text); got.code() != 113 {
			t.Errorf("%s: %s", text, got.raw)
		}
	}
	if got := n.call("SYNO.Entry.Request", "request", "1", "_sid", sid); got.code() != 114 {
		t.Errorf("none: %s", got.raw)
	}
	nested := `{"api":"SYNO.Entry.Request","method":"request","version":1,"compound":[` + itemInfo + `]}`
	if _, codes := compound(t, n, sid, "sequential", "false", nested); len(codes) != 1 || codes[0] != 113 {
		t.Errorf("nested: %v", codes)
	}
}

func TestDomainUpdateRunsForItsTime(t *testing.T) {
	n := newNAS(t, nil)
	sid := n.sid("admin")
	start := func() reply {
		return n.get("entry.cgi", "api=SYNO.Core.Directory.Domain&domain_name=%22%40all%22&method=update_start&version=1&_sid="+sid)
	}
	status := func(id string) (text string) {
		var data struct{ Status string }
		n.call("SYNO.Core.Directory.Domain", "update_status", "1", "_sid", sid, "task_id", id).into(t, &data)
		return data.Status
	}
	var task struct {
		ID string `json:"task_id"`
	}
	start().into(t, &task)
	if !strings.HasPrefix(task.ID, "@administrators/DomainUpdate") {
		t.Fatalf("id %q", task.ID)
	}
	if got := start(); got.code() != 2626 {
		t.Errorf("a second one meanwhile: %s", got.raw)
	}
	if got := status(task.ID); got != "updating" {
		t.Errorf("at once: %s", got)
	}
	n.clock.advance(3 * time.Second)
	if got := status(task.ID); got != "finish" {
		t.Errorf("in time: %s", got)
	}
	if got := start(); !got.Success {
		t.Errorf("again: %s", got.raw)
	}
	if got := n.call("SYNO.Core.Directory.Domain", "update_status", "1", "_sid", sid, "task_id", `"@administrators/none"`); got.code() != 120 {
		t.Errorf("unknown task: %s", got.raw)
	}
	if _, codes := compound(t, n, sid, "parallel", "false", `{"api":"SYNO.ActiveDirectory.Polling","method":"get","version":1,"task_id":"@administrators/none"}`); codes[0] != 120 {
		t.Errorf("polling an unknown task: %v", codes)
	}
}

package dsm_test

import (
	"encoding/json"
	"testing"
)

// What stands beside the directory's own calls, as public clients and captures tell.
func TestBesideTheDirectory(t *testing.T) {
	n := newNAS(t, nil)
	admin, visitor := n.sid("admin"), n.sid("visitor")
	const domain = "SYNO.Core.Directory.Domain"
	if got := n.call(domain, "set", "1", "_sid", admin, "workgroup", `"X"`); got.code() != 2001 {
		t.Errorf("a part of the domain: %s", got.raw)
	}
	var domains struct {
		List []json.RawMessage `json:"domain_list"`
	}
	n.call(domain, "get_domain_list", "2", "_sid", admin).into(t, &domains)
	var shown []string
	if len(domains.List) != 2 || json.Unmarshal(domains.List[1], &shown) != nil || len(shown) != 3 {
		t.Errorf("domains are %s", domains.List)
	}
	for _, method := range []string{"start", "status", "stop"} {
		if got := n.call(domain+".ADHealthCheck", method, "1", "_sid", admin); !got.Success {
			t.Errorf("%s: %s", method, got.raw)
		}
	}
	var started struct {
		TaskID string `json:"task_id"`
	}
	n.call(domain, "update_start", "1", "_sid", admin, "domain_name", `"@all"`).into(t, &started)
	for sid, want := range map[string]int{admin: 1, visitor: 0} {
		var listed struct{ Tasks []string }
		n.call("SYNO.Entry.Request.Polling", "list", "1", "_sid", sid, "task_id_prefix", `"DomainUpdate"`).into(t, &listed)
		if len(listed.Tasks) != want {
			t.Errorf("tasks are %q, want %d", listed.Tasks, want)
		}
	}
	var state struct{ Finished *bool }
	n.call("SYNO.Entry.Request.Polling", "status", "1", "_sid", admin, "task_id", `"`+started.TaskID+`"`).into(t, &state)
	if state.Finished == nil || *state.Finished {
		t.Error("an update that has just begun is finished")
	}
	if got := n.call("SYNO.Entry.Request.Polling", "list", "1"); got.code() != 119 {
		t.Errorf("without a session: %s", got.raw)
	}
}

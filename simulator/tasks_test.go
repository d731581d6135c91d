package simulator_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
)

const (
	directoryAPI = "SYNO.ActiveDirectory.Directory"
	pollingAPI   = "SYNO.ActiveDirectory.Polling"
	domainAPI    = "SYNO.Core.Directory.Domain"
)

// progress is what polling tells of a deletion.
type progress struct {
	Data []struct {
		DN     string
		Status struct {
			Code int
			Msg  string
		}
	}
	Finished bool
	Total    int
}

func (s *site) poll(task string) (progress, result) {
	s.t.Helper()
	r := s.compound(map[string]any{"api": pollingAPI, "method": "get", "version": 1, "task_id": task})
	var p progress
	if r.Success {
		if err := json.Unmarshal(r.Data, &p); err != nil {
			s.t.Fatalf("%v: %s", err, r.Data)
		}
	}
	return p, r
}

func (s *site) startDelete(dns ...string) string {
	s.t.Helper()
	return s.task(s.call(directoryAPI, "delete", 2, map[string]any{"dnList": dns}))
}

// Each object has an end of its own; the status of a good one is empty.
func TestWhatADeletionTellsOfEach(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	dns := []string{
		team, "CN=Ghost," + staff, staff, users, "CN=Administrator," + users, anna, staff,
	}
	task := s.startDelete(dns...)
	var p progress
	for range 10 {
		if p, _ = s.poll(task); p.Finished {
			break
		}
	}
	if !p.Finished || p.Total != len(dns) || len(p.Data) != len(dns) {
		t.Fatalf("%+v", p)
	}
	for i, code := range []int{0, 32, 66, 53, 80, 0, 0} {
		if one := p.Data[i]; one.DN != dns[i] || one.Status.Code != code || (code == 0) != (one.Status.Msg == "") {
			t.Errorf("%+v, want code %d", one, code)
		}
	}
	if _, err := s.directory.Get(staff); err == nil {
		t.Error("the unit is still there")
	}
}

// A deletion gets on when it is asked about, and only then.
func TestADeletionTakesSeveralPolls(t *testing.T) {
	s := newSite(t, simulator.Options{})
	var dns []string
	for i := range 23 {
		dn := fmt.Sprintf("CN=u%d,%s", i, staff)
		dns = append(dns, dn)
		if err := s.directory.Add(models.DN(dn), "user", nil); err != nil {
			t.Fatal(err)
		}
	}
	left := func() int {
		page, err := s.directory.List(models.ListRequest{Base: staff})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total - 2 // Anna and the Team
	}
	task := s.startDelete(dns...)
	if s.clock.advance(time.Minute); left() != 23 {
		t.Error("deleted unasked")
	}
	polls, done := 0, 0
	for finished := false; !finished && polls < 30; polls++ {
		p, _ := s.poll(task)
		if len(p.Data) < done || 23-left() != len(p.Data) || p.Total != 23 {
			t.Fatalf("after %d: told %d, done %d", done, len(p.Data), 23-left())
		}
		if done, finished = len(p.Data), p.Finished; finished != (done == 23) {
			t.Errorf("finished %t with %d", finished, done)
		}
	}
	if polls != 5 {
		t.Errorf("%d polls", polls)
	}
	if _, r := s.poll(task); r.code() != 120 {
		t.Errorf("read a second time: %+v", r)
	}
}

func TestTasksThatNobodyKnows(t *testing.T) {
	s := newSite(t, simulator.Options{})
	if _, r := s.poll("@administrators/Synoads_SYNO.ActiveDirectory.Directory_delete6145EA17C4F03DA9"); r.code() != 120 {
		t.Errorf("deletion: %+v", r)
	}
	if a := s.call(domainAPI, "update_status", 1, map[string]any{"task_id": "@administrators/DomainUpdate6146195136397F2"}); a.code() != 120 {
		t.Errorf("update: %+v", a)
	}
	if a := s.call(directoryAPI, "delete", 2, map[string]any{"dnList": []string{}}); a.code() != 120 {
		t.Errorf("nothing to delete: %+v", a)
	}
	if a := s.call(directoryAPI, "delete", 2, map[string]any{"dnList": anna}); a.code() != 120 {
		t.Errorf("a text for a list: %+v", a)
	}
	if a := s.call(directoryAPI, "delete", 1, map[string]any{"dnList": []string{anna}}); a.code() != 103 {
		t.Errorf("version 1: %+v", a)
	}
}

// A direct call of the polling method works as one inside a compound does.
func TestPollingWithoutACompound(t *testing.T) {
	s := newSite(t, simulator.Options{})
	task := s.startDelete(anna)
	var p progress
	for range 2 {
		a := s.call(pollingAPI, "get", 1, map[string]any{"task_id": task})
		if err := json.Unmarshal(a.Data, &p); err != nil {
			t.Fatalf("%v: %+v", err, a)
		}
	}
	if !p.Finished || s.directory.Conflict("aberg") {
		t.Errorf("%+v", p)
	}
}

func TestADeletionThatFailsOrStalls(t *testing.T) {
	s := newSite(t, simulator.Options{})
	task := s.startDelete(team, anna)
	s.server.Inject(parse(t, "stall@"+pollingAPI+".get#2"))
	s.server.Inject(parse(t, "fail-task@"+pollingAPI+".get#3"))
	if p, _ := s.poll(task); len(p.Data) != 1 || p.Finished {
		t.Errorf("first: %+v", p)
	}
	if p, _ := s.poll(task); len(p.Data) != 1 || p.Finished {
		t.Errorf("stalled: %+v", p)
	}
	p, _ := s.poll(task)
	if !p.Finished || len(p.Data) != 2 || p.Data[0].Status.Code != 0 || p.Data[1].Status.Code == 0 {
		t.Errorf("failed: %+v", p)
	}
	if s.directory.Conflict("Team") || !s.directory.Conflict("aberg") {
		t.Error("what the task told is not what it did")
	}
}

// An account is DSM's own once an update has finished that began after it was
// made.
func TestADomainUpdateBringsNewAccountsToDSM(t *testing.T) {
	s := newSite(t, simulator.Options{DomainUpdate: 10 * time.Second})
	create := func(name string) {
		t.Helper()
		if a := s.call(userAPI, "create", 1, map[string]any{"logon_name": name, "located_dn": users, "password": good}); !a.Success {
			t.Fatalf("%+v", a)
		}
	}
	start := func() answer { return s.call(domainAPI, "update_start", 1, map[string]any{"domain_name": "@all"}) }
	status := func(task string) string {
		a := s.call(domainAPI, "update_status", 1, map[string]any{"task_id": task})
		var data struct{ Status string }
		if err := json.Unmarshal(a.Data, &data); err != nil {
			t.Fatalf("%v: %+v", err, a)
		}
		return data.Status
	}
	create("early")
	if !s.server.Awaits("EARLY") || s.server.Awaits("aberg") {
		t.Error("who awaits an update")
	}
	s.clock.advance(time.Second)
	task := s.task(start())
	s.clock.advance(time.Second)
	create("late")
	if a := start(); a.code() != 2626 {
		t.Errorf("a second update meanwhile: %+v", a)
	}
	if got := status(task); got != "updating" || !s.server.Awaits("early") {
		t.Errorf("under way: %q", got)
	}
	s.clock.advance(9 * time.Second)
	if got := status(task); got != "finish" || s.server.Awaits("early") || !s.server.Awaits("late") {
		t.Errorf("finished: %q, early %t, late %t", got, s.server.Awaits("early"), s.server.Awaits("late"))
	}

	s.server.Inject(parse(t, "fail-task@"+domainAPI+".update_status#1"))
	task = s.task(start())
	if got := status(task); got == "updating" || got == "finish" {
		t.Errorf("failed: %q", got)
	}
	s.clock.advance(time.Minute)
	if got := status(task); got == "finish" || !s.server.Awaits("late") {
		t.Errorf("failed, later: %q", got)
	}
	s.server.ClearFaults()
	s.server.Inject(parse(t, "status=paused@"+domainAPI+".update_status#1"))
	task = s.task(start())
	if got := status(task); got != "paused" {
		t.Errorf("a word of its own: %q", got)
	}
	s.clock.advance(time.Minute)
	if got := status(task); got != "finish" || s.server.Awaits("late") {
		t.Errorf("at last: %q", got)
	}
}

// Whether somebody has an account cannot be learnt here, and no session is
// needed.
func TestAResetMailTellsNothing(t *testing.T) {
	s := newSite(t, simulator.Options{})
	for _, name := range []string{"admin", "aberg", "nobody"} {
		a := get(t, s.client, s.server.URL()+"/webapi/entry.cgi?api=SYNO.Auth.ForgotPwd&method=send&version=1&user=%22"+name+"%22")
		if !a.Success || string(a.Data) != `{"msg":3}` {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

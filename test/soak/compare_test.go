//go:build linux

package soak

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// call is a write as the simulator has it in its log.
type call struct {
	API, Method, Outcome string
	Start                time.Time
}

// worked reports whether the simulator did what it was asked, whatever it answered.
func (c call) worked() bool { return oneOf(c.Outcome, "ok", "drop-after", "truncate", "slow") }

// compare quits, and holds the journal against the simulator's log of writes.
func (p *player) compare() {
	path := filepath.Join(p.home, "dirdesk", "journal.jsonl")
	if code := p.leave(); code != 0 {
		p.t.Errorf("it ended with %d:\n%s", code, p.Screen())
	}
	if err := p.Restored(); err != nil {
		p.t.Error(err)
	}
	check, err := journal.Verify(p.t.Context(), path)
	if os.IsNotExist(err) || err != nil && strings.Contains(err.Error(), "no such") {
		check, err = journal.Check{}, nil
	}
	if err != nil || !check.Whole() || check.Begun > 0 {
		p.t.Errorf("the journal: %v, %+v", err, check)
	}
	var entries []journal.Entry
	for e, err := range journal.Read(path) {
		must(p.t, err)
		if e.Action != models.SyncDomain {
			entries = append(entries, e)
		}
	}
	calls := p.writes()
	taken := 0
	for i, e := range entries {
		var own []call
		for ; taken < len(calls) && (i+1 == len(entries) || calls[taken].Start.Before(entries[i+1].Time)); taken++ {
			if calls[taken].Start.Before(e.Time) {
				p.t.Errorf("the journal does not tell of %+v", calls[taken])
				continue
			}
			own = append(own, calls[taken])
		}
		p.judge(e, own)
	}
	for _, c := range calls[taken:] {
		p.t.Errorf("the journal does not tell of %+v", c)
	}
	p.t.Logf("%d changes in the journal, %d writes at the simulator", len(entries), len(calls))
}

// leave quits. What is asked first, and a made password that nobody has seen, is
// answered.
func (p *player) leave() int {
	p.leaving = true
	for range 10 {
		p.Send("q")
		ended := p.Await("its end", 3*time.Second, func() bool {
			_, ended := p.Exited()
			return ended
		})
		if ended == nil {
			break
		}
		p.rest()
	}
	return p.Wait()
}

// judge holds one entry against the writes that were made for it.
func (p *player) judge(e journal.Entry, calls []call) {
	worked := 0
	for _, c := range calls {
		if c.worked() {
			worked++
		}
	}
	wrong := ""
	switch parts := e.Action == models.CreateUser; { // which is several writes
	case e.Verified && worked == 0:
		wrong = "is verified, and the simulator did nothing"
	case e.Outcome == verdict.Done && worked == 0:
		wrong = "is done, and the simulator did nothing"
	case e.Outcome == verdict.Failed && worked > 0, e.Outcome == verdict.NotTried && len(calls) > 0:
		wrong = "is not, and the simulator did it"
	case !parts && worked > 1:
		wrong = "was sent twice"
	}
	if wrong != "" {
		p.t.Errorf("%s %s (%s, %q) %s: %+v", e.Action, e.DN, e.Outcome, e.Words, wrong, calls)
	}
}

// writes are those in the simulator's log, in their order.
func (p *player) writes() (all []call) {
	text, err := os.ReadFile(filepath.Join(p.home, "requests.jsonl"))
	must(p.t, err)
	for line := range strings.Lines(string(text)) {
		var c call
		must(p.t, json.Unmarshal([]byte(line), &c))
		if p.backend.writes(c.API, c.Method) {
			all = append(all, c)
		}
	}
	return all
}

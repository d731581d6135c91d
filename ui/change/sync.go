package change

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// silentAfter is from when on it is said that the server does not answer.
const silentAfter = 30 * time.Second

// Sync follows DSM's update of its own copy of the accounts, and knows which
// new accounts are not in it yet.
type Sync struct {
	env   Env
	fresh []models.DN // made, and not in DSM yet
	run   *syncRun
}

// syncRun is one sync.
type syncRun struct {
	began, heard time.Time
	progress     desk.SyncProgress
	covers       int  // how many of the fresh accounts were there when it began
	puzzled      bool // an unknown word was reported
	cancel       context.CancelFunc
	next         func() (desk.SyncProgress, error, bool)
	stop         func()
}

// syncMsg is one look at a sync, or its end.
type syncMsg struct {
	run      *syncRun
	progress desk.SyncProgress
	err      error
	end      bool
}

// NewSync follows nothing yet.
func NewSync(env Env) *Sync { return &Sync{env: env} }

// Running reports whether a sync is under way.
func (s *Sync) Running() bool { return s.run != nil }

// Add notes a new account, which DSM does not know yet.
func (s *Sync) Add(dn models.DN) {
	if !s.has(dn) {
		s.fresh = append(s.fresh, dn)
	}
}

// Rename follows the new name of an account, or of what it is in.
func (s *Sync) Rename(to func(models.DN) models.DN) {
	for i := range s.fresh {
		s.fresh[i] = to(s.fresh[i])
	}
}

func (s *Sync) has(dn models.DN) bool {
	return slices.ContainsFunc(s.fresh, dn.Equal)
}

// Note is what is to be said of an object: that it is not in DSM yet.
func (s *Sync) Note(dn models.DN) string {
	if len(s.fresh) == 0 || !s.has(dn) {
		return ""
	}
	return "not yet in DSM"
}

// Any reports whether any object has a note.
func (s *Sync) Any() bool { return len(s.fresh) > 0 }

// Start starts a sync, unless one is under way: the next one then follows it.
func (s *Sync) Start() tea.Cmd {
	if s.run != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(s.env.Context)
	now := s.env.Now()
	run := &syncRun{began: now, heard: now, covers: len(s.fresh), cancel: cancel}
	s.run = run
	door := s.env.Desk
	return func() tea.Msg {
		run.next, run.stop = iter.Pull2(door.Sync(ctx))
		return run.look()
	}
}

func (r *syncRun) look() tea.Msg {
	progress, err, ok := r.next()
	return syncMsg{r, progress, err, !ok}
}

// Update takes an answer.
func (s *Sync) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(syncMsg)
	if !ok || m.run != s.run {
		return nil
	}
	r := s.run
	switch {
	case m.err != nil:
		s.end()
		if errors.Is(m.err, context.Canceled) {
			return nil
		}
		words := trouble.Line("The sync to DSM did not finish", m.err, models.AdviceFor(m.err), s.env.Key("change.sync")+" starts another")
		return tea.Batch(message.Send(Report{Tone: message.Bad, Words: words, Err: m.err}), message.IfLost(m.err))
	case m.end && !r.progress.Done:
		s.end()
		return message.Send(Report{Tone: message.Warning, Words: "The sync to DSM ended without saying that it is finished. " + s.env.Key("change.sync") + " starts another."})
	case m.end:
		return s.finished()
	}
	r.progress, r.heard = m.progress, s.env.Now()
	var puzzle tea.Cmd
	if !m.progress.Done && !m.progress.Known && m.progress.Words != "" && !r.puzzled {
		r.puzzled = true
		puzzle = message.Send(Report{Tone: message.Warning, Words: fmt.Sprintf("DSM says %q of the sync, which dirdesk does not know; it goes on asking.", m.progress.Words)})
	}
	return tea.Batch(puzzle, r.look)
}

// finished lets go of the accounts that the sync has taken along.
func (s *Sync) finished() tea.Cmd {
	r := s.run
	took := s.env.Now().Sub(r.began).Round(time.Second)
	words := fmt.Sprintf("Synced: DSM knows the domain's accounts as they are now (%s).", took)
	if r.covers > 0 {
		names := make([]string, 0, r.covers)
		for _, dn := range s.fresh[:r.covers] {
			names = append(names, dn.RDN().Value)
		}
		words = fmt.Sprintf("Synced: %s can be used in DSM now (%s).", listed(names), took)
	}
	s.fresh = slices.Delete(s.fresh, 0, r.covers)
	s.end()
	report := message.Send(Report{Tone: message.Good, Words: words})
	if len(s.fresh) > 0 {
		return tea.Batch(report, s.Start())
	}
	return report
}

// listed names up to two, and counts more.
func listed(names []string) string {
	if len(names) > 2 {
		return english.Count(len(names), "new account")
	}
	return english.And(names...)
}

func (s *Sync) end() {
	s.run.cancel()
	if s.run.stop != nil {
		s.run.stop()
	}
	s.run = nil
}

// Close ends the following; the server goes on by itself.
func (s *Sync) Close() {
	if s.run != nil {
		s.run.cancel()
		s.run = nil
	}
}

// Activity is what is to be said while it runs; "" when none does.
func (s *Sync) Activity() string {
	if s.run == nil {
		return ""
	}
	now := s.env.Now()
	words := "syncing to DSM"
	if w := s.run.progress.Words; w != "" {
		words += ": " + w
	}
	if s.run.progress.Trouble != nil {
		return fmt.Sprintf("%s, %s, no answer; trying on", words, now.Sub(s.run.began).Round(time.Second))
	}
	if silent := now.Sub(s.run.heard); silent >= silentAfter {
		return fmt.Sprintf("%s, no answer for %s", words, silent.Round(time.Second))
	}
	return fmt.Sprintf("%s, %s", words, now.Sub(s.run.began).Round(time.Second))
}

package desk

import (
	"context"
	"errors"
	"iter"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// syncDomain has DSM bring its own copy of the domain's accounts up to date.
type syncDomain struct{}

func (syncDomain) about() description {
	return description{
		Traits: Traits{Outside: true, unread: true}, several: string(models.SyncDomain), cannot: needingDSM[DomainSyncer], unfit: anyObject,
	}
}

func (syncDomain) examine(context.Context, *directory, *Step, PlanOptions) error { return nil }

func (syncDomain) mayNot(*directory, models.Rights, models.Rights, models.Change) string { return "" }

func (syncDomain) title(Step) string { return "sync the domain's accounts to DSM" }

func (syncDomain) lines(Step) []Line {
	return []Line{{Label: "DSM's copy of the accounts", After: "brought up to date"}}
}

// send follows a sync to its end.
func (syncDomain) send(ctx context.Context, d *directory, _ Step, _ PlanOptions) (models.DN, error) {
	for _, err := range d.followSync(ctx) {
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// look has nothing to read: that the server said so is all there is.
func (syncDomain) look(context.Context, *directory, Step, models.DN) finding {
	return finding{seen: match, whole: "DSM has the domain's accounts now"}
}

func (syncDomain) note(*journal.Entry, Step) {}

func (syncDomain) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "a sync cannot be taken back"}
}

func (syncDomain) affected(Outcome) []Affected { return nil }

// SyncProgress is how a sync is going.
type SyncProgress struct {
	Task    string // the server's name for it
	Words   string // the server's word: "updating"
	Known   bool   // the word is one that dirdesk knows
	Done    bool   // only when the server said that it is finished
	Elapsed time.Duration
	// Trouble is why the last look failed, when that is worth another; nil when
	// the server answered.
	Trouble error
}

// The longest pause between looks at a sync, and how long what is not understood, or
// does not answer, is borne with.
const (
	lastSyncPause = 2 * time.Second
	syncPatience  = 30 * time.Second
)

// Sync starts DSM's update of its own copy of the accounts and follows it to
// its end. Progress comes with every look, and the last one is Done, else there
// is an error. An end of ctx ends the watching; the server goes on.
func (d *Desk) Sync(ctx context.Context) iter.Seq2[SyncProgress, error] {
	return func(yield func(SyncProgress, error) bool) {
		plan, err := d.Plan(ctx, []models.Change{{Action: models.SyncDomain, Name: "the domain"}}, PlanOptions{})
		if err == nil {
			err = plan.Refused()
		}
		if err == nil {
			err = d.barred()
		}
		if err != nil {
			yield(SyncProgress{}, err)
			return
		}
		s := plan.Steps[0]
		entry := d.entryOf(ctx, s.Change, "")
		if err := d.begin(ctx, &entry); err != nil {
			yield(SyncProgress{}, err)
			return
		}
		out := Outcome{Change: s.Change, Verdict: verdict.Unknown, Words: "the sync was started and not watched to its end"}
		defer func() { _ = d.end(ctx, entry, &out) }() // the sync itself is over; the next write says what is wrong
		for p, err := range d.followSync(ctx) {
			if err != nil {
				out = syncFailed(s, err)
			} else if p.Done {
				out = accepted(syncDomain{}, Outcome{Change: s.Change}, syncDomain{}.look(ctx, d.directory, s, ""))
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func syncFailed(s Step, err error) Outcome {
	out := Outcome{Change: s.Change, Verdict: verdict.Failed, Err: err, Words: "sync: " + refusal(err)}
	if models.MayBeDone(err) {
		out.Verdict = verdict.Unknown
	}
	return out
}

// followSync is Sync without its checks and its journal.
func (d *directory) followSync(ctx context.Context) iter.Seq2[SyncProgress, error] {
	return func(yield func(SyncProgress, error) bool) {
		syncer, ok := Capability[DomainSyncer](d.backend)
		if !ok {
			yield(SyncProgress{}, syncError(models.ErrUnsupported, "only DSM keeps a copy to sync", ""))
			return
		}
		start := time.Now()
		task, err := syncer.StartSync(ctx)
		if err != nil {
			yield(SyncProgress{}, err)
			return
		}
		w := syncWatch{syncer: syncer, task: task, start: start, answered: start, deadline: d.options.SyncDeadline}
		p := SyncProgress{Task: task, Words: "started", Known: true}
		for pause := d.options.SyncPause; ; pause = min(pause*5/4, lastSyncPause) {
			if !yield(p, nil) || p.Done {
				return
			}
			if err := sleep(ctx, pause); err != nil {
				yield(p, err)
				return
			}
			if p, err = w.look(ctx); err != nil {
				yield(p, err)
				return
			}
		}
	}
}

// syncWatch looks after one sync.
type syncWatch struct {
	syncer   DomainSyncer
	task     string
	start    time.Time
	answered time.Time // when the server last said something that is understood
	deadline time.Duration
}

// look asks once. What may pass is no error but Trouble, or a word that is not
// Known, for as long as patience lasts.
func (w *syncWatch) look(ctx context.Context) (SyncProgress, error) {
	status, err := w.syncer.SyncStatus(ctx, w.task)
	now := time.Now()
	p := SyncProgress{Task: w.task, Words: status.Words, Known: status.Known, Done: status.Done, Elapsed: now.Sub(w.start)}
	passing := errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrBusy) || errors.Is(err, models.ErrUnknownOutcome)
	switch {
	case ctx.Err() != nil:
		return p, ctx.Err()
	case err != nil && !passing:
		return p, err
	case err != nil:
		p.Trouble, p.Words = err, "no answer"
	case status.Known:
		w.answered = now
	}
	switch silence := now.Sub(w.answered); {
	case p.Done:
		return p, nil
	case err != nil && silence >= syncPatience:
		return p, syncError(models.ErrUnknownOutcome, "the server no longer answers how the sync is going", "", err)
	case err == nil && !status.Known && silence >= syncPatience:
		return p, syncError(models.ErrUnknownOutcome, "the server gives a state that dirdesk does not know", status.Words)
	case p.Elapsed >= w.deadline:
		return p, syncError(models.ErrUnknownOutcome, "the sync did not finish within "+models.Span(w.deadline), status.Words)
	}
	return p, nil
}

func syncError(kind error, words, server string, below ...error) error {
	return &models.Error{
		Kind: models.InWords(words, kind), Action: string(models.SyncDomain), Server: server, Err: errors.Join(below...),
		Advice: "Look in DSM whether the accounts are there, and sync again if they are not.",
	}
}

// sleep waits, or ends with ctx.
func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

var (
	updating = models.SyncStatus{Words: "updating", Known: true}
	finished = models.SyncStatus{Words: "finish", Known: true, Done: true}
	strange  = models.SyncStatus{Words: "half-way"}
	noAnswer = &models.Error{Kind: models.ErrUnreachable, Action: "ask"}
	noTask   = &models.Error{Kind: models.ErrNotFound, Action: "ask"}
)

func TestSync(t *testing.T) {
	for _, c := range []struct {
		name    string
		answers []any
		kind    error // nil: it is done
		least   time.Duration
		most    time.Duration
		words   string
		verdict verdict.Verdict
	}{
		{"finishes", []any{updating, updating, finished}, nil, 3 * time.Second, 6 * time.Second, "finish", verdict.Done},
		{"finishes after a strange word", []any{strange, updating, finished}, nil, 3 * time.Second, 6 * time.Second, "finish", verdict.Done},
		{"finishes after silence", []any{noAnswer, noAnswer, finished}, nil, 3 * time.Second, 6 * time.Second, "finish", verdict.Done},
		{"strange for long", []any{strange}, models.ErrUnknownOutcome, 30 * time.Second, 35 * time.Second, "does not know", verdict.Unknown},
		{"silent for long", []any{updating, noAnswer}, models.ErrUnknownOutcome, 30 * time.Second, 35 * time.Second, "no longer answers", verdict.Unknown},
		{"never ends", []any{updating}, models.ErrUnknownOutcome, 10 * time.Minute, 11 * time.Minute, "did not finish", verdict.Unknown},
		{"unknown task", []any{updating, noTask}, models.ErrNotFound, time.Second, 4 * time.Second, "no such", verdict.Failed},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, j := newWorld(), newJournal(t)
				w.sync = c.answers
				start := time.Now()
				var progress []SyncProgress
				var failed error
				for p, err := range journaled(w, j).Sync(t.Context()) {
					progress = append(progress, p)
					failed = err
				}
				took := time.Since(start)
				if !errors.Is(failed, c.kind) || took < c.least || took > c.most {
					t.Errorf("error %v after %v", failed, took)
				}
				text := progress[len(progress)-1].Words
				if failed != nil {
					text = failed.Error()
				}
				if !strings.Contains(text, c.words) {
					t.Errorf("the last word is %q, want %q", text, c.words)
				}
				for i, p := range progress {
					if p.Done != (failed == nil && i == len(progress)-1) {
						t.Errorf("progress %d of %d: %+v", i, len(progress), p)
					}
				}
				if e := last(t, j); e.Action != models.SyncDomain || e.Outcome != c.verdict {
					t.Errorf("the journal says %s of %s, want %s", e.Outcome, e.Action, c.verdict)
				}
			})
		})
	}
}

// A word that dirdesk does not know, and an answer that does not come, are told
// at once.
func TestSyncTellsTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.sync = []any{strange, noAnswer, finished}
		progress := slices.Collect(func(yield func(SyncProgress) bool) {
			for p, err := range open(w).Sync(t.Context()) {
				if err != nil {
					t.Error(err)
				}
				if !yield(p) {
					return
				}
			}
		})
		if len(progress) != 4 || progress[1].Known || progress[1].Words != "half-way" || progress[2].Trouble == nil {
			t.Errorf("progress %+v", progress)
		}
	})
}

func TestSyncIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.sync = []any{updating}
		ctx, cancel := context.WithCancel(t.Context())
		var failed error
		for p, err := range open(w).Sync(ctx) {
			failed = err
			if p.Elapsed > 5*time.Second {
				cancel()
			}
		}
		if !errors.Is(failed, context.Canceled) {
			t.Errorf("error %v", failed)
		}
		cancel()
	})
}

// As one change of a plan, it is brought to its end too.
func TestSyncAsAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.sync = []any{updating, finished}
		out := apply(t, open(w), models.Change{Action: models.SyncDomain})[0]
		if out.Verdict != verdict.Done || !strings.Contains(out.Words, "DSM has") {
			t.Errorf("%s: %s", out.Verdict, out.Words)
		}
		w.trouble = dropAfter
		if out := apply(t, open(w), models.Change{Action: models.SyncDomain})[0]; out.Verdict != verdict.Unknown {
			t.Errorf("%s: %s", out.Verdict, out.Words)
		}
	})
}

package change

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
)

// job is a plan that is being applied.
type job struct {
	progress progress
	plan     desk.Plan
	outcomes []desk.Outcome
	began    time.Time
	stopped  bool // the person wants no more of it
	cancel   context.CancelFunc
	next     func() (desk.Outcome, bool)
	stop     func()
}

// outcomeMsg is what became of one step, or the end.
type outcomeMsg struct {
	job     *job
	outcome desk.Outcome
	end     bool
}

// apply writes what was agreed to, one object after the other. One thing out
// of a form is waited for; everything else goes on behind the page.
func (f *Flow) apply() tea.Cmd {
	ctx, cancel := context.WithCancel(f.env.Context)
	j := &job{plan: f.plan, began: f.env.Now(), cancel: cancel}
	ctx = models.WithListener(ctx, models.Listener{Progress: j.progress.say})
	f.job, f.last = j, nil
	f.put(applying, &waiting{words: english.Own(f.plan.Chosen()[0].Title).Capital(), progress: j.progress.words})
	f.behind = f.form == nil && !f.order.Made
	if r := revealOf(f.plan); len(r) > 0 && f.order.Made {
		f.reveal = r
	}
	door := f.env.Desk
	return tea.Batch(f.watch(), func() tea.Msg {
		j.next, j.stop = iter.Pull(door.Apply(ctx, j.plan))
		return j.step()
	})
}

// step makes the next change. It runs beside the loop, one at a time.
func (j *job) step() tea.Msg {
	out, ok := j.next()
	return outcomeMsg{j, out, !ok}
}

func (f *Flow) happened(msg outcomeMsg) tea.Cmd {
	if msg.job != f.job || f.stage != applying {
		return nil
	}
	j := msg.job
	if !msg.end {
		out := msg.outcome
		out.Change.Password = models.Secret{} // nobody needs it any more
		j.outcomes = append(j.outcomes, out)
		j.progress.say("")
		return message.Send(Happened{out, j.step})
	}
	j.stop()
	j.cancel()
	return f.finished()
}

// Stop keeps what was not begun from being tried. It reports whether anything
// is being written.
func (f *Flow) Stop() bool {
	if f.stage != applying {
		return false
	}
	f.job.stopped = true
	f.job.cancel()
	return true
}

// Activity tells what is being written, for the foot of the page; "" nothing.
func (f *Flow) Activity() string {
	if f.stage != applying || !f.behind {
		return ""
	}
	j := f.job
	steps := j.plan.Chosen()
	all, done := len(steps), len(j.outcomes)
	at := steps[min(done, all-1)].Title
	if said := j.progress.words(); said != "" {
		at += ", " + said
	}
	switch {
	case j.stopped:
		return "finishing " + at
	case all == 1:
		return at
	}
	return fmt.Sprintf("%s %d of %d, %s", f.env.bar(done, all), done, all, at)
}

// barRoom is how wide the progress bar is.
const barRoom = 10

func (e Env) bar(done, all int) string {
	full, empty := "█", "░"
	if e.Theme.Options.ASCII {
		full, empty = "#", "."
	}
	n := barRoom * done / max(all, 1)
	return "[" + strings.Repeat(full, n) + strings.Repeat(empty, barRoom-n) + "]"
}

// Stoppable reports whether there is anything that Stop would keep from being
// tried.
func (f *Flow) Stoppable() bool {
	return f.stage == applying && !f.job.stopped && len(f.job.outcomes)+1 < len(f.job.plan.Chosen())
}

// finished says what became of it all.
func (f *Flow) finished() tea.Cmd {
	outs := f.job.outcomes
	f.last = outs
	tickets := f.env.Desk.Tickets(f.job.plan, outs)
	told := message.Send(Finished{outs, tickets, f.order.Undo != nil})
	f.reveal = f.env.tell(f.reveal, f.job.plan, outs, tickets)
	if refusal := refusedAll(outs); refusal != nil && f.form != nil {
		return tea.Batch(told, f.refuse("", refusal))
	}
	if f.form != nil {
		f.form.Close()
		f.form = nil
	}
	if next := f.follow(outs); next != nil {
		return tea.Batch(told, next)
	}
	report := f.env.report(outs)
	if len(f.reveal) > 0 {
		return tea.Batch(told, f.show(report))
	}
	several := len(outs) > 1
	f.reset()
	if several {
		report.Words += " " + f.env.Key("change.resume") + " tells each."
	}
	return tea.Batch(told, message.Send(report), sendIf(several && report.Tone != message.Good, Summed{}))
}

// Summed says that not all of several changes were made: the page may bring up
// what became of each.
type Summed struct{}

func sendIf(holds bool, msg tea.Msg) tea.Cmd {
	if holds {
		return message.Send(msg)
	}
	return nil
}

// follow goes on with what is to come after these changes.
func (f *Flow) follow(outs []desk.Outcome) tea.Cmd {
	if f.order.After == nil {
		return nil
	}
	changes := f.order.After(outs)
	if len(changes) == 0 {
		return nil
	}
	f.order = Order{Changes: changes, Made: len(f.reveal) > 0}
	behind := f.behind
	cmd := f.look()
	f.behind = behind
	return cmd
}

// refusedAll is why nothing at all was done; nil when something was, or may
// have been, or will be once somebody has approved it, and where the server took a
// password.
func refusedAll(outs []desk.Outcome) error {
	var first error
	for _, out := range outs {
		if out.MayHold || out.Verdict == verdict.Done {
			return nil
		}
		if first == nil {
			first = out.Err
		}
	}
	return first
}

// progress is what the server said last of a write that it is still at. It is
// said beside the loop and read on it.
type progress struct {
	mu   sync.Mutex
	said string
}

func (p *progress) say(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = words
}

func (p *progress) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said
}

// watchEvery is the pace at which the screen of a write is drawn anew.
const watchEvery = 150 * time.Millisecond

// watchMsg has the face drawn anew.
type watchMsg struct{ job *job }

// watch keeps the spinner of a write turning while the person looks at it;
// behind the page, the page's own does.
func (f *Flow) watch() tea.Cmd {
	if f.stage != applying || f.behind {
		return nil
	}
	return f.env.Later(watchEvery, watchMsg{f.job})
}

func (f *Flow) watched(msg watchMsg) tea.Cmd {
	w, waits := f.screen.(*waiting)
	if msg.job != f.job || f.stage != applying || !waits {
		return nil
	}
	w.turns++
	return f.watch()
}

package desk

import (
	"context"
	"iter"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// writeTimeout bounds one write with all its looks; backends have shorter ones
// of their own for each call.
const writeTimeout = 15 * time.Minute

// Apply makes the changes of a plan, one after the other, and gives what became
// of each as soon as it is known. When ctx ends, or the caller stops ranging,
// the write under way is finished and written down, and the rest is not tried.
//
// A models.Listener in ctx hears what the server says meanwhile, how a write that
// takes long is going among it.
//
// Each write is sent once. One that the desk may not make, or cannot write
// down, is not sent.
func (d *Desk) Apply(ctx context.Context, plan Plan) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		barred, id := d.barred(), journal.NewID()
		var earlier []sentStep
		for i, s := range plan.Steps {
			if s.Off {
				continue
			}
			if barred == nil {
				barred = ctx.Err()
			}
			var out Outcome
			if barred != nil {
				out = notTried(s, barred)
			} else {
				out, barred = d.applyStep(ctx, s, plan, id, earlier)
			}
			if out.Verdict != verdict.NotTried && !s.Nothing {
				earlier = append(earlier, sentStep{s, out})
			}
			out.Step = i
			if !yield(out) {
				return
			}
		}
	}
}

// notTried is the outcome of a step that was not begun.
func notTried(s Step, why error) Outcome {
	return Outcome{Change: s.Change, Verdict: verdict.NotTried, Words: called(s.Change) + ": not tried: " + refusal(why), Err: why}
}

// nothingToDo is the outcome of a step whose wish the directory holds already.
func nothingToDo(s Step) Outcome {
	return Outcome{
		Change: s.Change, Verdict: verdict.Done, Verified: true,
		Words: called(s.Change) + ": nothing to do" + because(s.Warnings),
	}
}

// applyStep makes one change of the plan with an id, after earlier ones. barred is why no further one may be made.
func (d *Desk) applyStep(ctx context.Context, s Step, plan Plan, id string, earlier []sentStep) (out Outcome, barred error) {
	switch {
	case s.Refused != nil:
		return notTried(s, s.Refused), nil
	case s.Nothing:
		return nothingToDo(s), nil
	}
	// A write that has begun is brought to its end, whatever the person does.
	asked := ctx
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	op, known := operations()[s.Change.Action]
	if !known {
		return notTried(s, refuse(s.Change, models.ErrUnsupported, english.Own("dirdesk does not know how to do that"))), nil
	}
	if err := d.barsReset(s.Change, plan); err != nil {
		return notTried(s, err), nil
	}
	s, err := d.recheck(ctx, op, s, plan.options, earlier)
	switch {
	case err != nil:
		return notTried(s, err), nil
	case s.Nothing: // somebody else did the same meanwhile
		return nothingToDo(s), nil
	}
	entry := d.entryOf(ctx, s.Change, s.Undoes)
	entry.Plan, entry.CallerVerified = id, Resets(s.Change) && (d.options.CallerVerified || plan.CallerVerified)
	op.note(&entry, s)
	if err := d.begin(asked, &entry); err != nil {
		return notTried(s, err), err
	}
	heard, messages := collecting(ctx)
	newDN, err := op.send(heard, d.directory, s, plan.options)
	out = d.judge(ctx, op, s, newDN, err)
	d.freshen(out)
	d.ForgetRights()
	out.Messages = messages.all()
	if out.Verdict != verdict.Pending {
		out.Words += warned(out.Messages)
	}
	scrub(&out, s.Change.Password)
	out.Entry = entry.ID
	barred = d.end(asked, entry, &out)
	return out, barred
}

func because(warnings []english.Phrase) string {
	if len(warnings) == 0 {
		return ""
	}
	return ": " + warnings[0].String()
}

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
		var barred error
		if !d.Window().Writable {
			barred = windowClosed()
			if d.options.Mode == Never {
				barred = readOnly()
			}
		}
		for i, s := range plan.Steps {
			if barred == nil {
				barred = ctx.Err()
			}
			var out Outcome
			if barred != nil {
				out = notTried(s, barred)
			} else {
				out, barred = d.applyStep(ctx, s, plan)
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

// applyStep makes one change. barred is why no further one may be made.
func (d *Desk) applyStep(ctx context.Context, s Step, plan Plan) (out Outcome, barred error) {
	switch {
	case s.Refused != nil:
		return notTried(s, s.Refused), nil
	case s.Nothing:
		return Outcome{
			Change: s.Change, Verdict: verdict.Done, Verified: true,
			Words: called(s.Change) + ": nothing to do" + because(s.Warnings),
		}, nil
	}
	// A write that has begun is brought to its end, whatever the person does.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	if err := d.meanwhile(ctx, s); err != nil {
		return notTried(s, err), nil
	}
	entry := d.entryOf(ctx, s, plan)
	if err := d.writeDown(&entry); err != nil {
		return notTried(s, err), err
	}
	heard, ear := hearing(ctx)
	newDN, err := d.send(heard, s, plan.options)
	out = d.judge(ctx, s, newDN, err)
	out.Messages = ear.messages()
	if out.Verdict != verdict.Pending {
		out.Words += warned(out.Messages)
	}
	scrub(&out, s.Change.Password)
	out.Entry = entry.ID
	barred = d.writeEnd(entry, &out)
	return out, barred
}

func because(warnings []english.Phrase) string {
	if len(warnings) == 0 {
		return ""
	}
	return ": " + warnings[0].String()
}

// writeDown announces a write in the journal.
func (d *Desk) writeDown(entry *journal.Entry) error {
	if d.options.Journal == nil {
		return nil
	}
	entry.ID = journal.NewID()
	entry.Outcome = verdict.Begun
	if err := d.options.Journal.Append(*entry); err != nil {
		entry.ID = ""
		return &models.Error{
			Kind: models.InWords("the journal cannot be written", models.ErrDenied), Action: "write down the change in", Object: d.options.Journal.Path(),
			Advice: "Nothing was sent. Make room, or mend the file's permissions, and try again.", Err: err,
		}
	}
	return nil
}

// writeEnd writes down what became of a write. The error is why no further one
// may be made; the outcome of this one stands.
func (d *Desk) writeEnd(entry journal.Entry, out *Outcome) error {
	if d.options.Journal == nil {
		return nil
	}
	entry.Outcome, entry.Verified, entry.Words, entry.NewDN = out.Verdict, out.Verified, out.Words, out.NewDN
	if out.Err != nil {
		entry.Error = out.Err.Error()
	}
	err := d.options.Journal.Append(entry)
	if err == nil {
		return nil
	}
	out.Words += "; but the journal says only that it was begun: " + err.Error()
	return &models.Error{
		Kind: models.InWords("the journal cannot be written", models.ErrDenied), Action: "write down the change in", Object: d.options.Journal.Path(),
		Advice: "Make room, or mend the file's permissions, before going on.", Err: err,
	}
}

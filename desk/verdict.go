package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// Outcome is what became of one step.
type Outcome struct {
	Step    int // index in the plan
	Change  models.Change
	Verdict verdict.Verdict
	// Words are for the status line: "jdoe: phone is now 555-0100, verified".
	// They hold text of the directory, and never a secret.
	Words    string
	Verified bool      // the directory was read back and holds it
	Err      error     // why it failed, is unknown or was not tried
	NewDN    models.DN // of what was made, renamed or moved
	Entry    string    // id in the journal; "" when nothing was written down
	// MayHold says that the server took what was sent, or may have: a password in
	// it may be the account's, whatever else is told.
	MayHold bool
	// Messages are what the server said beyond yes or no: warnings, what its
	// rules did. Their texts are not safe to print raw.
	Messages []models.Message
	// Unrecorded is why the journal, or the copy that it must have, lacks the line of
	// what became of it; the rest stands.
	Unrecorded error
}

// NewAccount reports whether an account is there that was not before.
func (o Outcome) NewAccount() bool {
	return TraitsOf(o.Change.Action).NewAccount && (o.Verdict == verdict.Done || o.Verdict == verdict.Partly)
}

// judge looks at the directory after a write and says what became of it. err is
// what the write gave.
func (d *Desk) judge(ctx context.Context, op operation, s Step, newDN models.DN, err error) Outcome {
	out := Outcome{Change: s.Change, NewDN: newDN, Err: err, MayHold: err == nil || models.MayBeDone(err) || errors.Is(err, models.ErrPending)}
	out = d.judged(ctx, op, s, out)
	out.MayHold = out.MayHold || out.Verdict.Changed()
	return out
}

func (d *Desk) judged(ctx context.Context, op operation, s Step, out Outcome) Outcome {
	err := out.Err
	var half *halfDone
	switch {
	case errors.As(err, &half):
		return d.judgeHalf(ctx, op, s, out, half)
	case errors.Is(err, models.ErrPending):
		return d.judgePending(ctx, op, s, out)
	case err != nil && !models.MayBeDone(err):
		return d.judgeRefusal(ctx, op, s, out)
	}
	found := d.lookUntil(ctx, op, s, out.NewDN)
	named := out.NewDN != "" // by the server
	out.take(found)
	if err == nil {
		return accepted(op, out, found)
	}
	if op.about().Creates && !named && found.dn != "" {
		return d.lostCreation(out, found)
	}
	out = lost(op, out, found)
	if out.Verdict == verdict.Failed && d.backend.About().Approvals {
		out.Words += "; unless it waits for approval: look there before you try again"
	}
	return out
}

// take notes what the object is called now, and of a new one what it is known by.
func (o *Outcome) take(f finding) {
	o.NewDN, o.Change.GUID = cmp.Or(f.dn, o.NewDN), cmp.Or(f.guid, o.Change.GUID)
}

// accepted is for a write to which the server said yes.
func accepted(op operation, out Outcome, found finding) Outcome {
	name := called(out.Change)
	out.Verdict = verdict.Done
	switch {
	case found.err != nil:
		out.Words = name + ": accepted, but it could not be read back: " + found.err.Error()
	case found.seen == mismatch:
		words := "the server said yes, but " + found.words
		out.Verdict = verdict.Failed
		switch {
		case found.partly:
			words, out.Verdict = found.inPart(op), verdict.Partly
		case found.accepted != "" && len(found.hidden) > 0: // what cannot be seen was taken
			words, out.Verdict = "done in part: "+found.accepted+", but "+found.words, verdict.Partly
		}
		out.Err = &models.Error{
			Kind: models.InWords(words, models.ErrServer), Action: string(out.Change.Action), Object: name,
			Advice: "Look at the object, and try again if it is not as you want it.",
		}
		out.Words = name + ": " + words
	case found.seen == unseen:
		out.Words = name + ": " + cmp.Or(found.accepted, "accepted") + "; " + found.words + ", so not verified"
	default:
		out.Verified = true
		out.Words = cmp.Or(found.whole, name+": "+found.words+verified(found))
	}
	return out
}

// verified ends the words of what was seen.
func verified(found finding) string {
	if len(found.hidden) == 0 {
		return ", verified"
	}
	return ", verified; not verified, as it cannot be shown: " + strings.Join(found.hidden, ", ")
}

// lost is for a write whose answer did not come, or made no sense.
func lost(op operation, out Outcome, found finding) Outcome {
	name, creates := called(out.Change), op.about().Creates
	switch {
	// One call made a new object whole, or not at all.
	case found.seen == match && found.whole == "" && (len(found.hidden) == 0 || creates):
		out.Verdict, out.Verified = verdict.Done, true
		out.Err = nil
		out.Words = name + ": the answer was lost, but " + found.words + verified(found)
	case found.seen == mismatch && found.partly && (len(found.hidden) == 0 || creates):
		out.Verdict = verdict.Partly
		out.Words = name + ": the answer was lost; " + found.inPart(op)
	case found.seen == mismatch && len(found.hidden) == 0:
		out.Verdict = verdict.Failed
		out.Words = name + ": the answer was lost, and " + found.words
	default:
		out.Verdict = verdict.Unknown
		out.Words = name + ": the answer was lost, and nobody knows whether it was done"
		if found.words != "" {
			out.Words += " (" + found.words + ")"
		}
		if found.err != nil {
			out.Words += "; it could not be read back: " + found.err.Error()
			out.Err = errors.Join(out.Err, found.err)
		}
	}
	return out
}

// mostSkew is how far the clock of a server may be from ours.
const mostSkew = 10 * time.Minute

// lostCreation is for a new object whose answer did not come, where an object of its
// name is there now. Nobody was there just before; it may be somebody else's of the
// same moment all the same, so it is never called verified.
func (d *Desk) lostCreation(out Outcome, found finding) Outcome {
	name := called(out.Change)
	out.Verdict = verdict.Unknown
	switch {
	case !found.created.IsZero() && found.created.Before(d.options.Now().Add(-mostSkew)):
		out.Verdict, out.NewDN, out.Change.GUID = verdict.Failed, "", ""
		out.Words = name + ": the answer was lost, and it was not made: another object has that name now, " + found.who
	case found.seen != match:
		out.NewDN, out.Change.GUID = "", ""
		out.Words = name + ": the answer was lost, and nobody knows whether it was made: the object of that name " + found.words +
			", and may be somebody else's: " + found.who
	default:
		out.Verdict, out.Err = verdict.Done, nil
		out.Words = name + ": the answer was lost, but " + found.words +
			" as it was sent; not verified, as somebody else may have made the same in that moment"
		if len(found.hidden) > 0 {
			out.Words += ", and as it cannot be shown: " + strings.Join(found.hidden, ", ")
		}
	}
	return out
}

// judgeRefusal is for a write that the server refused. What is made in several
// parts may be there in part all the same.
func (d *Desk) judgeRefusal(ctx context.Context, op operation, s Step, out Outcome) Outcome {
	out.Verdict = verdict.Failed
	out.Words = called(s.Change) + ": " + refusal(out.Err)
	traits := op.about()
	switch {
	case errors.Is(out.Err, models.ErrUnsupported): // nothing was sent
	case errors.Is(out.Err, models.ErrUnreachable) && !traits.Creates && (!traits.inParts || len(s.Lines)+s.Below < 2):
		out.Words += "; nothing was changed"
	case traits.Creates && !errors.Is(out.Err, models.ErrExists):
		found := op.look(ctx, d.directory, s, out.NewDN)
		switch made := out.NewDN != ""; {
		case made: // by the backend's own word
			out.Verdict = verdict.Partly
			if found.partly {
				out.Words += "; " + found.inPart(op)
			}
			out.take(found)
		case found.dn != "": // which may be somebody else's
			out.Words += "; all the same there is an object of that name now: look at it"
			out.MayHold = true
		}
	case traits.inParts && len(s.Lines)+s.Below > 1:
		if found := op.look(ctx, d.directory, s, ""); found.seen == mismatch && found.partly {
			out.Verdict = verdict.Partly
			out.Words += "; " + found.inPart(op)
		}
	}
	return out
}

// refusal is an error in a few words, with the server's own.
func refusal(err error) string {
	var e *models.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	words := "failed"
	if e.Kind != nil {
		words = e.Kind.Error()
	}
	if e.Server != "" {
		words += " (the server says: " + e.Server + ")"
	}
	return words
}

// judgeHalf is for a creation that made the object and failed in what follows.
func (d *Desk) judgeHalf(ctx context.Context, op operation, s Step, out Outcome, half *halfDone) Outcome {
	out.NewDN = half.made
	found := d.lookUntil(ctx, op, s, half.made)
	out.take(found)
	if found.seen == match && len(found.hidden) == 0 {
		out.Err = nil
		return accepted(op, out, found)
	}
	out.Verdict = verdict.Partly
	out.Words = called(s.Change) + ": " + half.Error()
	if errors.Is(half.err, models.ErrPending) {
		out.Verdict = verdict.Pending
		out.Words = called(s.Change) + ": the account was made; its other fields were sent for approval"
	}
	if found.seen == match && models.MayBeDone(half.err) {
		out.Verdict = verdict.Unknown
		out.Words = called(s.Change) + ": the account was made, but the answer to the rest was lost, and it cannot be shown whether it has its " +
			strings.Join(found.hidden, ", ")
	}
	return out
}

// judgePending is for a write that somebody has to approve first. It is never
// sent again: that would ask a second time.
func (d *Desk) judgePending(ctx context.Context, op operation, s Step, out Outcome) Outcome {
	out.Verdict = verdict.Pending
	out.NewDN = ""
	out.Words = called(s.Change) + ": sent for approval; nothing has changed yet"
	found := op.look(ctx, d.directory, s, "")
	switch {
	case found.err != nil:
		out.Words += "; it could not be read back: " + found.err.Error()
	case found.seen == match && found.whole == "":
		// The rule of the server may have let a part through, or somebody has
		// been quick.
		out.Words = called(s.Change) + ": sent for approval, and yet there already: " + found.words
		out.take(found)
	case found.seen == mismatch && !op.about().Creates:
		out.Words += " (" + found.words + ")"
	}
	return out
}

// readBack is what reading the directory after a write tells.
type readBack uint8

const (
	unseen   readBack = iota // it cannot be seen on this connection, or could not be read
	mismatch                 // it does not hold what was asked for
	match                    // it holds all of it
)

// finding is what was seen.
type finding struct {
	seen   readBack
	words  string    // "phone is now 555-0100", "phone is still 555-0199"
	hidden []string  // parts of what was asked for that this connection cannot show
	partly bool      // of a mismatch: some of it is as it was asked for
	dn     models.DN // where the object is now, of what was made, renamed or moved
	guid   string    // of what was made
	// Of what has the name of something new: when it was made, where that is told,
	// and who it is.
	created time.Time
	who     string
	err     error // why it could not be read

	accepted string // what the server took, where it cannot be seen; "" is "accepted"
	whole    string // the whole words where the server's yes is all there is to see
}

// inPart says of what was done in part what holds and what does not.
func (f finding) inPart(op operation) string {
	if op.about().Creates {
		return "it " + f.words
	}
	return "done in part: " + f.words
}

// sights gather what a look at several things tells.
type sights struct {
	right, wrong, hidden []string
	odd                  string // what is neither right nor wrong
}

func (v *sights) see(right bool, words string) {
	if right {
		v.right = append(v.right, words)
	} else {
		v.wrong = append(v.wrong, words)
	}
}

// finding sums up.
func (v *sights) finding(d *directory) finding {
	found := finding{hidden: v.hidden, words: strings.Join(slices.Concat(v.right, v.wrong), ", ")}
	switch {
	case len(v.wrong) > 0 && len(v.right) > 0:
		found.seen, found.partly = mismatch, true
		found.words = strings.Join(v.right, ", ") + ", but " + strings.Join(v.wrong, ", ")
	case len(v.wrong) > 0:
		found.seen = mismatch
	case v.odd != "":
		found.words = strings.Join(append(v.right, v.odd), ", ")
	case len(v.right) > 0:
		found.seen = match
	default:
		found.words = d.cannotShow(strings.Join(v.hidden, ", "))
	}
	return found
}

// lookUntil looks until what was asked for is seen, a few times at most: a
// server may be at work still on what it did not answer.
func (d *directory) lookUntil(ctx context.Context, op operation, s Step, newDN models.DN) finding {
	found := op.look(ctx, d, s, newDN)
	for _, pause := range d.options.Settle {
		if found.seen == match || found.seen == unseen && found.err == nil {
			break
		}
		if sleep(ctx, pause) != nil {
			break
		}
		found = op.look(ctx, d, s, newDN)
	}
	return found
}

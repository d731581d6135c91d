package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// judge looks at the directory after a write and says what became of it. err is
// what the write gave.
func (d *Desk) judge(ctx context.Context, s Step, newDN models.DN, err error) Outcome {
	out := Outcome{Change: s.Change, NewDN: newDN, Err: err}
	if s.Change.Action == models.Modify && !isRenamed(s.Change.DN, newDN) {
		out.NewDN = ""
	}
	var half *halfDone
	if errors.As(err, &half) {
		return d.judgeHalf(ctx, s, out, half)
	}
	if errors.Is(err, models.ErrPending) {
		return d.judgePending(ctx, s, out)
	}
	if err != nil && !models.MayBeDone(err) {
		return d.judgeRefusal(ctx, s, out)
	}
	found := d.lookUntil(ctx, s, newDN)
	if found.dn != "" {
		out.NewDN = found.dn
	}
	if err == nil {
		return accepted(s, out, found)
	}
	out = lost(s, out, found)
	if out.Verdict == verdict.Failed && d.asksForApproval() && s.Change.Action != models.SyncDomain {
		out.Words += "; unless it waits for approval: look there before you try again"
	}
	return out
}

// lookUntil looks until the wish is seen, a few times at most: a server may be
// at work still on what it did not answer.
func (d *Desk) lookUntil(ctx context.Context, s Step, newDN models.DN) finding {
	found := d.look(ctx, s, newDN)
	for _, pause := range d.options.Settle {
		if found.sight == holds || found.sight == blind && found.err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return found
		case <-time.After(pause):
		}
		found = d.look(ctx, s, newDN)
	}
	return found
}

// accepted is for a write to which the server said yes.
func accepted(s Step, out Outcome, found finding) Outcome {
	name := called(s.Change)
	out.Verdict = verdict.Done
	switch {
	case found.err != nil:
		out.Words = name + ": accepted, but it could not be read back: " + found.err.Error()
	case found.sight == differs:
		words := "the server said yes, but " + found.words
		if found.dn != "" && s.Change.Action != models.Modify {
			words = "it " + found.words
		}
		out.Verdict = verdict.Failed
		out.Err = &models.Error{
			Kind: models.InWords(words, models.ErrServer), Action: string(s.Change.Action), Object: name,
			Advice: "Look at the object, and try again if it is not as you want it.",
		}
		out.Words = name + ": " + words
	case found.sight == blind:
		out.Words = name + ": " + acceptedWords(s.Change) + "; " + found.words + ", so not verified"
	case len(found.unseen) > 0:
		out.Words = name + ": " + found.words + ", verified; not verified, as it cannot be shown: " + strings.Join(found.unseen, ", ")
		out.Verified = true
	default:
		out.Verified = true
		out.Words = name + ": " + found.words + ", verified"
		if s.Change.Action == models.SyncDomain {
			out.Words = "DSM has the domain's accounts now"
		}
	}
	return out
}

// acceptedWords say what the server took, where it cannot be seen.
func acceptedWords(c models.Change) string {
	switch c.Action {
	case models.SetPassword:
		return "the new password was accepted"
	case models.SendResetMail:
		return "a reset link was asked for"
	case models.AddMembers:
		return "adding " + members(c) + " was accepted"
	case models.RemoveMembers:
		return "taking out " + members(c) + " was accepted"
	default:
		return "accepted"
	}
}

// lost is for a write whose answer did not come, or made no sense.
func lost(s Step, out Outcome, found finding) Outcome {
	name := called(s.Change)
	switch {
	case found.sight == holds && len(found.unseen) == 0 && s.Change.Action != models.SyncDomain:
		out.Verdict, out.Verified = verdict.Done, true
		out.Err = nil
		out.Words = name + ": the answer was lost, but " + found.words + ", verified"
	case found.sight == holds && creates(s.Change.Action):
		// One call made the object whole, or not at all.
		out.Verdict, out.Verified = verdict.Done, true
		out.Err = nil
		out.Words = name + ": the answer was lost, but " + found.words + ", verified; not verified, as it cannot be shown: " + strings.Join(found.unseen, ", ")
	case found.sight == differs && found.dn != "" && s.Change.Action != models.Modify:
		out.Verdict = verdict.Failed
		out.Words = name + ": the answer was lost; it " + found.words
	case found.sight == differs && len(found.unseen) == 0:
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

// judgeRefusal is for a write that the server refused. What is made in several
// parts may be there in part all the same.
func (d *Desk) judgeRefusal(ctx context.Context, s Step, out Outcome) Outcome {
	out.Verdict = verdict.Failed
	out.Words = called(s.Change) + ": " + refusal(out.Err)
	if errors.Is(out.Err, models.ErrUnsupported) {
		return out // nothing was sent
	}
	switch {
	case creates(s.Change.Action) && !errors.Is(out.Err, models.ErrExists):
		found := d.look(ctx, s, out.NewDN)
		if found.dn != "" {
			out.NewDN = found.dn
			out.Words += "; all the same there is an object of that name now: look at it"
		}
	case s.Change.Action == models.Edit && len(s.Change.Fields) > 1, s.Change.Action == models.Modify && parts(s.Change.Modification) > 1:
		if found := d.look(ctx, s, ""); found.sight == differs && strings.Contains(found.words, " is now ") {
			out.Words += "; " + found.words
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
func (d *Desk) judgeHalf(ctx context.Context, s Step, out Outcome, half *halfDone) Outcome {
	out.NewDN = half.made
	found := d.lookUntil(ctx, s, half.made)
	if found.sight == holds && len(found.unseen) == 0 {
		out.Err = nil
		return accepted(s, out, found)
	}
	out.Verdict = verdict.Failed
	out.Words = called(s.Change) + ": " + half.Error()
	if errors.Is(half.err, models.ErrPending) {
		out.Verdict = verdict.Pending
		out.Words = called(s.Change) + ": the account was made; its other fields were sent for approval"
	}
	if found.sight == holds && models.MayBeDone(half.err) {
		out.Verdict = verdict.Unknown
		out.Words = called(s.Change) + ": the account was made, but the answer to the rest was lost, and it cannot be shown whether it has its " +
			strings.Join(found.unseen, ", ")
	}
	return out
}

package change

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/password"
)

// report is what became of it all in a sentence.
func (e Env) report(outs []desk.Outcome) Report {
	if len(outs) == 1 {
		out := outs[0]
		return Report{Tone: toneOf(out), Words: e.words(out), Err: cmp.Or(out.Err, out.Unrecorded), Messages: out.Messages, Outcome: true}
	}
	r := Report{Tone: message.Good, Words: counts(outs) + ".", Outcome: true}
	for _, out := range outs {
		if out.Verdict != verdict.Done && (r.Err == nil || toneOf(out) > r.Tone) {
			r.Err = out.Err
		}
		if t := toneOf(out); t > r.Tone {
			r.Tone = t
		}
		r.Messages = append(r.Messages, about(out)...)
	}
	if warned := len(desk.Warnings(r.Messages)); warned > 0 {
		r.Words = fmt.Sprintf("%s, with warnings.", strings.TrimSuffix(r.Words, "."))
	}
	return r
}

// about are the messages of one of several outcomes, below its name.
func about(out desk.Outcome) []models.Message {
	if len(out.Messages) == 0 {
		return nil
	}
	return []models.Message{{Kind: models.MessageInformation, Text: called(out), Inner: out.Messages}}
}

// called is how a person calls what an outcome is about.
func called(out desk.Outcome) string {
	if out.Change.Name != "" {
		return out.Change.Name
	}
	return out.Change.DN.RDN().Value
}

// words are what became of one object, for the line at the foot, with a mark of
// what waits for somebody. The desk has put the first warning into them.
func (e Env) words(out desk.Outcome) string {
	words := strings.TrimSuffix(out.Words, ".") + "."
	if out.Verdict == verdict.Pending {
		words = e.Theme.Glyphs.Pending + " " + words
	}
	if len(out.Messages) > 0 {
		words += " " + e.Key("view.error") + " tells all that the server said."
	}
	return words
}

// toneOf is how an outcome is meant. What waits for an approval is neither done
// nor wrong.
func toneOf(out desk.Outcome) message.Tone {
	switch {
	case out.Verdict == verdict.Failed, out.Verdict == verdict.Partly:
		return message.Bad
	case out.Verdict == verdict.Pending:
		return message.Pending
	case out.Verdict != verdict.Done, out.Unrecorded != nil, len(desk.Warnings(out.Messages)) > 0:
		return message.Warning
	case !out.Verified:
		return message.Plain
	default:
		return message.Good
	}
}

// verdicts are all of them, what needs a person's eye first.
func verdicts() []verdict.Verdict {
	return []verdict.Verdict{verdict.Failed, verdict.Partly, verdict.Unknown, verdict.Pending, verdict.NotTried, verdict.Done}
}

// counts says how many were done, failed, wait for an approval, are unknown and
// were not tried.
func counts(outs []desk.Outcome) string {
	var parts []string
	for _, v := range []verdict.Verdict{verdict.Done, verdict.Partly, verdict.Failed, verdict.Pending, verdict.Unknown, verdict.NotTried} {
		n := 0
		for _, out := range outs {
			if out.Verdict == v {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return english.Own(strings.Join(parts, ", ")).Capital()
}

// reveal is a password that was made and that the person has not seen yet.
type reveal struct {
	of   models.DN
	made password.Made
}

// revealOf takes the passwords out of a plan.
func revealOf(plan desk.Plan) []reveal {
	var all []reveal
	for _, s := range plan.Chosen() {
		if c := s.Change; !c.Password.Empty() && s.Refused == nil {
			all = append(all, reveal{c.DN, password.Made{Whose: cmp.Or(c.Name, c.DN.RDN().Value), Secret: c.Password}})
		}
	}
	return all
}

// tell says of each made password what became of it, and drops those that are
// certainly not the account's.
func (e Env) tell(reveals []reveal, plan desk.Plan, outs []desk.Outcome, tickets []desk.Ticket) []reveal {
	reveals = slices.DeleteFunc(reveals, func(r reveal) bool {
		return slices.ContainsFunc(outs, func(out desk.Outcome) bool {
			return desk.TraitsOf(out.Change.Action).Password && out.Change.DN.Equal(r.of) && !out.MayHold
		})
	})
	for i := range reveals {
		r := &reveals[i]
		for _, out := range outs {
			if out.Change.DN.Equal(r.of) {
				r.made.Words = strings.TrimSpace(r.made.Words + " " + e.words(out))
			}
		}
		for _, t := range tickets {
			if plan.Steps[t.Step].Change.DN.Equal(r.of) {
				r.made.Ticket = t.Text
			}
		}
	}
	return reveals
}

// show shows the passwords; behind the page they wait to be asked for.
func (f *Flow) show(report Report) tea.Cmd {
	e := f.env
	f.screen = nil
	var made []password.Made
	for _, r := range f.reveal {
		if len(f.reveal) == 1 || r.made.Words == "" {
			r.made.Words = report.Words
		}
		made = append(made, r.made)
	}
	f.shown = password.New(password.Options{
		Made: made, Theme: e.Theme, Keys: e.Keys, Width: f.width, Height: f.height, Later: e.Later, Copies: e.Copies,
	})
	f.reveal = nil
	f.stage = showing
	f.order, f.plan, f.job = Order{}, desk.Plan{}, nil // they hold the passwords too
	if f.behind {
		report.Words += " " + e.Key("change.resume") + " shows " + passwords(len(made)) + "."
		return message.Send(report) // its time begins when it is looked at
	}
	return tea.Batch(f.shown.Init(), message.Send(report))
}

func passwords(n int) string {
	if n == 1 {
		return "the password"
	}
	return "the passwords"
}

// forgotten puts the password away for good.
func (f *Flow) forgotten(msg password.Closed) tea.Cmd {
	if msg.Model != f.shown {
		return nil
	}
	late := msg.Late
	f.reset()
	if late {
		return message.Send(Report{Words: "The password is gone from the screen: nobody pressed a key for five minutes."})
	}
	return nil
}

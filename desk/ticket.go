package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// Ticket is what became of one object by a plan, as text for a help desk's ticket:
// what was wrong, what was done, whether it was verified, by whom and when. It
// never holds a password, and its lines are safe to print.
type Ticket struct {
	Step int        // the first of the plan that is about the object
	Of   models.Ref // as it is called now
	Text string
}

// Tickets tell of a plan that was applied, a ticket for each object that something
// was sent for. outcomes are those of all its steps.
func (d *Desk) Tickets(plan Plan, outcomes []Outcome) []Ticket {
	var all []Ticket
	for i, s := range plan.Steps {
		same := func(other Step) bool {
			return other.Change.DN.Equal(s.Change.DN) && other.Change.Logon == s.Change.Logon
		}
		if slices.IndexFunc(plan.Steps, same) != i {
			continue
		}
		var steps []Step
		var outs []Outcome
		of := s.Change.Ref()
		for j, other := range plan.Steps {
			if !same(other) {
				continue
			}
			steps = append(steps, other)
			for _, out := range outcomes {
				if out.Step == j {
					outs = append(outs, out)
					of = models.Ref{DN: cmp.Or(out.NewDN, of.DN), GUID: cmp.Or(out.Change.GUID, of.GUID)}
				}
			}
		}
		if slices.ContainsFunc(outs, func(out Outcome) bool { return out.Verdict != verdict.NotTried }) {
			all = append(all, Ticket{i, of, d.ticketText(steps, outs, d.options.CallerVerified || plan.CallerVerified)})
		}
	}
	return all
}

// ticketText are the lines of one object.
func (d *Desk) ticketText(steps []Step, outs []Outcome, verified bool) string {
	lines := []string{steps[0].name()}
	for _, words := range d.wasWrong(steps) {
		lines = append(lines, "Was wrong: "+words)
	}
	for _, out := range outs {
		lines = append(lines, english.Own(string(out.Verdict)).Capital()+": "+english.Stop(out.Words))
	}
	for _, s := range steps {
		if s.Off {
			lines = append(lines, "Not asked for: "+s.Title)
		}
		for _, a := range s.Alarms {
			lines = append(lines, "Note: "+english.Stop(a.Capital()))
		}
	}
	lines = append(lines, "By: "+whoseWords(d.who()), "Over: "+d.backend.About().URL, "When: "+d.options.Now().Format("2006-01-02 15:04 -07:00"))
	if d.ticket != "" {
		lines = append(lines, "Ticket: "+d.ticket)
	}
	if slices.ContainsFunc(steps, func(s Step) bool { return Resets(s.Change) }) && verified {
		lines = append(lines, "Caller: verified")
	}
	for i, line := range lines {
		for _, s := range steps {
			if !s.Change.Password.Empty() {
				line = cleaner(s.Change.Password)(line)
			}
		}
		lines[i] = terminaltext.Safe(terminaltext.OneLine(line))
	}
	return strings.Join(lines, "\n") + "\n"
}

// wasWrong says what kept the owner of an account out before, where the steps are
// about that.
func (d *Desk) wasWrong(steps []Step) []string {
	diagnosis := d.Why(steps[0].before, nil, false)
	matters := steps[0].known && slices.ContainsFunc(steps, func(s Step) bool {
		return TraitsOf(s.Change.Action).Password || diagnosis.MendedBy(s.Change.Action)
	})
	if !matters || !diagnosis.Account() {
		return nil
	}
	var words []string
	for _, c := range diagnosis.Causes {
		words = append(words, c.Words)
	}
	if len(words) == 0 {
		words = []string{"nothing that is known kept them from logging on"}
	}
	return words
}

// whoseWords say who made a change.
func whoseWords(o journal.Operator) string {
	words := o.Account
	if o.LocalUser != "" {
		words += fmt.Sprintf(" (%s on this computer)", o.LocalUser)
	}
	if o.SSHPeer != "" {
		words += ", from " + o.SSHPeer
	}
	return strings.TrimSpace(words)
}

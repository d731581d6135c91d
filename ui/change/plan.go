package change

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// plannedMsg is the desk's look at an order.
type plannedMsg struct {
	flow *Flow
	turn int
	plan desk.Plan
	err  error
}

// look lets the desk look at the order.
func (f *Flow) look() tea.Cmd {
	ctx, cancel := context.WithCancel(f.env.Context)
	f.turn++
	f.cancel, f.insisted = cancel, 0
	f.put(planning, &waiting{words: "Looking at what would change"})
	f.behind = false
	turn, order, over, door := f.turn, f.order, f.newer.over, f.env.Desk
	return func() tea.Msg {
		var plan desk.Plan
		var err error
		if order.Undo != nil {
			plan, err = order.Undo(ctx, over)
		} else {
			plan, err = door.Plan(ctx, order.Changes, order.Options)
		}
		return plannedMsg{f, turn, plan, err}
	}
}

// giveUp stops the look.
func (f *Flow) giveUp() tea.Cmd {
	f.turn++
	f.cancel()
	f.cancel = nil
	return f.back("Nothing was changed.")
}

func (f *Flow) planned(msg plannedMsg) tea.Cmd {
	if msg.flow != f || msg.turn != f.turn || f.stage != planning {
		return nil
	}
	f.cancel()
	f.cancel = nil
	f.plan = msg.plan
	var cannot *desk.CannotUndo
	switch {
	case errors.As(msg.err, &cannot):
		f.put(offering, &recreate{cannot: cannot})
		return nil
	case msg.err != nil:
		return f.refuse("The change could not be looked at", msg.err)
	case msg.plan.Ready() == 0 && f.form != nil && msg.plan.Refused() != nil:
		return f.refuse("", msg.plan.Refused())
	case f.quick():
		return f.agreed()
	}
	f.toReview()
	if f.behind {
		return message.Send(Report{Words: "There is more to it. " + f.env.Key("change.resume") + " goes on."})
	}
	return nil
}

// toReview shows the plan, once of each newer value in it was said whether it
// stays.
func (f *Flow) toReview() {
	if n := f.newer.next(f.plan); n != nil {
		f.put(overwriting, &insist{title: "There is a newer value", question: n.Question, over: true})
		return
	}
	f.put(reviewing, newReview(f.env.Keys, f.plan, f.env.Desk.NeedsTick(f.plan)))
}

// newerValues is what a person said of each newer value that keeps something from
// being taken back.
type newerValues struct {
	stay map[string]bool // entries whose newer values stay, by their ids
	over desk.Over       // those that may be overwritten
}

// next is the first newer value of a plan of which nothing was said yet; nil for
// none.
func (v *newerValues) next(plan desk.Plan) *desk.Newer {
	for _, s := range plan.Steps {
		if s.Newer != nil && !v.stay[s.Newer.Entry] {
			return s.Newer
		}
	}
	return nil
}

// say takes what the person said of the next one; anew says that the plan is to be
// made anew.
func (v *newerValues) say(plan desk.Plan, said answer) (anew bool) {
	n := v.next(plan)
	if said == no {
		v.stay = with(v.stay, n.Entry, true)
		return false
	}
	v.over = with(v.over, n.Entry, n.Values)
	return true
}

// with is a map with one entry more. Who has the one before may be reading it.
func with[M ~map[string]V, V any](m M, key string, value V) M {
	all := M{key: value}
	for k, v := range m {
		if k != key {
			all[k] = v
		}
	}
	return all
}

// quick reports whether the form was question enough: of a password there is
// nothing to be seen before and after.
func (f *Flow) quick() bool {
	if f.form == nil || f.plan.Refused() != nil || f.plan.Ready() != len(f.plan.Steps) {
		return false
	}
	for _, s := range f.plan.Steps {
		if !desk.TraitsOf(s.Change.Action).Brief || len(s.Warnings)+len(s.Alarms)+len(s.Facts) > 0 {
			return false
		}
	}
	return !f.plan.Question().Destructive
}

// refuse gives an error back to the form or, without one, to the page.
func (f *Flow) refuse(what string, err error) tea.Cmd {
	if f.form != nil {
		f.form.Refuse(err)
		f.stage, f.screen = filling, nil
		if !f.behind {
			return message.IfLost(err)
		}
		return message.Send(Report{
			Tone: message.Bad, Err: err,
			Words: trouble.Line(f.form.Title(), err, f.env.Key("change.resume")+" goes back to the form"),
		})
	}
	report := Report{Tone: message.Bad, Words: trouble.Line(what, err, models.AdviceFor(err)), Err: err}
	if len(f.reveal) > 0 {
		return f.show(report)
	}
	f.reset()
	return message.Send(report)
}

// agreed is the person's yes to the plan.
func (f *Flow) agreed() tea.Cmd {
	if doubts := f.plan.Doubts(); f.insisted < len(doubts) {
		doubt := doubts[f.insisted]
		f.put(insisting, &insist{question: doubt.Text, title: map[desk.DoubtKind]string{
			desk.Privileged: "This is about who rules the domain", desk.AnotherServer: "This was done at another server",
			desk.NoIdentity: "It is not known which object this was",
		}[doubt.Kind]})
		return nil
	}
	if !f.env.Desk.Window().Writable {
		f.put(allowing, newAllow(f.env))
		return nil
	}
	return f.apply()
}

// allowed is the person's yes to changes at all.
func (f *Flow) allowed() tea.Cmd {
	if err := f.env.Desk.Allow(desk.DefaultWindow); err != nil {
		return f.refuse("Changes could not be allowed", err)
	}
	if then := f.then; then != nil {
		f.reset()
		return then()
	}
	return f.apply()
}

// allow asks whether changes are allowed at all.
type allow struct{ question, as string }

func newAllow(e Env) *allow {
	about := e.Desk.Backend().About()
	return &allow{
		question: fmt.Sprintf("Allow changes on %s for %d minutes?", e.realm(), int(desk.DefaultWindow.Minutes())),
		as:       fmt.Sprintf("You are signed in as %s at %s.", about.Account, about.Host),
	}
}

func (a *allow) scope() keymap.ScopeName { return keymap.Question }

func (a *allow) update(id string, _ tea.Msg) answer { return answered(id, no) }

func (a *allow) page(l look) page {
	p := page{title: "This connection is read-only"}
	p.keys = l.short(
		l.keys.Hints("   ", "question.yes", ": allow", "question.no", ": stay read-only"),
		l.keys.Hints("   ", "question.yes", ": allow", "question.default|question.no", ": stay read-only"))
	p.body = append(l.wrapped(l.Ink.Title, "", a.question),
		l.wrapped(l.Ink.Text, "", a.as+" For so long this is not asked again, and the header says so.")...)
	p.below = []string{l.yesNo(no)}
	return p
}

// insist asks what only a person can answer, one thing at a time.
type insist struct {
	title, question string
	over            bool // no leaves a newer value as it is, and goes on with the others
}

func (i *insist) scope() keymap.ScopeName { return keymap.Question }

func (i *insist) update(id string, _ tea.Msg) answer { return answered(id, no) }

func (i *insist) page(l look) page {
	keys := l.keys.Hints("   ", "question.yes", ": do it", "question.no", ": back, changing nothing")
	if i.over {
		keys = l.keys.Hints("   ", "question.yes", ": put the old one over it", "question.no", ": leave the newer one")
	}
	return page{title: i.title, body: l.wrapped(l.Ink.Bad, "", i.question), below: []string{l.yesNo(no)}, keys: keys}
}

// answered is what an action of the scope Question means, where Enter means one
// of the answers.
func answered(id string, enter answer) answer {
	switch id {
	case "question.yes":
		return yes
	case "question.no":
		return no
	case "question.default":
		return enter
	}
	return none
}

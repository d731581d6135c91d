package change

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// recreate says why something cannot be taken back and, of a deleted user, offers
// a new one with the same fields and groups.
type recreate struct{ cannot *desk.CannotUndo }

func (r *recreate) scope() keymap.ScopeName {
	if r.cannot.Recreate == nil {
		return keymap.Overlay
	}
	return keymap.Question
}

func (r *recreate) update(id string, _ tea.Msg) answer {
	if id == "overlay.close" {
		return no
	}
	return answered(id, no)
}

func (r *recreate) page(l look) page {
	p := page{title: "This cannot be taken back", keys: l.keys.Hints("", "overlay.close", ": back")}
	p.body = l.wrapped(l.Ink.Text, "", english.Own(r.cannot.Words).Sentence())
	if r.cannot.Recreate == nil {
		return p
	}
	question := "Make a new user with the same fields and a made password?"
	if n := len(r.cannot.Groups); n > 0 {
		question = fmt.Sprintf("Make a new user with the same fields and a made password, and add it to the %d groups again?", n)
		if n == 1 {
			question = "Make a new user with the same fields and a made password, and add it to its group again?"
		}
	}
	p.below = append(l.wrapped(l.Ink.Title, "", question), l.yesNo(no))
	p.keys = l.short(
		l.keys.Hints("   ", "question.yes", ": look at it", "question.no", ": back"),
		l.keys.Hints("   ", "question.yes", ": look at it", "question.default|question.no", ": back, changing nothing"))
	return p
}

// madeMsg is a password that was made for a user.
type madeMsg struct {
	flow  *Flow
	turn  int
	order Order
	err   error
}

// accepted goes on with the offer: a new user in the place of the deleted one.
func (f *Flow) accepted() tea.Cmd {
	cannot := f.screen.(*recreate).cannot
	user := cannot.Recreate.Clone()
	groups := cannot.Groups
	order := Order{Made: true}
	if len(groups) > 0 {
		order.After = func(outs []desk.Outcome) []models.Change { return rejoin(outs, groups) }
	}
	names := []string{user.Name}
	if user.User != nil {
		names = []string{user.User.LogonName, user.User.DisplayName}
	}
	door := f.env.Desk
	return f.Make(order, func(ctx context.Context) ([]models.Change, error) {
		var err error
		user.Password, err = door.MakePassword(ctx, names...)
		return []models.Change{user}, err
	})
}

// rejoin puts a user that was made into groups.
func rejoin(outs []desk.Outcome, groups []models.DN) []models.Change {
	if len(outs) == 0 || !outs[0].NewAccount() {
		return nil
	}
	dn := cmp.Or(outs[0].NewDN, outs[0].Change.DN)
	var changes []models.Change
	for _, group := range groups {
		changes = append(changes, models.Change{
			Action: models.AddMembers, DN: group, Name: group.RDN().Value, Category: models.Group, Members: []models.Ref{{DN: dn, GUID: outs[0].Change.GUID}},
		})
	}
	return changes
}

// Make begins an order with changes that need passwords, which make makes.
func (f *Flow) Make(order Order, make func(context.Context) ([]models.Change, error)) tea.Cmd {
	f.reset()
	turn, ctx := f.turn, f.env.Context
	f.put(planning, &waiting{words: "Making a password"})
	f.cancel = func() {}
	return func() tea.Msg {
		var err error
		order.Changes, err = make(ctx)
		return madeMsg{f, turn, order, err}
	}
}

func (f *Flow) made(msg madeMsg) tea.Cmd {
	if msg.flow != f || msg.turn != f.turn || f.stage != planning {
		return nil
	}
	if msg.err != nil {
		f.reset()
		return message.Send(Report{Tone: message.Bad, Words: trouble.Line("No password could be made", msg.err, models.AdviceFor(msg.err)), Err: msg.err})
	}
	f.order = msg.order
	return f.look()
}

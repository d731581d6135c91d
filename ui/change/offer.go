package change

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/password"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// offer says why something cannot be taken back and, of a deleted user, offers
// a new one with the same fields and groups.
type offer struct {
	cannot *desk.CannotUndo
	offset int
}

func (o *offer) scroll() *int { return &o.offset }

func (o *offer) update(msg tea.Msg) answer {
	key := pressed(msg)
	switch {
	case key == "y" && o.cannot.Recreate != nil:
		return yes
	case key == "n", key == "q", key == "enter", key == "esc":
		return no
	}
	scrolled(&o.offset, key)
	return none
}

func (o *offer) page(th *theme.Theme, width int) page {
	p := page{title: "This cannot be taken back", keys: "Enter or Esc: back"}
	p.body = wrapped(th, th.Ink.Text, "", english.Own(o.cannot.Words).Sentence(), width)
	if o.cannot.Recreate == nil {
		return p
	}
	question := "Make a new user with the same fields and a made password?"
	if n := len(o.cannot.Groups); n > 0 {
		question = fmt.Sprintf("Make a new user with the same fields and a made password, and add it to the %d groups again?", n)
		if n == 1 {
			question = "Make a new user with the same fields and a made password, and add it to its group again?"
		}
	}
	p.below = append(wrapped(th, th.Ink.Title, "", question, width), th.Ink.Warning.Render("y yes   N no"))
	p.keys = short(width, "y: look at it   Esc: back", "y: look at it   Enter, n or Esc: back, changing nothing")
	return p
}

// madeMsg is a password that was made for a user.
type madeMsg struct {
	flow   *Flow
	turn   int
	order  Order
	secret models.Secret
	err    error
}

// accepted goes on with the offer: a new user in the place of the deleted one.
func (f *Flow) accepted() tea.Cmd {
	cannot := f.face.(*offer).cannot
	user := cannot.Recreate.Clone()
	groups := cannot.Groups
	order := Order{Changes: []models.Change{user}, Made: true}
	if len(groups) > 0 {
		order.After = func(outs []desk.Outcome) []models.Change { return rejoin(outs, groups) }
	}
	names := []string{user.Name}
	if user.User != nil {
		names = []string{user.User.LogonName, user.User.DisplayName}
	}
	return f.make(order, names)
}

// rejoin puts a user that was made into groups.
func rejoin(outs []desk.Outcome, groups []models.DN) []models.Change {
	if len(outs) == 0 || outs[0].Verdict != verdict.Done {
		return nil
	}
	dn := cmp.Or(outs[0].NewDN, outs[0].Change.DN)
	var changes []models.Change
	for _, group := range groups {
		changes = append(changes, models.Change{
			Action: models.AddMembers, DN: group, Name: group.RDN().Value, Category: models.Group, Members: []models.DN{dn},
		})
	}
	return changes
}

// Make begins an order whose first change needs a password, which is made here
// after the domain's rules. names are what the password must not hold.
func (f *Flow) Make(order Order, names []string) tea.Cmd {
	f.reset()
	return f.make(order, names)
}

func (f *Flow) make(order Order, names []string) tea.Cmd {
	f.turn++
	turn, door, ctx := f.turn, f.env.Desk, f.env.Context
	f.face, f.stage, f.behind = &waiting{words: "Making a password"}, planning, false
	f.cancel = func() {}
	return func() tea.Msg {
		policy, err := door.Policy(ctx)
		if err != nil {
			return madeMsg{flow: f, turn: turn, err: err}
		}
		secret, err := password.Make(policy, names...)
		return madeMsg{f, turn, order, secret, err}
	}
}

func (f *Flow) made(msg madeMsg) tea.Cmd {
	if msg.flow != f || msg.turn != f.turn || f.stage != planning {
		return nil
	}
	if msg.err != nil {
		f.reset()
		return send(Report{Tone: message.Bad, Words: trouble.Line("No password could be made", msg.err, models.AdviceFor(msg.err)), Err: msg.err})
	}
	f.order = msg.order
	f.order.Changes[0].Password = msg.secret
	return f.look()
}

package browse

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
)

// describeAfter is how long the cursor must rest on an object before more is
// asked about it.
const describeAfter = 150 * time.Millisecond

// detailsState is what is known of the object under the cursor beyond its row.
type detailsState struct {
	chosen bool // a person said whether to show the details; else the room decides
	shown  bool // what they said
	offset int  // first line in sight

	subject models.DN // object that the fields below are about
	count   int       // counts changes of subject, to act on the last only
	reading int       // task that reads it
	full    *models.Object
	err     error
}

type describeMsg struct{ count int }

type describedMsg struct {
	task   int
	object models.Object
	err    error
}

func (d *detailsState) forget() { d.subject = "" }

// describe sees to it that the details are about the object under the cursor.
func (p *Page) describe() tea.Cmd {
	_, can := desk.Ability[desk.Getter](p.env.Backend)
	if !can || !p.detailsShown() || p.shown == nil {
		return nil
	}
	o := p.shown.table.Object()
	if o == nil || o.DN == p.details.subject {
		return nil
	}
	d := &p.details
	p.tasks.end(d.reading)
	*d = detailsState{chosen: d.chosen, shown: d.shown, subject: o.DN, count: d.count + 1}
	return p.env.Later(describeAfter, describeMsg{d.count})
}

func (p *Page) onDescribe(msg describeMsg) tea.Cmd {
	d := &p.details
	getter, can := desk.Ability[desk.Getter](p.env.Backend)
	if msg.count != d.count || d.subject == "" || !can {
		return nil
	}
	t, ctx := p.tasks.start(p.env.Context, "")
	t.quiet = true
	d.reading = t.id
	dn, backend := d.subject, p.env.Backend
	return func() tea.Msg {
		o, err := getter.Get(ctx, dn)
		if err == nil {
			countMembers(ctx, backend, &o)
		}
		return describedMsg{t.id, o, err}
	}
}

// countMembers counts the direct members of a group where reading it does not
// tell how many there are. That they cannot be counted is no failure.
func countMembers(ctx context.Context, backend desk.Backend, o *models.Object) {
	reader, able := desk.Ability[desk.MemberReader](backend)
	if !able || o.Category != models.Group || o.Account == nil || o.Account.Members >= 0 {
		return
	}
	if members, err := reader.Members(ctx, o.DN); err == nil {
		account := *o.Account
		account.Members = len(members)
		o.Account = &account
	}
}

func (p *Page) onDescribed(msg describedMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		return nil
	}
	p.tasks.end(msg.task)
	p.details.reading = 0
	if msg.err != nil {
		if errors.Is(msg.err, context.Canceled) {
			return nil
		}
		p.details.err = msg.err
		return p.lost(msg.err)
	}
	p.details.full = &msg.object
	return nil
}

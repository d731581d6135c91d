package loader

import (
	"context"
	"iter"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	people "dirdesk/desk/person"
	"dirdesk/models"
)

// Person reads what takes longer of the person whose page is on the screen.
type Person struct {
	*connection
	subject models.DN
	anew    models.DN // who is to be asked about anew; what is known stays until then
	running []int     // its tasks

	Controllers people.Late[[]models.AtController]
	Changes     people.Late[[]string]
	Below       people.Late[[]models.Descendant]
	Through     people.Late[[]models.DN]
}

// Forget lets a person be asked about anew.
func (p *Person) Forget() {
	for _, id := range p.running {
		p.end(id)
	}
	*p = Person{connection: p.connection}
}

// Renew has the person asked about anew; what is known stays until the answers come.
func (p *Person) Renew() {
	if p.subject != "" {
		p.anew, p.subject = p.subject, ""
	}
}

// Tell asks for all that is not known yet of a person; changed gives what this desk
// did to them. A person who is asked about already keeps what is known.
func (p *Person) Tell(o *models.Object, account bool, changed func(models.Object) ([]string, error)) tea.Cmd {
	if p.subject.Equal(o.DN) {
		return nil
	}
	known, again := *p, p.anew != "" && p.anew.Equal(o.DN)
	if p.Forget(); again {
		p.Controllers, p.Changes, p.Below, p.Through = known.Controllers, known.Changes, known.Below, known.Through
	}
	p.subject = o.DN
	door, subject := desk.New(p.Backend, desk.Options{}), *o
	cmds := []tea.Cmd{
		late(p, &p.Changes, func(context.Context) ([]string, error) { return changed(subject) }),
		late(p, &p.Below, func(ctx context.Context) ([]models.Descendant, error) { return door.Children(ctx, subject.Ref()) }),
	}
	if reader, ok := desk.Capability[desk.ControllerReader](p.Backend); ok && account {
		p.Controllers.Asked = true
		id, ctx := p.start(p.Context, "")
		p.running = append(p.running, id)
		cmds = append(cmds, func() tea.Msg {
			next, stop := iter.Pull2(reader.EachController(ctx, subject.Ref()))
			return p.answer(id, next, stop)()
		})
	}
	return tea.Batch(cmds...)
}

// AskThrough asks for the groups through other groups.
func (p *Person) AskThrough(o *models.Object) tea.Cmd {
	if p.Through.Asked || o.Account == nil {
		return nil
	}
	door, direct := desk.New(p.Backend, desk.Options{}), o.Account.MemberOf
	return late(p, &p.Through, func(ctx context.Context) ([]models.DN, error) { return door.GroupsThrough(ctx, direct) })
}

// late asks for one thing, and puts the answer where the page looks for it.
func late[T any](p *Person, into *people.Late[T], find func(context.Context) (T, error)) tea.Cmd {
	into.Asked = true
	cmd := ask(p.connection, "", find, func(found T, err error) Report {
		into.Value, into.Err, into.Here = found, err, true
		return Report{}
	})
	p.running = append(p.running, p.last)
	return cmd
}

// answer takes what the domain controllers say, one after the other.
func (p *Person) answer(id int, next func() ([]models.AtController, error, bool), stop func()) tea.Cmd {
	return func() tea.Msg {
		rows, err, more := next()
		return doMsg(func() Report {
			if !p.alive(id) || !more || err != nil {
				if p.end(id) && err != nil {
					p.Controllers.Err, p.Controllers.Here = err, true
				}
				return Report{Next: func() tea.Msg {
					stop()
					return nil
				}}
			}
			p.Controllers.Value, p.Controllers.Here = rows, true
			return Report{Next: p.answer(id, next, stop)}
		})
	}
}

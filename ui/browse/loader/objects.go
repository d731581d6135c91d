package loader

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// Objects reads what is known of single objects: the domain, what a name stands
// for, and the one under the cursor beyond its row.
type Objects struct {
	*connection
	description
}

type domainMsg struct {
	task int
	info models.DirectoryInfo
	err  error
}

// AskDomain asks the directory what it is.
func (o *Objects) AskDomain() tea.Cmd {
	id, ctx := o.start(o.Context, "asking for the domain")
	backend := o.Backend
	return func() tea.Msg {
		info, err := backend.Info(ctx)
		return domainMsg{id, info, err}
	}
}

func (o *Objects) onDomain(msg domainMsg) Report {
	switch {
	case !o.end(msg.task):
		return Report{}
	case msg.err != nil:
		return Report{Failed: &Failure{What: "Could not ask for the domain", Err: msg.err, Again: o.AskDomain}}
	}
	return Report{Domain: &msg.info}
}

// Target is what a name stands for.
type Target struct {
	DN        models.DN // as the server writes it
	Container bool
}

type targetMsg struct {
	task int
	Target
	err error
}

// Find finds out whether a name is a container or an object in one.
func (o *Objects) Find(dn models.DN) tea.Cmd {
	id, ctx := o.start(o.Context, "looking for "+place.Name(dn))
	backend := o.Backend
	return func() tea.Msg {
		found, err := identify(ctx, backend, dn)
		return targetMsg{id, found, err}
	}
}

// identify asks for the object itself or, where that cannot be asked, looks
// among the containers beside it, of which there are few.
func identify(ctx context.Context, backend desk.Backend, dn models.DN) (Target, error) {
	if getter, ok := desk.Capability[desk.Getter](backend); ok {
		o, err := getter.Get(ctx, dn)
		if err != nil {
			return Target{DN: dn}, err
		}
		return Target{DN: o.DN, Container: o.Category.HoldsObjects()}, nil
	}
	beside, _, err := branches(ctx, backend, dn.Parent())
	for i := range beside {
		if beside[i].DN.Equal(dn) {
			return Target{DN: beside[i].DN, Container: true}, nil
		}
	}
	return Target{DN: dn}, err
}

func (o *Objects) onTarget(msg targetMsg) Report {
	switch {
	case !o.end(msg.task):
		return Report{}
	case msg.err != nil:
		return Report{Target: &msg.Target, Failed: &Failure{
			What: "Could not go to " + string(msg.DN), Err: msg.err,
			Again: func() tea.Cmd { return o.Find(msg.DN) },
		}}
	}
	return Report{Target: &msg.Target}
}

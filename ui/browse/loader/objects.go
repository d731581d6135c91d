package loader

import (
	"context"
	"errors"

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

// AskDomain asks the directory what it is.
func (o *Objects) AskDomain() tea.Cmd {
	return ask(o.connection, "asking for the domain", o.Backend.Info, func(info models.DirectoryInfo, err error) Report {
		if err != nil {
			return failure("Could not ask for the domain", err, o.AskDomain)
		}
		return Report{Domain: &info}
	})
}

// Target is what a name stands for.
type Target struct {
	DN        models.DN // as the server writes it
	Container bool
	Named     string // by what the person typed, where that was no DN
	Several   bool   // that are called so
}

// Find finds out whether a name is a container or an object in one.
func (o *Objects) Find(dn models.DN) tea.Cmd {
	backend := o.Backend
	return ask(o.connection, "looking for "+place.Name(dn), func(ctx context.Context) (Target, error) {
		return identify(ctx, backend, dn)
	}, func(found Target, err error) Report {
		var report Report
		if err != nil {
			report = failure("Could not go to "+string(dn), err, func() tea.Cmd { return o.Find(dn) })
		}
		report.Target = &found
		return report
	})
}

// Locate finds out what a person means by a name of any form.
func (o *Objects) Locate(text string) tea.Cmd {
	backend := o.Backend
	return ask(o.connection, "looking for "+text, func(ctx context.Context) (models.Object, error) {
		return desk.New(backend, desk.Options{}).Locate(ctx, text)
	}, func(found models.Object, err error) Report {
		target := Target{DN: found.DN, Container: found.Category.HoldsObjects(), Named: text}
		if _, target.Several = errors.AsType[*desk.Ambiguous](err); target.Several || err == nil {
			return Report{Target: &target}
		}
		report := failure("Could not go to "+text, err, func() tea.Cmd { return o.Locate(text) })
		report.Target = &target
		return report
	})
}

// identify asks for the object itself or, where that cannot be asked, looks
// among the containers beside it, of which there are few.
func identify(ctx context.Context, backend desk.Backend, dn models.DN) (Target, error) {
	if getter, ok := desk.Capability[desk.Getter](backend); ok {
		o, err := getter.Get(ctx, models.Ref{DN: dn})
		if err != nil {
			return Target{DN: dn}, err
		}
		return Target{DN: o.DN, Container: o.Category.HoldsObjects()}, nil
	}
	beside, err := branches(ctx, backend, dn.Parent())
	for _, o := range beside.containers {
		if o.DN.Equal(dn) {
			return Target{DN: o.DN, Container: true}, nil
		}
	}
	return Target{DN: dn}, err
}

package writes

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/forms"
	"dirdesk/ui/members"
	"dirdesk/ui/message"
	"dirdesk/ui/photo"
	"dirdesk/ui/property"
)

// propertyChanges are those of anything that an object holds: all properties,
// the photo, the licences. That it cannot be changed, the form says itself.
func (w *Writes) propertyChanges(b *changeList) {
	see := func(id string, can func(models.Object) string, form func(forms.Env, models.Object) forms.Form) {
		why := b.none(1)
		if why == "" {
			why = can(b.objects[0])
		}
		b.add(id, why, b.fill(func(e forms.Env) forms.Form { return form(e, b.objects[0]) }))
	}
	see("change.all", func(models.Object) string { return w.desk.CanShowProperties() },
		func(e forms.Env, o models.Object) forms.Form { return property.New(e, w.flow.Source(), o) })
	b.does(models.Modify)
	see("change.photo", w.desk.CanShowPhoto,
		func(e forms.Env, o models.Object) forms.Form { return photo.New(e, w.flow.Source(), o) })
	see("change.licences", w.desk.CanShowLicences,
		func(e forms.Env, o models.Object) forms.Form { return forms.Licences(e, w.flow.Source(), o) })
}

// views are the actions that look at an object and change nothing.
func (w *Writes) views() []action.Action {
	return []action.Action{action.New(w.keys, "view.members", w.whyNoMembers(), w.openMembers)}
}

func (w *Writes) whyNoMembers() string {
	o := w.page.Navigation().Subject()
	switch d := w.desk; {
	case o == nil || o.Category != models.Group:
		return "no group is under the cursor"
	case !d.CanListMembers(false) && !d.CanListMembers(true):
		return "this connection cannot list who is in a group"
	}
	return ""
}

func (w *Writes) openMembers() tea.Cmd {
	d, group := w.desk, *w.page.Navigation().Subject()
	return message.Send(message.Open{Make: func(width, height int) (message.Overlay, tea.Cmd) {
		o := members.Options{
			Context: w.env.Context, Group: group, Theme: w.env.Theme, Keys: w.env.Keys, Width: width, Height: height,
			Read: func(ctx context.Context, indirect bool) (models.Members, error) {
				return d.Everyone(ctx, group.Ref(), indirect)
			},
		}
		if !d.CanListMembers(false) {
			o.WhyDirect = "this connection cannot tell who is in the group directly"
		}
		if !d.CanListMembers(true) {
			o.WhyIndirect = "this connection cannot list those through other groups"
		}
		page := members.New(o)
		return page, page.Init()
	}})
}

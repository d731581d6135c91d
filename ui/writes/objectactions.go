package writes

import (
	"context"
	"fmt"

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
// the photo, the licences.
func (w *Writes) propertyChanges(b *changeList) {
	b.add("change.all", b.see(func(models.Object) string {
		return w.desk.CanShowProperties()
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return property.New(e, w.flow.Source(), o) }))
	b.add("change.photo", b.see(func(o models.Object) string {
		return w.desk.CanShowPhoto(o)
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return photo.New(e, w.flow.Source(), o) }))
	b.add("change.licences", b.see(func(o models.Object) string {
		return w.desk.CanShowLicences(o)
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return forms.Licences(e, w.flow.Source(), o) }))
}

// see says why something of the one object cannot be looked at; that it cannot
// be changed, the form says itself.
func (b *changeList) see(can func(models.Object) string) string {
	switch n := len(b.objects); {
	case b.busy != "":
		return b.busy
	case n == 0:
		return "no object is under the cursor"
	case n > 1:
		return fmt.Sprintf("%d are marked, and this is for one at a time", n)
	}
	return can(b.objects[0])
}

// form opens a form about the one object.
func (b *changeList) form(make func(forms.Env, models.Object) forms.Form) func() tea.Cmd {
	return func() tea.Cmd {
		o := b.objects[0]
		return b.w.fill(b.objects, func(e forms.Env) forms.Form { return make(e, o) })
	}
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
		return noMembers
	}
	return ""
}

const noMembers = "this connection cannot list who is in a group"

func (w *Writes) openMembers() tea.Cmd {
	d, group := w.desk, *w.page.Navigation().Subject()
	return message.Send(message.Open{Make: func(width, height int) (message.Overlay, tea.Cmd) {
		o := members.Options{
			Context: w.env.Context, Group: group, Theme: w.env.Theme, Keys: w.env.Keys, Width: width, Height: height,
			Read: func(ctx context.Context, indirect bool) ([]models.DN, error) {
				return d.Members(ctx, group.DN, indirect)
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

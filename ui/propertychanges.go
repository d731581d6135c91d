package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/forms"
	"dirdesk/ui/members"
	"dirdesk/ui/photo"
	"dirdesk/ui/property"
)

// propertyChanges are those of anything that an object holds: all properties,
// the photo, the licences.
func (r *Root) propertyChanges(b *changeList) {
	b.add("change.all", b.see(func(models.Object) string {
		return r.desk.CanShowProperties()
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return property.New(e, r.flow.Source(), o) }))
	b.add("change.photo", b.see(func(o models.Object) string {
		return r.desk.CanShowPhoto(o)
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return photo.New(e, r.flow.Source(), o) }))
	b.add("change.licences", b.see(func(o models.Object) string {
		return r.desk.CanShowLicences(o)
	}), b.form(func(e forms.Env, o models.Object) forms.Form { return forms.Licences(e, r.flow.Source(), o) }))
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
		return b.root.fill(b.objects, func(e forms.Env) forms.Form { return make(e, o) })
	}
}

// views are the actions that look at an object and change nothing.
func (r *Root) views() []action.Action {
	return []action.Action{action.New(r.keys, "view.members", r.whyNoMembers(), r.openMembers)}
}

func (r *Root) whyNoMembers() string {
	o := r.page.Navigation().Subject()
	switch d := r.desk; {
	case o == nil || o.Category != models.Group:
		return "no group is under the cursor"
	case !d.CanListMembers(false) && !d.CanListMembers(true):
		return noMembers
	}
	return ""
}

const noMembers = "this connection cannot list who is in a group"

func (r *Root) openMembers() tea.Cmd {
	d, group := r.desk, *r.page.Navigation().Subject()
	width, height := r.topRoom()
	o := members.Options{
		Context: r.ctx, Group: group, Theme: &r.theme, Keys: r.options.Keymap, Width: width, Height: height,
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
	r.top = page
	return page.Init()
}

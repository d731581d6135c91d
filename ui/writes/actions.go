package writes

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/change"
	"dirdesk/ui/forms"
)

// changes are the actions that change something, for what is marked or under
// the cursor. Those that cannot run stay listed, with the reason.
func (w *Writes) changes() []action.Action {
	at := w.page.Navigation()
	b := changeList{w: w, objects: at.Subjects(), here: at.Here(), busy: w.flow.Busy(), refused: map[string]bool{}}
	b.add("change.new", b.new(), w.chooseNew)
	b.one("change.edit", models.Edit, forms.Edit)
	w.propertyChanges(&b)
	b.one("change.password", models.SetPassword, forms.SetPassword)
	b.does(models.SetMustChange)
	b.add("change.rescue", b.any(models.SetPassword), w.rescue)
	b.each("change.unlock", models.Change{Action: models.Unlock})
	b.named("change.enable", string(b.enabling())+" the account", b.any(b.enabling()), b.plain(models.Change{Action: b.enabling()}))
	b.does(b.enabling())
	w.memberChanges(&b)
	b.add("change.move", b.any(models.Move), b.fill(func(e forms.Env) forms.Form { return forms.Move(e, b.objects) }))
	b.one("change.rename", models.Rename, forms.Rename)
	b.one("change.expiry", models.SetExpiry, forms.Expiry)
	b.each("change.mail", models.Change{Action: models.SendResetMail})
	b.each("change.mustchange", models.Change{Action: models.SetMustChange, MustChange: models.Yes})
	name, shield := b.shielding()
	b.named("change.protect", name, b.any(shield), b.plain(models.Change{Action: shield}))
	b.each("change.delete", models.Change{Action: models.Delete})
	w.doorChanges(&b)
	return b.actions
}

// changeList gathers the actions.
type changeList struct {
	w       *Writes
	objects []models.Object
	here    models.Object
	busy    string // why nothing can be begun now
	actions []action.Action
	refused map[string]bool // the reasons that are the server's
}

// can says why an action cannot be done to an object; "" when it can be tried.
func (b *changeList) can(of models.Action, o models.Object) string {
	why := b.w.desk.Can(of, o)
	if why != "" && why == b.w.desk.Refuses(models.Change{Action: of}.Of(o)) {
		b.refused[why] = true
	}
	return why
}

func (b *changeList) add(id, why string, run func() tea.Cmd) {
	a := action.New(b.w.keys, id, why, run)
	a.Dim = b.refused[why]
	b.actions = append(b.actions, a)
}

// named is add for an action whose words change with what is going on.
func (b *changeList) named(id, name, why string, run func() tea.Cmd) {
	b.add(id, why, run)
	b.actions[len(b.actions)-1].Name = name
}

// mostAsked is of how many marked objects it is looked at beforehand whether
// they can be changed; the plan looks at all.
const mostAsked = 20

// none says why nothing can be done to the objects, whatever it is; most is how
// many there may be, 0 for any number.
func (b *changeList) none(most int) string {
	switch n := len(b.objects); {
	case b.busy != "":
		return b.busy
	case n == 0:
		return "no object is under the cursor"
	case most > 0 && n > most:
		return fmt.Sprintf("%d are marked, and this is for one at a time", n)
	}
	return ""
}

// any says why an action can be done to none of the objects; "" when it can be
// tried.
func (b *changeList) any(of models.Action) string {
	first := b.none(0)
	if first != "" {
		return first
	}
	for i, o := range b.objects {
		why := b.can(of, o)
		if why == "" || i == mostAsked {
			return ""
		}
		first = cmp.Or(first, why)
	}
	return first
}

// single is any for what is done to one object at a time.
func (b *changeList) single(of models.Action) string { return cmp.Or(b.none(1), b.any(of)) }

// one is an action that asks in a form about the one object.
func (b *changeList) one(id string, of models.Action, form func(forms.Env, models.Object) forms.Form) {
	b.add(id, b.single(of), b.fill(func(e forms.Env) forms.Form { return form(e, b.objects[0]) }))
	b.does(of)
}

// each is an action that makes the same change of every object.
func (b *changeList) each(id string, same models.Change) {
	b.add(id, b.any(same.Action), b.plain(same))
	b.does(same.Action)
}

// does says what the last action does to a directory.
func (b *changeList) does(actions ...models.Action) {
	last := &b.actions[len(b.actions)-1]
	last.Does = append(last.Does, actions...)
}

// fill opens a form about the objects.
func (b *changeList) fill(form func(forms.Env) forms.Form) func() tea.Cmd {
	return func() tea.Cmd {
		b.w.remember(b.objects)
		return b.w.flow.Fill(form(b.w.flow.Form(b.here.DN)))
	}
}

// plain begins what needs no form.
func (b *changeList) plain(same models.Change) func() tea.Cmd {
	return func() tea.Cmd {
		b.w.remember(b.objects)
		order := change.Order{Options: desk.PlanOptions{Subtree: true}}
		for _, o := range b.objects {
			order.Changes = append(order.Changes, same.Of(o))
		}
		return b.w.flow.Begin(order)
	}
}

func (b *changeList) new() string {
	if b.busy != "" {
		return b.busy
	}
	if b.here.DN == "" {
		return "the domain is not known yet"
	}
	var first string
	for _, of := range models.Actions() {
		if !desk.TraitsOf(of).Creates {
			continue
		}
		why := b.can(of, b.here)
		if why == "" {
			return ""
		}
		first = cmp.Or(first, why)
	}
	return first
}

// enabling is what the key does: enable where all are disabled.
func (b *changeList) enabling() models.Action {
	if len(b.objects) > 0 && !slices.ContainsFunc(b.objects, func(o models.Object) bool { return o.Disabled != models.Yes }) {
		return models.Enable
	}
	return models.Disable
}

// shielding is what the action does: it lifts the protection where any has it.
func (b *changeList) shielding() (name string, of models.Action) {
	if slices.ContainsFunc(b.objects, func(o models.Object) bool { return o.Protected == models.Yes }) {
		return "lift the protection from deletion", models.Unprotect
	}
	return "protect from deletion", models.Protect
}

// memberChanges are those of groups: from a group, and from who is to be in one.
func (w *Writes) memberChanges(b *changeList) {
	join, part := "add to groups", "remove from groups"
	add := func(e forms.Env) forms.Form { return forms.AddToGroups(e, b.objects) }
	remove := func(e forms.Env) forms.Form { return forms.RemoveFromGroups(e, b.objects[0]) }
	if len(b.objects) == 1 && b.objects[0].Category == models.Group {
		join, part = "add members", "remove members"
		add = func(e forms.Env) forms.Form { return forms.AddMembers(e, b.objects[0]) }
		remove = func(e forms.Env) forms.Form { return forms.RemoveMembers(e, b.objects[0]) }
	}
	b.named("change.join", join, b.member(models.AddMembers), b.fill(add))
	b.named("change.part", part, cmp.Or(b.member(models.RemoveMembers), b.none(1)), b.fill(remove))
}

// member says why groups cannot be changed here: it is about the connection,
// and about whether the objects can be in a group.
func (b *changeList) member(of models.Action) string {
	if why := b.none(0); why != "" {
		return why
	}
	for _, o := range b.objects {
		if o.Category != models.Person && o.Category != models.Group && o.Category != models.Computer {
			return "only users, groups and computers can be in groups"
		}
	}
	if len(b.objects) == 1 && b.objects[0].Category == models.Group {
		return b.can(of, b.objects[0])
	}
	return b.w.desk.Can(of, models.Object{Category: models.Group})
}

// remember tells the desk where objects stand: it reads them there.
func (w *Writes) remember(objects []models.Object) {
	w.stand()
	for _, o := range objects {
		if offset, ok := w.page.Navigation().Offset(o.DN); ok {
			w.desk.Remember(o, offset)
		}
	}
}

// rescue lets those in who cannot sign in any more.
func (w *Writes) rescue() tea.Cmd {
	door, people := w.desk, slices.Clone(w.page.Navigation().Subjects())
	w.remember(people)
	return w.flow.Make(change.Order{Made: true}, func(ctx context.Context) ([]models.Change, error) { return door.Rescue(ctx, people) })
}

// undo plans the reverse of a journal entry.
func (w *Writes) undo(entry journal.Entry) tea.Cmd {
	door := w.desk
	return w.takeBack(func(ctx context.Context, over desk.Over) (desk.Plan, error) {
		return door.Undo(ctx, []journal.Entry{entry}, over)
	})
}

package uitest

import (
	"context"
	"maps"
	"slices"

	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// CanMustChange implements desk.PasswordSetter.
func (w *Writable) CanMustChange() bool { return true }

// SetPassword implements desk.PasswordSetter.
func (w *Writable) SetPassword(_ context.Context, ref models.Ref, password models.Secret, must models.Flag) error {
	return w.write("set password", ref.DN, func() {
		w.Password = password.Reveal()
		w.Update(ref.DN, func(o *models.Object) {
			o.Account = &models.Account{Members: -1, MustChangePassword: must}
			o.PasswordExpired = must
			if must != models.Yes {
				o.Account.PasswordSet = Now()
			}
		})
	})
}

// AddMembers implements desk.MemberAdder.
func (w *Writable) AddMembers(_ context.Context, group models.Ref, members []models.Ref) error {
	return w.write("add members", group.DN, func() {
		w.members[string(group.DN)] = append(w.members[string(group.DN)], models.Names(members)...)
	})
}

// RemoveMembers implements desk.MemberRemover.
func (w *Writable) RemoveMembers(_ context.Context, group models.Ref, members []models.Ref) error {
	return w.write("remove members", group.DN, func() {
		w.members[string(group.DN)] = slices.DeleteFunc(w.members[string(group.DN)], func(in models.DN) bool {
			return slices.ContainsFunc(models.Names(members), in.Equal)
		})
	})
}

// Members implements desk.MemberReader.
func (w *Writable) Members(_ context.Context, group models.Ref) ([]models.DN, error) {
	return w.members[string(group.DN)], nil
}

// SetEnabled implements desk.Enabler.
func (w *Writable) SetEnabled(_ context.Context, ref models.Ref, enabled bool) error {
	call := "disable"
	if enabled {
		call = "enable"
	}
	return w.write(call, ref.DN, func() {
		w.Update(ref.DN, func(o *models.Object) { o.Disabled = models.FlagOf(!enabled) })
	})
}

// Unlock implements desk.Unlocker.
func (w *Writable) Unlock(_ context.Context, ref models.Ref) error {
	return w.write("unlock", ref.DN, func() {
		w.Update(ref.DN, func(o *models.Object) { o.Locked = models.No })
	})
}

// SetExpiry implements desk.ExpirySetter.
func (w *Writable) SetExpiry(_ context.Context, ref models.Ref, expiry models.Expiry) error {
	return w.write("set expiry", ref.DN, func() {
		w.Update(ref.DN, func(o *models.Object) { o.AccountExpiry = expiry })
	})
}

// Rename implements desk.Renamer.
func (w *Writable) Rename(_ context.Context, ref models.Ref, name string) (models.DN, error) {
	return w.relocate("rename", ref.DN, ref.DN.Parent().Child(ref.DN.RDN().Type, name), name)
}

// Move implements desk.Mover.
func (w *Writable) Move(_ context.Context, ref, parent models.Ref) (models.DN, error) {
	return w.relocate("move", ref.DN, parent.DN.Child(ref.DN.RDN().Type, ref.DN.RDN().Value), ref.DN.RDN().Value)
}

func (w *Writable) relocate(call string, from, to models.DN, name string) (models.DN, error) {
	return to, w.write(call, from, func() { w.carry(from, to, name) })
}

// carry gives an object, and all below it, other names.
func (w *Writable) carry(from, to models.DN, name string) {
	for _, o := range w.all(from.Parent()) {
		if o.DN.Equal(from) {
			for _, key := range slices.Collect(maps.Keys(w.children)) {
				if base := models.DN(key); base.Equal(from) || base.IsBelow(from) {
					w.move(base, from, to)
				}
			}
			w.remove(from)
			o.DN, o.Name = to, name
			w.insert(o)
			return
		}
	}
}

func (w *Writable) move(base, from, to models.DN) {
	objects := w.all(base)
	for i := range objects {
		objects[i].DN, _ = place.Rebase(objects[i].DN, from, to)
	}
	delete(w.children, base.Key())
	moved, _ := place.Rebase(base, from, to)
	w.Add(moved, objects...)
}

// SetProtected implements desk.Protector.
func (w *Writable) SetProtected(_ context.Context, ref models.Ref, protected bool) error {
	return w.write("protect", ref.DN, func() {
		w.Update(ref.DN, func(o *models.Object) { o.Protected = models.FlagOf(protected) })
	})
}

// CanDeleteSubtree implements desk.Deleter.
func (w *Writable) CanDeleteSubtree() bool { return true }

// Delete implements desk.Deleter.
func (w *Writable) Delete(_ context.Context, refs []models.Ref, _ bool, done func(models.DN, error)) error {
	for _, dn := range refs {
		done(dn.DN, w.write("delete", dn.DN, func() { w.remove(dn.DN) }))
	}
	return nil
}

// StartSync implements desk.DomainSyncer.
func (w *Writable) StartSync(context.Context) (string, error) {
	w.Writes = append(w.Writes, "sync")
	return "task", w.SyncErr
}

// SyncStatus implements desk.DomainSyncer.
func (w *Writable) SyncStatus(context.Context, string) (models.SyncStatus, error) {
	status := w.Sync[0]
	if len(w.Sync) > 1 {
		w.Sync = w.Sync[1:]
	}
	return status, nil
}

// Request implements desk.Requester.
func (w *Writable) Request(_ context.Context, request []byte) ([]byte, error) {
	return []byte(`{"success":true,"echo":` + string(request) + "}"), nil
}

// PasswordPolicy implements desk.PolicyReader.
func (w *Writable) PasswordPolicy(context.Context) (models.PasswordPolicy, error) {
	return models.PasswordPolicy{Known: true, MinLength: 12, Complexity: true}, nil
}

package uitest

import (
	"context"
	"slices"
	"strings"

	"dirdesk/desk"
	"dirdesk/models"
)

// Writable is a Directory that can be changed in every way.
type Writable struct {
	*Directory
	// Refuse, when set, is asked before each write; its error is the answer, and
	// nothing is written.
	Refuse func(call string, dn models.DN) error
	// Lose, when set, is asked after each write; its error is the answer, though
	// it was written.
	Lose func(call string, dn models.DN) error

	// Blind, when set, is asked before an object is read; its error is the answer.
	Blind func(dn models.DN) error

	Writes   []string // "edit CN=..." for each write that was asked for
	Password string   // set last
	Sync     []models.SyncStatus
	SyncErr  error // of starting one
	members  map[string][]models.DN
}

// NewWritable is the directory of NewDirectory, to be changed.
func NewWritable() *Writable {
	d := NewDirectory()
	d.Facts.Name, d.Facts.Limits, d.Facts.Remedy = "DSM", "DSM's documented calls", "this works over ldaps://nas: name that as directory in the profile"
	return &Writable{
		Directory: d, members: map[string][]models.DN{},
		Sync: []models.SyncStatus{{Words: "updating", Known: true}, {Words: "finish", Known: true, Done: true}},
	}
}

var (
	_ desk.Getter         = (*Writable)(nil)
	_ desk.UserCreator    = (*Writable)(nil)
	_ desk.GroupCreator   = (*Writable)(nil)
	_ desk.OUCreator      = (*Writable)(nil)
	_ desk.FieldEditor    = (*Writable)(nil)
	_ desk.PasswordSetter = (*Writable)(nil)
	_ desk.MemberAdder    = (*Writable)(nil)
	_ desk.MemberRemover  = (*Writable)(nil)
	_ desk.MemberReader   = (*Writable)(nil)
	_ desk.Enabler        = (*Writable)(nil)
	_ desk.Unlocker       = (*Writable)(nil)
	_ desk.ExpirySetter   = (*Writable)(nil)
	_ desk.Renamer        = (*Writable)(nil)
	_ desk.Mover          = (*Writable)(nil)
	_ desk.Deleter        = (*Writable)(nil)
	_ desk.DomainSyncer   = (*Writable)(nil)
	_ desk.Requester      = (*Writable)(nil)
)

// write makes one write, with what the test wants of it.
func (w *Writable) write(call string, dn models.DN, do func()) error {
	w.Writes = append(w.Writes, call+" "+string(dn))
	if w.Refuse != nil {
		if err := w.Refuse(call, dn); err != nil {
			return err
		}
	}
	do()
	if w.Lose != nil {
		return w.Lose(call, dn)
	}
	return nil
}

// all are the children of a container, as they are now.
func (w *Writable) all(base models.DN) []models.Object {
	f := w.children[base.Key()]
	if f == nil {
		return nil
	}
	objects := make([]models.Object, f.n)
	for i := range objects {
		objects[i] = f.at(i)
	}
	return objects
}

// Update changes an object as somebody else would.
func (w *Writable) Update(dn models.DN, change func(*models.Object)) {
	objects := w.all(dn.Parent())
	for i := range objects {
		if objects[i].DN.Equal(dn) {
			change(&objects[i])
		}
	}
	w.Add(dn.Parent(), objects...)
}

func (w *Writable) insert(o models.Object) {
	w.Add(o.DN.Parent(), append(w.all(o.DN.Parent()), o)...)
	if o.Category.HoldsObjects() && w.children[o.DN.Key()] == nil {
		w.Add(o.DN)
	}
}

func (w *Writable) remove(dn models.DN) {
	w.Add(dn.Parent(), slices.DeleteFunc(w.all(dn.Parent()), func(o models.Object) bool { return o.DN.Equal(dn) })...)
	delete(w.children, dn.Key())
}

// Get implements desk.Getter.
func (w *Writable) Get(_ context.Context, ref models.Ref) (models.Object, error) {
	if w.Blind != nil {
		if err := w.Blind(ref.DN); err != nil {
			return models.Object{}, err
		}
	}
	for _, o := range w.all(ref.DN.Parent()) {
		if o.DN.Equal(ref.DN) {
			account := models.Account{Members: -1}
			if o.Account != nil {
				account = *o.Account
			}
			for group, members := range w.members {
				if slices.ContainsFunc(members, ref.DN.Equal) {
					account.MemberOf = append(account.MemberOf, models.DN(group))
				}
			}
			o.Account = &account
			return o, nil
		}
	}
	return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(ref.DN)}
}

// CreateUser implements desk.UserCreator.
func (w *Writable) CreateUser(_ context.Context, u models.NewUser, password models.Secret) (models.DN, error) {
	dn := u.Container.DN.Child("CN", u.LogonName)
	return dn, w.write("create user", dn, func() {
		w.Password = password.Reveal()
		o := Person(u.Container.DN, u.LogonName, u.LogonName)
		o.DisplayName, o.Mail, o.Description, o.Disabled = u.DisplayName, u.Mail, u.Description, models.FlagOf(u.Disabled)
		o.Account = &models.Account{
			GivenName: u.GivenName, Surname: u.Surname, Members: -1,
			MustChangePassword: models.FlagOf(u.MustChange), CannotChangePassword: models.FlagOf(u.CannotChange),
			PasswordNeverExpires: models.FlagOf(u.NeverExpires), PasswordSet: Now(),
		}
		w.insert(o)
	})
}

// CreateGroup implements desk.GroupCreator.
func (w *Writable) CreateGroup(_ context.Context, g models.NewGroup) (models.DN, error) {
	dn := g.Container.DN.Child("CN", g.Name)
	return dn, w.write("create group", dn, func() {
		w.insert(models.Object{DN: dn, Name: g.Name, Category: models.Group, SAMAccountName: g.Name, Mail: g.Mail, Description: g.Description})
	})
}

// CreateOU implements desk.OUCreator.
func (w *Writable) CreateOU(_ context.Context, parent models.Ref, name, description string) (models.DN, error) {
	dn := parent.DN.Child("OU", name)
	return dn, w.write("create OU", dn, func() {
		w.insert(models.Object{DN: dn, Name: name, Category: models.OrganizationalUnit, Description: description})
	})
}

// EditableFields implements desk.FieldEditor.
func (w *Writable) EditableFields(models.Category) []models.Field { return models.Fields() }

// EditFields implements desk.FieldEditor.
func (w *Writable) EditFields(_ context.Context, ref models.Ref, changes []models.FieldChange) error {
	return w.write("edit", ref.DN, func() {
		w.Update(ref.DN, func(o *models.Object) {
			account := models.Account{Members: -1}
			if o.Account != nil {
				account = *o.Account
			}
			o.Account = &account
			for _, c := range changes {
				for field, at := range map[models.Field]*string{
					models.FieldDisplayName: &o.DisplayName, models.FieldDescription: &o.Description, models.FieldOffice: &o.Office,
					models.FieldTelephone: &o.TelephoneNumber, models.FieldMail: &o.Mail, models.FieldGivenName: &account.GivenName,
					models.FieldSurname: &account.Surname, models.FieldInitials: &account.Initials, models.FieldWebPage: &account.WebPage,
				} {
					if field == c.Field {
						*at = c.After
					}
				}
			}
		})
	})
}

// NameTaken implements desk.NameChecker.
func (w *Writable) NameTaken(_ context.Context, name string) (bool, error) {
	for _, f := range w.children {
		for i := range min(f.n, 1000) {
			if strings.EqualFold(f.at(i).SAMAccountName, name) {
				return true, nil
			}
		}
	}
	return false, nil
}

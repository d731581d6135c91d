package activedirectory_test

import (
	"dirdesk/activedirectory"
	"dirdesk/desk"
)

// What the backend can do; what it cannot is DSM's own: reset mails, the sync and
// raw requests.
var (
	_ desk.Backend        = (*activedirectory.Backend)(nil)
	_ desk.Getter         = (*activedirectory.Backend)(nil)
	_ desk.UserCreator    = (*activedirectory.Backend)(nil)
	_ desk.GroupCreator   = (*activedirectory.Backend)(nil)
	_ desk.OUCreator      = (*activedirectory.Backend)(nil)
	_ desk.FieldEditor    = (*activedirectory.Backend)(nil)
	_ desk.PasswordSetter = (*activedirectory.Backend)(nil)
	_ desk.MemberAdder    = (*activedirectory.Backend)(nil)
	_ desk.MemberRemover  = (*activedirectory.Backend)(nil)
	_ desk.MemberReader   = (*activedirectory.Backend)(nil)
	_ desk.Enabler        = (*activedirectory.Backend)(nil)
	_ desk.Unlocker       = (*activedirectory.Backend)(nil)
	_ desk.ExpirySetter   = (*activedirectory.Backend)(nil)
	_ desk.MustChanger    = (*activedirectory.Backend)(nil)
	_ desk.Renamer        = (*activedirectory.Backend)(nil)
	_ desk.Mover          = (*activedirectory.Backend)(nil)
	_ desk.Deleter        = (*activedirectory.Backend)(nil)
	_ desk.NameChecker    = (*activedirectory.Backend)(nil)
	_ desk.Finder         = (*activedirectory.Backend)(nil)
	_ desk.PolicyReader   = (*activedirectory.Backend)(nil)
	_ desk.PropertyReader = (*activedirectory.Backend)(nil)
	_ desk.PropertyEditor = (*activedirectory.Backend)(nil)
	_ desk.PhotoEditor    = (*activedirectory.Backend)(nil)
	_ desk.Identifier     = (*activedirectory.Backend)(nil)

	_ desk.PasswordOptionSetter = (*activedirectory.Backend)(nil)
	_ desk.IndirectMemberReader = (*activedirectory.Backend)(nil)
)

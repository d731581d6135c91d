package adaxes

import "dirdesk/desk"

// What the parts can do, the whole can: a method that two parts have would be lost.
var (
	_ desk.Backend              = (*Backend)(nil)
	_ desk.Getter               = (*Backend)(nil)
	_ desk.Finder               = (*Backend)(nil)
	_ desk.Identifier           = (*Backend)(nil)
	_ desk.NameChecker          = (*Backend)(nil)
	_ desk.UserCreator          = (*Backend)(nil)
	_ desk.GroupCreator         = (*Backend)(nil)
	_ desk.OUCreator            = (*Backend)(nil)
	_ desk.FieldEditor          = (*Backend)(nil)
	_ desk.PasswordSetter       = (*Backend)(nil)
	_ desk.PasswordOptionSetter = (*Backend)(nil)
	_ desk.MemberAdder          = (*Backend)(nil)
	_ desk.MemberRemover        = (*Backend)(nil)
	_ desk.MemberReader         = (*Backend)(nil)
	_ desk.IndirectMemberReader = (*Backend)(nil)
	_ desk.Enabler              = (*Backend)(nil)
	_ desk.Unlocker             = (*Backend)(nil)
	_ desk.ExpirySetter         = (*Backend)(nil)
	_ desk.MustChanger          = (*Backend)(nil)
	_ desk.Renamer              = (*Backend)(nil)
	_ desk.Mover                = (*Backend)(nil)
	_ desk.Deleter              = (*Backend)(nil)
	_ desk.PropertyReader       = (*Backend)(nil)
	_ desk.PropertyEditor       = (*Backend)(nil)
	_ desk.PhotoEditor          = (*Backend)(nil)
	_ desk.LicenceReader        = (*Backend)(nil)
)

package models

import "slices"

// Action is what a Change does, in words that stand in plans and journals.
type Action string

// The actions. Each is one write to one object; only SyncDomain and
// SendResetMail touch something other than the directory itself.
const (
	CreateUser    Action = "create user"
	CreateGroup   Action = "create group"
	CreateOU      Action = "create OU"
	Edit          Action = "edit"
	SetPassword   Action = "set password"
	SendResetMail Action = "mail reset link"
	AddMembers    Action = "add members"
	RemoveMembers Action = "remove members"
	Enable        Action = "enable"
	Disable       Action = "disable"
	Unlock        Action = "unlock"
	SetExpiry     Action = "set expiry"
	SetMustChange Action = "set must change"
	Rename        Action = "rename"
	Move          Action = "move"
	Protect       Action = "protect"   // from deletion
	Unprotect     Action = "unprotect" // lift that
	Delete        Action = "delete"
	Modify        Action = "modify" // any properties, licences, the photo
	SyncDomain    Action = "sync to DSM"
)

// Actions are all actions, in the order of menus.
func Actions() []Action {
	return []Action{
		CreateUser, CreateGroup, CreateOU, Edit, SetPassword, SendResetMail, AddMembers, RemoveMembers,
		Enable, Disable, Unlock, SetExpiry, SetMustChange, Rename, Move, Modify, Protect, Unprotect, Delete, SyncDomain,
	}
}

// Field is an attribute that can be edited as text, by its LDAP name.
type Field string

// The fields of the edit form, in its order.
const (
	FieldGivenName   Field = "givenName"
	FieldSurname     Field = "sn"
	FieldDisplayName Field = "displayName"
	FieldInitials    Field = "initials"
	FieldDescription Field = "description"
	FieldOffice      Field = "physicalDeliveryOfficeName"
	FieldTelephone   Field = "telephoneNumber"
	FieldMail        Field = "mail"
	FieldWebPage     Field = "wWWHomePage"
)

// Fields are all of them in the form's order.
func Fields() []Field {
	return []Field{
		FieldGivenName, FieldSurname, FieldDisplayName, FieldInitials, FieldDescription,
		FieldOffice, FieldTelephone, FieldMail, FieldWebPage,
	}
}

// FieldsOf are the fields that AD's schema has for a category, in the form's
// order; none for a category that is not known.
func FieldsOf(category Category) []Field {
	switch category {
	case Person:
		return Fields()
	case Group:
		return []Field{FieldDisplayName, FieldDescription, FieldTelephone, FieldMail, FieldWebPage}
	case Computer, OrganizationalUnit:
		return []Field{FieldDisplayName, FieldDescription, FieldOffice, FieldTelephone}
	case Container:
		return []Field{FieldDisplayName, FieldDescription}
	default:
		return nil
	}
}

// Label names the field for a person.
func (f Field) Label() string {
	switch f {
	case FieldGivenName:
		return "first name"
	case FieldSurname:
		return "last name"
	case FieldDisplayName:
		return "display name"
	case FieldOffice:
		return "office"
	case FieldTelephone:
		return "phone"
	case FieldWebPage:
		return "web page"
	default:
		return string(f)
	}
}

// Of reads the field from an object; known is false when this object, as it was
// read, cannot tell (a listing over DSM has no first name).
func (f Field) Of(o Object) (value string, known bool) {
	switch f {
	case FieldDisplayName:
		return o.DisplayName, true
	case FieldDescription:
		return o.Description, true
	case FieldOffice:
		return o.Office, true
	case FieldTelephone:
		return o.TelephoneNumber, true
	case FieldMail:
		return o.Mail, true
	}
	if o.Account == nil {
		return "", false
	}
	switch f {
	case FieldGivenName:
		return o.Account.GivenName, true
	case FieldSurname:
		return o.Account.Surname, true
	case FieldInitials:
		return o.Account.Initials, true
	case FieldWebPage:
		return o.Account.WebPage, true
	}
	return "", false
}

// FieldChange is one field before and after. An empty After clears it.
type FieldChange struct {
	Field       Field
	Before      string
	BeforeKnown bool // false: the connection could not read the present value
	After       string
}

// GroupScope is a group's scope in DSM's words; GroupType is what it is for.
type (
	GroupScope string
	GroupType  string
)

// Scopes and types of groups.
const (
	ScopeGlobal      GroupScope = "global"
	ScopeLocal       GroupScope = "local"
	ScopeUniversal   GroupScope = "universal"
	TypeSecurity     GroupType  = "security"
	TypeDistribution GroupType  = "distribution"
)

// NewUser is a user to be made.
type NewUser struct {
	Container    Ref
	LogonName    string // sAMAccountName
	GivenName    string
	Surname      string
	DisplayName  string
	Mail         string
	Description  string
	Disabled     bool
	MustChange   bool
	CannotChange bool
	NeverExpires bool
}

// NewGroup is a group to be made.
type NewGroup struct {
	Container   Ref
	Name        string
	Mail        string
	Description string
	Scope       GroupScope
	Type        GroupType
}

// PasswordOptions are what a server can set together with a password. The zero
// value leaves everything as it is.
type PasswordOptions struct {
	CannotChange Flag // the account cannot change its password
	NeverExpires Flag // the password never expires
	Unlock       bool // end a lockout as well
}

// Change is one write to one object: what every form, bulk action, command and
// undo hands to the desk. Only the parts that belong to its Action are set.
type Change struct {
	Action   Action
	DN       DN       // the object; of a creation, the name it is to get (RDN below the container)
	GUID     string   // the object's, where it is known: it is what the change goes by
	Name     string   // how a person calls it: logon name or name, for status lines
	Category Category // as far as known

	User         *NewUser        // CreateUser
	Group        *NewGroup       // CreateGroup
	Description  string          // CreateOU
	Fields       []FieldChange   // Edit: only what is to change
	Password     Secret          // CreateUser, SetPassword
	MustChange   Flag            // SetPassword: Unknown leaves it as the server does; SetMustChange: Yes or No
	Options      PasswordOptions // SetPassword: what is to go with it in the same operation
	Rescue       bool            // SetPassword: that MustChange is not possible here is said, and does not keep the rest back
	Members      []Ref           // AddMembers, RemoveMembers: DN is the group
	Expiry       Expiry          // SetExpiry
	Before       Expiry          // SetExpiry: what it was
	NewName      string          // Rename: the new RDN value, unescaped
	NewParent    Ref             // Move; of a CreateOU the container, where more than its DN is known
	Logon        string          // SendResetMail: the account; else the object's logon name, where no GUID is told
	Modification *Modification   // Modify
}

// Of gives the change with the object that it is to be made to, as a person saw
// it.
func (c Change) Of(o Object) Change {
	ref := o.Ref()
	c.DN, c.GUID, c.Name, c.Category = ref.DN, ref.GUID, o.Called(), o.Category
	if c.GUID == "" {
		c.Logon = o.SAMAccountName
	}
	return c
}

// Ref names the object of a change.
func (c Change) Ref() Ref { return Ref{DN: c.DN, GUID: c.GUID} }

// Into names the container that an object is made in or moved to; nil where the
// change does neither.
func (c *Change) Into() *Ref {
	switch {
	case c.User != nil:
		return &c.User.Container
	case c.Group != nil:
		return &c.Group.Container
	case c.Action == CreateOU || c.Action == Move:
		return &c.NewParent
	default:
		return nil
	}
}

// Clone copies a change deeply enough that neither sees the other's edits.
func (c Change) Clone() Change {
	c.Fields = slices.Clone(c.Fields)
	c.Members = slices.Clone(c.Members)
	if c.User != nil {
		user := *c.User
		c.User = &user
	}
	if c.Group != nil {
		group := *c.Group
		c.Group = &group
	}
	if c.Modification != nil {
		m := c.Modification.Clone()
		c.Modification = &m
	}
	return c
}

package desk

import (
	"context"
	"iter"

	"dirdesk/models"
)

// Backend is the least that a connection can do: say who it is and list one
// level. Everything else is an optional interface of its own, found with a type
// assertion. A Backend is signed in already and safe for use by several
// goroutines.
//
// Errors are *models.Error (or wrap one), or ctx.Err() when the context ended.
type Backend interface {
	// About tells what is known without asking the network.
	About() models.About
	// Info asks the directory for its realm, base DN and controllers.
	Info(ctx context.Context) (models.DirectoryInfo, error)
	// List gives the direct children of req.Base, from req.Offset on, in runs
	// as they come. It ends after req.Limit objects (0: at the end of the
	// container), after the first error, or when the caller stops ranging. The
	// pages follow one another without gaps, the first starting at req.Offset.
	// An empty container gives one empty page with Total 0.
	//
	// A base that does not exist is models.ErrNotFound.
	List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error]
	// Close signs out and frees what the connection holds.
	Close(ctx context.Context) error
}

// Getter reads one object, with everything the directory knows of
// it. A backend without it can only find an object in its parent's listing.
type Getter interface {
	// Get reads the object; models.ErrNotFound when there is none.
	Get(ctx context.Context, ref models.Ref) (models.Object, error)
}

// The optional capabilities of a backend that change something. Each method sends
// its write once. Errors are *models.Error or wrap one; when the answer was
// lost after sending, the error is models.ErrUnknownOutcome, and the backend has
// not sent it a second time. A request goes by the GUID of a models.Ref, where the
// server takes one and it has one.
type (
	// UserCreator makes a user with a password and gives the name it got.
	UserCreator interface {
		CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error)
	}
	// CreationLimiter is a UserCreator whose one call takes only some of the
	// fields of a new user. CreationFields are those it takes; it refuses a
	// models.NewUser that has others with models.ErrUnsupported, before anything
	// is sent: leave them empty and write them by an Edit of the new user.
	CreationLimiter interface {
		CreationFields() []models.Field
	}
	// GroupCreator makes a group.
	GroupCreator interface {
		CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error)
	}
	// OUCreator makes an organizational unit.
	OUCreator interface {
		CreateOU(ctx context.Context, parent models.Ref, name, description string) (models.DN, error)
	}
	// FieldEditor writes text fields; an empty After clears one. EditableFields
	// are those it can write on an object of a category.
	FieldEditor interface {
		EditableFields(category models.Category) []models.Field
		EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error
	}
	// PasswordSetter sets a password as an administrator does. CanMustChange
	// says whether mustChange may be anything but models.Unknown.
	PasswordSetter interface {
		CanMustChange() bool
		SetPassword(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag) error
	}
	// ResetMailer asks the server to mail a reset link. That it was asked is all
	// that success means.
	ResetMailer interface {
		SendResetMail(ctx context.Context, logon string) error
	}
	// MemberAdder puts objects into a group; being in it already is no error.
	MemberAdder interface {
		AddMembers(ctx context.Context, group models.Ref, members []models.Ref) error
	}
	// MemberRemover takes objects out of a group; not being in it is no error.
	MemberRemover interface {
		RemoveMembers(ctx context.Context, group models.Ref, members []models.Ref) error
	}
	// PrimaryMemberReader gives those whose primary group a group is: no other list
	// of members has them. With indirect also those of the groups within it.
	PrimaryMemberReader interface {
		PrimaryMembers(ctx context.Context, group models.Ref, indirect bool) ([]models.DN, error)
	}
	// MemberReader gives a group's direct members, without those by primary group.
	MemberReader interface {
		Members(ctx context.Context, group models.Ref) ([]models.DN, error)
	}
	// Enabler enables and disables an account.
	Enabler interface {
		SetEnabled(ctx context.Context, ref models.Ref, enabled bool) error
	}
	// Unlocker ends a lockout.
	Unlocker interface {
		Unlock(ctx context.Context, ref models.Ref) error
	}
	// ExpirySetter sets when an account ends; models.Never() for never.
	ExpirySetter interface {
		SetExpiry(ctx context.Context, ref models.Ref, expiry models.Expiry) error
	}
	// MustChanger makes an account choose a new password at its next logon, or not.
	MustChanger interface {
		SetMustChange(ctx context.Context, ref models.Ref, must bool) error
	}
	// Renamer gives an object another RDN value, unescaped, and gives its new name.
	Renamer interface {
		Rename(ctx context.Context, ref models.Ref, name string) (models.DN, error)
	}
	// Mover puts an object below another container and gives its new name.
	Mover interface {
		Move(ctx context.Context, ref, parent models.Ref) (models.DN, error)
	}
	// Protector protects an object from deletion, or lifts that.
	Protector interface {
		SetProtected(ctx context.Context, ref models.Ref, protected bool) error
	}
	// Deleter deletes objects, each by itself: done is called once for each, as
	// it becomes known, with nil or why not. subtree allows taking what is below
	// along; without it a container that is not empty is models.ErrNotEmpty. The
	// error of Delete itself is for what concerns all those not reported yet.
	Deleter interface {
		CanDeleteSubtree() bool
		Delete(ctx context.Context, refs []models.Ref, subtree bool, done func(dn models.DN, err error)) error
	}
	// SubtreeReader gives all that lies below an object, at every depth and of
	// whatever class. cut says in words why there may be more; "" when there is not.
	SubtreeReader interface {
		Below(ctx context.Context, base models.Ref) (all []models.Descendant, cut string, err error)
	}
	// OtherCounter counts the direct children of a container that are of no kind that
	// a listing has unless it is asked for all.
	OtherCounter interface {
		CountOthers(ctx context.Context, base models.DN) (int, error)
	}
	// TokenReader gives the SIDs of an object and of the groups that it is in, as
	// many as the server tells of; marked says that the domain protects it.
	TokenReader interface {
		Tokens(ctx context.Context, ref models.Ref) (sids []string, marked bool, err error)
	}
	// RightsReader tells what the account that is signed in may do to an object.
	RightsReader interface {
		Rights(ctx context.Context, ref models.Ref) (models.Rights, error)
	}
	// DomainSyncer starts DSM's update of its own copy of the domain's accounts
	// and tells how it is going.
	DomainSyncer interface {
		StartSync(ctx context.Context) (task string, err error)
		SyncStatus(ctx context.Context, task string) (models.SyncStatus, error)
	}
	// NameChecker reports whether a logon or group name is taken.
	NameChecker interface {
		NameTaken(ctx context.Context, name string) (bool, error)
	}
	// Finder searches the whole domain by parts of a name, logon name, mail or
	// telephone. The order does not matter. cut says in words when the server held
	// back some of what it should have found; "" when all is there, or the limit
	// came first.
	Finder interface {
		Find(ctx context.Context, req models.FindRequest) (found []models.Object, cut string, err error)
	}
	// Namer finds all objects that have a text for their logon name (of a computer also
	// without the $), user principal name, mail address or name. cut is that of Finder.
	Namer interface {
		Named(ctx context.Context, text string) (found []models.Object, cut string, err error)
	}
	// Requester sends a compound request as typed and gives the answer: for
	// experts on DSM. request and answer are JSON. When the server answered and
	// says that a part failed, there are both an answer and an error.
	Requester interface {
		Request(ctx context.Context, request []byte) (answer []byte, err error)
	}
	// PropertyReader gives all properties of an object that the server tells of.
	PropertyReader interface {
		Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error)
		// Property describes one by its LDAP name, without its values, for an
		// object of a category; models.ErrNotFound when there is none of that
		// name, as far as this connection knows.
		Property(ctx context.Context, name string, category models.Category) (models.Property, error)
	}
	// PropertyEditor changes any properties of an object in one operation, and
	// gives the object's name afterwards (it is another when "name" was among
	// them). A part that it cannot do is models.ErrUnsupported, before anything
	// is sent. It does not compare with Before, but for masks: where the server
	// has none of its own, the change fails with models.ErrBusy when the bits
	// were changed in between.
	PropertyEditor interface {
		PropertyReader
		EditProperties(ctx context.Context, ref models.Ref, modification models.Modification) (models.DN, error)
	}
	// PhotoEditor reads the photo of a user or contact, as JPEG, PNG or whatever
	// the server holds; nil when there is none. It is set by EditProperties.
	// PhotoLimit is the largest that the server takes, in bytes.
	PhotoEditor interface {
		Photo(ctx context.Context, ref models.Ref) ([]byte, error)
		PhotoLimit() int
	}
	// LicenceReader tells of a user's Microsoft 365 licences, which are changed
	// by EditProperties; models.ErrUnsupported when this server does not tell.
	LicenceReader interface {
		Licences(ctx context.Context, ref models.Ref) (models.Licences, error)
	}
	// PasswordOptionSetter sets a password together with other things, in one
	// operation.
	PasswordOptionSetter interface {
		SetPasswordWith(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag, options models.PasswordOptions) error
	}
	// IndirectMemberReader gives all members of a group, those through other
	// groups too, each once.
	IndirectMemberReader interface {
		IndirectMembers(ctx context.Context, group models.Ref) ([]models.DN, error)
	}
	// Identifier finds an object by its GUID (hyphenated, no braces) or SID
	// ("S-1-5-..."); models.ErrNotFound when there is none.
	Identifier interface {
		Identify(ctx context.Context, id string) (models.Object, error)
	}
	// ControllerReader asks all domain controllers about an account, at once. It gives
	// all rows first, and again each time one answers or is given up.
	ControllerReader interface {
		EachController(ctx context.Context, ref models.Ref) iter.Seq2[[]models.AtController, error]
	}
	// PolicyReader tells the domain's password policy.
	PolicyReader interface {
		PasswordPolicy(ctx context.Context) (models.PasswordPolicy, error)
	}
)

package models

import (
	"encoding/json"
	"slices"
	"time"
)

// Flag is a yes or no that a server may also leave out.
type Flag uint8

// The values of a Flag. Unknown is the zero value: the server did not say.
const (
	Unknown Flag = iota
	No
	Yes
)

// FlagOf turns a known boolean into a Flag.
func FlagOf(b bool) Flag {
	if b {
		return Yes
	}
	return No
}

// Known reports whether the server said either way.
func (f Flag) Known() bool { return f != Unknown }

// Label gives "yes", "no" or "unknown".
func (f Flag) Label() string {
	switch f {
	case Yes:
		return "yes"
	case No:
		return "no"
	default:
		return "unknown"
	}
}

// Object is an entry of the directory as a listing or a read gives it. What a
// backend did not send is the zero value: an empty text, an Unknown flag, a
// zero time.
//
// The fields down to Extra are those of DSM's listing (docs/dsm.md section 7); the
// LDAP backend fills them from the AD attributes of the same names and adds
// the Account part, which DSM does not send.
type Object struct {
	DN             DN
	Name           string // display name of the entry: the RDN's value
	Category       Category
	SAMAccountName string // logon name; "HOST$" for a computer

	DisplayName     string
	Mail            string
	Description     string
	TelephoneNumber string
	Office          string // physicalDeliveryOfficeName

	Disabled        Flag
	Locked          Flag // locked out now, not "was once"
	PasswordExpired Flag
	AccountExpiry   Expiry

	PrimaryGroupToken int // RID of a group; 0 for others

	Deletable, Movable, Renamable Flag
	AdvancedOnly                  Flag // showInAdvancedViewOnly
	// Protected says that the object is protected from deletion: deletion is denied
	// to everyone, by the object's own access list and by its container's.
	Protected Flag

	// Account holds what LDAP knows beyond DSM's listing; nil over DSM.
	Account *Account
	// Extra keeps members of a DSM object that dirdesk does not know, as they
	// came. Nil when there were none.
	Extra map[string]json.RawMessage
}

// Account is what the directory says of an object beyond DSM's listing.
// Attribute names in parentheses are Active Directory's.
type Account struct {
	UserPrincipalName    string // userPrincipalName
	GivenName            string // givenName
	Surname              string // sn
	Initials             string // initials
	WebPage              string // wWWHomePage
	SID                  string // objectSid as S-1-5-...
	GUID                 string // objectGUID in the usual form
	GroupType            int32  // groupType bits; 0 for what is no group
	Created              time.Time
	Changed              time.Time
	PasswordSet          time.Time // pwdLastSet; zero when never or must change
	PasswordExpires      Expiry    // msDS-UserPasswordExpiryTimeComputed
	LastLogon            time.Time // lastLogonTimestamp, which lags by up to 14 days
	LockedSince          time.Time // lockoutTime, only while Locked
	LockedUntil          time.Time // LockedSince plus the domain's lockoutDuration; zero = until an admin unlocks
	MustChangePassword   Flag
	PasswordNeverExpires Flag
	CannotChangePassword Flag
	// DeniesDeletion says that the object's own access list denies its deletion to
	// everyone. That alone does not protect it from who may delete all in its
	// container; filled by a read of one object.
	DeniesDeletion Flag
	MemberOf       []DN // direct groups without the primary one; filled by a read of one object, not by a listing
	PrimaryGroup   DN   // of an account, in whose MemberOf it is not; filled as that is
	// PrimaryMembers is how many accounts have the group for their primary one, and
	// are not in Members; MorePrimary says that there are more.
	PrimaryMembers int
	MorePrimary    bool
	Members        int // number of direct members of a group where the server gave it; -1 unknown
	// Logon is what else a read of one object tells of an account's logons; nil in a
	// listing, and where the server tells nothing of it.
	Logon *Logon
	// Contact is what else it tells of a person; nil as Logon is.
	Contact *Contact
}

// Contact is who somebody is beside name, mail, telephone and office.
type Contact struct {
	Title, Department, Company, Mobile, EmployeeNumber string

	Manager DN
}

// Logon is what limits an account's logons besides its state, and what its domain
// controller remembers of them.
type Logon struct {
	Told         Flag      // Yes: Hours and Workstations are as they are here, even where they are empty
	Hours        *Week     // logonHours; nil: at any time
	Workstations []string  // userWorkstations; empty: anywhere
	Smartcard    Flag      // a bit of userAccountControl
	Protected    Flag      // adminCount
	NeverSet     Flag      // there never was a password
	BadTries     int       // badPwdCount at the controller that answered; -1 unknown
	BadTry       time.Time // badPasswordTime there
	Last         time.Time // lastLogon there
	Policy       DN        // msDS-ResultantPSO: a password policy of its own
	PolicyHidden bool      // it has one that the server does not name to this account
}

// Category is the kind of an object, spelled as DSM's objectCategory (docs/dsm.md
// section 7; attested by a live capture) and as the AD class of that name. A
// server may send others; they are kept as they came.
type Category string

// The six categories that list_directory_objects knows.
const (
	Person             Category = "person"
	Group              Category = "group"
	OrganizationalUnit Category = "organizationalUnit"
	Computer           Category = "computer"
	Container          Category = "container"
	BuiltinDomain      Category = "builtinDomain"
)

// AnyKind stands in a request for objects of all kinds, those too that are none of
// the six.
const AnyKind Category = "all"

// IsListed reports whether a category is one of the six that a listing shows unless
// it is asked for all.
func (c Category) IsListed() bool { return slices.Contains(Categories(), c) }

// IsAside reports whether an object is shown only to who asks for the advanced ones:
// by its flag, or as its kind is none of those that are listed.
func (o *Object) IsAside() bool {
	return o.AdvancedOnly == Yes || o.Category != "" && !o.Category.IsListed()
}

// Categories are the six known categories in DSM's order.
func Categories() []Category {
	return []Category{Person, Group, OrganizationalUnit, Computer, Container, BuiltinDomain}
}

// ContainerCategories are those that hold other objects: the tree's nodes.
func ContainerCategories() []Category {
	return []Category{OrganizationalUnit, Container, BuiltinDomain}
}

// HoldsObjects reports whether objects of this category are nodes of the tree.
func (c Category) HoldsObjects() bool {
	return c == OrganizationalUnit || c == Container || c == BuiltinDomain
}

// Label names the category for a person: "user", "group", "OU", ...
func (c Category) Label() string {
	switch c {
	case Person:
		return "user"
	case OrganizationalUnit:
		return "OU"
	case BuiltinDomain:
		return "builtin"
	case "":
		return "object"
	default:
		return ClassWords(string(c))
	}
}

package models

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// ListRequest asks for the direct children of one object.
type ListRequest struct {
	Base       DN
	Categories []Category // nil: all six; AnyKind: whatever there is
	Offset     int        // number of children to skip, in the server's order
	Limit      int        // most children to give; 0: all from Offset on
	// Deep asks for what is below the children too. Whether a server does so has
	// to be seen: one that does not know it lists the children. AtOnce is how many
	// objects one request may ask for; 0: as many as the backend finds good.
	Deep   bool
	AtOnce int
	// Filter is a search filter (RFC 4515) that the server applies besides; "" for
	// none. Only a connection whose About.Searches is set takes one.
	Filter string
}

// FindRequest says what is looked for in the whole domain.
type FindRequest struct {
	Text       string     // as it was typed
	Words      []string   // that all must hold, in any order, as they were typed
	Folded     []string   // the same in lower case and without accents
	Number     string     // the text as the digits of one telephone number; "" when it is none
	Categories []Category // nil: all
	Base       DN         // only below it, itself included; "": everywhere
	Limit      int        // most objects to give; 0: all
	// Matches judges an object as the program does everywhere: a backend whose
	// search is wider asks it.
	Matches func(o *Object) bool
}

// UnknownTotal is a Page's Total while the server has not said how many there are.
const UnknownTotal = -1

// Page is a run of children of one container.
type Page struct {
	Objects []Object
	Offset  int // place of the first object among all the children
	// Total is the number of children in all, whatever was asked for, or
	// UnknownTotal. A backend that streams knows it on its last page only.
	Total int
	// Cut says in words that there are more children than the server gives, and
	// why ("the server gives at most 1,000"); "" when nothing is missing. It
	// stands on the last page of a listing.
	Cut string
}

// DirectoryInfo is what a directory says of itself (DSM: get_directory_info,
// LDAP: rootDSE and the domain's head).
type DirectoryInfo struct {
	Realm       string // DNS name of the domain
	Workgroup   string // NetBIOS name
	BaseDN      DN     // the domain's naming context: root of the tree
	Status      string // DSM's service status, "running" when well; empty over LDAP
	Controllers []DomainController
}

// DomainController is one server of the domain.
type DomainController struct {
	Name     string // cn
	DN       DN
	HostName string   // dNSHostName
	Roles    []string // pdc, rid, schema, naming, infrastructure
	Server   DN       // its entry below the sites; "" where a server tells none
}

// Site is the place of the network that it serves; "" where that is not told.
func (c DomainController) Site() string { return c.Server.Parent().Parent().RDN().Value }

// PDC reports whether it is the PDC emulator.
func (c DomainController) PDC() bool { return slices.Contains(c.Roles, "pdc") }

// AtController is what one domain controller says of an account: what it keeps for
// itself and never tells the others.
type AtController struct {
	Host    string // dNSHostName, or what a profile names
	Site    string
	PDC     bool
	Here    bool // the connection's own
	Waiting bool // it has not answered yet
	Err     error
	Locked  Flag
	// BadTries are wrong passwords that were tried there, the last at BadTry; -1
	// unknown. Last is the last logon there.
	BadTries     int
	BadTry, Last time.Time
}

// LastLogon is the latest of all logons that the controllers know of; zero when none
// knows of one. whole says that all of them answered.
func LastLogon(all []AtController) (last time.Time, whole bool) {
	whole = len(all) > 0
	for _, c := range all {
		if c.Last.After(last) {
			last = c.Last
		}
		whole = whole && !c.Waiting && c.Err == nil
	}
	return last, whole
}

// About is what a connection knows of itself without asking the network.
type About struct {
	Backend string // "Synology Directory Server", "Active Directory over LDAP"
	URL     string // as the user named it, without secrets
	Host    string // host:port
	Account string // who is signed in
	TLS     string // state in words: "TLS 1.3, verified", "TLS 1.3, pinned certificate"
	// Seekable says that a listing may start at any Offset at the cost of one
	// request. Where it is false, a container is read from its start.
	Seekable bool
	Searches bool // a ListRequest may have a Filter, and Deep is known to work
	PageSize int  // objects a request gives at most when the backend chooses; 0: no pages
	MaxRows  int  // rows of one answer that are kept; 0: the usual number

	// Name is the connection in a message: "DSM"; "" is "this connection".
	Name string
	// Limits is what a message says that cannot do more: "DSM's documented
	// calls"; "" is "this connection". Remedy is what a person does about it.
	Limits, Remedy string
	// AnyKind says that a listing can have objects of all kinds.
	AnyKind bool
	// Approvals says that a write may wait until somebody approves it, which the
	// answer tells: when that is lost, nobody knows.
	Approvals bool
}

// Called is the connection in a sentence.
func (a About) Called() string { return cmp.Or(a.Name, "this connection") }

// SyncStatus is what the server says of a sync, the update of DSM's own copy of
// the domain's accounts.
type SyncStatus struct {
	Done  bool   // only on the server's word "finish"
	Words string // the server's word as it came: "updating"
	Known bool   // the word is one that dirdesk knows
}

type wantedKey struct{}

// WithWanted names properties that are about to be changed to a backend that
// reads properties by their names only: those that it does not know by itself it
// then reads too, as of the types of the changes. Others read everything anyway.
func WithWanted(ctx context.Context, changes []PropertyChange) context.Context {
	return context.WithValue(ctx, wantedKey{}, changes)
}

// WantedOf are the properties named by WithWanted, by name and type; none
// otherwise.
func WantedOf(ctx context.Context) []Property {
	changes, _ := ctx.Value(wantedKey{}).([]PropertyChange)
	wanted := make([]Property, 0, len(changes))
	for _, c := range changes {
		wanted = append(wanted, Property{Name: c.Name, Type: c.Type})
	}
	return wanted
}

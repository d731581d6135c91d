package simulator

import (
	"io"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/dsm"
	"dirdesk/simulator/fault"
)

// Options say what to serve and how. The zero value serves the sample company
// on a free port of 127.0.0.1.
type Options struct {
	Listen  string // HOST:PORT; "127.0.0.1:0" when empty
	Objects int    // users in OU=Large beside the sample company
	Seed    int64  // decides the sample data

	// Directory is served in place of the sample company; Objects and Seed do
	// not matter then.
	Directory *directory.Directory

	// Upstream is served in place of a directory in memory: the DSM face then
	// stands in front of a domain elsewhere. Directory, Objects and Seed do not
	// matter then.
	Upstream Upstream

	Strict     bool          // refuse bare strings where the API's format is JSON
	NoSubtree  bool          // over DSM, list one level of the tree at a time only
	Latency    time.Duration // wait before the work of each request
	Faults     []fault.Spec
	OTP        bool          // the account has a second factor
	Password   models.Secret // of both accounts; made by chance when empty
	RequestLog io.Writer     // gets one line of JSON for each call; may be nil

	Now          func() time.Time // clock of sessions, codes and tasks; nil: time.Now
	IdleTimeout  time.Duration    // until an unused session ends; 0: 15 minutes
	SingleLogin  bool             // a login displaces the account's other sessions
	AutoBlock    *dsm.Limit       // failed sign-ins by address; nil: DSM's preset
	AccountLock  *dsm.Limit       // failed sign-ins by account; nil: DSM's preset
	DomainUpdate time.Duration    // how long a domain update takes; 0: 2 seconds

	// Adaxes is how the Adaxes side behaves. Start sets in it what belongs to the
	// domain and to both sides, and the account, password and token unless they
	// are given. With an upstream there is no Adaxes side.
	Adaxes adaxes.Options
	// LDAP serves the directory over LDAP beside; nil does not. With an upstream
	// there is no LDAP side.
	LDAP *LDAPOptions
	// Controllers is how many domain controllers the sample company has; 0 is one.
	// With ReadOnlyController the last of several is read-only.
	Controllers        int
	ReadOnlyController bool
	// Replication is how long the other controllers do not hear of a change.
	Replication time.Duration
	// NoRecycleBin strips what is deleted of all but its names.
	NoRecycleBin bool
	// Examples serves the domain example.com, in which the objects of the
	// examples in Adaxes' documents exist beside the sample company.
	Examples bool
}

// Upstream is a directory elsewhere, and the means to change it.
type Upstream interface {
	dsm.Directory
	dsm.Writer
}

const (
	presetListen       = "127.0.0.1:0"
	presetDomainUpdate = 2 * time.Second
	upstreamPatience   = 30 * time.Second // with the first answer

	administrator = "admin"   // may use everything
	unprivileged  = "visitor" // may sign in, and is refused the directory

	adaxesAccount = "adaxes-operator" // may sign in to the Adaxes side
	examplesRealm = "example.com"
)

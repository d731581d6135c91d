package directory

import (
	"strings"
	"sync"
	"time"

	"dirdesk/models"
)

// Options say what domain to make. The zero value makes corp.example.com.
type Options struct {
	Realm      string           // DNS name; "corp.example.com" when empty
	Workgroup  string           // NetBIOS name; the realm's first label in capitals when empty
	Controller string           // name of the domain controller's computer; "NAS" when empty
	Now        func() time.Time // the clock that lockouts and expiries go by; time.Now when nil
	Seed       int64            // decides the domain's SID and all GUIDs; nothing else is random

	// More are the names of further domain controllers; the first holds all roles.
	More []string
	// ReadOnly says that the last controller is a read-only one.
	ReadOnly bool
	// Replication is how long it takes until the other controllers hear of a change.
	Replication time.Duration
	// NoRecycleBin strips what is deleted, as a domain does whose recycle bin was
	// never switched on.
	NoRecycleBin bool
}

// Directory is one domain. Its methods may be called by several goroutines at
// once; reads do not wait for one another.
type Directory struct {
	now         func() time.Time
	realm       string
	workgroup   string
	seed        int64
	recycleBin  bool
	domainSID   string
	base        *entry
	baseKeys    []string // its folded RDNs
	controller  *entry
	controllers []controller
	readOnly    bool          // the last of them
	replication time.Duration // until the others hear of a change
	traces      []trace       // of what was moved or deleted lately
	origin      int           // the controller that makes the change under way
	beside      beside        // what is named like the domain's and lies in no listing of it

	mu     sync.RWMutex
	policy Policy
	usn    uint32 // updates so far
	// fineGrained says that an account may have a policy of its own.
	fineGrained bool
	bySAM       map[string]*entry // folded sAMAccountName: one space for users, groups and computers
	byUPN       map[string]*entry // folded userPrincipalName
	groups      map[uint32]*entry // by the last part of their SIDs, those of CN=Builtin left out
	serial      uint32            // entries made so far, deleted ones included
	nextRID     uint32
	// identities finds an entry by its GUID; made when it is first asked for, by
	// somebody who holds identify.
	identify   sync.Mutex
	identities map[guid]*entry
	// recent are the parents found of late, by their names as they were written;
	// forgotten when anything moves or goes.
	recent map[models.DN]*entry
}

// New makes the domain as a freshly provisioned Samba has it: the system
// containers, the well-known users and groups, and the controller's computer.
func New(o Options) *Directory {
	if o.Realm == "" {
		o.Realm = "corp.example.com"
	}
	if o.Workgroup == "" {
		label, _, _ := strings.Cut(o.Realm, ".")
		o.Workgroup = strings.ToUpper(label)
	}
	if o.Controller == "" {
		o.Controller = "NAS"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &Directory{
		now:       o.Now,
		realm:     o.Realm,
		workgroup: o.Workgroup,
		seed:      o.Seed,
		domainSID: domainSID(o.Seed),
		policy:    DefaultPolicy(),
		bySAM:     make(map[string]*entry),
		byUPN:     make(map[string]*entry),
		recent:    make(map[models.DN]*entry),
		groups:    make(map[uint32]*entry),

		recycleBin: !o.NoRecycleBin,
		readOnly:   o.ReadOnly && len(o.More) > 0,

		replication: o.Replication,
	}
	founding(d).provision(o.Controller)
	founding(d).settle(append([]string{o.Controller}, o.More...))
	return d
}

// BaseDN is the root of the tree.
func (d *Directory) BaseDN() models.DN { return d.base.dn() }

// Realm is the DNS name of the domain.
func (d *Directory) Realm() string { return d.realm }

// Now is the time by the directory's clock.
func (d *Directory) Now() time.Time { return d.now() }

// Info says what the directory is. The only controller holds every role and is
// always running.
func (d *Directory) Info() models.DirectoryInfo {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return models.DirectoryInfo{
		Realm:     d.realm,
		Workgroup: d.workgroup,
		BaseDN:    d.base.dn(),
		Status:    "running",
		Controllers: []models.DomainController{{
			Name:     d.controller.name,
			DN:       d.controller.dn(),
			HostName: d.controller.text("dNSHostName"),
			Roles:    []string{"pdc", "rid", "schema", "naming", "infrastructure"},
		}},
	}
}

// lookup finds the entry named dn, or nil. The caller holds mu.
func (d *Directory) lookup(dn models.DN) *entry {
	rdns := dn.RDNs()
	below := len(rdns) - len(d.baseKeys)
	if below < 0 {
		return nil
	}
	for i, key := range d.baseKeys {
		if foldRDN(rdns[below+i].Type, rdns[below+i].Value) != key {
			return nil
		}
	}
	at := d.base
	for i := below - 1; i >= 0; i-- {
		if rdns[i].More != "" {
			return nil
		}
		key := foldRDN(rdns[i].Type, rdns[i].Value)
		if root := d.beside.root(d, at, key); root != nil {
			at = root
		} else if at = at.child(key); at == nil {
			return nil
		}
	}
	return at
}

// mostRecent bounds recent: one place can be written in very many ways.
const mostRecent = 1000

// find is lookup for a caller that holds mu for writing: it is quicker where one
// place is named again and again.
func (d *Directory) find(dn models.DN) *entry {
	if parent, own, ok := d.parentOf(dn); ok && parent != nil && own.More == "" {
		if e := parent.child(foldRDN(own.Type, own.Value)); e != nil {
			return e
		}
	}
	return d.lookup(dn)
}

// parentOf finds the entry that dn would stand below, and dn's own step. It
// remembers parents, since entries are mostly added by the thousand in one place.
// The caller holds mu for writing.
func (d *Directory) parentOf(dn models.DN) (parent *entry, own models.RDN, ok bool) {
	above := dn.Parent()
	step := dn
	if above != "" {
		step = dn[:len(strings.TrimRight(string(dn[:len(dn)-len(above)]), " "))-1]
	}
	rdns := step.RDNs()
	if len(rdns) != 1 {
		return nil, models.RDN{}, false
	}
	if parent = d.recent[above]; parent != nil {
		return parent, rdns[0], true
	}
	if parent = d.lookup(above); parent != nil {
		if len(d.recent) >= mostRecent {
			clear(d.recent)
		}
		d.recent[above] = parent
	}
	return parent, rdns[0], true
}

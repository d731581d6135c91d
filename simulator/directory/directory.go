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
}

// Directory is one domain. Its methods may be called by several goroutines at
// once; reads do not wait for one another.
type Directory struct {
	now        func() time.Time
	realm      string
	workgroup  string
	seed       int64
	domainSID  string
	base       *entry
	baseKeys   []string // its folded RDNs
	controller *entry

	mu      sync.RWMutex
	policy  Policy
	bySAM   map[string]*entry // folded sAMAccountName: one space for users, groups and computers
	byUPN   map[string]*entry // folded userPrincipalName
	serial  uint32            // entries made so far, deleted ones included
	nextRID uint32
	// identities finds an entry by its GUID; made when it is first asked for.
	identities map[[16]byte]*entry
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
	}
	d.provision(o.Controller)
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
		if at = at.child(foldRDN(rdns[i].Type, rdns[i].Value)); at == nil {
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

package adaxes

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// sku is a kind of licence that the sample company has bought.
type sku struct {
	part, name      string
	consumed, total int
}

var skus = []sku{
	{"ENTERPRISEPACK", "Office 365 E3", 412, 500},
	{"SPE_E5", "Microsoft 365 E5", 25, 25},
	{"EMS", "Enterprise Mobility + Security E3", 380, 500},
	{"POWER_BI_STANDARD", "Power BI (free)", 97, 1000000},
	{"VISIOCLIENT", "Visio Plan 2", 9, 10},
}

// licences are the Microsoft 365 accounts of the users: which they have from the
// start follows from the user, what was changed is kept. It is safe for use by
// several goroutines.
type licences struct {
	mu     sync.Mutex
	byGUID map[string][]string // assigned, of users whose licences were changed
}

func newLicences() *licences { return &licences{byGUID: map[string][]string{}} }

// licenceChange is one element of licenceModifications.
type licenceChange struct {
	part     string
	assigned bool
}

func (r *reader) licenceChanges(raw json.RawMessage, path string) []licenceChange {
	o := r.object(raw, path)
	var changes []licenceChange
	for i, raw := range o.list("licenseModifications") {
		one := r.object(raw, o.item("licenseModifications", i))
		c := licenceChange{part: one.required("skuPartNumber")}
		var known bool
		if c.assigned, known = one.flag("assigned"); !known {
			r.complain(one.at("assigned"), missing("assigned"))
		}
		changes = append(changes, c)
	}
	return changes
}

// state is a user's account as it is shown: the shape of the older read, which
// is documented.
type state struct {
	IsCreated     bool             `json:"isCreated"`
	LocationName  *string          `json:"locationName"`
	SignInBlocked bool             `json:"signInBlocked"`
	LastSync      *string          `json:"lastDirSyncTimeUtc"`
	Licenses      []licenceAndUnit `json:"licenses"`
}

type licenceAndUnit struct {
	Assigned      bool     `json:"assigned"`
	ConsumedUnits int      `json:"consumedUnits"`
	TotalUnits    int      `json:"totalUnits"`
	SKU           shownSKU `json:"sku"`
}

type shownSKU struct {
	SKUPartNumber string     `json:"skuPartNumber"`
	DisplayName   string     `json:"displayName"`
	IsUnavailable bool       `json:"isUnavailable"`
	Services      []struct{} `json:"services"`
}

// of gives the state of a user.
func (l *licences) of(v directory.View) state {
	assigned, exists := l.assigned(v)
	s := state{IsCreated: exists, SignInBlocked: exists && v.Object().Disabled == models.Yes, Licenses: []licenceAndUnit{}}
	if exists {
		country := "AT"
		if c := v.Values("c"); len(c) == 1 {
			country = c[0]
		}
		s.LocationName = &country
	}
	for _, k := range skus {
		s.Licenses = append(s.Licenses, licenceAndUnit{
			Assigned: slices.Contains(assigned, k.part), ConsumedUnits: k.consumed, TotalUnits: k.total,
			SKU: shownSKU{SKUPartNumber: k.part, DisplayName: k.name, Services: []struct{}{}},
		})
	}
	return s
}

// assigned gives a user's licences and whether there is an account at all.
func (l *licences) assigned(v directory.View) ([]string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now, changed := l.byGUID[v.GUID()]; changed {
		return now, true
	}
	return firstLicences(v)
}

// check asks whether the changes can be made.
func (l *licences) check(dn models.DN, d *directory.Directory, changes []licenceChange) error {
	for _, c := range changes {
		if !slices.ContainsFunc(skus, func(k sku) bool { return strings.EqualFold(k.part, c.part) }) {
			return refuse(models.ErrInvalid, "The license plan '%s' was not found in the Microsoft 365 tenant.", c.part)
		}
	}
	var err error
	if len(changes) > 0 {
		_ = d.Look(dn, func(v directory.View) {
			if _, exists := l.assigned(v); !exists {
				err = refuse(models.ErrInvalid, "The user has no account in Microsoft 365.")
			}
		})
	}
	return err
}

// apply makes the changes and reports whether anything differed.
func (l *licences) apply(guid string, d *directory.Directory, changes []licenceChange) (changed bool) {
	dn, found := d.Identify(guid) // it may have been renamed meanwhile
	if !found || len(changes) == 0 {
		return false
	}
	var before []string
	_ = d.Look(dn, func(v directory.View) { before, _ = firstLicences(v) })
	l.mu.Lock()
	defer l.mu.Unlock()
	if now, touched := l.byGUID[guid]; touched {
		before = now
	}
	after := slices.Clone(before)
	for _, c := range changes {
		same := func(part string) bool { return strings.EqualFold(part, c.part) }
		has := slices.ContainsFunc(after, same)
		switch {
		case c.assigned && !has:
			after, changed = append(after, strings.ToUpper(c.part)), true
		case !c.assigned && has:
			after, changed = slices.DeleteFunc(after, same), true
		}
	}
	l.byGUID[guid] = after
	return changed
}

// firstLicences are those of a user whose licences nobody changed: nothing for
// accounts without a mail address, and for the others what their logon name says.
func firstLicences(v directory.View) (parts []string, exists bool) {
	if len(v.Values("mail")) == 0 {
		return nil, false
	}
	h := sha256.Sum256([]byte("licences " + strings.ToLower(v.Object().SAMAccountName)))
	if h[0] < 200 {
		parts = append(parts, "ENTERPRISEPACK")
	} else if h[0] < 215 {
		parts = append(parts, "SPE_E5")
	}
	for i, k := range skus[2:] {
		if h[i+1] < 60 {
			parts = append(parts, k.part)
		}
	}
	return parts, true
}

func (h reading) licenceProperties(c *call) (answer, *failure) {
	id := c.query.Get("directoryobject")
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	var s *state
	_ = h.options.Directory.Look(dn, func(v directory.View) {
		if v.Class() == "user" {
			now := h.licences.of(v)
			s = &now
		}
	})
	if s == nil {
		return answer{}, badMember("directoryObject", "Only users have a Microsoft 365 account.")
	}
	return reply(s), nil
}

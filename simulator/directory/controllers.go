package directory

import (
	"strconv"
	"time"

	"dirdesk/models"
)

// controller is one of the domain's, by its three objects.
type controller struct{ computer, server, settings *entry }

// Controller says which one it is.
type Controller struct {
	Name     string
	HostName string // its DNS name
	Server   string // the DN of its entry in the configuration
	Settings string // the DN of its NTDS settings
	PDC      bool   // it holds the roles
	ReadOnly bool
}

// Controllers are the domain's, the first of which holds all roles.
func (d *Directory) Controllers() (all []Controller) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for i, c := range d.controllers {
		all = append(all, Controller{
			Name: c.server.name, HostName: c.server.text("dNSHostName"), Server: string(c.server.dn()), Settings: string(c.settings.dn()),
			PDC: i == 0, ReadOnly: d.readOnly && i == len(d.controllers)-1,
		})
	}
	return all
}

// Updates is the number of the latest update.
func (d *Directory) Updates() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return int(d.usn)
}

// signIn is what a controller keeps of an account for itself: it is never
// replicated.
type signIn struct {
	badPasswords    uint16
	badPasswordTime filetime
	lastLogon       filetime
}

// signIn is the state at a controller but the first, whose is in the entry.
func (e *entry) signIn(controller int) *signIn {
	own := e.part()
	for len(own.signIns) < controller {
		own.signIns = append(own.signIns, signIn{})
	}
	return &own.signIns[controller-1]
}

// signedIn notes a sign-in that succeeded.
func (e *entry) signedIn(controller int, now time.Time) {
	e.lockoutTime = 0
	if controller == 0 {
		e.badPasswords, e.lastLogon = 0, models.FileTimeOf(now)
		return
	}
	own := e.signIn(controller)
	own.badPasswords, own.lastLogon = 0, models.FileTimeOf(now)
}

// local gives an attribute that the caller's controller keeps for itself; ok is
// false for all others.
func (v View) local(name string) (values []string, ok bool) {
	if v.caller == nil || v.caller.controller == 0 || !v.e.class.account {
		return nil, false
	}
	var own signIn
	if r := v.e.rare; r != nil && len(r.signIns) >= v.caller.controller {
		own = r.signIns[v.caller.controller-1]
	}
	var n int64
	switch name {
	case "badPwdCount":
		n = int64(own.badPasswords)
	case "badPasswordTime":
		n = int64(own.badPasswordTime)
	case "lastLogon":
		n = int64(own.lastLogon)
	default:
		return nil, false
	}
	return []string{strconv.FormatInt(n, 10)}, true
}

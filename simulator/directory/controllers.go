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

// field gives an attribute that each controller keeps for itself; ok is false for
// all others.
func (s *signIn) field(name string) (n int64, ok bool) {
	switch name {
	case "badPwdCount":
		return int64(s.badPasswords), true
	case "badPasswordTime":
		return int64(s.badPasswordTime), true
	case "lastLogon":
		return int64(s.lastLogon), true
	}
	return 0, false
}

// wrong counts a wrong password. Those from before the window are forgotten.
func (s *signIn) wrong(p Policy, now time.Time) {
	if p.LockoutWindow > 0 && s.badPasswordTime.Comes() && !now.Before(s.badPasswordTime.Time().Add(p.LockoutWindow)) {
		s.badPasswords = 0
	}
	s.badPasswords++
	s.badPasswordTime = models.FileTimeOf(now)
}

// at is the state at a controller.
func (e *entry) at(controller int) *signIn {
	if controller == 0 {
		return &e.signIn
	}
	own := e.part()
	for len(own.signIns) < controller {
		own.signIns = append(own.signIns, signIn{})
	}
	return &own.signIns[controller-1]
}

// signedIn notes a sign-in that succeeded.
func (e *entry) signedIn(controller int, now time.Time) {
	e.lockoutTime = 0
	own := e.at(controller)
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
	n, ok := own.field(name)
	if !ok {
		return nil, false
	}
	return []string{strconv.FormatInt(n, 10)}, true
}

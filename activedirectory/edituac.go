package activedirectory

import (
	"strconv"

	"dirdesk/models"
)

// shownControl is userAccountControl with the flag that the object's access list
// stands for, as Windows' tools show it.
func shownControl(raw string, descriptor []byte) string {
	stored, ok := models.Bits(raw)
	denied, known := deniesPasswordChange(descriptor)
	if !ok || !known {
		return raw
	}
	stored &^= models.UACCannotChange
	if denied {
		stored |= models.UACCannotChange
	}
	return strconv.FormatInt(int64(stored), 10)
}

// control changes flags of userAccountControl: those that touch are become as they
// are in value. Two of them live elsewhere, and are written in the same
// modification: must change the password in pwdLastSet, cannot change it in the
// access list. It fails when the flags have changed in between.
func (m *modifying) control(value, touch int32) error {
	old, ok := m.now.bits("userAccountControl")
	if !ok {
		return m.refuse(models.ErrUnsupported, "It is no account, or your account may not read its flags.")
	}
	after := models.WithMask(old, value, touch&^(models.MustChangeFlag|models.UACCannotChange))
	switch {
	case (after^old)&models.UACComputed != 0:
		return m.refuse(models.ErrUnsupported, `The server works out "locked" and "password expired": they are no flags to be set. Unlock the account, or set its password, instead.`)
	case old&models.UACDisabled != 0 && after&models.UACDisabled == 0 && hasNoPassword(m.now):
		return m.refuse(models.ErrPolicy, "It has no password and is not enabled: set one first.")
	}
	if touch&models.MustChangeFlag != 0 {
		m.mustChange(value&models.MustChangeFlag != 0)
	}
	if touch&models.UACCannotChange != 0 {
		if err := m.cannotChange(value&models.UACCannotChange != 0); err != nil {
			return err
		}
	}
	if after == old {
		return nil
	}
	m.request.Delete("userAccountControl", []string{m.now.text("userAccountControl")})
	m.request.Add("userAccountControl", []string{strconv.FormatInt(int64(after), 10)})
	return nil
}

// mustChange writes pwdLastSet where it says something else. -1 counts the
// password as set now, so it is not written over a time.
func (m *modifying) mustChange(must bool) {
	set, known := m.now.number("pwdLastSet")
	if known && must == (set == 0) {
		return
	}
	m.request.Replace("pwdLastSet", []string{pwdLastSet(must)})
}

// cannotChange denies the account the change of its own password, or no longer.
func (m *modifying) cannotChange(cannot bool) error {
	descriptor := m.now.bytes(securityDescriptor)
	denied, known := deniesPasswordChange(descriptor)
	switch {
	case !known:
		return m.refuse(models.ErrDenied, `Whether it "cannot change the password" stands in its access list, which your account may not read.`)
	case denied == cannot:
		return nil
	}
	change := allowPasswordChange
	if cannot {
		change = denyPasswordChange
	}
	after, err := change(descriptor)
	if err != nil {
		return &models.Error{
			Kind: models.ErrUnsupported, Action: m.action, Object: string(m.ref.DN), Err: err,
			Advice: "Its access list is not of the usual form: change it with a tool for permissions.",
		}
	}
	m.request.Replace(securityDescriptor, []string{string(after)})
	m.request.Controls = daclOnly()
	return nil
}

package models

import (
	"strings"
)

// FullName is the name that the object of a new user gets in its container: the
// display name, else first and last name, else the logon name.
func (u NewUser) FullName() string {
	for _, name := range []string{u.DisplayName, u.GivenName + " " + u.Surname} {
		if name = strings.TrimSpace(name); name != "" {
			return name
		}
	}
	return u.LogonName
}

// Check refuses a user that no directory would make. The error is an *Error without
// Action.
func (u NewUser) Check(password Secret) error {
	switch {
	case u.Container.DN == "":
		return refuseNew(ErrInvalid, "no container is named", "Name the container to create it in.")
	case strings.TrimSpace(u.LogonName) == "":
		return refuseNew(ErrInvalid, "a user needs a logon name", "Type one.")
	case password.Empty():
		return refuseNew(ErrPolicy, "a user needs a password", "Give it one: an account without a password is not created.")
	case u.MustChange && u.CannotChange:
		return refuseNew(ErrInvalid, "who cannot change the password cannot be made to", "Choose one of the two.")
	case u.MustChange && u.NeverExpires:
		return refuseNew(ErrInvalid, "a password that never expires need never be changed", "Choose one of the two.")
	}
	return nil
}

// Check refuses a group that no directory would make; see NewUser.Check.
func (g NewGroup) Check() error {
	_, known := GroupBits(g.Scope, g.Type)
	switch {
	case g.Container.DN == "" || strings.TrimSpace(g.Name) == "":
		return refuseNew(ErrInvalid, "a group needs a name and a container", "Give both.")
	case !known:
		return refuseNew(ErrInvalid, "no such scope or type of a group: "+string(g.Scope)+" "+string(g.Type),
			"The scope is global, local or universal, the type security or distribution.")
	}
	return nil
}

func refuseNew(kind error, words, advice string) error {
	return &Error{Kind: InWords(words, kind), Advice: advice}
}

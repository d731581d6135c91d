package models

import "strings"

// Rights are what the account that is signed in may do to one object, as far as the
// server tells. What is Unknown is the server's to decide; the zero value knows
// nothing.
type Rights struct {
	Class     string // of the object, by its LDAP name
	Protected bool   // the domain sets its access list back every hour (adminCount is 1)

	Reset  Flag // a new password, as an administrator sets one
	Delete Flag
	Rename Flag
	// Writes are the attributes, and Creates the classes of objects in it, by
	// their LDAP names in lower case: what is not among them may not be. nil: not
	// known.
	Writes, Creates map[string]Flag
}

// Write tells whether an attribute may be written.
func (r Rights) Write(attribute string) Flag { return permitted(r.Writes, attribute) }

// Create tells whether an object of a class may be made in it, or moved to it.
func (r Rights) Create(class string) Flag { return permitted(r.Creates, class) }

func permitted(names map[string]Flag, name string) Flag {
	if names == nil || name == "" {
		return Unknown
	}
	if may, listed := names[strings.ToLower(name)]; listed {
		return may
	}
	return No
}

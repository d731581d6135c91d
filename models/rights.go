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
	// their LDAP names in lower case. Of what is not among them nothing is known.
	Writes, Creates map[string]Flag
}

// Write tells whether an attribute may be written.
func (r Rights) Write(attribute string) Flag { return r.Writes[strings.ToLower(attribute)] }

// Create tells whether an object of a class may be made in it, or moved to it.
func (r Rights) Create(class string) Flag { return r.Creates[strings.ToLower(class)] }

// Permissions tell of all names that there can be whether this account may. What can
// never be there is not a matter of rights: the server says so.
func Permissions(possible, allowed []string) map[string]Flag {
	may := make(map[string]Flag, len(possible))
	for _, name := range possible {
		may[strings.ToLower(name)] = No
	}
	for _, name := range allowed {
		may[strings.ToLower(name)] = Yes
	}
	return may
}

package models

// Members are who is in a group.
type Members struct {
	DNs []DN // each once
	// Primary are those who are in it because it is their primary group: they are
	// taken out only by giving them another.
	Primary map[string]bool // by DN.Key
	// Unknown says why there may be more by their primary group; "" when those are in it.
	Unknown string
}

// IsPrimary reports whether somebody is in the group as in the primary one.
func (m Members) IsPrimary(dn DN) bool { return m.Primary[dn.Key()] }

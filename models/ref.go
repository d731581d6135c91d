package models

import "cmp"

// Ref names an object: by its DN, and by its objectGUID where the server tells
// it. A DN may be another object's tomorrow; a GUID never is. So a request goes
// by the GUID when there is one, and the DN is what a person reads.
type Ref struct {
	DN   DN
	GUID string // in the usual form, without braces; "" where none is told
}

// Refs name objects by their DN alone.
func Refs(dns ...DN) []Ref {
	refs := make([]Ref, len(dns))
	for i, dn := range dns {
		refs[i] = Ref{DN: dn}
	}
	return refs
}

// Names are the DNs of some objects.
func Names(refs []Ref) []DN {
	dns := make([]DN, len(refs))
	for i, r := range refs {
		dns[i] = r.DN
	}
	return dns
}

// Is reports whether two name one object: by their GUIDs, else by their DNs.
func (r Ref) Is(other Ref) bool {
	if r.GUID != "" && other.GUID != "" {
		return r.GUID == other.GUID
	}
	return r.DN.Equal(other.DN)
}

// Called is how a person calls an object: by its logon name, else its name.
func (o Object) Called() string { return cmp.Or(o.SAMAccountName, o.Name, o.DN.RDN().Value) }

// Ref names an object as it was read.
func (o Object) Ref() Ref {
	r := Ref{DN: o.DN}
	if o.Account != nil {
		r.GUID = o.Account.GUID
	}
	return r
}

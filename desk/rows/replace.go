package rows

import "dirdesk/models"

// Replace puts an object that was read anew in the place of the one with its
// name. It reports whether there is one.
func (l *Listing) Replace(o models.Object) bool {
	place, ok := l.index.place(l, o.DN)
	if !ok {
		return false
	}
	l.generation++
	l.clear(place)
	l.put(place, &o)
	l.recount(place / chunkSize)
	return true
}

// Place is where an object stands in the server's order, counted from 0.
func (l *Listing) Place(dn models.DN) (int, bool) { return l.index.place(l, dn) }

package navigation

import (
	"slices"

	"dirdesk/desk/rows"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// Marks are the objects of a place that a change is to be about. They follow the
// object's name: through paging, narrowing, sorting and reading anew.
type Marks struct {
	order []string // keys, in the order of marking
	known map[string]models.Object
}

func newMarks() *Marks { return &Marks{known: map[string]models.Object{}} }

// Len is how many objects are marked.
func (m *Marks) Len() int { return len(m.order) }

// Has reports whether an object is marked.
func (m *Marks) Has(dn models.DN) bool {
	if len(m.known) == 0 {
		return false
	}
	_, marked := m.known[dn.Key()]
	return marked
}

// toggle marks an object, or takes its mark away.
func (m *Marks) toggle(o models.Object) {
	key := o.DN.Key()
	if _, marked := m.known[key]; marked {
		m.drop(o.DN)
		return
	}
	m.known[key] = o
	m.order = append(m.order, key)
}

func (m *Marks) drop(dn models.DN) {
	key := dn.Key()
	delete(m.known, key)
	m.order = slices.DeleteFunc(m.order, func(k string) bool { return k == key })
}

func (m *Marks) clear() {
	m.order = nil
	clear(m.known)
}

// objects are the marked ones as they were read last.
func (m *Marks) objects(list *rows.Listing) []models.Object {
	all := make([]models.Object, len(m.order))
	for i, key := range m.order {
		all[i] = m.known[key]
		if o := list.Get(all[i].DN); o != nil {
			all[i] = *o
		}
	}
	return all
}

// rename keeps the marks of objects that have other names now.
func (m *Marks) rename(old, to models.DN) {
	for i, key := range slices.Clone(m.order) {
		o := m.known[key]
		dn, renamed := place.Rebase(o.DN, old, to)
		if !renamed {
			continue
		}
		delete(m.known, key)
		o.DN, o.Name = dn, place.Name(dn)
		m.order[i] = dn.Key()
		m.known[m.order[i]] = o
	}
}

package browse

import (
	"slices"

	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// marks are the objects of a container that a change is to be about. They
// follow the object's name: through paging, narrowing, sorting and reading anew.
type marks struct {
	order []string // keys, in the order of marking
	known map[string]models.Object
}

func newMarks() *marks { return &marks{known: map[string]models.Object{}} }

func (m *marks) has(dn models.DN) bool {
	if len(m.known) == 0 {
		return false
	}
	_, marked := m.known[dn.Key()]
	return marked
}

// toggle marks an object, or takes its mark away.
func (m *marks) toggle(o models.Object) {
	key := o.DN.Key()
	if _, marked := m.known[key]; marked {
		m.drop(o.DN)
		return
	}
	m.known[key] = o
	m.order = append(m.order, key)
}

func (m *marks) drop(dn models.DN) {
	key := dn.Key()
	delete(m.known, key)
	m.order = slices.DeleteFunc(m.order, func(k string) bool { return k == key })
}

func (m *marks) clear() {
	m.order = nil
	clear(m.known)
}

// objects are the marked ones as they were read last.
func (m *marks) objects(list *rows.Listing) []models.Object {
	all := make([]models.Object, len(m.order))
	for i, key := range m.order {
		all[i] = m.known[key]
		if o := list.Get(all[i].DN); o != nil {
			all[i] = *o
		}
	}
	return all
}

func (p *Page) markActions(b *builder) {
	noRow := first(when(p.env.Door.window().Never, "this connection is read-only"), when(p.shown == nil || p.shown.table.Object() == nil || p.focus != tablePane, "no row is under the cursor"))
	b.add("mark.toggle", noRow, do(p.mark))
	b.add("mark.clear",
		when(p.shown == nil || len(p.shown.marks.order) == 0, "nothing is marked"), do(p.unmarkAll))
}

// mark marks the row under the cursor and goes to the next one.
func (p *Page) mark() {
	p.shown.marks.toggle(*p.shown.table.Object())
	p.shown.table.Move(1)
}

func (p *Page) unmarkAll() {
	n := len(p.shown.marks.order)
	p.shown.marks.clear()
	p.say(tonePlain, "Took "+english.Count(n, "mark")+" away.")
}

func (p *Page) anyMarks() bool { return p.shown != nil && len(p.shown.marks.order) > 0 }

// marksWords say how many are marked, for the upper edge of the table.
func (c *container) marksWords() string {
	if n := len(c.marks.order); n > 0 {
		return english.Number(n) + " marked, "
	}
	return ""
}

// Unmark takes the mark of an object away: it was changed as wished. What was
// not stays marked.
func (p *Page) Unmark(dn models.DN) {
	for _, c := range p.containers() {
		c.marks.drop(dn)
	}
}

// containers are those whose rows are kept.
func (p *Page) containers() []*container {
	var all []*container
	if p.shown != nil {
		all = append(all, p.shown)
	}
	if p.coming != nil {
		all = append(all, p.coming.container)
	}
	for _, steps := range [][]step{p.history.past, p.history.future} {
		for _, s := range steps {
			if s.rows != nil {
				all = append(all, s.rows)
			}
		}
	}
	return all
}

package browse

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// Rebase gives the name that an object has after another, or itself, was
// renamed or moved from old to to. It is false for one that keeps its name.
func Rebase(dn, old, to models.DN) (models.DN, bool) {
	switch {
	case dn == "" || old == "":
		return dn, false
	case dn.Equal(old):
		return to, true
	case !dn.IsBelow(old):
		return dn, false
	}
	steps := dn.RDNs()
	own := steps[:len(steps)-len(old.RDNs())]
	parts := make([]string, 0, len(own)+1)
	for _, step := range own {
		parts = append(parts, step.String())
	}
	return models.DN(strings.Join(append(parts, string(to)), ",")), true
}

// follow takes a new name to everything that knows the old one, or names below
// it: the tree, the history, the marks, and what is on the screen or on its way
// there, which is read anew under its new name.
func (p *Page) follow(old, to models.DN) tea.Cmd {
	p.tree.Rename(old, to, name(to))
	p.history.rename(old, to)
	for _, c := range p.containers() {
		c.marks.rename(old, to)
	}
	p.revealing, _ = Rebase(p.revealing, old, to)
	if o := p.coming; o != nil {
		if base, below := Rebase(o.base, old, to); below {
			options := o.openOptions
			options.cursor, _ = Rebase(options.cursor, old, to)
			return p.open(base, options)
		}
	}
	c := p.shown
	if c == nil {
		return nil
	}
	base, below := Rebase(c.base, old, to)
	if !below {
		return nil
	}
	c.base, c.key = base, base.Key()
	if p.coming != nil { // the person is on the way elsewhere
		return nil
	}
	o := openOptions{how: refresh, row: c.table.Cursor(), quiet: true}
	if object := c.table.Object(); object != nil {
		o.cursor, _ = Rebase(object.DN, old, to)
	}
	return p.open(base, o)
}

// rename takes a new name to the steps. The rows below it have names that are
// not theirs any more: they are read anew when they are gone back to.
func (h *history) rename(old, to models.DN) {
	for _, steps := range []*[]step{&h.past, &h.future} {
		for i := range *steps {
			s := &(*steps)[i]
			base, below := Rebase(s.base, old, to)
			if below {
				s.base, s.rows = base, nil
			}
			s.cursor, _ = Rebase(s.cursor, old, to)
		}
	}
}

// rename keeps the marks of objects that have other names now.
func (m *marks) rename(old, to models.DN) {
	for i, key := range slices.Clone(m.order) {
		o := m.known[key]
		dn, renamed := Rebase(o.DN, old, to)
		if !renamed {
			continue
		}
		delete(m.known, key)
		o.DN, o.Name = dn, name(dn)
		m.order[i] = dn.Key()
		m.known[m.order[i]] = o
	}
}

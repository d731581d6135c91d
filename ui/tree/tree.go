package tree

import (
	"slices"

	"dirdesk/models"
	"dirdesk/ui/list"
)

// Tree is the widget. Its zero value shows nothing; make one with [New].
type Tree struct {
	root     *Node
	index    map[string]*Node // by key, of every node known
	flat     []*Node          // in sight, from top to bottom
	list     list.List
	advanced bool
}

// New is a tree of one closed node: the domain itself.
func New(base models.DN, name string) *Tree {
	root := &Node{DN: base, Name: name, key: base.Key()}
	t := &Tree{root: root, index: map[string]*Node{root.key: root}}
	t.flatten()
	return t
}

// Root is the topmost node.
func (t *Tree) Root() *Node { return t.root }

// Find gives the node of that name, nil when it is not known.
func (t *Tree) Find(dn models.DN) *Node { return t.index[dn.Key()] }

// Cursor is the node under the cursor.
func (t *Tree) Cursor() *Node { return t.flat[t.list.At()] }

// Len is the number of nodes in sight.
func (t *Tree) Len() int { return len(t.flat) }

// Move moves the cursor by so many nodes, as far as there are any.
func (t *Tree) Move(by int) { t.list.Go(t.list.At()+by, len(t.flat)) }

// MoveTo puts the cursor on a node, opening the ones above it.
func (t *Tree) MoveTo(n *Node) {
	changed := false
	for p := n.parent; p != nil; p = p.parent {
		changed = changed || !p.open
		p.open = true
	}
	if changed {
		t.flatten()
	}
	if i := slices.Index(t.flat, n); i >= 0 {
		t.list.Go(i, len(t.flat))
	}
}

// SetOpen shows a node's children or folds them away; load says that they are not known.
func (t *Tree) SetOpen(n *Node, open bool) (load bool) {
	if n.open != open {
		n.open = open
		t.flatten()
	}
	return open && (n.State == Unread || n.State == Failed)
}

// SetChildren takes what was read below a node, and whether that is not all.
func (t *Tree) SetChildren(n *Node, objects []models.Object, partial bool) {
	for _, child := range n.children {
		delete(t.index, child.key)
	}
	old := n.children
	n.adopt(objects)
	n.State, n.Partial = Ready, partial
	for _, child := range n.children {
		t.index[child.key] = child
	}
	for _, child := range old {
		if t.index[child.key] != child {
			t.forget(child)
		}
	}
	t.flatten()
}

// forget takes the nodes below a lost one out of the index.
func (t *Tree) forget(n *Node) {
	for _, child := range n.children {
		delete(t.index, child.key)
		t.forget(child)
	}
}

// Rename gives a node, and those below it, their names after it was renamed or
// moved. What is unfolded stays so. A node that went where the tree was not read
// is forgotten.
func (t *Tree) Rename(old, to models.DN, name string) {
	n := t.index[old.Key()]
	if n == nil || n.parent == nil {
		return
	}
	t.forget(n)
	delete(t.index, n.key)
	if above := t.index[to.Parent().Key()]; above != n.parent {
		n.parent.children = slices.DeleteFunc(n.parent.children, func(c *Node) bool { return c == n })
		if above == nil || above.State != Ready {
			t.flatten()
			return
		}
		n.parent = above
		above.children = append(above.children, n)
	}
	n.Name = name
	t.rebase(n, to)
	t.flatten()
}

// rebase names a node and those below it anew.
func (t *Tree) rebase(n *Node, to models.DN) {
	n.DN, n.key, n.depth = to, to.Key(), n.parent.depth+1
	t.index[n.key] = n
	for _, child := range n.children {
		own := child.DN.RDN()
		t.rebase(child, models.DN(own.String()+","+string(to)))
	}
}

// ShowAdvanced shows or hides the nodes that are for the advanced view only.
func (t *Tree) ShowAdvanced(show bool) {
	if t.advanced != show {
		t.advanced = show
		t.flatten()
	}
}

// flatten lists the nodes in sight anew. The cursor stays on its node or, when
// that is gone from sight, on the nearest one above it.
func (t *Tree) flatten() {
	var at *Node
	if t.list.At() < len(t.flat) {
		at = t.flat[t.list.At()]
	}
	t.flat = t.flat[:0]
	t.collect(t.root)
	t.list.Go(0, 1)
	for ; at != nil; at = at.parent {
		if i := slices.Index(t.flat, at); i >= 0 {
			t.list.Go(i, len(t.flat))
			return
		}
	}
}

func (t *Tree) collect(n *Node) {
	t.flat = append(t.flat, n)
	if !n.open {
		return
	}
	for _, child := range n.children {
		if t.advanced || !child.AdvancedOnly {
			t.collect(child)
		}
	}
}

// Package tree is the widget that shows the containers of a directory: a flat
// list of the nodes in sight, of which only those on the screen are drawn, so
// that a key costs the same however many there are. It asks the network for
// nothing; whoever owns it loads the children it says it lacks.
package tree

import (
	"slices"
	"strings"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/frame"
)

// Look is how the tree is drawn this time.
type Look struct {
	Theme   *theme.Theme
	Focused bool
	Spinner string // the present picture of the spinner
	Shown   string // key of the container whose objects the table shows
}

// View draws the part of the tree around the cursor into a pane.
func (t *Tree) View(look Look, pane *frame.Pane, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	return t.list.Draw(pane, len(t.flat), height, 0, func(i int, under bool) string {
		return t.line(look, t.flat[i], under, t.flat[i].key == look.Shown, width)
	})
}

// At gives the node in a line of the view, nil below the last.
func (t *Tree) At(line int) *Node {
	if i := t.list.Top() + line; line >= 0 && i < len(t.flat) {
		return t.flat[i]
	}
	return nil
}

func (t *Tree) line(look Look, n *Node, cursor, shown bool, width int) string {
	th := look.Theme
	indent := n.depth * 2
	if room := width - 12; indent > room {
		indent = max(room, 0) // very deep: keep the names readable
	}
	text := strings.Repeat(" ", indent) + t.glyph(look, n) + " " + th.Safe(n.Name)
	switch {
	case n.State == Failed:
		text += " (not read)"
	case n.Partial && n.open:
		text += " (not all)"
	}
	text = th.Fit(text, width)
	switch {
	case cursor && look.Focused:
		return th.Ink.Cursor.Render(text)
	case cursor:
		return th.Rest(text)
	case n.State == Failed:
		return th.Ink.Bad.Render(text)
	case shown:
		return th.Ink.Accent.Render(text)
	default:
		return text
	}
}

func (t *Tree) glyph(look Look, n *Node) string {
	g := look.Theme.Glyphs
	switch {
	case n.State == Loading:
		return look.Spinner
	case n.isLeaf(t.advanced):
		return g.Leaf
	case n.open:
		return g.Open
	default:
		return g.Closed
	}
}

// State is what is known of a node's children.
type State uint8

// The states of a node.
const (
	Unread  State = iota // not asked for yet
	Loading              // asked for
	Ready                // known
	Failed               // could not be read
)

// Node is one container.
type Node struct {
	DN           models.DN
	Name         string // as the directory has it: not safe to print
	Category     models.Category
	AdvancedOnly bool
	State        State
	Partial      bool // not all of its children are known

	key      string
	parent   *Node
	children []*Node
	open     bool
	depth    int
}

// Open reports whether the node's children are in sight.
func (n *Node) Open() bool { return n.open }

// Parent is the node above, nil for the root.
func (n *Node) Parent() *Node { return n.parent }

// isLeaf reports whether nothing that could be shown is below the node.
func (n *Node) isLeaf(advanced bool) bool {
	seen := func(child *Node) bool { return advanced || !child.AdvancedOnly }
	return n.State == Ready && !n.Partial && !slices.ContainsFunc(n.children, seen)
}

// adopt makes nodes of objects, keeping what is known of those that were there
// before, so that a refresh does not fold the tree.
func (n *Node) adopt(objects []models.Object) {
	before := make(map[string]*Node, len(n.children))
	for _, child := range n.children {
		before[child.key] = child
	}
	n.children = make([]*Node, 0, len(objects))
	for i := range objects {
		o := &objects[i]
		if !o.Category.HoldsObjects() {
			continue
		}
		key := o.DN.Key()
		child := before[key]
		if child == nil {
			child = &Node{key: key, parent: n, depth: n.depth + 1}
		}
		child.DN, child.Name, child.Category = o.DN, o.Name, o.Category
		child.AdvancedOnly = o.AdvancedOnly == models.Yes
		n.children = append(n.children, child)
	}
}

// Package tree is the widget that shows the containers of a directory: a flat
// list of the nodes in sight, of which only those on the screen are drawn, so
// that a key costs the same however many there are. It asks the network for
// nothing; whoever owns it loads the children it says it lacks.
package tree

import "dirdesk/models"

// State is what is known of a node's children.
type State uint8

// The states of a node.
const (
	Unread  State = iota // not asked for yet
	Loading              // asked for
	Ready                // known
	Failed               // could not be read
)

// Left is what was left out of a node's children.
type Left struct {
	Out int    // were not read because there are too many
	Why string // the server does not give all, and why; "" when it does
}

func (l Left) isAny() bool { return l.Out > 0 || l.Why != "" }

// Node is one container.
type Node struct {
	DN           models.DN
	Name         string // as the directory has it: not safe to print
	Category     models.Category
	AdvancedOnly bool
	State        State
	Left         Left // of its children

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

// isLeaf reports whether the node is known to have nothing below that could be
// shown.
func (n *Node) isLeaf(advanced bool) bool {
	if n.State != Ready || n.Left.isAny() {
		return false
	}
	for _, child := range n.children {
		if advanced || !child.AdvancedOnly {
			return false
		}
	}
	return true
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

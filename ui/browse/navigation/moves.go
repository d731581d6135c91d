package navigation

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// followAfter is how long the tree's cursor must rest before the table follows
// it.
const followAfter = 150 * time.Millisecond

// RestedMsg says that the tree's cursor was moved a while ago.
type RestedMsg struct{ moves int }

// MoveTree moves the tree's cursor; the table follows once it rests.
func (n *Navigation) MoveTree(by int) tea.Cmd {
	n.Tree.Move(by)
	n.moves++
	return n.later(followAfter, RestedMsg{n.moves})
}

// Rested reports whether the tree's cursor rests since then, so that the table
// is to follow it.
func (n *Navigation) Rested(msg RestedMsg) bool {
	return msg.moves == n.moves && n.Focus == TreePane
}

// Settle keeps the table from following the tree: what is under its cursor is
// opened now.
func (n *Navigation) Settle() { n.moves++ }

// Fold folds the node under the tree's cursor or, when it is folded, goes to its
// parent.
func (n *Navigation) Fold() tea.Cmd {
	node := n.Tree.Cursor()
	if node.Open() {
		n.Tree.SetOpen(node, false)
		return nil
	}
	n.Tree.MoveTo(node.Parent())
	return n.MoveTree(0)
}

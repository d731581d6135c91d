package browse

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/ui/tree"
)

const (
	// mostBranches is how many children a node of the tree takes: more could
	// not be walked by eye, and the table has them all.
	mostBranches = 5000
	// graftUpTo is how many rows are looked through for containers on the loop.
	graftUpTo = 1000
	// followAfter is how long the tree's cursor must rest before the table
	// follows it.
	followAfter = 150 * time.Millisecond
)

type childrenMsg struct {
	task    int
	node    *tree.Node
	objects []models.Object
	left    tree.Left
	err     error
}

type followMsg struct{ count int }

// loadChildren reads the containers below a node.
func (p *Page) loadChildren(n *tree.Node) tea.Cmd {
	if n.State == tree.Loading {
		return nil
	}
	p.tree.SetState(n, tree.Loading)
	t, ctx := p.tasks.start(p.env.Context, "reading the tree below "+name(n.DN))
	backend := p.env.Backend
	return func() tea.Msg {
		objects, left, err := branches(ctx, backend, n.DN)
		return childrenMsg{t.id, n, objects, left, err}
	}
}

// branches are the containers in a container, and what is known to be missing.
func branches(ctx context.Context, backend desk.Backend, base models.DN) (objects []models.Object, left tree.Left, err error) {
	req := models.ListRequest{Base: base, Categories: models.ContainerCategories()}
	seekable := backend.About().Seekable
	for page, err := range walk.Pages(ctx, backend, req, walk.Options{Concurrency: 1}) {
		if err != nil {
			return nil, tree.Left{}, err
		}
		objects = append(objects, page.Objects...)
		left.Why = page.Cut
		if len(objects) > mostBranches {
			left.Out = max(page.Total, len(objects)) - mostBranches
			return inOrder(ctx, objects[:mostBranches], seekable), left, nil
		}
	}
	return inOrder(ctx, objects, seekable), left, nil
}

// inOrder sorts what comes in no order that means anything.
func inOrder(ctx context.Context, objects []models.Object, seekable bool) []models.Object {
	if seekable || len(objects) < 2 {
		return objects
	}
	list := rows.NewListing("", false)
	list.Add(models.Page{Objects: objects, Total: len(objects)})
	order, err := list.Snapshot().Arrange(ctx, rows.Arrangement{Column: rows.ByKindAndName, Advanced: true})
	if err != nil {
		return objects
	}
	list.Use(order)
	sorted := make([]models.Object, 0, len(objects))
	for row := range list.Len() {
		sorted = append(sorted, *list.At(row))
	}
	return sorted
}

func (p *Page) onChildren(msg childrenMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		if msg.node.State == tree.Loading {
			p.tree.SetState(msg.node, tree.Unread)
		}
		return nil
	}
	p.tasks.end(msg.task)
	if msg.err != nil {
		p.tree.SetState(msg.node, tree.Failed)
		p.revealing = ""
		return p.fail("Could not read the tree below "+name(msg.node.DN), msg.err,
			func() tea.Cmd { return p.loadChildren(msg.node) })
	}
	p.tree.SetChildren(msg.node, msg.objects, msg.left)
	return p.reveal(p.revealing)
}

// graft gives the tree what a listing has told already: the containers in a
// container of which all is loaded need not be asked for again.
func (p *Page) graft(c *container) {
	n := p.tree.Find(c.base)
	if n == nil || n.State != tree.Unread || !c.list.IsComplete() || c.list.Loaded() > graftUpTo {
		return
	}
	var objects []models.Object
	for o := range c.list.Snapshot().Objects() {
		if o.Category.HoldsObjects() {
			objects = append(objects, *o)
		}
	}
	p.tree.SetChildren(n, inOrder(p.env.Context, objects, p.env.Backend.About().Seekable), tree.Left{Why: c.cut()})
}

// reveal opens the tree down to a container and puts the tree's cursor there,
// loading the levels between as needed.
func (p *Page) reveal(dn models.DN) tea.Cmd {
	p.revealing = ""
	if dn == "" {
		return nil
	}
	for at := dn; at != ""; at = at.Parent() {
		n := p.tree.Find(at)
		if n == nil {
			continue
		}
		p.tree.MoveTo(n)
		if n.State == tree.Ready || n.State == tree.Failed || at.Equal(dn) {
			return nil // there, or as near as the tree goes
		}
		p.revealing = dn
		p.tree.SetOpen(n, true)
		return p.loadChildren(n)
	}
	return nil
}

// moveTree moves the tree's cursor; the table follows once it rests.
func (p *Page) moveTree(by int) tea.Cmd {
	p.tree.Move(by)
	p.revealing = ""
	p.followed++
	return p.env.Later(followAfter, followMsg{p.followed})
}

func (p *Page) onFollow(msg followMsg) tea.Cmd {
	if msg.count != p.followed || p.focus != treePane {
		return nil
	}
	at := p.tree.Cursor().DN
	switch {
	case p.coming != nil && p.coming.base.Equal(at):
		return nil
	case p.shown != nil && p.shown.base.Equal(at):
		p.cancelOpening()
		return nil
	}
	return p.open(at, openOptions{how: follow})
}

// unfold shows a node's children, loading them when they are not known.
func (p *Page) unfold(n *tree.Node) tea.Cmd {
	if p.tree.SetOpen(n, true) {
		return p.loadChildren(n)
	}
	return nil
}

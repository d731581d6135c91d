package loader

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/tree"
)

const (
	// mostBranches is how many children a node of the tree takes: more could
	// not be walked by eye, and the table has them all.
	mostBranches = 5000
	// graftUpTo is how many rows are looked through for containers on the loop.
	graftUpTo = 1000
)

// Tree reads the containers below containers.
type Tree struct {
	*connection
	Nodes *tree.Tree // nil until the domain is known

	revealing models.DN // container that the tree is opened down to
}

// Plant makes the tree of a domain, its top unfolded.
func (t *Tree) Plant(domain models.DirectoryInfo) *tree.Tree {
	t.Nodes = tree.New(domain.BaseDN, cmp.Or(domain.Realm, domain.BaseDN.Realm()))
	t.Nodes.SetOpen(t.Nodes.Root(), true)
	return t.Nodes
}

type childrenMsg struct {
	task    int
	node    *tree.Node
	objects []models.Object
	partial bool // there are more
	err     error
}

// Load reads the containers below a node.
func (t *Tree) Load(n *tree.Node) tea.Cmd {
	if n.State == tree.Loading {
		return nil
	}
	n.State = tree.Loading
	id, ctx := t.start(t.Context, "reading the tree below "+place.Name(n.DN))
	backend := t.Backend
	return func() tea.Msg {
		objects, partial, err := branches(ctx, backend, n.DN)
		return childrenMsg{id, n, objects, partial, err}
	}
}

// Reload reads the tree below a container anew, where it was read before.
func (t *Tree) Reload(below models.DN) tea.Cmd {
	if n := t.Nodes.Find(below); n != nil && n.State == tree.Ready {
		return t.Load(n)
	}
	return nil
}

// Unfold shows a node's children, reading them when they are not known.
func (t *Tree) Unfold(n *tree.Node) tea.Cmd {
	if t.Nodes.SetOpen(n, true) {
		return t.Load(n)
	}
	return nil
}

// branches are the containers in a container, and whether there are more.
func branches(ctx context.Context, backend desk.Backend, base models.DN) (objects []models.Object, partial bool, err error) {
	req := models.ListRequest{Base: base, Categories: models.ContainerCategories()}
	seekable := backend.About().Seekable
	for page, err := range walk.Pages(ctx, backend, req, walk.Options{Concurrency: 1}) {
		if err != nil {
			return nil, false, err
		}
		objects = append(objects, page.Objects...)
		partial = page.Cut != ""
		if len(objects) > mostBranches {
			return inOrder(ctx, objects[:mostBranches], seekable), true, nil
		}
	}
	return inOrder(ctx, objects, seekable), partial, nil
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

func (t *Tree) onChildren(msg childrenMsg) Report {
	if !t.end(msg.task) {
		if msg.node.State == tree.Loading {
			msg.node.State = tree.Unread
		}
		return Report{}
	}
	if msg.err != nil {
		msg.node.State = tree.Failed
		t.revealing = ""
		return Report{Failed: &Failure{
			What: "Could not read the tree below " + place.Name(msg.node.DN), Err: msg.err,
			Again: func() tea.Cmd { return t.Load(msg.node) },
		}}
	}
	t.Nodes.SetChildren(msg.node, msg.objects, msg.partial)
	return Report{Next: t.Reveal(t.revealing)}
}

// graft gives the tree what a listing has told already: the containers in a
// container of which all is loaded need not be asked for again.
func (t *Tree) graft(r *Rows) {
	if t.Nodes == nil {
		return
	}
	n := t.Nodes.Find(r.Place.Container())
	if n == nil || n.State != tree.Unread || !r.List.IsComplete() || r.List.Loaded() > graftUpTo {
		return
	}
	var objects []models.Object
	for o := range r.List.Snapshot().Objects() {
		if o.Category.HoldsObjects() {
			objects = append(objects, *o)
		}
	}
	t.Nodes.SetChildren(n, inOrder(t.Context, objects, r.seekable), r.List.Cut() != "")
}

// Reveal opens the tree down to a container and puts the tree's cursor there,
// reading the levels between as needed.
func (t *Tree) Reveal(dn models.DN) tea.Cmd {
	t.revealing = ""
	for at := dn; at != ""; at = at.Parent() {
		n := t.Nodes.Find(at)
		if n == nil {
			continue
		}
		t.Nodes.MoveTo(n)
		if n.State == tree.Ready || n.State == tree.Failed || at.Equal(dn) {
			return nil // there, or as near as the tree goes
		}
		t.revealing = dn
		t.Nodes.SetOpen(n, true)
		return t.Load(n)
	}
	return nil
}

// StayHere keeps the tree's cursor from going to what is being revealed.
func (t *Tree) StayHere() { t.revealing = "" }

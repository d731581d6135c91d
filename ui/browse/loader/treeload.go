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

// Load reads the containers below a node.
func (t *Tree) Load(n *tree.Node) tea.Cmd {
	if n.State == tree.Loading {
		return nil
	}
	n.State = tree.Loading
	backend := t.Backend
	find := ask(t.connection, "reading the tree below "+place.Name(n.DN), func(ctx context.Context) (below, error) {
		return branches(ctx, backend, n.DN)
	}, func(found below, err error) Report {
		if err != nil {
			n.State, t.revealing = tree.Failed, ""
			return failure("Could not read the tree below "+place.Name(n.DN), err, func() tea.Cmd { return t.Load(n) })
		}
		t.Nodes.SetChildren(n, found.containers, found.partial)
		return Report{Next: t.Reveal(t.revealing)}
	})
	return func() tea.Msg {
		answer := find().(answerMsg)
		answer.late = func() {
			if n.State == tree.Loading {
				n.State = tree.Unread
			}
		}
		return answer
	}
}

// Reload reads the tree below a container anew, where it was read before.
func (t *Tree) Reload(container models.DN) tea.Cmd {
	if n := t.Nodes.Find(container); n != nil && n.State == tree.Ready {
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

// below are the containers in a container, and whether there are more.
type below struct {
	containers []models.Object
	partial    bool
}

func branches(ctx context.Context, backend desk.Backend, base models.DN) (below, error) {
	var found below
	req := models.ListRequest{Base: base, Categories: models.ContainerCategories()}
	for page, err := range walk.Pages(ctx, backend, req, walk.Options{Concurrency: 1}) {
		if err != nil {
			return below{}, err
		}
		found.containers = append(found.containers, page.Objects...)
		found.partial = page.Cut != ""
		if len(found.containers) > mostBranches {
			found = below{found.containers[:mostBranches], true}
			break
		}
	}
	found.containers = inOrder(ctx, found.containers, backend.About().Seekable)
	return found, nil
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

// Reveal opens the tree down to a container, reading the levels between as needed.
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

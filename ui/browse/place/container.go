package place

import (
	"context"
	"iter"
	"slices"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/rows"
	"dirdesk/desk/walk"
	"dirdesk/models"
)

// container is a container of the directory; its rows are its children.
type container struct {
	dn    models.DN
	top   models.DN // of the domain: nothing is above it
	key   string
	isTop bool
}

// Container is the place that shows the children of dn, in a domain whose base
// DN is top.
func Container(dn, top models.DN) Place {
	return container{dn: dn, top: top, key: dn.Key(), isTop: dn.Equal(top)}
}

func (c container) Address() string { return string(c.dn) }

func (c container) Key() string { return c.key }

func (c container) Name() string { return Name(c.dn) }

func (c container) Kind() string { return "container" }

func (c container) Path() []string {
	steps := c.dn.RDNs()
	names := make([]string, 0, len(steps))
	for _, step := range slices.Backward(steps[:max(len(steps)-c.top.Depth(), 0)]) {
		names = append(names, step.Value)
	}
	return names
}

func (c container) IsTop() bool { return c.isTop }

func (c container) Up() Place { return Container(c.dn.Parent(), c.top) }

func (c container) Container() models.DN { return c.dn }

func (c container) Lists(parent models.DN) bool { return c.dn.Equal(parent) }

func (c container) Renamed(old, to models.DN) (Place, bool) {
	dn, renamed := Rebase(c.dn, old, to)
	return Container(dn, c.top), renamed
}

func (c container) Seekable(about models.About) bool { return about.Seekable }

// Natural sorts what a server that cannot seek lists in no order that means
// anything.
func (c container) Natural(about models.About) rows.Column {
	if about.Seekable {
		return rows.ServerOrder
	}
	return rows.ByKindAndName
}

func (c container) Read(ctx context.Context, backend desk.Backend, offset, limit int) iter.Seq2[models.Page, error] {
	return backend.List(ctx, models.ListRequest{Base: c.dn, Offset: offset, Limit: limit})
}

func (c container) Rest(ctx context.Context, backend desk.Backend, offset int) iter.Seq2[models.Page, error] {
	return walk.Pages(ctx, backend, models.ListRequest{Base: c.dn, Offset: offset}, walk.Options{})
}

// Name is an object's own name, not safe to print: of a domain the whole one.
func Name(dn models.DN) string {
	switch rdn := dn.RDN(); {
	case strings.EqualFold(rdn.Type, "DC"):
		return dn.Realm() // "example.test", not "example"
	case rdn.Value != "":
		return rdn.Value
	}
	return string(dn)
}

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

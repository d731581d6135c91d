package adaxes

import (
	"context"

	"dirdesk/models"
)

// Below gives all that lies below an object, at every depth and of whatever
// class. cut says why there may be more.
func (r *reader) Below(ctx context.Context, base models.Ref) (all []models.Descendant, cut string, err error) {
	g := &gathering{backend: r, action: "look below", object: string(base.DN), scope: scope{base: idOf(base)}}
	if err := g.run(ctx); err != nil {
		return nil, "", err
	}
	for _, o := range g.found {
		if ref := o.Ref(); !base.Is(ref) {
			all = append(all, models.Descendant{DN: o.DN, Class: string(o.Category), GUID: ref.GUID})
		}
	}
	return all, g.cut, nil
}

package desk

import (
	"context"
	"fmt"

	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// mostCounted is where counting what is below a container ends.
const mostCounted = 200_000

// examineDeletion counts what would go along.
func (d *Desk) examineDeletion(ctx context.Context, s *Step, o PlanOptions) error {
	if !s.before.Category.HoldsObjects() {
		return nil
	}
	below, cut, err := d.countBelow(ctx, s.Change.DN)
	if err != nil {
		return err
	}
	s.Below = below
	if cut != "" {
		s.Warnings = append(s.Warnings, english.Own("there may be more: "+cut))
	}
	if below == 0 {
		return nil
	}
	if _, can := d.deleterFor(true); !can {
		s.Refused = refuse(s.Change, models.ErrNotEmpty, english.Own(fmt.Sprintf("it holds %s, and this connection deletes empty containers only", objects(below))))
		return nil
	}
	if !o.Subtree {
		s.Refused = refuse(s.Change, models.ErrNotEmpty, english.Own(fmt.Sprintf("it holds %s", objects(below))))
		return nil
	}
	s.Warnings = append(s.Warnings, english.Own(objects(below)+" in it will be deleted too"))
	return nil
}

// countBelow counts the objects below a container at every depth; cut says why
// there may be more of them.
func (d *Desk) countBelow(ctx context.Context, base models.DN) (count int, cut string, err error) {
	queue := []models.DN{base}
	for len(queue) > 0 && count < mostCounted {
		dn := queue[0]
		queue = queue[1:]
		for page, err := range walk.Pages(ctx, d.backend, models.ListRequest{Base: dn}, walk.Options{}) {
			if err != nil {
				return 0, "", err
			}
			if page.Cut != "" {
				cut = page.Cut
			}
			count += len(page.Objects)
			for i := range page.Objects {
				if page.Objects[i].Category.HoldsObjects() {
					queue = append(queue, page.Objects[i].DN)
				}
			}
			if count >= mostCounted {
				break
			}
		}
	}
	return count, cut, nil
}

// deleterFor is the first deleter that can do what is asked.
func (d *Desk) deleterFor(subtree bool) (Deleter, bool) {
	for deleter := range abilities[Deleter](d.backend) {
		if !subtree || deleter.CanDeleteSubtree() {
			return deleter, true
		}
	}
	return nil, false
}

func objects(n int) string {
	if n >= mostCounted {
		return "more than " + english.Count(mostCounted, "object")
	}
	return english.Count(n, "object")
}

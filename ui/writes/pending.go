package writes

import (
	"slices"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// pending are the objects of which a change waits for somebody's approval. They
// are named so until the person reads them anew.
type pending []models.DN

const (
	pendingNote  = "for approval"
	pendingWords = "sent for approval, nothing has changed yet"
)

// note takes what became of one object.
func (p *pending) note(out desk.Outcome) {
	dn := out.Change.DN
	switch out.Verdict {
	case verdict.Pending:
		if dn != "" && !p.has(dn) {
			*p = append(*p, dn)
		}
	case verdict.Done:
		p.follow(dn, out.NewDN)
	}
}

func (p pending) has(dn models.DN) bool { return slices.ContainsFunc(p, dn.Equal) }

// follow takes a new name to what waits.
func (p pending) follow(old, to models.DN) {
	if to == "" {
		return
	}
	for i := range p {
		p[i], _ = place.Rebase(p[i], old, to)
	}
}

// forget is for the objects of a container that the person has read anew.
func (p *pending) forget(base models.DN) {
	*p = slices.DeleteFunc(*p, func(dn models.DN) bool { return dn.Parent().Equal(base) })
}

// note says what is to be said of an object in the place of its state.
func (w *Writes) note(o *models.Object) string {
	if len(w.pending) > 0 && w.pending.has(o.DN) {
		return w.env.Theme.Glyphs.Pending + " " + pendingNote
	}
	return w.sync.Note(o.DN)
}

// remark is what is to be said of an object among its details.
func (w *Writes) remark(dn models.DN) string {
	if len(w.pending) > 0 && w.pending.has(dn) {
		return pendingWords
	}
	return ""
}

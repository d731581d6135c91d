package writes

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/change"
)

// happened takes what became of one object: what was done is not marked any
// more.
func (w *Writes) happened(out desk.Outcome) tea.Cmd {
	w.pending.note(out)
	if out.Verdict == verdict.Done && out.NewDN != "" {
		w.sync.Rename(func(dn models.DN) models.DN {
			dn, _ = place.Rebase(dn, out.Change.DN, out.NewDN)
			return dn
		})
	}
	if out.Entry != "" && (out.Verdict == verdict.Done || out.Verdict == verdict.Partly) {
		w.lines = append(w.lines, out.Entry)
	}
	if out.Verdict == verdict.Done || out.Verdict == verdict.Pending { // what was asked for once is not to be asked for again
		w.page.Navigation().Unmark(out.Change.DN)
		for _, member := range out.Change.Members {
			w.page.Navigation().Unmark(member.DN)
		}
	}
	if out.NewAccount() && w.desk.Can(models.SyncDomain, models.Object{}) == "" {
		w.sync.Add(cmp.Or(out.NewDN, out.Change.DN))
	}
	return w.page.Wake()
}

// finished reads anew what was changed, and syncs DSM when there is a new
// account that it does not know.
func (w *Writes) finished(msg change.Finished) tea.Cmd {
	w.tickets.keep(msg.Tickets)
	var affected []desk.Affected
	created := false
	for _, out := range msg.Outcomes {
		// What waits for an approval was looked at, and is as it was.
		if out.Verdict.Changed() {
			affected = append(affected, desk.AffectedBy(out)...)
		}
		created = created || out.NewAccount()
	}
	shown := w.page.Navigation().Shown
	follow := shown == nil || shown.Table.Kept() == w.stood // else the person has gone on
	for i, a := range affected {
		if msg.Planned && !a.Gone() {
			affected[i].Show = cmp.Or(a.Show, a.To, a.DN)
		}
	}
	door := w.desk
	read := func(ctx context.Context, dn models.DN) (models.Object, error) {
		return door.Read(ctx, models.Ref{DN: dn})
	}
	cmds := []tea.Cmd{w.watchWindow()}
	if len(affected) > 0 {
		cmds = append(cmds, w.page.Refresh(affected, follow, read))
	}
	if created && w.sync.Any() {
		cmds = append(cmds, w.sync.Start(), w.page.Wake())
	}
	return tea.Batch(cmds...)
}

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

// forget is for the objects that the person has read anew.
func (p *pending) forget(read func(models.DN) bool) { *p = slices.DeleteFunc(*p, read) }

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

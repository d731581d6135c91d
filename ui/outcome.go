package ui

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/browse/place"
)

// happened takes what became of one object: what was done is not marked any
// more.
func (r *Root) happened(out desk.Outcome) tea.Cmd {
	r.pending.note(out)
	if out.Verdict == verdict.Done && out.NewDN != "" {
		r.sync.Rename(func(dn models.DN) models.DN {
			dn, _ = place.Rebase(dn, out.Change.DN, out.NewDN)
			return dn
		})
	}
	if out.Entry != "" && out.Verdict == verdict.Done {
		r.lines = append(r.lines, out.Entry)
	}
	if out.Verdict == verdict.Done || out.Verdict == verdict.Pending { // what was asked for once is not to be asked for again
		r.page.Navigation().Unmark(out.Change.DN)
		for _, member := range out.Change.Members {
			r.page.Navigation().Unmark(member)
		}
	}
	if desk.TraitsOf(out.Change.Action).NewAccount && out.Verdict == verdict.Done && r.desk.Can(models.SyncDomain, models.Object{}) == "" {
		r.sync.Add(cmp.Or(out.NewDN, out.Change.DN))
	}
	return r.page.Wake()
}

// finished reads anew what was changed, and syncs DSM when there is a new
// account that it does not know.
func (r *Root) finished(outs []desk.Outcome) tea.Cmd {
	var affected []desk.Affected
	created := false
	for _, out := range outs {
		// What waits for an approval was looked at, and is as it was.
		if out.Verdict == verdict.Done || out.Verdict == verdict.Unknown {
			affected = append(affected, desk.AffectedBy(out)...)
		}
		created = created || desk.TraitsOf(out.Change.Action).NewAccount && out.Verdict == verdict.Done
	}
	door := r.desk
	read := func(ctx context.Context, dn models.DN) (models.Object, error) { return door.Read(ctx, dn) }
	cmds := []tea.Cmd{r.watchWindow()}
	if len(affected) > 0 {
		cmds = append(cmds, r.page.Refresh(affected, read))
	}
	if created && r.sync.Any() {
		cmds = append(cmds, r.sync.Start(), r.page.Wake())
	}
	return tea.Batch(cmds...)
}

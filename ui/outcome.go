package ui

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/browse"
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
	if out.Change.Action == models.CreateUser && out.Verdict == verdict.Done && r.desk.Can(models.SyncDomain, models.Object{}) == "" {
		r.sync.Add(cmp.Or(out.NewDN, out.Change.DN))
	}
	return r.page.Wake()
}

// finished reads anew what was changed, and syncs DSM when there is a new
// account that it does not know.
func (r *Root) finished(outs []desk.Outcome) tea.Cmd {
	var affected []browse.Affected
	created := false
	for _, out := range outs {
		// What waits for an approval was looked at, and is as it was.
		if out.Verdict == verdict.Done || out.Verdict == verdict.Unknown {
			affected = append(affected, touch(out)...)
		}
		created = created || out.Change.Action == models.CreateUser && out.Verdict == verdict.Done
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

// touch says which objects an outcome concerns, and how.
func touch(out desk.Outcome) []browse.Affected {
	c := out.Change
	parent := c.DN.Parent()
	t := browse.Affected{DN: c.DN, Parents: []models.DN{parent}, Containers: c.Category.HoldsObjects()}
	switch c.Action {
	case models.CreateUser, models.CreateGroup:
		t.Structure, t.Show = true, cmp.Or(out.NewDN, c.DN)
		t.Parents = []models.DN{t.Show.Parent()}
	case models.CreateOU:
		t.Structure, t.Containers, t.Show = true, true, cmp.Or(out.NewDN, c.DN)
		t.DN = "" // it is new: nobody can be in it
	case models.Delete, models.Rename, models.Move:
		t.Structure, t.To = true, out.NewDN
		if c.Action == models.Rename {
			t.Show = out.NewDN
		}
		if to := cmp.Or(out.NewDN.Parent(), c.NewParent); to != "" && !to.Equal(parent) {
			t.Parents = append(t.Parents, to)
		}
	case models.Modify:
		if out.NewDN != "" && !out.NewDN.Equal(c.DN) { // its name was among what changed
			t.Structure, t.To, t.Show = true, out.NewDN, out.NewDN
		}
	case models.AddMembers, models.RemoveMembers:
		all := []browse.Affected{t}
		for _, member := range slices.Clone(c.Members) {
			all = append(all, browse.Affected{DN: member})
		}
		return all
	case models.SyncDomain, models.SendResetMail:
		return nil
	}
	return []browse.Affected{t}
}

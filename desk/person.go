package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// mostGroups is how many groups are looked through for those above them.
const mostGroups = 500

// GroupsThrough are the groups that somebody is in through those that they are in
// directly, each once.
func (d *directory) GroupsThrough(ctx context.Context, direct []models.DN) (through []models.DN, err error) {
	seen := keys(direct)
	for next := slices.Clone(direct); len(next) > 0; next = next[1:] {
		if len(seen) > mostGroups {
			return through, &models.Error{Kind: models.ErrBusy, Action: "follow the groups of", Advice: "There are more than " + english.Number(mostGroups) + "."}
		}
		group, err := d.Read(ctx, models.Ref{DN: next[0]})
		if errors.Is(err, models.ErrNotFound) { // of another domain, or gone meanwhile
			continue
		}
		if err != nil {
			return through, err
		}
		if group.Account == nil {
			continue
		}
		for _, dn := range group.Account.MemberOf {
			if key := dn.Key(); !seen[key] {
				seen[key] = true
				through, next = append(through, dn), append(next, dn)
			}
		}
	}
	return through, nil
}

// Children are the objects below an object, such as the keys of its disks; none
// where this connection cannot look.
func (d *directory) Children(ctx context.Context, ref models.Ref) ([]models.Descendant, error) {
	reader, ok := Capability[SubtreeReader](d.backend)
	if !ok {
		return nil, nil
	}
	all, _, err := reader.Below(ctx, ref)
	return all, err
}

// mostDone is how many changes of one object are told of, the newest.
const mostDone = 20

// Done says what the journal at path knows of an object, the newest first: "2026-11-20
// 14:02 unlock, verified, by anna".
func Done(path string, o models.Object, zone *time.Location) (lines []string, err error) {
	var faults error
	for e, err := range journal.Read(path) {
		switch {
		case err != nil:
			faults = errors.Join(faults, err)
		case o.Ref().GUID != "" && e.GUID == o.Ref().GUID, e.GUID == "" && e.Concerns(string(o.DN)):
			lines = append(lines, doneWords(e, zone))
		}
	}
	slices.Reverse(lines)
	return lines[:min(len(lines), mostDone)], faults
}

func doneWords(e journal.Entry, zone *time.Location) string {
	parts := []string{e.Time.In(zone).Format("2006-01-02 15:04") + "  " + string(e.Action), string(e.Outcome)}
	if e.Verified {
		parts = append(parts, "verified")
	}
	parts = append(parts, "by "+e.Operator.Account)
	if e.Ticket != "" {
		parts = append(parts, "for "+e.Ticket)
	}
	if e.UndoneBy != "" {
		parts = append(parts, "taken back")
	}
	return strings.Join(parts, ", ")
}

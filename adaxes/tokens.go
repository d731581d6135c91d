package adaxes

import (
	"context"
	"strings"

	"dirdesk/models"
)

// Tokens gives the SIDs of an object, of its primary group and of the groups that
// it is in directly; marked is adminCount, which the domain keeps of who is in a
// protected group, also through others.
func (r *reader) Tokens(ctx context.Context, ref models.Ref) (sids []string, marked bool, err error) {
	const action = "read the groups of"
	one, err := r.getFor(ctx, action, idOf(ref), "objectSid", "memberOf", "primaryGroupID", "adminCount")
	if err != nil {
		return nil, false, err
	}
	sid := sidText(one.text("objectSid"))
	sids = append(sids, sid)
	if primary := one.text("primaryGroupID"); primary != "" && sid != "" {
		sids = append(sids, sid[:strings.LastIndexByte(sid, '-')+1]+primary)
	}
	for _, dn := range one.texts("memberOf") {
		group, err := r.getFor(ctx, action, dn, "objectSid")
		if err != nil {
			return nil, false, err
		}
		sids = append(sids, sidText(group.text("objectSid")))
	}
	count, _ := one.bits("adminCount")
	return sids, count > 0, nil
}

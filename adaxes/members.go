package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
)

const actionMembers = "read the members of"

// Members gives a group's direct members, as far as this account may see them.
func (m *memberships) Members(ctx context.Context, group models.Ref) ([]models.DN, error) {
	all, part, err := m.members(ctx, group, false)
	if err != nil || !part {
		return all, err
	}
	// An old server ends at 1,000; the group's own list shows whether it did.
	e, err := m.getFor(ctx, actionMembers, idOf(group), "member")
	if err != nil {
		return nil, err
	}
	for _, member := range e.texts("member") {
		if member != "" {
			all = append(all, models.DN(member))
		}
	}
	return models.Distinct(all), nil
}

// IndirectMembers gives all members of a group, those through other groups too,
// each once.
func (m *memberships) IndirectMembers(ctx context.Context, group models.Ref) ([]models.DN, error) {
	all, part, err := m.members(ctx, group, true)
	if part {
		return m.walkMembers(ctx, group)
	}
	return all, err
}

// members asks for members; part says that they may be a part only.
func (m *memberships) members(ctx context.Context, group models.Ref, indirect bool) (all []models.DN, part bool, err error) {
	if err := needName(actionMembers, group); err != nil {
		return nil, false, err
	}
	r := reading(pathMembers, url.Values{
		"group": {idOf(group)}, "includeIndirect": {strconv.FormatBool(indirect)},
	}, actionMembers, string(group.DN))
	count, allowed := 0, m.allowance()
	err = m.eachRow(ctx, r, 0, func(e entry) error {
		if count++; e.dn != "" {
			all = append(all, e.dn)
		}
		return allowed.Take(len(e.dn))
	})
	if err != nil {
		return nil, false, err
	}
	m.learnCap(ctx, count, actionMembers, string(group.DN))
	return models.Distinct(all), m.mayBePart(count), nil
}

// joining is the body that puts an object into a group (official).
type joining struct {
	Group     string `json:"group"`
	NewMember string `json:"newMember"`
}

// AddMembers puts objects into a group, each by a request of its own, since the
// server takes one at a time by design (a vendor's answer). Whoever is a member
// already is no error. When some were refused, the error says which were added.
func (m *memberships) AddMembers(ctx context.Context, group models.Ref, members []models.Ref) error {
	return m.eachMember(ctx, "add to", "added", group, members, func(action string, member models.Ref) error {
		r, err := writing(http.MethodPost, pathMembers, joining{idOf(group), idOf(member)}, action, string(member.DN))
		if err != nil {
			return err
		}
		_, err = m.operate(ctx, r)
		return m.unlessSo(ctx, group, member, true, err)
	})
}

// RemoveMembers takes objects out of a group, each by a request of its own.
// Whoever is no member is no error.
func (m *memberships) RemoveMembers(ctx context.Context, group models.Ref, members []models.Ref) error {
	return m.eachMember(ctx, "remove from", "taken out", group, members, func(action string, member models.Ref) error {
		_, err := m.operate(ctx, request{
			verb: http.MethodDelete, path: pathMembers, query: url.Values{"group": {idOf(group)}, "member": {idOf(member)}},
			action: action, object: string(member.DN), write: true,
		})
		return m.unlessSo(ctx, group, member, false, err)
	})
}

// unlessSo drops the error of a membership that could not be changed because it
// is as it was to be. Where the server's words do not tell, the member is asked:
// they are in whatever language the server speaks. One that belongs to the group
// by its primary group, which no list shows, has not left it.
func (m *memberships) unlessSo(ctx context.Context, group, member models.Ref, wanted bool, err error) error {
	switch {
	case err == nil:
		return nil
	case wanted && errors.Is(err, models.ErrExists), !wanted && errors.Is(err, errNoMember):
		return nil
	case !errors.Is(err, models.ErrPolicy) && !errors.Is(err, models.ErrServer):
		return err
	}
	listed, primary, failed := m.belongs(ctx, group, member)
	switch {
	case failed != nil || listed != wanted:
		return err
	case wanted || !primary:
		return nil
	default:
		return &models.Error{
			Kind: models.ErrPolicy, Action: memberAction("remove from", group.DN), Object: string(member.DN),
			Advice: "It is the primary group: give the account another primary group first.", Err: err,
		}
	}
}

// belongs reports whether a group is among those that its member names, and
// whether it is the primary one, which is not among them.
func (m *memberships) belongs(ctx context.Context, group, member models.Ref) (listed, primary bool, err error) {
	one, err := m.getFor(ctx, actionRead, idOf(member), "memberOf", "primaryGroupID")
	if err != nil {
		return false, false, err
	}
	whole, err := m.getFor(ctx, actionRead, idOf(group), "objectSid")
	if err != nil {
		return false, false, err
	}
	name := group.DN
	if group.GUID != "" {
		name = whole.dn // it may have been renamed
	}
	listed = slices.ContainsFunc(one.texts("memberOf"), func(dn string) bool { return models.DN(dn).Equal(name) })
	number := models.RID(sidText(whole.text("objectSid")))
	return listed, number != 0 && strconv.Itoa(number) == one.text("primaryGroupID"), nil
}

// eachMember makes one change for each member. It stops at the first after which
// the rest would fare no better, or after which it is open what was done.
func (m *memberships) eachMember(ctx context.Context, verb, past string, group models.Ref, members []models.Ref, run func(action string, member models.Ref) error) error {
	one := memberAction(verb, group.DN)
	action := strings.TrimSuffix(one, " the member")
	if err := needName(action, group); err != nil {
		return err
	}
	var fate fates
	for _, member := range members {
		err := needName(one, member)
		if err == nil {
			err = run(one, member)
		}
		if err == nil {
			fate.done = append(fate.done, string(member.DN))
			continue
		}
		fate.bad = append(fate.bad, err)
		if ctx.Err() != nil || endsAll(ctx, err) || errors.Is(err, models.ErrUnknownOutcome) {
			break
		}
	}
	return fate.err(action, past, models.Names(members))
}

// memberAction names the group shortly; the member's DN follows it in an error.
func memberAction(verb string, group models.DN) string {
	name := group.RDN().Value
	if name == "" {
		name = string(group)
	}
	return verb + ` the group "` + name + `" the member`
}

// fates are what became of several members, of the first of all.
type fates struct {
	done []string
	bad  []error
}

// err is nil when all were done; the one error when there was one member; else
// one of the weightiest kind that came, which says of each what became of it.
func (f fates) err(action, past string, all []models.DN) error {
	switch {
	case len(f.bad) == 0:
		return nil
	case len(all) == 1:
		return f.bad[0]
	}
	worst := f.weightiest()
	out := &models.Error{
		Kind: models.ErrServer, Action: action, Err: errors.Join(f.bad...),
		Object: fmt.Sprintf("%d of %d members", len(all)-len(f.done), len(all)),
	}
	var known *models.Error
	if errors.As(worst, &known) {
		out.Kind, out.Advice, out.Code = known.Kind, known.Advice, known.Code
	}
	if errors.Is(worst, models.ErrPending) {
		out.Kind = models.InWords("a part was sent for approval, and has not changed yet", models.ErrPending)
	}
	var words []string
	if len(f.done) > 0 {
		words = append(words, past+": "+strings.Join(f.done, "; "))
	}
	for _, err := range f.bad {
		text := err.Error()
		if errors.As(err, &known) && known.Server != "" {
			text += ": " + known.Server
		}
		words = append(words, text)
	}
	var left []string
	for _, dn := range all[len(f.done)+len(f.bad):] {
		left = append(left, string(dn))
	}
	if len(left) > 0 {
		words = append(words, "not tried: "+strings.Join(left, "; "))
	}
	out.Server = strings.Join(words, " | ")
	return out
}

// weightiest picks what a person has to know first: that it is open what was
// done, then that something waits for approval, then the last refusal.
func (f fates) weightiest() error {
	for _, kind := range []error{models.ErrUnknownOutcome, models.ErrPending} {
		for _, err := range f.bad {
			if errors.Is(err, kind) {
				return err
			}
		}
	}
	return f.bad[len(f.bad)-1]
}

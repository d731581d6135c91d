package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"dirdesk/models"
)

// joining is the body that puts an object into a group (official).
type joining struct {
	Group     string `json:"group"`
	NewMember string `json:"newMember"`
}

// AddMembers puts objects into a group, each by a request of its own, since the
// server takes one at a time by design (a vendor's answer). Whoever is a member
// already is no error. When some were refused, the error says which were added.
func (b *Backend) AddMembers(ctx context.Context, group models.DN, members []models.DN) error {
	return b.eachMember(ctx, "add to", "added", group, members, func(action string, member models.DN) error {
		r, err := writing(http.MethodPost, pathMembers, joining{string(group), string(member)}, action, string(member))
		if err != nil {
			return err
		}
		if _, err = b.operate(ctx, r); errors.Is(err, models.ErrExists) {
			return nil
		}
		return err
	})
}

// RemoveMembers takes objects out of a group, each by a request of its own.
// Whoever is no member is no error.
func (b *Backend) RemoveMembers(ctx context.Context, group models.DN, members []models.DN) error {
	return b.eachMember(ctx, "remove from", "taken out", group, members, func(action string, member models.DN) error {
		_, err := b.operate(ctx, request{
			verb: http.MethodDelete, path: pathMembers, query: url.Values{"group": {string(group)}, "member": {string(member)}},
			action: action, object: string(member), write: true,
		})
		if errors.Is(err, errNoMember) {
			return nil
		}
		return err
	})
}

// eachMember makes one change for each member. It stops at the first after which
// the rest would fare no better, or after which it is open what was done.
func (b *Backend) eachMember(ctx context.Context, verb, past string, group models.DN, members []models.DN, run func(action string, member models.DN) error) error {
	action := verb + ` the group "` + groupName(group) + `"`
	if err := needName(action, group); err != nil {
		return err
	}
	fate := fates{action: action, past: past, all: members}
	for _, member := range members {
		one := action + " the member"
		err := needName(one, member)
		if err == nil {
			err = run(one, member)
		}
		fate.note(member, err)
		if err != nil && (ctx.Err() != nil || endsAll(ctx, err) || errors.Is(err, models.ErrUnknownOutcome)) {
			break
		}
	}
	return fate.err()
}

func groupName(group models.DN) string {
	if name := group.RDN().Value; name != "" {
		return name
	}
	return string(group)
}

// fates are what became of several members.
type fates struct {
	action, past string
	all          []models.DN
	tried        int
	done         []string
	bad          []error
}

func (f *fates) note(member models.DN, err error) {
	f.tried++
	if err != nil {
		f.bad = append(f.bad, err)
		return
	}
	f.done = append(f.done, string(member))
}

// err is nil when all were done; the one error when there was one member; else
// one of the weightiest kind that came, which says of each what became of it.
func (f *fates) err() error {
	switch {
	case len(f.bad) == 0:
		return nil
	case len(f.all) == 1:
		return f.bad[0]
	}
	worst := f.weightiest()
	out := &models.Error{
		Kind: models.ErrServer, Action: f.action, Err: errors.Join(f.bad...),
		Object: fmt.Sprintf("%d of %d members", len(f.all)-len(f.done), len(f.all)),
	}
	var known *models.Error
	if errors.As(worst, &known) {
		out.Kind, out.Advice, out.Code = known.Kind, known.Advice, known.Code
	}
	var words []string
	if len(f.done) > 0 {
		words = append(words, f.past+": "+strings.Join(f.done, "; "))
	}
	for _, err := range f.bad {
		text := err.Error()
		if errors.As(err, &known) && known.Server != "" {
			text += ": " + known.Server
		}
		words = append(words, text)
	}
	if rest := f.all[f.tried:]; len(rest) > 0 {
		left := make([]string, len(rest))
		for i, dn := range rest {
			left[i] = string(dn)
		}
		words = append(words, "not tried: "+strings.Join(left, "; "))
	}
	out.Server = strings.Join(words, " | ")
	return out
}

// weightiest picks what a person has to know first: that it is open what was
// done, then that something waits for approval, then the last refusal.
func (f *fates) weightiest() error {
	for _, kind := range []error{models.ErrUnknownOutcome, models.ErrPending} {
		for _, err := range f.bad {
			if errors.Is(err, kind) {
				return err
			}
		}
	}
	return f.bad[len(f.bad)-1]
}

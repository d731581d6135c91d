package synology

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// CreateGroup makes a group and gives the name that DSM reports (docs/dsm.md section
// 4.6; captured from a public client).
func (b *Backend) CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error) {
	m := methodCreateGroup
	object := string(group.Container.DN.Child("CN", group.Name))
	if err := group.Check(); err != nil {
		return "", b.explain(m, object, err)
	}
	data, err := b.call(ctx, m, object, params{
		"name":        group.Name,
		"located_dn":  string(group.Container.DN),
		"email":       group.Mail,
		"description": group.Description,
		"type":        string(cmp.Or(group.Type, models.TypeSecurity)),
		"scope":       string(cmp.Or(group.Scope, models.ScopeGlobal)),
	})
	if err != nil {
		return "", err
	}
	dn, err := decodeCreated(data)
	return dn, b.explain(m, object, err)
}

// AddMembers puts objects into a group. One that is in it already is no error,
// where the directory's refusal says so. When a request for several is refused
// for that, each is asked for alone: LDAP adds all or none. Errors of several
// members are joined.
func (b *Backend) AddMembers(ctx context.Context, to models.Ref, refs []models.Ref) error {
	m := methodAddMembers
	group, members := to.DN, models.Names(refs)
	if group == "" {
		return b.explain(m, b.host, invalid("no group is named", "Name one."))
	}
	if len(members) == 0 {
		return nil
	}
	err := b.addMembers(ctx, group, members)
	if !errors.Is(err, models.ErrExists) {
		return err
	}
	if len(members) == 1 {
		return nil
	}
	var failed []error
	for _, member := range members {
		err := b.addMembers(ctx, group, []models.DN{member})
		if err != nil && !errors.Is(err, models.ErrExists) {
			failed = append(failed, memberError(member, err))
		}
	}
	return errors.Join(failed...)
}

// memberError names the member that an error is about, beside the group.
func memberError(member models.DN, err error) error {
	var known *models.Error
	if !errors.As(err, &known) {
		return err
	}
	named := *known
	named.Action, named.Object = "add to "+known.Object, string(member)
	return &named
}

func (b *Backend) addMembers(ctx context.Context, group models.DN, members []models.DN) error {
	m := methodAddMembers
	data, _, err := b.inCompound(ctx, m, string(group), params{"dn": string(group), "members": members})
	if err != nil {
		return err
	}
	echoed, ok := rawjson.ObjectOf(data).List("members")
	if !ok {
		return b.explain(m, string(group), webclient.Lost(notUnderstood()))
	}
	return b.explain(m, string(group), echoFailure(members, echoed))
}

// echoFailure compares the members that DSM names in its answer with those it
// was sent (docs/dsm.md section 4.7; live sample): it cannot list a group's members,
// so this is all there is to see.
func echoFailure(sent []models.DN, echoed []json.RawMessage) error {
	missing := slices.DeleteFunc(slices.Clone(sent), func(dn models.DN) bool {
		return slices.ContainsFunc(echoed, func(e json.RawMessage) bool { return models.DN(rawjson.Scalar(e)).Equal(dn) })
	})
	if len(missing) == 0 {
		return nil
	}
	e := webclient.Fault(models.ErrServer,
		fmt.Sprintf("DSM confirmed %d of %d members", len(sent)-len(missing), len(sent)), "Try again with those that are missing.")
	e.Server = fmt.Sprintf("not among the members in the answer: %q", missing)
	return e
}

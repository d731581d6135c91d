package conformance

import (
	"context"
	"errors"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/simulator"
)

// What the desk says beforehand to the sample company's help desk is what the server
// then does, for each action, on people within its reach and out of it.
func TestTheHelpDeskIsToldBeforehandWhatTheServerDoes(t *testing.T) {
	t.Parallel()
	server, err := simulator.Start(simulator.Options{LDAP: &simulator.LDAPOptions{}})
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	open := func(account string, password models.Secret) *activedirectory.Backend {
		backend, err := activedirectory.Open(t.Context(), activedirectory.Options{URL: server.LDAPURL(), TLS: trusting(t, server), Account: account, Password: password})
		must(t, err)
		t.Cleanup(func() { must(t, backend.Close(context.WithoutCancel(t.Context()))) })
		return backend
	}
	admin := open(server.LDAPAccount(), server.LDAPPassword(false))
	helper := open(server.HelpDesk(), server.LDAPPassword(true))
	door := desk.New(helper, desk.Options{Mode: desk.Open})
	base := server.Directory().BaseDN()
	reach := base.Child("OU", "Staff")
	person := func(container models.DN, logon string) models.Object {
		dn, err := admin.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: logon, DisplayName: logon}, models.NewSecret("Second-Kettle-2"))
		must(t, err)
		o, err := admin.Get(t.Context(), models.Ref{DN: dn})
		must(t, err)
		return o
	}
	protect := func(o models.Object) {
		_, err := admin.EditProperties(t.Context(), o.Ref(), models.Modification{Properties: []models.PropertyChange{{Name: "adminCount", Type: models.Integer, Values: []string{"1"}}}})
		must(t, err)
	}
	people := map[string]models.Object{"within reach": person(reach, "near"), "protected": person(reach, "guarded"), "elsewhere": person(base.Child("CN", "Users"), "far")}
	protect(people["protected"])
	text := func(name string) models.Change {
		return models.Change{Action: models.Edit, Fields: []models.FieldChange{{Field: models.Field(name), After: "1"}}}
	}
	refused, allowed := 0, 0
	for name, o := range people {
		_, err := door.May(t.Context(), o.Ref())
		must(t, err)
		for action, c := range map[string]struct {
			change models.Change
			does   func() error
		}{
			"reset": {models.Change{Action: models.SetPassword, MustChange: models.Yes}, func() error {
				return helper.SetPassword(t.Context(), o.Ref(), models.NewSecret("Third-Kettle-3"), models.Yes)
			}},
			"unlock":      {models.Change{Action: models.Unlock}, func() error { return helper.Unlock(t.Context(), o.Ref()) }},
			"disable":     {models.Change{Action: models.Disable}, func() error { return helper.SetEnabled(t.Context(), o.Ref(), false) }},
			"telephone":   {text("telephoneNumber"), func() error { return helper.EditFields(t.Context(), o.Ref(), text("telephoneNumber").Fields) }},
			"description": {text("description"), func() error { return helper.EditFields(t.Context(), o.Ref(), text("description").Fields) }},
			"rename": {models.Change{Action: models.Rename, NewName: "Other"}, func() error {
				_, err := helper.Rename(t.Context(), o.Ref(), "Other")
				return err
			}},
			"delete": {models.Change{Action: models.Delete}, func() (result error) {
				err := helper.Delete(t.Context(), []models.Ref{o.Ref()}, false, func(_ models.DN, err error) { result = err })
				return errors.Join(err, result)
			}},
		} {
			why, did := door.Refuses(c.change.Of(o)), c.does()
			if did != nil && !errors.Is(did, models.ErrDenied) || (why == "") != (did == nil) {
				t.Errorf("%s, %s: we say %q, the server %v", name, action, why, did)
			}
			if did == nil {
				allowed++
			} else {
				refused++
			}
		}
	}
	if allowed != 3 || refused != 18 {
		t.Errorf("%d done and %d refused, want 3 and 18", allowed, refused)
	}
	if why := door.Can(models.Unlock, lockedOne(people["protected"])); why != "the desk's delegation does not reach protected accounts" {
		t.Errorf("of the protected one: %q", why)
	}
}

func lockedOne(o models.Object) models.Object {
	o.Locked = models.Yes
	return o
}

package conformance

import (
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/desktest"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	served "dirdesk/simulator/ldap"
)

// A tree with one who rules the domain deep in it is not deleted without a question
// that names that person, wherever trees can be deleted.
func TestATreeWithAnAdministratorInIt(t *testing.T) {
	for name, open := range map[string]func(*testing.T, *directory.Directory) desk.Backend{
		"Samba": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openLDAP(t, d, served.Traits{})
			return b
		},
		"Windows": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, b := openLDAP(t, d, served.Windows())
			return b
		},
		"DSM with directory": func(t *testing.T, d *directory.Directory) desk.Backend {
			_, dsm := openSynology(t, simulator.Options{Directory: d})
			_, ldap := openLDAP(t, d, served.Traits{})
			return desk.Combine(dsm, ldap)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := directory.New(directory.Options{Realm: "example.test"})
			fill(t, d, desktest.Entries(d.BaseDN()))
			tree := d.BaseDN().Child("OU", "Conformance").Child("OU", "Level 1")
			deep := tree.Child("OU", "Level 2").Child("OU", "Level 3").Child("CN", "Deep User")
			must(t, d.AddMember(d.BaseDN().Child("CN", "Users").Child("CN", "Domain Admins"), deep))
			plan, err := desk.New(open(t, d), desk.Options{Mode: desk.Open}).
				Plan(t.Context(), []models.Change{{Action: models.Delete, DN: tree}}, desk.PlanOptions{Subtree: true})
			must(t, err)
			if got := plan.PrivilegedQuestion(); !strings.HasPrefix(got, "Deep User is in Domain Admins") {
				t.Errorf("asks %q: %v", got, plan.Refused())
			}
		})
	}
}

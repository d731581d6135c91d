package audit_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/audit"
	"dirdesk/desk/filter"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/models/moment"
)

var clock = moment.Clock{Now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), Zone: time.UTC}

func ago(days int) time.Time { return clock.Now.AddDate(0, 0, -days) }

// Scripts name reports: none goes, and one that cannot be made says so.
func TestReportIDsAreAContract(t *testing.T) {
	const contract = "locked disabled account-expired account-expiring password-expired password-expiring must-change never-expires password-old " +
		"never-set never-logged-on stale created changed deleted no-mail no-manager no-office duplicate-mail empty-groups big-groups circular-groups " +
		"privileged admincount computers-stale os-unsupported no-password-needed reversible-password monthly"
	for id := range strings.FieldsSeq(contract) {
		_, err := audit.ParseReports([]string{id})
		if later := slices.Contains(audit.NotYet(), id); later != (err != nil) || later && !strings.Contains(err.Error(), "cannot be made yet") {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := audit.ParseReports([]string{"stall"}); err == nil || !strings.Contains(err.Error(), "is no report; reports are locked") {
		t.Errorf("an unknown report: %v", err)
	}
	for _, r := range audit.Reports() {
		filled := r.WithDays(0)
		if _, err := filter.Parse(filled.Where, clock); err != nil || strings.Contains(filled.Title+filled.Where, "%") {
			t.Errorf("%s: %q, %v", r.ID, filled.Where, err)
		}
		if len(r.Shown()) != len(r.Columns)+5 {
			t.Errorf("%s names a column that is none", r.ID)
		}
	}
}

// company lists the same objects for every container of it.
type company struct {
	objects []models.Object
	fails   error
}

func (company) About() models.About { return models.About{Searches: true} }

func (c company) List(context.Context, models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		if yield(models.Page{Objects: c.objects, Total: len(c.objects)}, nil) && c.fails != nil {
			yield(models.Page{}, c.fails)
		}
	}
}

func person(name string, change func(o *models.Object)) models.Object {
	o := models.Object{
		DN: models.DN("CN=" + name + ",OU=Staff,DC=x"), Name: name, Category: models.Person, SAMAccountName: name, Mail: name + "@x", Office: "1",
		Disabled: models.No, Locked: models.No, PasswordExpired: models.No, AccountExpiry: models.Never(),
		Account: &models.Account{
			LastLogon: ago(1), Created: ago(1000), Changed: ago(100), PasswordSet: ago(10), PasswordExpires: models.ExpiryAt(ago(-40)),
			MustChangePassword: models.No, PasswordNeverExpires: models.No,
		},
	}
	change(&o)
	return o
}

func TestEachReportFindsItsOwn(t *testing.T) {
	objects := []models.Object{
		person("fine", func(*models.Object) {}),
		person("locked", func(o *models.Object) { o.Locked = models.Yes }),
		person("disabled", func(o *models.Object) { o.Disabled = models.Yes }),
		person("account-expired", func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(ago(1)) }),
		person("account-expiring", func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(ago(-14)) }),
		person("password-expired", func(o *models.Object) { o.PasswordExpired = models.Yes }),
		person("password-expiring", func(o *models.Object) { o.Account.PasswordExpires = models.ExpiryAt(ago(-13)) }),
		person("must-change", func(o *models.Object) { o.Account.MustChangePassword, o.Account.PasswordSet = models.Yes, time.Time{} }),
		person("never-expires", func(o *models.Object) { o.Account.PasswordNeverExpires = models.Yes }),
		person("password-old", func(o *models.Object) { o.Account.PasswordSet = ago(366) }),
		person("never-set", func(o *models.Object) { o.Account.PasswordSet = time.Time{} }),
		person("never-logged-on", func(o *models.Object) { o.Account.LastLogon = time.Time{} }),
		person("stale", func(o *models.Object) { o.Account.LastLogon = ago(91) }),
		person("created", func(o *models.Object) { o.Account.Created = ago(7) }),
		person("changed", func(o *models.Object) { o.Account.Changed = ago(6) }),
		person("no-mail", func(o *models.Object) { o.Mail = "" }),
		person("no-office", func(o *models.Object) { o.Office = "" }),
		person("computers-stale", func(o *models.Object) { o.Category, o.Account.LastLogon = models.Computer, ago(100) }),
		{DN: "CN=dsm,DC=x", Name: "dsm", Category: models.Person, Mail: "a@x", Office: "1", Disabled: models.No, Locked: models.No, PasswordExpired: models.No, AccountExpiry: models.Never()},
	}
	reports := audit.Reports()
	for i := range reports {
		reports[i] = reports[i].WithDays(0)
	}
	found, err := audit.Run(t.Context(), company{objects: objects}, "DC=x", reports, clock, func(walk.Progress) {})
	if err != nil || found.Read != len(objects) || found.Partial != "" {
		t.Fatalf("%v, %d read, %q", err, found.Read, found.Partial)
	}
	for _, r := range found.Results {
		if len(r.Rows) != 1 || r.Rows[0].Name != r.ID {
			t.Errorf("%s finds %d: %v", r.ID, len(r.Rows), names(r.Rows))
		}
		// Over DSM alone nobody tells last logons and the like: it is never "never".
		told := slices.Contains([]string{"locked", "disabled", "account-expired", "account-expiring", "password-expired", "no-mail", "no-office", "computers-stale"}, r.ID)
		// Nor does a directory keep when a password was set that must be changed.
		if got := slices.DeleteFunc(names(r.Unknown), func(name string) bool { return name == "must-change" }); told != (len(got) == 0) || !told && !slices.Equal(got, []string{"dsm"}) {
			t.Errorf("%s does not know of %v", r.ID, got)
		}
	}
}

func names(objects []models.Object) []string {
	var all []string
	for _, o := range objects {
		all = append(all, o.Name)
	}
	return all
}

// What was read before the server broke off is kept, and is not taken for all.
func TestAPartSaysSo(t *testing.T) {
	broken := errors.New("the line broke")
	reports := []audit.Report{{ID: "x", Where: "kind:user"}}
	found, err := audit.Run(t.Context(), company{[]models.Object{person("a", func(*models.Object) {})}, broken}, "DC=x", reports, clock, func(walk.Progress) {})
	if !errors.Is(err, broken) || found.Partial == "" || len(found.Results[0].Rows) != 1 {
		t.Errorf("%v, %+v", err, found)
	}
}

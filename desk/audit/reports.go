package audit

import (
	"fmt"
	"slices"
	"strings"

	"dirdesk/models"
)

// Report is one question to a whole domain. A new report is one more in [Reports].
type Report struct {
	ID    string // as a person types it: "stale"
	Title string // for a person; %d is the number of Days
	// Where are the conditions that the rows fit; each %d is the number of Days.
	Where string
	Days  int // by default; 0: the report has none
	// Columns are what is told of each row beside kind, name, logon name and place.
	Columns []string
	Caveat  string // what has to be known to read it; "" for nothing
}

const (
	users     = "kind:user "
	logonLags = "The directory writes the last logon down once in up to 14 days."
)

// Reports are all reports, in the order in which they are told.
func Reports() []Report {
	return []Report{
		{ID: "locked", Title: "Locked out now", Where: users + "state:locked"},
		{ID: "disabled", Title: "Disabled", Where: users + "disabled:yes"},
		{ID: "account-expired", Title: "Account expired", Where: users + "expiry<now", Columns: []string{"expiry"}},
		{ID: "account-expiring", Title: "Account expires within %d days", Where: users + "expiry>now expiry<+%d", Days: 14, Columns: []string{"expiry"}},
		{ID: "password-expired", Title: "Password expired", Where: users + "password:yes", Columns: []string{"password-expires"}},
		{ID: "password-expiring", Title: "Password expires within %d days", Where: users + "password-expires>now password-expires<+%d", Days: 14, Columns: []string{"password-expires"}},
		{ID: "must-change", Title: "Must change the password at the next logon", Where: users + "must-change:yes"},
		{ID: "never-expires", Title: "Password never expires", Where: users + "never-expires:yes", Columns: []string{"password-set"}},
		{ID: "password-old", Title: "Password older than %d days", Where: users + "password-set<-%d", Days: 365, Columns: []string{"password-set"}},
		{ID: "never-set", Title: "Password never set", Where: users + "password-set:never", Columns: []string{"created"}},
		{ID: "never-logged-on", Title: "Never logged on", Where: users + "logon:never", Columns: []string{"created"}, Caveat: logonLags},
		{ID: "stale", Title: "No logon for %d days", Where: users + "logon<-%d", Days: 90, Columns: []string{"logon"}, Caveat: logonLags},
		{ID: "created", Title: "Created within %d days", Where: "created>-%d", Days: 7, Columns: []string{"created"}},
		{ID: "changed", Title: "Changed within %d days", Where: "changed>-%d", Days: 7, Columns: []string{"changed"}},
		{ID: "no-mail", Title: "No mail address", Where: users + `mail=""`},
		{ID: "no-office", Title: "No office", Where: users + `office=""`},
		{ID: "computers-stale", Title: "Computers without a logon for %d days", Where: "kind:computer logon<-%d", Days: 90, Columns: []string{"logon"}, Caveat: logonLags},
	}
}

// NotYet are reports that are planned and cannot be made yet.
func NotYet() []string {
	return []string{
		"deleted", "no-manager", "duplicate-mail", "empty-groups", "big-groups", "circular-groups", "privileged", "admincount",
		"os-unsupported", "no-password-needed", "reversible-password", "monthly",
	}
}

// ParseReports finds reports by their ids; none are all.
func ParseReports(ids []string) ([]Report, error) {
	all := Reports()
	if len(ids) == 0 {
		return all, nil
	}
	var chosen []Report
	for _, id := range ids {
		i := slices.IndexFunc(all, func(r Report) bool { return r.ID == id })
		switch {
		case i >= 0 && !slices.ContainsFunc(chosen, func(r Report) bool { return r.ID == id }):
			chosen = append(chosen, all[i])
		case i < 0 && slices.Contains(NotYet(), id):
			return nil, fmt.Errorf("the report %s cannot be made yet", id)
		case i < 0:
			return nil, fmt.Errorf("%q is no report; reports are %s", id, IDs())
		}
	}
	return chosen, nil
}

// IDs are the ids of all reports, a comma between.
func IDs() string {
	var ids []string
	for _, r := range Reports() {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, ", ")
}

// WithDays is the report about another number of days, where it has one.
func (r Report) WithDays(days int) Report {
	if r.Days == 0 {
		return r
	}
	if days > 0 {
		r.Days = days
	}
	fill := func(text string) string { return strings.ReplaceAll(text, "%d", fmt.Sprint(r.Days)) }
	r.Title, r.Where = fill(r.Title), fill(r.Where)
	return r
}

// Shown are the columns of a row of the report.
func (r Report) Shown() []models.Column {
	var columns []models.Column
	for _, id := range append([]string{"kind", "name", "user", "state"}, r.Columns...) {
		if c, ok := models.ColumnNamed(id); ok {
			columns = append(columns, c)
		}
	}
	return append(columns, models.ContainerColumn())
}

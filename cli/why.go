package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	people "dirdesk/desk/person"
	"dirdesk/desk/why"
	"dirdesk/internal/config"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

func newWhyCommand(p *program) *cobra.Command {
	return p.newReading(&cobra.Command{
		Use:   "why NAME...",
		Short: "Say why somebody cannot log on",
		Long: `Say what keeps the owner of an account from logging on, worst first, what mends
it, and what this connection cannot tell. Over LDAP all domain controllers are
asked, at once; one that does not answer within 2 seconds says so in its row.
` + objectHelp + `

json is one array. "can_log_on" is true, false or "unknown"; with a password that
expired or must be changed it is true: at a computer, by changing it. "mend" is
the action that mends a cause. The exit code is 1 when a name is not found.`,
		Example: "  dirdesk why jdoe -c office\n  dirdesk why jdoe asmith -c office --format json",
		Args:    usageArgs(cobra.MinimumNArgs(1)),
	}, resultFormats(), func(ctx context.Context, r *reading, backend desk.Backend, names []string) error {
		d := desk.New(backend, desk.Options{})
		objects, err := locateAll(names, func(name string) (models.Object, error) { return p.locate(ctx, d, name) })
		if err != nil {
			return err
		}
		all := make([]diagnosis, 0, len(objects))
		for i, o := range objects {
			f, err := readFacts(ctx, d, o)
			if err != nil {
				return err
			}
			if all = append(all, diagnosisOf(f)); r.format == formatJSON {
				continue
			}
			if i > 0 {
				_, _ = fmt.Fprintln(r.Out)
			}
			if err := r.printLines(f.Answer()); err != nil {
				return err
			}
		}
		if r.format == formatJSON {
			return printJSON(r.Out, all)
		}
		return nil
	})
}

func newShowCommand(p *program) *cobra.Command {
	return p.newReading(&cobra.Command{
		Use:   "show NAME",
		Short: "Show a person's page: who, why they cannot log on, password, groups",
		Long: `Show what the screen shows of a person when Enter opens them: who they are, why
they cannot log on, telephone, office and manager, when the password was set and
when it expires, groups, what each domain controller says, what this desk did to
them, and the objects below. ` + objectHelp + `

json is one object: that of dirdesk why with the rest.`,
		Example: "  dirdesk show jdoe -c office\n  dirdesk show jdoe -c office --format json",
		Args:    usageArgs(cobra.ExactArgs(1)),
	}, resultFormats(), func(ctx context.Context, r *reading, backend desk.Backend, names []string) error {
		d := desk.New(backend, desk.Options{})
		o, err := p.locate(ctx, d, names[0])
		if err != nil {
			return err
		}
		f, err := readFacts(ctx, d, o)
		if err != nil {
			return err
		}
		children, err := d.Children(ctx, o.Ref())
		f.Below = people.Late[[]models.Descendant]{Value: children, Asked: true, Here: true, Err: err}
		done, err := desk.Done(config.FindPaths(p.Getenv).Journal, f.Object, time.Local)
		f.Changes = people.Late[[]string]{Value: done, Asked: true, Here: true, Err: err}
		if r.format == formatJSON {
			return printJSON(r.Out, pageOf(f))
		}
		return r.printLines(f.Lines())
	})
}

// readFacts reads an object with all that is known of its logons.
func readFacts(ctx context.Context, d *desk.Desk, o models.Object) (people.Facts, error) {
	f := people.Facts{Object: o, Now: time.Now(), Zone: time.Local, Server: d.Backend().About().Backend, Whole: true}
	var err error
	if f.Object, err = d.Read(ctx, o.Ref()); err != nil {
		return f, err
	}
	if each := d.EachController(ctx, f.Object.Ref()); each != nil && d.Why(f.Object, f.Zone, false).Account() {
		f.Controllers.Asked, f.Controllers.Here = true, true
		for rows, err := range each {
			if f.Controllers.Err = err; err == nil {
				f.Controllers.Value = rows
			}
		}
		if err := ctx.Err(); err != nil {
			return f, err
		}
	}
	f.Why = d.Why(f.Object, f.Zone, false)
	return f, nil
}

// printLines prints lines of facts, a label and its text.
func (p *console) printLines(lines []people.Line) error {
	wide := 0
	for _, l := range lines {
		wide = max(wide, terminaltext.Width(p.safe(l.Label)))
	}
	for _, l := range lines {
		label, text := p.safe(l.Label), p.safe(l.Text)
		switch {
		case l.Text == "" && l.Fixed:
			continue
		case l.Wide:
		default:
			text = label + strings.Repeat(" ", wide-terminaltext.Width(label)+2) + text
		}
		if l.Mend != "" {
			text += " (" + l.Mend.ID() + ")"
		}
		if _, err := fmt.Fprintln(p.Out, strings.TrimRight(text, " ")); err != nil {
			return err
		}
	}
	return nil
}

// diagnosis is an answer of why, as json gives it.
type diagnosis struct {
	Name        string         `json:"name"`
	DN          models.DN      `json:"dn"`
	Logon       string         `json:"sAMAccountName"`
	CanLogOn    any            `json:"can_log_on"` // true, false or "unknown"
	Causes      []cause        `json:"causes"`
	Unknown     []why.ID       `json:"unknown"`
	Controllers []atController `json:"controllers"`
}

type cause struct {
	ID    why.ID `json:"id"`
	Words string `json:"words"`
	Mend  string `json:"mend"` // "" where nothing does
}

type atController struct {
	Host      string     `json:"host"`
	PDC       bool       `json:"pdc"`
	Site      string     `json:"site,omitempty"`
	Locked    *bool      `json:"locked"`
	BadTries  *int       `json:"bad_tries"`
	LastBad   *time.Time `json:"last_bad"`
	LastLogon *time.Time `json:"last_logon"`
	Error     string     `json:"error"`
}

func diagnosisOf(f people.Facts) diagnosis {
	o := f.Object
	d := diagnosis{
		Name: o.Name, DN: o.DN, Logon: o.SAMAccountName, CanLogOn: f.Why.CanLogOn == models.Yes,
		Causes: []cause{}, Unknown: append([]why.ID{}, f.Why.Unknown...), Controllers: []atController{},
	}
	if !f.Why.CanLogOn.Known() {
		d.CanLogOn = models.Unknown.Label()
	}
	for _, c := range f.Why.Causes {
		one := cause{ID: c.ID, Words: c.Words}
		if c.Mend != "" {
			one.Mend = c.Mend.ID()
		}
		d.Causes = append(d.Causes, one)
	}
	for _, at := range f.Controllers.Value {
		row := atController{Host: at.Host, PDC: at.PDC, Site: at.Site, LastBad: stamp(at.BadTry), LastLogon: stamp(at.Last)}
		if at.Locked.Known() {
			locked := at.Locked == models.Yes
			row.Locked = &locked
		}
		if at.BadTries >= 0 {
			row.BadTries = &at.BadTries
		}
		if at.Err != nil {
			row.Error = at.Err.Error()
		}
		d.Controllers = append(d.Controllers, row)
	}
	return d
}

// stamp is a time for json; nil for none.
func stamp(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Second)
	return &t
}

// page is the answer of show, as json gives it.
type page struct {
	diagnosis
	DisplayName     string              `json:"display_name,omitempty"`
	Telephone       string              `json:"telephone,omitempty"`
	Mobile          string              `json:"mobile,omitempty"`
	Mail            string              `json:"mail,omitempty"`
	Office          string              `json:"office,omitempty"`
	Title           string              `json:"title,omitempty"`
	Department      string              `json:"department,omitempty"`
	Company         string              `json:"company,omitempty"`
	EmployeeNumber  string              `json:"employee_number,omitempty"`
	Manager         models.DN           `json:"manager,omitempty"`
	AccountExpires  string              `json:"account_expires,omitempty"`
	PasswordSet     *time.Time          `json:"password_set"`
	PasswordExpires string              `json:"password_expires,omitempty"`
	Policy          string              `json:"policy,omitempty"`
	LastLogon       *time.Time          `json:"last_logon"`
	LastLogonExact  bool                `json:"last_logon_exact"` // asked of every domain controller
	Soon            []string            `json:"soon"`             // what ends within 14 days
	Groups          []models.DN         `json:"groups"`
	Below           []models.Descendant `json:"below"`
	Changes         []string            `json:"changes"`
}

func pageOf(f people.Facts) page {
	o := f.Object
	p := page{
		diagnosis: diagnosisOf(f), DisplayName: o.DisplayName, Telephone: o.TelephoneNumber, Mail: o.Mail, Office: o.Office,
		AccountExpires: o.AccountExpiry.String(), Policy: f.Policy(), Soon: []string{},
		Groups: []models.DN{}, Below: append([]models.Descendant{}, f.Below.Value...), Changes: append([]string{}, f.Changes.Value...),
	}
	last, exact := f.LastLogon()
	p.LastLogon, p.LastLogonExact = stamp(last), exact
	if f.Expiring(o.AccountExpiry) {
		p.Soon = append(p.Soon, "account")
	}
	a := o.Account
	if a == nil {
		return p
	}
	p.PasswordSet, p.PasswordExpires = stamp(a.PasswordSet), a.PasswordExpires.String()
	if f.Expiring(a.PasswordExpires) {
		p.Soon = append(p.Soon, "password")
	}
	p.Groups = append(p.Groups, a.MemberOf...)
	if c := a.Contact; c != nil {
		p.Mobile, p.Title, p.Department, p.Company, p.EmployeeNumber, p.Manager = c.Mobile, c.Title, c.Department, c.Company, c.EmployeeNumber, c.Manager
	}
	return p
}

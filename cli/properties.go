package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

func newPropertiesCommand(p *program) *cobra.Command {
	var all bool
	command := p.newObjectReading(&cobra.Command{
		Use:   "properties OBJECT [NAME...]",
		Short: "Show the properties of an object with their types and values",
		Long: `Show the properties of an object: name, type and values, of those that are set,
or of those that are named. ` + objectHelp + `
A NAME is the property's LDAP name; case does not matter. dirdesk set changes
properties.

json has all that is known of each, csv a row for each value. Bytes are Base64,
times UTC; the table says times in the local zone too, and long bytes by their
number.`,
		Example: `  dirdesk properties jdoe -c managed
  dirdesk properties jdoe manager otherTelephone -c managed --format json`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
	}, allFormats(), nil, func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, names []string) error {
		sheet, err := d.Properties(ctx, o.Ref())
		if err != nil {
			return err
		}
		if sheet.Partial != "" && len(names) == 0 {
			r.complain(sheet.Partial)
		}
		if err := pick(&sheet, names, all); err != nil {
			return err
		}
		return r.printProperties(r.format, sheet)
	})
	command.Flags().BoolVar(&all, "all", false, "also those that are not set")
	return command
}

// pick leaves of a sheet the properties that are wanted: the named ones in their
// order, else those with values, else all.
func pick(sheet *models.PropertySheet, names []string, all bool) error {
	if len(names) == 0 {
		if !all {
			sheet.Properties = slices.DeleteFunc(sheet.Properties, func(p models.Property) bool { return len(p.Values) == 0 })
		}
		return nil
	}
	var picked []models.Property
	for _, name := range names {
		p, found := sheet.Property(name)
		if !found {
			return &models.Error{
				Kind: models.ErrNotFound, Action: "show the property", Object: name,
				Advice: "The object has none of that name, as far as the server tells; see dirdesk properties OBJECT --all.",
			}
		}
		picked = append(picked, p)
	}
	sheet.Properties = picked
	return nil
}

// shownSheet is the answer as json gives it.
type shownSheet struct {
	DN         models.DN       `json:"dn"`
	Category   models.Category `json:"objectCategory,omitempty"`
	Properties []shownProperty `json:"properties"`
	Partial    string          `json:"partial,omitempty"`
}

type shownProperty struct {
	Name   string   `json:"name"`
	Type   string   `json:"type,omitempty"`   // "CaseIgnoreString"
	Number int      `json:"number,omitempty"` // of the type
	Multi  *bool    `json:"multi_valued,omitempty"`
	Fixed  string   `json:"fixed,omitempty"` // why it cannot be changed
	Values []string `json:"values"`
	Words  string   `json:"words,omitempty"` // of flags
}

func (p *console) printProperties(format string, sheet models.PropertySheet) error {
	shown := shownSheet{DN: sheet.DN, Category: sheet.Category, Partial: sheet.Partial, Properties: make([]shownProperty, 0, len(sheet.Properties))}
	cells, rows := [][]string{{"name", "type", "value"}}, [][]string{{"NAME", "TYPE", "VALUES"}}
	for _, property := range sheet.Properties {
		s := shownProperty{
			Name: property.Name, Type: property.Type.Name(), Number: int(property.Type), Fixed: property.Fixed,
			Values: append([]string{}, property.Values...), // never null
		}
		if property.Multi.Known() {
			several := property.Multi == models.Yes
			s.Multi = &several
		}
		values := property.Values
		switch len(values) {
		case 0:
			values = []string{""}
		case 1:
			s.Words = flagWords(property.Name, values[0])
		}
		shown.Properties = append(shown.Properties, s)
		name, label := property.Name, property.Type.Label()
		for _, value := range values {
			cells = append(cells, []string{property.Name, property.Type.Name(), value})
			rows = append(rows, []string{name, label, shownValue(property, value)})
			name, label = "", "" // above
		}
	}
	return p.printAnswer(format, shown, cells, rows)
}

// longestBytes is the longest Base64 that a table shows as it is: a SID fits, a
// photo does not.
const longestBytes = 48

// shownValue is a value as a person reads it in a table: as it is kept, with what
// it says where that is not plain.
func shownValue(p models.Property, value string) string {
	words := p.Type.Format(p.Name, value, time.Local)
	switch {
	case p.Type.IsBytes() && len(value) > longestBytes && words != value:
		return "(" + words + ")"
	case words != value && (p.Type.Editor() == models.EditTime || flagWords(p.Name, value) != ""):
		return value + "  (" + words + ")"
	default:
		return strings.TrimRight(value, "\r\n")
	}
}

// flagWords says which flags of a property a value has; "" for a property
// without named flags.
func flagWords(name, value string) string {
	bits, ok := models.Bits(value)
	if !ok {
		return ""
	}
	return models.FlagWords(name, bits)
}

func newLicencesCommand(p *program) *cobra.Command {
	return p.newObjectReading(&cobra.Command{
		Use:   "licences OBJECT",
		Short: "List the Microsoft 365 licences of a user",
		Long: `List the Microsoft 365 licences that Adaxes tells of for a user: those that are
assigned, and those that could be. ` + objectHelp + `
dirdesk set --licence assigns and revokes them.`,
		Example: "  dirdesk licences jdoe -c managed\n  dirdesk set jdoe --licence=-ENTERPRISEPACK -c managed",
		Args:    usageArgs(cobra.ExactArgs(1)),
	}, allFormats(), []models.Category{models.Person}, func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, _ []string) error {
		licences, err := d.Licences(ctx, o.Ref())
		if err != nil {
			return err
		}
		return r.printLicences(r.format, o.DN, licences)
	})
}

// shownLicences is the answer as json gives it.
type shownLicences struct {
	DN            models.DN      `json:"dn"`
	HasAccount    bool           `json:"has_account"`
	Location      string         `json:"location,omitempty"`
	SignInBlocked *bool          `json:"sign_in_blocked,omitempty"`
	Licences      []shownLicence `json:"licences"`
}

type shownLicence struct {
	SKU      string `json:"sku"`
	Name     string `json:"name,omitempty"`
	Assigned bool   `json:"assigned"`
	Consumed int    `json:"consumed,omitempty"` // units in use
	Total    int    `json:"total,omitempty"`
}

func (p *console) printLicences(format string, dn models.DN, licences models.Licences) error {
	shown := shownLicences{DN: dn, HasAccount: licences.HasAccount, Location: licences.Location, Licences: make([]shownLicence, 0, len(licences.Licences))}
	if licences.SignInBlocked.Known() {
		blocked := licences.SignInBlocked == models.Yes
		shown.SignInBlocked = &blocked
	}
	cells := [][]string{{"sku", "name", "assigned", "consumed", "total"}}
	rows := [][]string{{"SKU", "ASSIGNED", "IN USE", "NAME"}}
	for _, l := range licences.Licences {
		shown.Licences = append(shown.Licences, shownLicence(l))
		use := ""
		if l.Total > 0 {
			use = fmt.Sprintf("%s of %s", english.Number(l.Consumed), english.Number(l.Total))
		}
		cells = append(cells, []string{l.SKU, l.Name, fmt.Sprint(l.Assigned), fmt.Sprint(l.Consumed), fmt.Sprint(l.Total)})
		rows = append(rows, []string{l.SKU, models.FlagOf(l.Assigned).Label(), use, l.Name})
	}
	if format == formatTable && !licences.HasAccount {
		p.complain("the user has no Microsoft 365 account, as far as the server tells")
	}
	return p.printAnswer(format, shown, cells, rows)
}

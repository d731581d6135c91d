package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

func newLicencesCommand(p *program) *cobra.Command {
	return p.newObjectReading(&cobra.Command{
		Use:   "licences OBJECT",
		Short: "List the Microsoft 365 licences of a user",
		Long: `List the Microsoft 365 licences that Adaxes tells of for a user: those that are
assigned, and those that could be. ` + objectHelp + `
dirdesk set --licence assigns and revokes them.`,
		Example: "  dirdesk licences jdoe -c managed\n  dirdesk set jdoe --licence=-ENTERPRISEPACK -c managed",
		Args:    usageArgs(cobra.ExactArgs(1)),
	}, allFormats(), models.Person, func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, _ []string) error {
		licences, err := d.Licences(ctx, o.DN)
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

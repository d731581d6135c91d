package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
)

// aboutObject tells the entries that are about the object of a name. A connection
// that is named is asked which object that is, so that any of its names will do, also
// one that it got later; without one it goes by what the journal has.
func (p *access) aboutObject(command *cobra.Command, text string) (func(journal.Entry) bool, error) {
	if p.flags.connection != "" {
		var o models.Object
		err := p.withBackend(command, &demoFlags{}, func(ctx context.Context, backend desk.Backend) (err error) {
			d := desk.New(backend, desk.Options{})
			if o, err = p.locate(ctx, d, text); err == nil {
				o, err = d.Read(ctx, o.Ref()) // with its GUID
			}
			return err
		})
		switch {
		case err == nil:
			return func(e journal.Entry) bool {
				return e.Concerns(o.Ref().GUID) || e.Concerns(string(o.DN)) || e.ConcernsIn(o.DN.Realm(), o.SAMAccountName)
			}, nil
		case !errors.Is(err, models.ErrNotFound):
			return nil, err
		}
		p.complain(text + " is not in the directory now: this is what the journal has of that name")
	}
	if models.IsSID(text) {
		return nil, usagef("--object: the journal has no SIDs: name the connection with -c, which knows whose that is")
	}
	domain, logon, ok := strings.Cut(text, `\`)
	if !ok {
		logon, domain, _ = strings.Cut(text, "@")
	}
	guid := strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	return func(e journal.Entry) bool { return e.Concerns(guid) || e.ConcernsIn(domain, logon) }, nil
}

package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// syncDomain has DSM bring its own copy of the domain's accounts up to date.
type syncDomain struct{}

func (syncDomain) about() description {
	return description{
		Traits: Traits{Outside: true, unread: true}, several: string(models.SyncDomain), cannot: needingDSM[DomainSyncer], unfit: anyObject,
	}
}

func (syncDomain) examine(context.Context, *directory, *Step, PlanOptions) error { return nil }

func (syncDomain) title(Step) string { return "sync the domain's accounts to DSM" }

func (syncDomain) lines(Step) []Line {
	return []Line{{Label: "DSM's copy of the accounts", After: "brought up to date"}}
}

// send follows a sync to its end.
func (syncDomain) send(ctx context.Context, d *directory, _ Step, _ PlanOptions) (models.DN, error) {
	for _, err := range d.followSync(ctx) {
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// look has nothing to read: that the server said so is all there is.
func (syncDomain) look(context.Context, *directory, Step, models.DN) finding {
	return finding{seen: match, whole: "DSM has the domain's accounts now"}
}

func (syncDomain) note(*journal.Entry, Step) {}

func (syncDomain) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "a sync cannot be taken back"}
}

func (syncDomain) affected(Outcome) []Affected { return nil }

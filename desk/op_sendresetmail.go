package desk

import (
	"cmp"
	"context"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// sendResetMail asks the server to mail a link by which a person sets a new
// password.
type sendResetMail struct{}

func (sendResetMail) about() description {
	return description{
		Traits: Traits{unread: true}, several: "mail reset links to", cannot: needingDSM[ResetMailer],
		unfit: func(o models.Object) (never, now string) {
			never = when(o.Category != models.Person, onlyUsersHavePasswords)
			return never, when(strings.TrimSpace(o.SAMAccountName) == "", "it has no logon name")
		},
		malformed: func(c models.Change) english.Phrase {
			return english.Own(when(logonOf(c) == "", "no logon name was given"))
		},
	}
}

func (sendResetMail) examine(context.Context, *directory, *Step, PlanOptions) error { return nil }

func (sendResetMail) mayNot(*directory, models.Rights, models.Rights, models.Change) string {
	return ""
}

func (sendResetMail) title(s Step) string {
	return "mail a reset link to " + s.name()
}

func (sendResetMail) lines(s Step) []Line {
	return []Line{{Label: "reset link", After: "mailed to the address of " + logonOf(s.Change)}}
}

func (sendResetMail) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return do(d.backend, func(b ResetMailer) error { return b.SendResetMail(ctx, logonOf(s.Change)) })
}

func (sendResetMail) look(context.Context, *directory, Step, models.DN) finding {
	return finding{words: "whether the mail went out is not told", accepted: "a reset link was asked for"}
}

func (sendResetMail) note(*journal.Entry, Step) {}

func (sendResetMail) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "a mail that was sent cannot be called back"}
}

func (sendResetMail) affected(Outcome) []Affected { return nil }

func logonOf(c models.Change) string { return cmp.Or(c.Logon, called(c)) }

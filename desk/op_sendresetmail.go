package desk

import (
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
		Traits: Traits{Resets: true}, several: "mail reset links to", cannot: needingDSM[ResetMailer],
		unfit: func(o models.Object) (never, now string) {
			never = when(o.Category != models.Person, onlyUsersHavePasswords)
			return never, when(strings.TrimSpace(o.SAMAccountName) == "", "it has no logon name")
		},
	}
}

// examine takes the logon name that the account has now, by which DSM knows it.
func (sendResetMail) examine(_ context.Context, _ *directory, s *Step, _ PlanOptions) error {
	was, is := s.Change.Logon, strings.TrimSpace(s.before.SAMAccountName)
	switch {
	case is == "":
		s.refuse(models.ErrUnsupported, english.Own("it has no logon name"))
	case was != "" && !strings.EqualFold(was, is):
		s.refuse(models.ErrBusy, english.Own("its logon name was changed meanwhile: it is "+english.Quoted(is)+" now"))
	}
	s.Change.Logon = is
	return nil
}

func (sendResetMail) mayNot(*directory, models.Rights, models.Rights, models.Change) string {
	return ""
}

func (sendResetMail) title(s Step) string {
	return "mail a reset link to " + s.name()
}

func (sendResetMail) lines(s Step) []Line {
	return []Line{{Label: "reset link", After: "mailed to the address of " + s.Change.Logon}}
}

func (sendResetMail) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return do(d.backend, func(b ResetMailer) error { return b.SendResetMail(ctx, s.Change.Logon) })
}

func (sendResetMail) look(context.Context, *directory, Step, models.DN) finding {
	return finding{words: "whether the mail went out is not told", accepted: "a reset link was asked for"}
}

func (sendResetMail) note(*journal.Entry, Step) {}

func (sendResetMail) reverse(_ journal.Entry, c models.Change) (models.Change, []string, error) {
	return c, nil, &CannotUndo{Words: "a mail that was sent cannot be called back"}
}

func (sendResetMail) affected(Outcome) []Affected { return nil }

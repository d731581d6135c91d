package connect

import (
	"context"
	"errors"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// trouble tells a person what went wrong, what the server said, and what to do.
func (m *Model) trouble(err error) []paragraph {
	t := m.theme
	what, server, advice := err.Error(), "", ""
	var known *models.Error
	if errors.As(err, &known) {
		what, server, advice = known.Error(), known.Server, known.Advice
	}
	if errors.Is(err, context.DeadlineExceeded) && known == nil {
		what = "the server did not answer in time"
	}
	if advice == "" {
		advice = defaultAdvice(err)
	}
	note := []paragraph{{text: english.Own(what).Capital(), style: t.Bad}}
	if server != "" {
		note = append(note, paragraph{text: "The server says: " + server, style: t.Muted})
	}
	if advice != "" {
		note = append(note, paragraph{text: advice, style: t.Text})
	}
	return note
}

// defaultAdvice is what to do about an error that brings no advice of its own.
func defaultAdvice(err error) string {
	for _, known := range []struct {
		kind error
		text string
	}{
		{models.ErrCredentials, "Type the password again. Several wrong ones may lock the account."},
		{models.ErrAccountState, "An administrator must look at this account: it may be disabled, expired, locked out, or due for a new password. Another account may do."},
		{models.ErrCodeRequired, "Enter the code that the authenticator app shows now."},
		{models.ErrCodeRejected, "Enter the code that the authenticator app shows now; a code works once. If none is accepted, check the clock of the device that makes them."},
		{models.ErrBlocked, "Wait until the block ends, or have an administrator of the server lift it. Trying on may prolong it."},
		{models.ErrNotAuthorized, "Use an account that may use this service, or have an administrator allow it."},
		{models.ErrUnreachable, "Check the host, the port and the network (is a VPN needed?), then try again."},
		{models.ErrProtocol, "Check that this host and port are the kind of server that was chosen."},
		{models.ErrSession, "Sign in again."},
		{models.ErrUnsupported, "Choose another kind of connection."},
		{models.ErrBusy, "Try again in a moment."},
		{models.ErrServer, "Try again in a moment; if it stays so, tell the server's administrator."},
		{models.ErrDenied, "Sign in with an account that has the permission."},
	} {
		if errors.Is(err, known.kind) {
			return known.text
		}
	}
	return ""
}

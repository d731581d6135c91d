package synology

import (
	"context"
	"encoding/json"

	"dirdesk/models"
)

// ResetAnswer is what DSM says to a request to mail a reset link. It does not
// tell whether a mail went out, nor whether there is such an account.
type ResetAnswer struct {
	// Message is the number in "msg", -1 without one. 3 was seen live; what the
	// numbers mean is not known (docs/dsm.md section 4.4).
	Message int
}

// SendResetMail asks DSM to mail a link for a new password to an account, by its
// logon name. The link is for DSM's own page.
func (c *Client) SendResetMail(ctx context.Context, logon string) (ResetAnswer, error) {
	m := methodResetMail
	if logon == "" {
		return ResetAnswer{}, c.explain(m, c.host, invalid("no account is named", "Give its logon name."))
	}
	data, err := c.call(ctx, m, logon, params{"user": logon})
	if err != nil {
		return ResetAnswer{}, err
	}
	var answer struct {
		Message looseInt `json:"msg"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return ResetAnswer{}, c.explain(m, logon, lost(notUnderstood(err)))
	}
	reset := ResetAnswer{Message: -1}
	if answer.Message.known && answer.Message.value == int64(int32(answer.Message.value)) {
		reset.Message = int(answer.Message.value)
	}
	c.logger.InfoContext(ctx, "dsm was asked to mail a reset link", "account", logon, "msg", reset.Message)
	return reset, nil
}

// StartDomainUpdate starts the task that brings the domain's accounts into DSM,
// for DomainUpdate to ask after. While one runs already, the error is
// models.ErrBusy (inferred from DSM's own texts).
func (c *Client) StartDomainUpdate(ctx context.Context) (taskID string, err error) {
	return c.startTask(ctx, methodDomainStart, c.host, params{"domain_name": "@all"})
}

// isKnown reports whether the status is one of the two attested ones.
func (s UpdateStatus) isKnown() bool { return s == UpdateRunning || s == UpdateFinished }

// sync tells the status in the desk's terms.
func (s UpdateStatus) sync() models.SyncStatus {
	return models.SyncStatus{Done: s == UpdateFinished, Words: string(s), Known: s.isKnown()}
}

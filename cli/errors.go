package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"dirdesk/desk/walk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// Exit codes of the program. Interrupted is the shell's custom for SIGINT.
const (
	exitFine        = 0
	exitRefused     = 1 // the directory said no
	exitUsage       = 2
	exitConnect     = 3 // could not connect or sign in
	exitUnknown     = 4 // sent, and nobody knows what became of it
	exitPending     = 5 // sent, and somebody has to approve it first
	exitInterrupted = 130
)

// usageError is a command line that cannot be run. Its text says what is wrong
// and, after a line break, what to do.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// connectError is a failure on the way in.
type connectError struct {
	err    error
	pinned bool // a fingerprint was asked for
}

func (e connectError) Error() string { return e.err.Error() }
func (e connectError) Unwrap() error { return e.err }

// report prints what went wrong, if anything, and gives the exit code.
func (p *program) report(err error) int {
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return exitFine // whoever read our output has seen enough of it
	}
	if errors.Is(err, context.Canceled) {
		p.complain("interrupted")
		return exitInterrupted
	}
	var said exitError
	if errors.As(err, &said) {
		return said.code
	}
	var usage usageError
	if errors.As(err, &usage) {
		p.complain(usage.text)
		return exitUsage
	}
	var certificate *models.CertificateError
	if errors.As(err, &certificate) {
		p.complainOfCertificate(certificate, err)
		return exitConnect
	}
	p.complain(explain(err))
	var connect connectError
	if errors.As(err, &connect) || errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrSession) {
		return exitConnect
	}
	if errors.Is(err, models.ErrUnknownOutcome) {
		return exitUnknown
	}
	if errors.Is(err, models.ErrPending) {
		return exitPending
	}
	return exitRefused
}

// complain prints to stderr, made safe line by line: the text may quote a
// server.
func (p *program) complain(text string) {
	for i, line := range strings.Split(text, "\n") {
		lead := "dirdesk: "
		if i > 0 {
			lead = "  "
		}
		_, _ = fmt.Fprintln(p.Err, lead+terminaltext.Safe(line)) // nowhere left to complain
	}
}

// explain puts an error into lines: what happened and to what, the server's
// words, what to do.
func explain(err error) string {
	var known *models.Error
	if !errors.As(err, &known) {
		return err.Error()
	}
	lines := []string{known.Error()}
	var partial *walk.PartialError
	if errors.As(err, &partial) {
		lines = append(lines, partial.Progress())
	}
	if known.Server != "" {
		lines = append(lines, "the server says: "+known.Server)
	}
	if advice := advice(known); advice != "" && !saysAlready(known.Error(), advice) {
		lines = append(lines, advice)
	}
	return strings.Join(lines, "\n")
}

// advice is the error's own, or one for its kind in terms of the command line.
func advice(e *models.Error) string {
	if e.Advice != "" {
		return e.Advice
	}
	for _, known := range []struct {
		kind error
		text string
	}{
		{models.ErrNotFound, "Check the DN; dirdesk ls without one lists the top of the domain."},
		{models.ErrDenied, "Sign in with an account that has the permission."},
		{models.ErrUnreachable, "Check the host and the port, and that the network reaches it."},
		{models.ErrSession, "Run the command again."},
		{models.ErrCredentials, "Check the account and the password."},
		{models.ErrAccountState, "An administrator must put the account in order."},
		{models.ErrCodeRequired, "Run dirdesk in a terminal once and have this device remembered."},
		{models.ErrCodeRejected, "Wait for the next code and try again."},
		{models.ErrBlocked, "Wait, or have an administrator unblock this computer's address."},
		{models.ErrNotAuthorized, "Use an account that may use this service."},
		{models.ErrBusy, "Try again in a moment."},
		{models.ErrPending, "Nothing has changed yet. Do not send it again: that would ask a second time."},
	} {
		if errors.Is(e, known.kind) {
			return known.text
		}
	}
	return ""
}

// complainOfCertificate shows a certificate so that a person can compare it
// with the server's, and the flag that accepts it.
func (p *program) complainOfCertificate(c *models.CertificateError, err error) {
	var connect connectError
	pinned := errors.As(err, &connect) && connect.pinned
	head := fmt.Sprintf("the certificate of %s is not trusted: %s", c.Host, c.Reason)
	switch {
	case pinned:
		head = fmt.Sprintf("the certificate of %s is not the one that --fingerprint asks for", c.Host)
	case c.Known != "":
		head = fmt.Sprintf("the certificate of %s HAS CHANGED since it was trusted: somebody may be in between", c.Host)
	}
	lines := []string{
		head,
		"subject  " + c.Subject,
		"issuer   " + c.Issuer,
		"valid    " + c.NotBefore.UTC().Format(time.DateTime) + " to " + c.NotAfter.UTC().Format(time.DateTime) + " UTC",
		"SHA-256  " + strings.TrimPrefix(c.Fingerprint, "sha256:"),
	}
	switch {
	case pinned:
		lines = append(lines, "wanted   "+strings.TrimPrefix(c.Known, "sha256:"),
			"Nothing was sent. If the server has a new certificate, compare it there, then use --fingerprint "+c.Fingerprint)
	case c.Known != "":
		lines = append(lines, "trusted  "+strings.TrimPrefix(c.Known, "sha256:"),
			"No password was sent. Ask whoever runs the server. If the change is theirs: --fingerprint "+c.Fingerprint)
	case errors.Is(err, errBeside):
		lines = append(lines, "No password was sent. It is the server that the profile names as its directory. Compare the SHA-256 with",
			"the server's own, then trust it on the screen, or name the authority that signed it with --ca FILE")
	default:
		lines = append(lines, "No password was sent. Compare the SHA-256 with the server's own, then use --fingerprint "+c.Fingerprint,
			"or name the authority that signed it with --ca FILE")
	}
	p.complain(strings.Join(lines, "\n"))
}

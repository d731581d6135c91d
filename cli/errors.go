package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/walk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// Exit codes of the program beside those of models. Interrupted is the shell's
// custom for SIGINT.
const (
	exitFine        = 0
	exitUsage       = 2
	exitInterrupted = 130
)

// usageError is a command line that cannot be run. Its text says what is wrong
// and, after a line break, what to do.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// asUsage makes an error about what the command line names a usage error.
func asUsage[T any](value T, err error) (T, error) {
	if err != nil {
		err = usageError{err.Error()}
	}
	return value, err
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
	if said, ok := errors.AsType[exitError](err); ok {
		return said.code
	}
	if usage, ok := errors.AsType[usageError](err); ok {
		p.complainIn(usage.text)
		return exitUsage
	}
	if certificate, ok := errors.AsType[*models.CertificateError](err); ok {
		p.complainOfCertificate(certificate, err)
		return models.ExitConnect
	}
	p.complainIn(explain(err))
	if _, ok := errors.AsType[*desk.Ambiguous](err); ok {
		return exitUsage
	}
	if _, ok := errors.AsType[connectError](err); ok {
		return models.ExitConnect
	}
	return models.ExitCode(err)
}

// complain prints a line to stderr. The text may quote a server, whose line breaks
// make no lines of ours.
func (p *console) complain(text string) { p.complainIn(terminaltext.OneLine(text)) }

// complainIn prints lines to stderr. What of them is not ours is one line already:
// terminaltext.Lines sees to it.
func (p *console) complainIn(text string) {
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
	known, ok := errors.AsType[*models.Error](err)
	if !ok {
		return err.Error()
	}
	lines := []string{known.Error()}
	if partial, ok := errors.AsType[*walk.PartialError](err); ok {
		lines = append(lines, partial.Progress())
	}
	if several, ok := errors.AsType[*desk.Ambiguous](err); ok {
		lines = append(lines, candidateLines(several, false)...)
	}
	if known.Server != "" {
		lines = append(lines, "the server says: "+known.Server)
	}
	if advice := models.AdviceFor(known); advice != "" && !saysAlready(known.Error(), advice) {
		lines = append(lines, advice)
	}
	return terminaltext.Lines(lines...)
}

// complainOfCertificate shows a certificate so that a person can compare it
// with the server's, and the flag that accepts it.
func (p *console) complainOfCertificate(c *models.CertificateError, err error) {
	connect, _ := errors.AsType[connectError](err)
	pinned := connect.pinned
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
	p.complainIn(terminaltext.Lines(lines...))
}

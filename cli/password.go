package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"dirdesk/internal/config"
	"dirdesk/models"
)

// givenPassword reads the password that the command line points to; an empty
// secret when it points to none.
func (p *access) givenPassword() (models.Secret, error) {
	switch {
	case p.flags.passwordFile != "":
		password, err := config.ReadPasswordFile(p.flags.passwordFile)
		if err != nil {
			return models.Secret{}, usagef("%v", err)
		}
		return password, nil
	case p.flags.passwordStdin:
		password, err := config.ReadPassword(p.In)
		if err != nil {
			return models.Secret{}, usagef("--password-stdin: %v", err)
		}
		return password, nil
	default:
		return models.Secret{}, nil
	}
}

// terminal gives the file behind standard input when a person sits there.
func (p *console) terminal() (*os.File, bool) {
	file, ok := p.In.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// askSecret asks on the terminal without echo.
func (p *console) askSecret(ctx context.Context, question string) (models.Secret, error) {
	text, err := p.prompt(ctx, func(t *term.Terminal) (string, error) { return t.ReadPassword(question + ": ") })
	return models.NewSecret(text), err
}

// ask asks on the terminal; an empty answer is possible.
func (p *console) ask(ctx context.Context, question string) (string, error) {
	answer, err := p.prompt(ctx, func(t *term.Terminal) (string, error) {
		t.SetPrompt(question + ": ")
		return t.ReadLine()
	})
	return strings.TrimSpace(answer), err
}

// agreed asks a question that a person says yes or no to; no answer is no.
func (p *console) agreed(ctx context.Context, question string) (bool, error) {
	answer, err := p.ask(ctx, question+" [y/N]")
	return answer == "y" || answer == "Y" || answer == "yes", err
}

// prompt puts a question to stderr, so that stdout holds the result alone, and
// waits for the answer. Ctrl-C and a signal end it with context.Canceled.
//
// The terminal is set to raw before the question is written, so that nothing
// typed ahead is echoed, and set back here and nowhere else: the goroutine that
// reads may outlive the question, until the process ends.
func (p *console) prompt(ctx context.Context, read func(*term.Terminal) (string, error)) (text string, err error) {
	file, ok := p.terminal()
	if !ok {
		return "", usagef("standard input is no terminal: nobody is there to answer")
	}
	before, err := term.MakeRaw(int(file.Fd()))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(int(file.Fd()), before)) }()
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := read(term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{file, p.Err}, ""))
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		if a.err != nil {
			_, _ = io.WriteString(p.Err, "\r\n") // the line of the question is still open
		}
		if errors.Is(a.err, io.EOF) {
			return "", context.Canceled // Ctrl-C or Ctrl-D
		}
		return a.text, a.err
	case <-ctx.Done():
		_, _ = io.WriteString(p.Err, "\r\n")
		return "", ctx.Err()
	}
}

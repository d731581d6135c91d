package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"dirdesk/internal/config"
	"dirdesk/models"
)

// givenPassword reads the password that the command line points to; an empty
// secret when it points to none.
func (p *program) givenPassword() (models.Secret, error) {
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
func (p *program) terminal() (*os.File, bool) {
	file, ok := p.In.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// askSecret asks on the terminal without echo.
func (p *program) askSecret(ctx context.Context, question string) (models.Secret, error) {
	text, err := p.prompt(ctx, question, func(file *os.File) (string, error) {
		text, err := term.ReadPassword(int(file.Fd()))
		_, _ = fmt.Fprintln(p.Err) // the line break that was not echoed
		return string(text), err
	})
	return models.NewSecret(text), err
}

// ask asks on the terminal; an empty answer is possible.
func (p *program) ask(ctx context.Context, question string) (string, error) {
	answer, err := p.prompt(ctx, question, func(file *os.File) (string, error) {
		return bufio.NewReader(file).ReadString('\n')
	})
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimSpace(answer), err
}

// prompt puts the question to stderr, so that stdout holds the result alone,
// and waits for the answer or for Ctrl-C, which leaves the terminal as it was.
func (p *program) prompt(ctx context.Context, question string, read func(*os.File) (string, error)) (string, error) {
	file, ok := p.terminal()
	if !ok {
		return "", usagef("standard input is no terminal: nobody can answer %q", question)
	}
	before, err := term.GetState(int(file.Fd()))
	if err != nil {
		return "", err
	}
	if _, err := fmt.Fprintf(p.Err, "%s: ", question); err != nil {
		return "", err
	}
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1) // the reader may outlive us, until the process ends
	go func() {
		text, err := read(file)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		return a.text, a.err
	case <-ctx.Done():
		_, _ = fmt.Fprintln(p.Err)
		return "", errors.Join(ctx.Err(), term.Restore(int(file.Fd()), before))
	}
}

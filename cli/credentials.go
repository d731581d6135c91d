package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"dirdesk/internal/config"
	"dirdesk/internal/guard"
	"dirdesk/internal/jobcontrol"
	"dirdesk/models"
)

// credentials completes the sign-in from files, the keyring, standard input or
// the terminal.
func (p *access) credentials(ctx context.Context, profile models.Profile) (models.SignIn, error) {
	in := models.SignIn{Profile: profile}
	at, err := parseURL(profile.URL)
	if err != nil {
		return in, err
	}
	if at.kind().Token {
		if done, err := p.tokenCredentials(ctx, &in); done || err != nil {
			return in, err
		}
	}
	if in.Profile.Account == "" {
		if _, ok := p.terminal(); !ok || p.flags.passwordStdin {
			return in, usagef("no account for %s: name it with --account or in the profile%s", profile.URL, orToken(at))
		}
		if in.Profile.Account, err = p.ask(ctx, "Account on "+profile.URL); err != nil {
			return in, err
		}
	}
	if in.Password, err = p.givenPassword(); err != nil || !in.Password.Empty() {
		return in, err
	}
	if _, ok := p.terminal(); !ok {
		return in, usagef("no password for %s on %s: use --password-file FILE or --password-stdin%s", in.Profile.Account, profile.URL, orToken(at))
	}
	in.Password, err = p.askPassword(ctx, fmt.Sprintf("Password of %s on %s", in.Profile.Account, profile.URL))
	return in, err
}

func orToken(at endpoint) string {
	if !at.kind().Token {
		return ""
	}
	return ", or use an access token: --token-file FILE"
}

// tokenCredentials finds the access token, and reports whether nothing else is
// needed. A password that was given goes before a token that is only kept; where
// nobody named an account, the token is asked for first.
func (p *access) tokenCredentials(ctx context.Context, in *models.SignIn) (bool, error) {
	if (p.flags.passwordFile != "" || p.flags.passwordStdin) && p.flags.tokenFile == "" {
		return false, nil
	}
	token, fromFile, err := storedToken(ctx, p.Keyring, in.Profile)
	switch {
	case err != nil && fromFile:
		return false, usagef("%v", err)
	case err != nil && ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil:
		p.complain(fmt.Sprintf("%v; an access token was not looked for there", err))
	case !token.Empty():
		in.Token, p.keptToken = token, !fromFile
		return true, nil
	}
	if _, ok := p.terminal(); !ok || in.Profile.Account != "" {
		return false, nil
	}
	typed, err := p.askSecret(ctx, "Access token for "+p.safe(in.Profile.URL)+" (none: sign in with an account)")
	if err != nil || typed.Empty() {
		return false, err
	}
	in.Token, err = asUsage(config.ParseToken(typed.Reveal()))
	return err == nil, err
}

// givenPassword reads the password that the command line points to; an empty
// secret when it points to none.
func (p *access) givenPassword() (models.Secret, error) {
	switch {
	case p.flags.passwordFile != "":
		return asUsage(config.ReadPasswordFile(p.flags.passwordFile))
	case p.flags.passwordStdin:
		password, err := config.ReadPassword(p.In)
		if err != nil {
			err = usagef("--password-stdin: %v", err)
		}
		return password, err
	}
	return models.Secret{}, nil
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

// askPassword is askSecret for a password. One that begins or ends with a space is
// rarely meant, and never cut: it is asked about.
func (p *console) askPassword(ctx context.Context, question string) (models.Secret, error) {
	for {
		secret, err := p.askSecret(ctx, question)
		if err != nil || strings.TrimSpace(secret.Reveal()) == secret.Reveal() {
			return secret, err
		}
		if meant, err := p.agreed(ctx, "The password begins or ends with a space. Use it as it was typed?"); err != nil || meant {
			return secret, err
		}
	}
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
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{file, p.Err}, "")
	control := jobcontrol.Listen(func(c *jobcontrol.Control, asked jobcontrol.Asked) {
		if asked == jobcontrol.ToStop {
			_ = term.Restore(int(file.Fd()), before)
			c.Stop()
		}
		_, _ = term.MakeRaw(int(file.Fd()))
		_, _ = io.WriteString(t, "\r\n") // the question comes again, below
	})
	defer control.Close()
	text, err = guard.Call(ctx, func() (string, error) { return read(t) })
	if err != nil {
		_, _ = io.WriteString(p.Err, "\r\n") // the line of the question is still open
	}
	if errors.Is(err, io.EOF) {
		return "", context.Canceled // Ctrl-C or Ctrl-D
	}
	return text, err
}

package cli

import (
	"context"
	"fmt"

	"dirdesk/internal/config"
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
	in.Password, err = p.askSecret(ctx, fmt.Sprintf("Password of %s on %s", in.Profile.Account, profile.URL))
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
	token, fromFile, err := storedToken(ctx, p.keyring(), in.Profile)
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
	if in.Token, err = config.ParseToken(typed.Reveal()); err != nil {
		return false, usagef("%v", err)
	}
	return true, nil
}

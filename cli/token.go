package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/internal/config"
	"dirdesk/models"
)

func newTokenCommand(p *program) *cobra.Command {
	command := &cobra.Command{
		Use:   "token",
		Short: "Keep an access token for Adaxes in the system's keyring, or forget it",
		Args:  usageArgs(cobra.NoArgs),
		RunE:  needSubcommand,
	}
	command.AddCommand(newTokenStoreCommand(p), newTokenForgetCommand(p))
	return command
}

func newTokenStoreCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "store",
		Short: "Keep an access token in the keyring",
		Long: `Keep an access token for the connection in the keyring of the operating system.
It is read from --token-file, else typed at the terminal, and used from then on
when nothing else is given to sign in with. It is kept for this address, and this
account where the connection names one, and is not tried out now.`,
		Example: `  dirdesk token store -c office
  dirdesk token store -c adaxes://host.example.com --token-file token.txt`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			ctx := command.Context()
			profile, err := p.tokenConnection()
			if err != nil {
				return err
			}
			token, err := p.tokenToStore(ctx, profile)
			if err != nil {
				return err
			}
			if err := p.keyring().Keep(ctx, tokenName(profile), token); err != nil {
				return keyringError("store the token of", profile, err)
			}
			_, err = fmt.Fprintln(p.Out, p.safe("kept in the keyring: the token of "+tokenName(profile)))
			return err
		},
	}
}

func newTokenForgetCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "forget",
		Short: "Take an access token out of the keyring",
		Long: `Take the access token of the connection out of the keyring. The token itself goes
on being good: an administrator of Adaxes ends it.`,
		Example: "  dirdesk token forget -c office",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			profile, err := p.tokenConnection()
			if err != nil {
				return err
			}
			was, err := p.keyring().Forget(command.Context(), tokenName(profile))
			if err != nil {
				return keyringError("forget the token of", profile, err)
			}
			words := "forgotten: the token of "
			if !was {
				words = "the keyring has no token of "
			}
			_, err = fmt.Fprintln(p.Out, p.safe(words+tokenName(profile)))
			return err
		},
	}
}

// tokenConnection is the connection that a token belongs to.
func (p *access) tokenConnection() (models.Profile, error) {
	if err := p.flags.check(); err != nil {
		return models.Profile{}, err
	}
	settings, err := config.Load(config.FindPaths(p.Getenv).Config)
	if err != nil {
		return models.Profile{}, usagef("%v", err)
	}
	profile, err := p.target(settings, "")
	if err != nil {
		return models.Profile{}, err
	}
	if profile.URL == "" {
		return models.Profile{}, usagef("whose token? Name a profile or a URL with -c")
	}
	at, err := parseURL(profile.URL)
	if err == nil {
		err = at.checkToken()
	}
	return profile, err
}

// tokenToStore reads it from --token-file, else from the terminal.
func (p *access) tokenToStore(ctx context.Context, profile models.Profile) (models.Secret, error) {
	if p.flags.tokenFile != "" {
		token, err := config.ReadTokenFile(p.flags.tokenFile)
		if err != nil {
			return token, usagef("%v", err)
		}
		return token, nil
	}
	if _, ok := p.terminal(); !ok {
		return models.Secret{}, usagef("standard input is no terminal: name the token's file with --token-file")
	}
	typed, err := p.askSecret(ctx, "Access token for "+p.safe(profile.URL))
	if err != nil {
		return models.Secret{}, err
	}
	token, err := config.ParseToken(typed.Reveal())
	if err != nil {
		return models.Secret{}, usagef("%v: nothing was kept", err)
	}
	return token, nil
}

func keyringError(action string, profile models.Profile, err error) error {
	return &models.Error{
		Kind: models.ErrUnsupported, Action: action, Object: profile.URL, Err: err,
		Advice: fmt.Sprintf("There is no keyring that can be used here (%v). Keep the token in a file that nobody else can read, and name it "+
			"with --token-file, or with token_file in the profile.", err),
	}
}

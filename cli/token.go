package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/internal/config"
	"dirdesk/models"
)

func newTokenCommand(p *program) *cobra.Command {
	return newFamily("token", "Keep an access token for Adaxes in the system's keyring, or forget it",
		newTokenStoreCommand(p),
		newTokenForgetCommand(p),
	)
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
			if err := p.Keyring.Keep(ctx, tokenName(profile), token); err != nil {
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
			was, err := p.Keyring.Forget(command.Context(), tokenName(profile))
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
	settings, err := p.settings()
	if err != nil {
		return models.Profile{}, err
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
		return asUsage(config.ReadTokenFile(p.flags.tokenFile))
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

// Keyring keeps access tokens under names of ours. keyring.System is the
// operating system's.
type Keyring interface {
	// Token gives an empty secret when there is none of the name.
	Token(ctx context.Context, name string) (models.Secret, error)
	Keep(ctx context.Context, name string, token models.Secret) error
	// Forget tells whether there was one.
	Forget(ctx context.Context, name string) (bool, error)
}

// noKeyring is what a run without one has.
type noKeyring struct{}

var errNoKeyring = errors.New("no keyring")

func (noKeyring) Token(context.Context, string) (models.Secret, error) {
	return models.Secret{}, errNoKeyring
}
func (noKeyring) Keep(context.Context, string, models.Secret) error { return errNoKeyring }
func (noKeyring) Forget(context.Context, string) (bool, error)      { return false, errNoKeyring }

// tokenName is what a connection's token is kept under: its address and its
// account, so that no token is ever sent to a server that it was not stored for,
// whatever a profile comes to say.
func tokenName(profile models.Profile) string {
	if profile.Account == "" {
		return profile.URL
	}
	return profile.Account + " on " + profile.URL
}

// checkToken refuses an access token where none is taken.
func (e endpoint) checkToken() error {
	if e.kind().Token {
		return nil
	}
	return usagef("an access token is for %s only: %s takes an account and a password",
		schemesThat(func(s scheme) bool { return s.Token }), e.scheme+"://")
}

// storedToken gives the access token that a connection's profile points to: of
// its file, else of the keyring; an empty secret when it points to none, or when
// the connection takes none. A keyring that cannot be used is errNoKeyring or an
// error of its own, together with an empty secret.
func storedToken(ctx context.Context, keys Keyring, profile models.Profile) (token models.Secret, fromFile bool, err error) {
	at, err := parseURL(profile.URL)
	if err != nil || !at.kind().Token {
		return models.Secret{}, false, err
	}
	if profile.TokenFile != "" {
		token, err = config.ReadTokenFile(profile.TokenFile)
		return token, true, err
	}
	profile.URL = at.String()
	token, err = keys.Token(ctx, tokenName(profile))
	return token, false, err
}

// unlockTime is how long the system may take to have its keyring unlocked by the
// person.
const unlockTime = time.Minute

// KeepToken keeps the access token of a connection in the system's keyring, for
// its address and account. It makes the connector a connect.TokenKeeper.
func (c *connector) KeepToken(ctx context.Context, profile models.Profile, token models.Secret) error {
	at, err := parseURL(profile.URL)
	if err == nil {
		err = at.checkToken()
	}
	if err != nil {
		return &models.Error{Kind: models.ErrInvalid, Action: "store the token of", Object: profile.Name, Err: err, Advice: err.Error()}
	}
	profile.URL = at.String()
	ctx, cancel := context.WithTimeout(ctx, unlockTime)
	defer cancel()
	if err := c.keys.Keep(ctx, tokenName(profile), token); err != nil {
		return keyringError("store the token of", profile, err)
	}
	return nil
}

package adaxes

import (
	"context"
	"errors"
	"net/http"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

const (
	actionSignIn = "sign in"
	// earlyBy is how long before its end a token is replaced.
	earlyBy = 2 * time.Minute
	// signInTries is how often each request of a sign-in is sent where it came to
	// nothing on the way, and signInPause the wait between (docs/adaxes.md section 1.3).
	signInTries = 3
	signInPause = 400 * time.Millisecond
)

// signIn gets a token: for an access token nothing is asked, for an account a
// session is opened and a token issued for it (docs/adaxes.md section 1.3: the
// first step is official, the second is a public client's).
func (c *connection) signIn(ctx context.Context) error {
	switch {
	case c.hasAccessToken():
		if !webclient.FitsHeader(c.options.Token.Reveal()) {
			return invalid(actionSignIn, c.base.Host, "the access token has characters in it that no token has", "Copy the token again, and nothing else: one line, no spaces.")
		}
		c.sessions.Take(session{token: c.options.Token})
		return nil
	case c.options.Account == "":
		return invalid(actionSignIn, c.base.Host, "neither an account nor an access token is given", "Name an account, or give a token.")
	case c.options.Password.Empty():
		return &models.Error{Kind: models.ErrCredentials, Action: actionSignIn, Object: c.options.Account, Advice: "Type the password."}
	}
	id, err := c.openSession(ctx)
	if err != nil {
		return err
	}
	return c.issueToken(ctx, id)
}

// signInAgain opens the next session.
func (c *connection) signInAgain(ctx context.Context) error {
	c.options.Logger.Info("adaxes token at its end, signing in again", "host", c.base.Host)
	return c.signIn(ctx)
}

// refusedAgain is for a server that looked at the account and said no; nil when it
// did not.
func refusedAgain(err error) error {
	var known *models.Error
	if !errors.As(err, &known) {
		return nil
	}
	for _, kind := range []error{models.ErrCredentials, models.ErrAccountState, models.ErrNotAuthorized, models.ErrUnsupported} {
		if errors.Is(err, kind) {
			e := webclient.Fault(models.ErrSession, "the session has ended, and signing in again was refused: "+known.Kind.Error(), known.Advice)
			e.Code, e.Server, e.Err = known.Code, known.Server, err
			return e
		}
	}
	return nil
}

func (c *connection) anonymous(path string, body []byte, secrets ...models.Secret) request {
	return request{
		verb: http.MethodPost, path: path, body: body, action: actionSignIn, object: c.options.Account,
		secrets: secrets, anonymous: true, timeout: c.options.SignInTimeout,
	}
}

func (c *connection) openSession(ctx context.Context) (id models.Secret, err error) {
	body, err := rawjson.Encode(struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}{c.options.Account, c.options.Password.Reveal()})
	if err != nil {
		return id, invalid(actionSignIn, c.options.Account, "there are characters in it that are not UTF-8", "Type account and password again.")
	}
	r := c.anonymous(pathSession, body)
	a, err := c.askAgain(ctx, r)
	if err != nil {
		return id, err
	}
	told, ok := rawjson.ParseObject(a.Body)
	text := told.Text("sessionid")
	switch {
	case !ok:
		return id, c.notUnderstood(r, a.Body)
	case !rawjson.IsNull(told["totpstate"]):
		// The documents say that it is always null, and name no request that takes a
		// one-time code.
		return id, c.explain(r, webclient.Fault(models.ErrUnsupported, "the account needs a one-time code, which Adaxes' REST API does not take",
			"Sign in with an access token, or with an account that needs none."))
	case text == "" || !webclient.FitsHeader(text):
		return id, c.explain(r, webclient.Fault(models.ErrProtocol, "Adaxes accepted the sign-in but gave no session", adviceHost))
	}
	if words := changeWords(told["changepasswordreason"]); words != "" {
		c.options.Logger.Warn("adaxes: "+words, "account", c.options.Account, "host", c.base.Host)
	}
	return models.NewSecret(text), nil
}

// askAgain is ask for a request of a sign-in, which may be sent again where the
// connection was dropped or a web server in front has nobody to ask. Any other answer
// is one: the password is not tried twice.
func (c *connection) askAgain(ctx context.Context, r request) (webclient.Answer, error) {
	for try := 1; ; try++ {
		a, err := c.ask(ctx, r)
		passing := webclient.WasDropped(err) || a.Status >= http.StatusBadGateway && a.Status <= http.StatusGatewayTimeout
		if err == nil || !passing || try == signInTries {
			return a, err
		}
		c.options.Logger.Warn("adaxes sign-in not answered, sent again", "host", c.base.Host, "try", try, "error", err)
		select {
		case <-ctx.Done():
			return a, ctx.Err()
		case <-c.after(signInPause):
		}
	}
}

func (c *connection) issueToken(ctx context.Context, id models.Secret) error {
	body, err := tokenRequest(id)
	if err != nil {
		return err
	}
	r := c.anonymous(pathToken, body, id)
	a, err := c.askAgain(ctx, r)
	if err != nil {
		return err
	}
	token, expires, ok := tokenAnswer(a.Body)
	switch {
	case !ok:
		return c.notUnderstood(r, []byte("(not shown: it may hold a token)"))
	case token == "" || !webclient.FitsHeader(token):
		return c.explain(r, webclient.Fault(models.ErrProtocol, "Adaxes gave a token that cannot be sent back", adviceHost))
	}
	c.sessions.Take(session{token: models.NewSecret(token), id: id, early: c.earlyMoment(expires, a.Header)})
	return nil
}

// earlyMoment is when a token is due for renewal, by our clock: two minutes
// before its end, or half-way for one that lasts no longer. The server's own
// clock, in its header Date, counts, so that a computer whose clock is wrong does
// not sign in with every call, or never.
func (c *connection) earlyMoment(expires time.Time, header http.Header) time.Time {
	if expires.IsZero() {
		return time.Time{}
	}
	now := c.now()
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		theirs = now
	}
	life := expires.Sub(theirs)
	if life <= 0 {
		return time.Time{} // its word makes no sense; the 401 will tell
	}
	return now.Add(max(life-earlyBy, life/2))
}

package adaxes

import (
	"context"
	"net/http"
	"time"

	"dirdesk/models"
)

const (
	actionSignIn = "sign in"
	// earlyBy is how long before its end a token is replaced.
	earlyBy = 2 * time.Minute
)

// signIn gets a token: for an access token nothing is asked, for an account a
// session is opened and a token issued for it (docs/adaxes.md section 1.3: the
// first step is official, the second is a public client's).
func (b *Backend) signIn(ctx context.Context) error {
	if b.hasAccessToken() {
		b.take(session{token: b.options.Token})
		return nil
	}
	id, err := b.openSession(ctx)
	if err != nil {
		return err
	}
	return b.issueToken(ctx, id)
}

func (b *Backend) anonymous(path string, body []byte, secrets ...models.Secret) request {
	return request{
		verb: http.MethodPost, path: path, body: body, action: actionSignIn, object: b.options.Account,
		secrets: secrets, anonymous: true, timeout: b.options.SignInTimeout,
	}
}

func (b *Backend) openSession(ctx context.Context) (id models.Secret, err error) {
	body, err := encode(struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}{b.options.Account, b.options.Password.Reveal()})
	if err != nil {
		return id, invalid(actionSignIn, b.options.Account, "there are characters in it that are not UTF-8", "Type account and password again.")
	}
	r := b.anonymous(pathSession, body)
	a, err := b.ask(ctx, r)
	if err != nil {
		return id, err
	}
	members, ok := membersOf(a.body)
	text := textOf(members["sessionid"])
	if !ok {
		return id, b.notUnderstood(r, a)
	}
	if state := members["totpstate"]; !isNull(state) {
		// The documents say that it is always null, and name no request that takes a
		// one-time code.
		return id, b.refuse(r, models.ErrUnsupported, "the account needs a one-time code, which Adaxes' REST API does not take",
			"Sign in with an access token, or with an account that needs none.")
	}
	if text == "" || !fitsHeader(text) {
		return id, b.refuse(r, models.ErrProtocol, "Adaxes accepted the sign-in but gave no session", adviceHost)
	}
	if words := changeWords(members["changepasswordreason"]); words != "" {
		b.logger.Warn("adaxes: "+words, "account", b.options.Account, "host", b.base.Host)
	}
	return models.NewSecret(text), nil
}

func (b *Backend) issueToken(ctx context.Context, id models.Secret) error {
	body, err := tokenRequest(id)
	if err != nil {
		return err
	}
	r := b.anonymous(pathToken, body, id)
	a, err := b.ask(ctx, r)
	if err != nil {
		return err
	}
	token, expires, ok := tokenAnswer(a.body)
	switch {
	case !ok:
		return b.notUnderstood(r, answer{body: []byte("(not shown: it may hold a token)")})
	case token == "" || !fitsHeader(token):
		return b.refuse(r, models.ErrProtocol, "Adaxes gave a token that cannot be sent back", adviceHost)
	}
	b.take(session{token: models.NewSecret(token), id: id, early: b.earlyMoment(expires, a.header)})
	return nil
}

// earlyMoment is when a token is due for renewal, by our clock: two minutes
// before its end, or half-way for one that lasts no longer. The server's own
// clock, in its header Date, counts, so that a computer whose clock is wrong does
// not sign in with every call, or never.
func (b *Backend) earlyMoment(expires time.Time, header http.Header) time.Time {
	if expires.IsZero() {
		return time.Time{}
	}
	now := b.now()
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

func (b *Backend) take(s session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.number = b.session.number + 1
	b.session = s
}

func (b *Backend) refuse(r request, kind error, words, advice string) error {
	return &models.Error{Kind: reason{words, kind}, Action: r.action, Object: r.object, Advice: advice}
}

// fitsHeader reports whether a credential can travel in a header.
func fitsHeader(text string) bool {
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

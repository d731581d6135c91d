package adaxes

import (
	"crypto/rand"
	"encoding/base64"
	"maps"
	"sync"
	"time"

	"dirdesk/models"
)

// caller is who a token was issued to. dn is empty for the service's own
// account, which is no object of the directory.
type caller struct {
	name string
	dn   models.DN
}

// grant is a session or a token.
type grant struct {
	caller caller
	ends   time.Time
}

// tokens keeps the sessions, the tokens issued for them, and the access token.
type tokens struct {
	access                 models.Secret
	accessEnds             time.Time
	account                string
	sessionLife, tokenLife time.Duration

	mu       sync.Mutex
	sessions map[string]grant
	issued   map[string]grant
}

func newTokens(o Options) *tokens {
	return &tokens{
		access: o.Token, accessEnds: o.TokenEnds, account: o.Account,
		sessionLife: o.SessionLife, tokenLife: o.TokenLife,
		sessions: map[string]grant{}, issued: map[string]grant{},
	}
}

func (t *tokens) open(who caller, now time.Time) (id string, ends time.Time) {
	return t.put(t.sessions, grant{who, now.Add(t.sessionLife)}, now)
}

// issue makes a token for a session that is still open.
func (t *tokens) issue(session string, now time.Time) (token string, ends time.Time, ok bool) {
	t.mu.Lock()
	g, ok := t.sessions[session]
	t.mu.Unlock()
	if !ok || !now.Before(g.ends) {
		return "", time.Time{}, false
	}
	token, ends = t.put(t.issued, grant{g.caller, now.Add(t.tokenLife)}, now)
	return token, ends, true
}

func (t *tokens) put(into map[string]grant, g grant, now time.Time) (string, time.Time) {
	text := randomText(48)
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(into, func(_ string, old grant) bool { return !now.Before(old.ends) })
	into[text] = g
	return text, g.ends
}

// renew gives a token that is still good its whole life again.
func (t *tokens) renew(token string, now time.Time) (ends time.Time, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g, ok := t.issued[token]
	if !ok || !now.Before(g.ends) {
		return time.Time{}, false
	}
	g.ends = now.Add(t.tokenLife)
	t.issued[token] = g
	return g.ends, true
}

// admit finds whose token it is. A session is no token.
func (t *tokens) admit(token string, now time.Time) (caller, bool) {
	if t.isAccess(token) {
		return caller{name: t.account}, t.accessEnds.IsZero() || now.Before(t.accessEnds)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	g, ok := t.issued[token]
	return g.caller, ok && now.Before(g.ends)
}

func (t *tokens) isAccess(token string) bool {
	return !t.access.Empty() && sameText(token, t.access.Reveal())
}

func (t *tokens) destroy(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.issued, token)
}

func (t *tokens) close(session string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.sessions, session)
}

func (t *tokens) expireAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.issued)
}

// randomText makes a text of n random bytes.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.StdEncoding.EncodeToString(b)
}

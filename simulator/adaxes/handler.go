package adaxes

import (
	"sync"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
	"dirdesk/simulator/wire"
)

// API is the name that fault specs and the request log have for this face.
const API = "adaxes"

// Options configure a [Handler]. The zero value is a server of 2026 whose
// presets nobody changed.
type Options struct {
	// Directory is what is served. simulator.Start sets it, and the next four,
	// and what it shares with the DSM face (Faults, Log, Now, Latency).
	Directory *directory.Directory
	// Account may sign in with Password, as NAME, NAME@REALM or DOMAIN\NAME, and
	// do everything. So may every account of the directory that has a password.
	Account  string
	Password models.Secret
	// Token is an access token of Account, good without signing in, until
	// TokenEnds (for ever when zero), and while Account is not disabled or expired
	// where it is one of the directory's.
	Token     models.Secret
	TokenEnds time.Time

	Mount       string        // virtual directory; "/restApi" when empty
	SessionLife time.Duration // of a session; 0: 10 minutes
	TokenLife   time.Duration // of a token issued for one; 0: 30 minutes

	// LoginDelay is the delay after the third failed sign-in from an address,
	// which doubles with each further one up to 30 s; 0: 1 second, negative: none.
	LoginDelay time.Duration
	// HideDetails leaves the reasons of a refused sign-in out, as old versions do.
	HideDetails bool

	// SearchCap is the most objects that a search gives, whatever is asked for;
	// 0: no limit. Servers of 2021 have 1,000.
	SearchCap int
	// Before2023 has the old search (GET with an LDAP filter) only.
	Before2023 bool

	Rules []Rule
	// AsyncAfter is how long the business rules of each write take.
	AsyncAfter time.Duration

	// Member is "o365" or "m365". With "o365", the default, licences are read
	// from o365Account/properties; with "m365" they come with the user. Both
	// spellings can be written.
	Member string
	// Lenient takes what nobody saw a server take, but one may well take: masks
	// written unsigned, and a photo cleared by null, or for an object that has none.
	Lenient bool
	// NoChanges has operation results say whether anything differed.
	NoChanges bool
	// OtherDomains are DNS names of further managed domains, which are new and can
	// be read only.
	OtherDomains []string

	Faults  *fault.Injector
	Log     func(Call)       // told of each request before it is answered; may be nil
	Now     func() time.Time // nil: time.Now
	Latency time.Duration    // wait before each request
}

// Call is what the request log keeps of one request. Outcome is "ok", the
// status, or the fault that kept it from an answer.
type Call struct {
	Verb, URL, Method string
	Start, End        time.Time
	Outcome           string
}

// Handler is the REST API of one Adaxes service. Make one with [New].
type Handler struct {
	*service
	routes map[routeKey]route
}

// service is what all calls have in common: what is served, and what the service
// keeps of its own. signing, reading and writing are the calls.
type service struct {
	options  Options
	tokens   *tokens
	gate     *gate
	licences *licences
	custom   *customAttributes
	running  *operations
	others   []*directory.Directory // further managed domains

	mu    sync.Mutex
	rules []Rule
}

type (
	signing struct{ *service } // in and out
	reading struct{ *service }
	writing struct{ *service }
)

// New makes the REST API over a directory.
func New(o Options) *Handler {
	if o.Mount == "" {
		o.Mount = "/restApi"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Faults == nil {
		o.Faults = fault.NewInjector()
	}
	if o.SessionLife == 0 {
		o.SessionLife = presetSessionLife
	}
	if o.TokenLife == 0 {
		o.TokenLife = presetTokenLife
	}
	if o.LoginDelay == 0 {
		o.LoginDelay = presetLoginDelay
	}
	if o.Member == "" {
		o.Member = memberO365
	}
	h := &Handler{service: &service{
		options: o, rules: append([]Rule(nil), o.Rules...), tokens: newTokens(o), gate: newGate(o.LoginDelay),
		licences: newLicences(), custom: newCustomAttributes(), running: newOperations(),
	}}
	for i, realm := range o.OtherDomains {
		h.others = append(h.others, directory.New(directory.Options{Realm: realm, Now: o.Now, Seed: int64(i) - 1000}))
	}
	h.routes = h.table()
	return h
}

// Mount is the virtual directory that the API lies under: "/restApi".
func (h *Handler) Mount() string { return h.options.Mount }

// Rule has one more rule apply, to the requests that come from now on.
func (h *Handler) Rule(r Rule) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rules = append(h.rules, r)
}

// ClearRules drops all rules, those of Options too.
func (h *Handler) ClearRules() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rules = nil
}

// ExpireTokens ends every token that was issued for a session, as time does.
// The access token stays.
func (h *Handler) ExpireTokens() { h.tokens.expireAll() }

// pause is the wait before the work of a request.
func (h *Handler) pause(c *call) bool { return wire.Pause(c.ctx, h.options.Latency) }

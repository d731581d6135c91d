package dsm

import (
	"time"

	"dirdesk/simulator/fault"
)

// Options configures a [Handler].
type Options struct {
	Directory Directory // what is served; required
	Writer    Writer    // changes it; nil refuses every change
	Accounts  []Account // who may sign in
	// Strict answers 120 to a bare string where the API's format is JSON. The
	// Python library needs the lenient default.
	Strict    bool
	NoSubtree bool          // a listing gives one level only
	Latency   time.Duration // wait before the work of each HTTP request
	Faults    *fault.Injector
	Log       func([]Call)     // told of each HTTP request's calls before it is answered; may be nil
	Now       func() time.Time // nil: time.Now

	IdleTimeout  time.Duration // until an unused session ends; 0: 15 minutes
	SingleLogin  bool          // a login ends the account's other sessions (107)
	AutoBlock    *Limit        // failures by address; nil: DSM's preset
	AccountLock  *Limit        // failures by account; nil: DSM's preset
	DomainUpdate time.Duration // how long a domain update takes
}

// Limit is how many failures within a time lead to refusal, and for how long.
// With Attempts 0 there is none.
type Limit struct {
	Attempts    int
	Within, For time.Duration
}

// Call is what the request log keeps of one call. Outcome is "ok", the error
// code, "drop-before" where that fault kept the call from being answered, or
// "cut" for a compound call whose answer a fault on one of its items cut.
type Call struct {
	Verb, URL, API, Method string
	Version                int // 0 when none was understood
	Start, End             time.Time
	Outcome                string
}

// Handler is the WebAPI of one NAS. Make one with [New].
type Handler struct {
	options   Options
	apis      map[string]api
	table     map[methodKey]method
	sessions  *sessions
	gate      *gate
	second    *secondFactor
	tasks     *tasks
	newcomers *newcomers
	envelopes envelopes
	noiseKey  []byte // public half of an X25519 key
}

type methodKey struct{ api, name string }

// New makes the WebAPI over a directory.
func New(options Options) *Handler {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Writer == nil {
		options.Writer = readOnly{}
	}
	if options.Faults == nil {
		options.Faults = fault.NewInjector()
	}
	if options.IdleTimeout == 0 {
		options.IdleTimeout = presetIdle
	}
	byAddress, byAccount := presetAutoBlock(), presetAccountLock()
	if options.AutoBlock != nil {
		byAddress = *options.AutoBlock
	}
	if options.AccountLock != nil {
		byAccount = *options.AccountLock
	}
	h := &Handler{
		options:   options,
		apis:      map[string]api{},
		table:     map[methodKey]method{},
		sessions:  newSessions(options.IdleTimeout),
		gate:      newGate(byAddress, byAccount),
		second:    newSecondFactor(),
		tasks:     newTasks(),
		newcomers: newNewcomers(),
		noiseKey:  newNoiseKey(),
	}
	for _, a := range apis() {
		h.apis[a.name] = a
	}
	for _, m := range h.methods() {
		h.table[methodKey{m.api, m.name}] = m
	}
	return h
}

// ExpireSessions ends every session as a timeout does: their next call is
// answered with 106.
func (h *Handler) ExpireSessions() { h.sessions.expireAll() }

// ForgetDevices drops every trusted device: a one-time code is needed again.
func (h *Handler) ForgetDevices() { h.second.forget() }

package dsm

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dirdesk/simulator/fault"
)

// Options configures a [Handler].
type Options struct {
	Directory Directory // what is served; required
	Accounts  []Account // who may sign in
	// Strict answers 120 to a bare string where the API's format is JSON. The
	// Python library needs the lenient default.
	Strict  bool
	Latency time.Duration // wait before the work of each HTTP request
	Faults  *fault.Injector
	Log     func([]Call)     // told of each HTTP request's calls before it is answered; may be nil
	Now     func() time.Time // nil: time.Now

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
// code, or the name of the fault that kept the call from being answered.
type Call struct {
	Verb, URL, API, Method string
	Version                int // 0 when none was understood
	Start, End             time.Time
	Outcome                string
}

// Handler is the WebAPI of one NAS. Make one with [New].
type Handler struct {
	options  Options
	apis     map[string]api
	table    map[methodKey]method
	sessions *sessions
	gate     *gate
	second   *secondFactor
	tasks    *tasks
	noiseKey []byte // public half of an X25519 key
}

type methodKey struct{ api, name string }

// New makes the WebAPI over a directory.
func New(options Options) *Handler {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Faults == nil {
		options.Faults = fault.NewInjector()
	}
	if options.IdleTimeout == 0 {
		options.IdleTimeout = presetIdle
	}
	if options.AutoBlock == nil {
		options.AutoBlock = &presetAutoBlock
	}
	if options.AccountLock == nil {
		options.AccountLock = &presetAccountLock
	}
	h := &Handler{
		options:  options,
		apis:     map[string]api{},
		table:    map[methodKey]method{},
		sessions: newSessions(options.IdleTimeout),
		gate:     newGate(*options.AutoBlock, *options.AccountLock),
		second:   newSecondFactor(),
		tasks:    newTasks(),
		noiseKey: newNoiseKey(),
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

// request is one HTTP request on its way through.
type request struct {
	ctx         context.Context
	verb, url   string
	cgi         string // "entry.cgi", ...
	credentials credentials
	header      http.Header // of the answer
	wire        wire
	calls       []Call
}

// call is one call: that of a request, or an item of a compound one.
type call struct {
	request     *request
	api, method string
	version     int
	parameters  parameters
	item        bool     // inside a compound
	session     *session // the caller's, once admitted; nil without one
}

// input starts the reading of the call's parameters.
func (c *call) input() *input { return &input{parameters: c.parameters} }

// ServeHTTP answers one request under /webapi/. Every answer of the API has
// status 200; others are what the web server in front of it would say.
func (h *Handler) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	start := h.options.Now()
	cgi, apiInPath, found := entryPoint(in.URL.Path)
	if !found {
		http.NotFound(out, in)
		return
	}
	if in.Method != http.MethodGet && in.Method != http.MethodPost {
		http.Error(out, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	f, err := readForm(in)
	if err != nil {
		http.Error(out, "bad request", http.StatusBadRequest)
		return
	}
	r := &request{
		ctx: in.Context(), verb: in.Method, url: in.RequestURI, cgi: cgi,
		credentials: readCredentials(in, f), header: out.Header(),
	}
	if !pause(r.ctx, h.options.Latency) {
		return // the caller left before its request arrived
	}
	c := &call{request: r, parameters: parameters{form: f}}
	if c.api, _ = f.get("api"); c.api == "" {
		c.api = apiInPath
	}
	c.api = unquote(c.api)
	text, _ := f.get("version")
	c.version = readVersion(unquote(text))
	text, _ = f.get("method")
	c.method = unquote(text)

	data, failed := h.perform(c, start)
	if h.options.Log != nil {
		h.options.Log(r.calls)
	}
	send(r.ctx, out, envelope(data, failed), &r.wire)
}

// entryPoint takes /webapi/entry.cgi[/API] and the three older programs apart.
func entryPoint(path string) (cgi, api string, found bool) {
	rest, found := strings.CutPrefix(path, "/webapi/")
	if !found {
		return "", "", false
	}
	cgi, api, _ = strings.Cut(rest, "/")
	switch cgi {
	case "entry.cgi":
		return cgi, api, true
	case "query.cgi", "auth.cgi", "encryption.cgi":
		return cgi, "", api == ""
	}
	return "", "", false
}

// readVersion gives 0 for what is no positive number.
func readVersion(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// ForgetDevices drops every trusted device: a one-time code is needed again.
func (h *Handler) ForgetDevices() { h.second.forget() }

package dsm

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"dirdesk/simulator/wire"
)

// request is one HTTP request on its way through.
type request struct {
	ctx         context.Context
	verb, url   string
	cgi         string // "entry.cgi", ...
	credentials credentials
	header      http.Header // of the answer
	spoil       wire.Spoil
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
	spoil       spoil
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
	openErr := h.envelopes.open(f)
	r := &request{
		ctx: in.Context(), verb: in.Method, url: in.RequestURI, cgi: cgi,
		credentials: readCredentials(in, f), header: out.Header(),
	}
	if !wire.Pause(r.ctx, h.options.Latency) {
		return // the caller left before its request arrived
	}
	c := r.call(f, apiInPath)
	if openErr != nil {
		c.api = "" // an envelope that cannot be opened is no request at all
	}
	data, failed := h.perform(c, start)
	if h.options.Log != nil {
		h.options.Log(r.calls)
	}
	send(r.ctx, out, envelope(data, failed), r.spoil)
}

// call makes the call that the merged form asks for. The API may stand in the
// path alone.
func (r *request) call(f form, apiInPath string) *call {
	word := func(name string) string {
		text, _ := f.get(name)
		return unquote(text)
	}
	c := &call{
		request: r, api: word("api"), method: word("method"), version: readVersion(word("version")),
		parameters: parameters{form: f},
	}
	if c.api == "" {
		c.api = apiInPath
	}
	return c
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

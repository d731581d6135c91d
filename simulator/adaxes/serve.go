package adaxes

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dirdesk/simulator/fault"
	"dirdesk/simulator/wire"
)

// call is one request on its way through.
type call struct {
	ctx     context.Context
	method  string // as fault specs name it: "modify"
	query   url.Values
	body    []byte
	header  http.Header
	basic   bool // it brings a name and a password by HTTP Basic
	address string
	caller  caller
	spoil   wire.Spoil
	expired bool   // a fault ended its token
	id      string // last step of the path, for those that are an identifier
	stall   bool   // a fault keeps the operation that is asked about from ending
}

// answer is a status and what is sent as JSON, nothing for nil; or a redirect.
type answer struct {
	status int
	body   any
	page   string // of a redirect, and the page that it leads to
}

// reply is an answer of status 200.
func reply(body any) answer { return answer{status: http.StatusOK, body: body} }

// maxBody is the most that a request may bring, in bytes.
const maxBody = 8 << 20

// ServeHTTP answers one request under the virtual directory.
func (h *Handler) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	start := h.options.Now()
	if strings.EqualFold(in.URL.Path, signInPage(h.options.Mount)) {
		send(&call{ctx: in.Context()}, out, answer{status: http.StatusOK, page: in.URL.Path})
		return
	}
	c, found, failed := h.open(out, in)
	var a answer
	outcome := ""
	switch {
	case failed != nil:
	case !h.pause(c):
		return // the caller left before its request arrived
	default:
		a, failed, outcome = h.attempt(c, found)
	}
	if failed != nil {
		a = answer{failed.status, failed, failed.page}
	}
	if outcome == "" {
		outcome = "ok"
		if a.status >= http.StatusMultipleChoices {
			outcome = strconv.Itoa(a.status)
		}
	}
	if h.options.Log != nil {
		h.options.Log(Call{
			Verb: in.Method, URL: in.RequestURI, Method: c.method,
			Start: start, End: h.options.Now(), Outcome: outcome,
		})
	}
	send(c, out, a)
}

// open reads a request and finds what it asks for.
func (h *Handler) open(out http.ResponseWriter, in *http.Request) (*call, route, *failure) {
	c := &call{ctx: in.Context(), query: foldKeys(in.URL.Query()), header: in.Header, address: addressOf(in)}
	_, _, c.basic = in.BasicAuth()
	found, failed := h.find(in)
	if failed != nil {
		return c, found, failed
	}
	c.method, c.id = found.name, operationOf(in.URL.Path)
	if !found.hasBody {
		return c, found, nil
	}
	var err error
	if c.body, err = io.ReadAll(http.MaxBytesReader(out, in.Body, maxBody)); err != nil {
		return c, found, fail(http.StatusRequestEntityTooLarge, "The request is too large or broke off.")
	}
	if kind, _, _ := strings.Cut(in.Header.Get("Content-Type"), ";"); !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return c, found, fail(http.StatusUnsupportedMediaType, "The request contains an entity body of a type that is not supported.")
	}
	return c, found, nil
}

// attempt applies the injected faults around the work.
func (h *Handler) attempt(c *call, r route) (a answer, failed *failure, outcome string) {
	var denied *failure
	dropAfter := false
	for _, spec := range h.options.Faults.Next(API, r.name) {
		switch spec.Kind {
		case fault.DropBefore:
			c.spoil.Cut = wire.CutDrop
			return a, nil, string(spec.Kind)
		case fault.HTML502:
			c.spoil.Cut = wire.Cut502
			return a, nil, "502"
		case fault.HTML500:
			c.spoil.Cut = wire.Cut500
			return a, nil, "500"
		case fault.DropAfter:
			dropAfter = true
		case fault.Truncate:
			c.spoil.Truncate = true
		case fault.Slow:
			c.spoil.Slow += spec.Slow
		case fault.Expire:
			signing{h.service}.expire(c)
		case fault.Stall:
			c.stall = true
		case fault.Deny:
			denied = deniedBy(spec.Code)
		}
	}
	if failed = denied; failed == nil {
		a, failed = h.work(c, r)
	}
	if dropAfter {
		c.spoil.Cut = wire.CutDrop
	}
	return a, failed, ""
}

// work checks the token and runs the method.
func (h *Handler) work(c *call, r route) (answer, *failure) {
	if !r.open {
		var ok bool
		if c.caller, ok = (signing{h.service}).admit(c); !ok {
			return answer{}, h.notAdmitted(c)
		}
		if failed := h.permitted(c, ""); failed != nil {
			return answer{}, failed
		}
	}
	return r.do(c)
}

func send(c *call, out http.ResponseWriter, a answer) {
	var body []byte
	if a.page != "" {
		if a.status != http.StatusOK {
			out.Header().Set("Location", a.page)
		}
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		body = []byte("<html><head><title>Sign in</title></head><body><h2>Sign in</h2></body></html>\n")
	} else if a.body != nil {
		var err error
		if body, err = encode(a.body); err != nil {
			http.Error(out, err.Error(), http.StatusInternalServerError)
			return
		}
		out.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	out.Header().Set("Cache-Control", "no-cache")
	c.spoil.Send(c.ctx, out, a.status, body)
}

// foldKeys has the names of a query in lower case.
func foldKeys(query url.Values) url.Values {
	folded := url.Values{}
	for name, values := range query {
		key := strings.ToLower(name)
		folded[key] = append(folded[key], values...)
	}
	return folded
}

func addressOf(in *http.Request) string {
	host, _, err := net.SplitHostPort(in.RemoteAddr)
	if err != nil {
		return in.RemoteAddr
	}
	return host
}

// patience is what Adm-Wait says; known is false without it.
func (c *call) patience() (d time.Duration, known bool) {
	seconds, err := strconv.Atoi(c.header.Get("Adm-Wait"))
	return time.Duration(seconds) * time.Second, err == nil && seconds >= 0
}

package activedirectory

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/internal/guard"
	"dirdesk/models"
)

// conn is one encrypted connection, used by one operation at a time.
type conn struct {
	net      net.Conn
	wire     *wire // around net, below ldap
	ldap     *ldap.Conn
	state    tls.ConnectionState
	signedIn bool
	rows     int       // how many rows are kept; 0: the usual number
	reused   bool      // it was idle before, so the server may have dropped it meanwhile
	dirty    bool      // a search was left in the middle: answers to it may still come
	used     time.Time // when it was put back last
}

// close ends the connection at once, also when the peer no longer reads.
func (c *conn) close() {
	_ = c.net.SetDeadline(time.Unix(1, 0))
	_ = c.ldap.Close()
}

// errSilence says that a search brought nothing for too long.
var errSilence = errors.New("no answer from the server")

// errDropped says that the connection ended without an answer.
var errDropped = errors.New("the connection was closed")

// stream is a search under way. Take from entries until it is closed, then look
// at err and controls; call stop in any case.
type stream struct {
	entries  chan found
	err      error          // set before entries is closed
	controls []ldap.Control // of the final answer; set before entries is closed
	conn     *conn
	ctx      context.Context
	cancel   context.CancelFunc
}

// start sends a search. Continuation references are left out.
func (c *conn) start(ctx context.Context, request *ldap.SearchRequest) *stream {
	ctx, cancel := context.WithCancel(ctx)
	s := &stream{entries: make(chan found, 16), conn: c, ctx: ctx, cancel: cancel}
	c.dirty = true
	under := &search{ctx: ctx, most: mostRow, rows: c.rows, found: make(chan found), single: request.Scope == ldap.ScopeBaseObject}
	if under.single && c.signedIn {
		under.most = mostObject
	}
	c.wire.search.Store(under)
	response := c.ldap.SearchAsync(ctx, request, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer guard.AsError(&s.err)
		for response.Next() {
			if controls := response.Controls(); len(controls) > 0 {
				s.controls = controls
			}
		}
		s.err = c.outcome(ctx, response.Err())
	}()
	go func() {
		defer close(s.entries)
		for {
			select {
			case entry := <-under.found:
				select {
				case s.entries <- entry:
				case <-ctx.Done():
				}
			case <-ended: // whoever reads hands on all entries before the end
				return
			}
		}
	}()
	return s
}

// outcome finds out how a search ended. go-ldap closes the channel without an
// error when it finds the connection closed at the start, and when it panicked:
// neither may pass for the end of a container.
func (c *conn) outcome(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case c.wire.fault.Load() != nil:
		return c.ended(err)
	case err != nil:
		return err
	case c.ldap.GetLastError() != nil:
		return fmt.Errorf("%w: %w", errDropped, c.ldap.GetLastError())
	case c.ldap.IsClosing():
		return errDropped
	default:
		return nil
	}
}

// ended gives why the connection was ended from this side, which go-ldap tells in its
// own words only, where it was, and err else.
func (c *conn) ended(err error) error {
	var result *ldap.Error
	if fault := c.wire.fault.Load(); fault != nil && !errors.As(err, &result) {
		return *fault
	}
	return err
}

// ended is called once entries is closed: the connection is clean again.
func (s *stream) ended() error {
	s.conn.wire.search.Store(nil)
	var result *ldap.Error
	if s.err == nil || errors.As(s.err, &result) && result.ResultCode < ldap.ErrorNetwork {
		s.conn.dirty = false // the server has had its last word on it
	}
	return s.err
}

// stop frees what the search holds, and abandons one that has not ended. Its
// connection stays dirty: answers to it may still be on their way.
func (s *stream) stop() {
	s.cancel()
	for range s.entries { // drained, so that go-ldap's goroutines end
	}
	if s.conn.dirty {
		s.conn.wire.abandon()
	}
}

// find runs a search to its end.
func (c *conn) find(ctx context.Context, silence time.Duration, request *ldap.SearchRequest) ([]*ldap.Entry, error) {
	all, _, err := c.findWithControls(ctx, silence, request, &allowance.Allowance{Rows: c.rows})
	return all, err
}

// findWithControls is find that also gives the controls of the final answer. All that
// is kept comes out of the allowance.
func (c *conn) findWithControls(ctx context.Context, silence time.Duration, request *ldap.SearchRequest, allowed *allowance.Allowance) ([]*ldap.Entry, []ldap.Control, error) {
	s := c.start(ctx, request)
	defer s.stop()
	timer := time.NewTimer(silence)
	defer timer.Stop()
	wait := models.Await(ctx, c.net.RemoteAddr().String())
	defer wait.Stop()
	var all []*ldap.Entry
	for {
		select {
		case entry, more := <-s.entries:
			if !more {
				return all, s.controls, s.ended()
			}
			if err := allowed.Take(entry.cost); err != nil && request.Scope != ldap.ScopeBaseObject {
				return all, nil, err
			}
			all = append(all, entry.Entry)
			timer.Reset(silence)
			wait.Heard()
		case <-timer.C:
			return all, nil, errSilence
		}
	}
}

// read gives one object, or the server's result 32 as an error.
func (c *conn) read(ctx context.Context, silence time.Duration, dn, filter string, attributes ...string) (*ldap.Entry, error) {
	return c.one(ctx, silence, baseSearch(dn, filter, attributes))
}

// one runs a search for a single object.
func (c *conn) one(ctx context.Context, silence time.Duration, request *ldap.SearchRequest) (*ldap.Entry, error) {
	found, err := c.find(ctx, silence, request)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ldap.NewError(ldap.LDAPResultNoSuchObject, errors.New("no entry in the answer"))
	}
	return found[0], nil
}

const anything = "(objectClass=*)"

func baseSearch(dn, filter string, attributes []string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(dn, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, filter, attributes, nil)
}

package activedirectory

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"
)

// conn is one encrypted connection, used by one operation at a time.
type conn struct {
	net    net.Conn
	wire   *wire // around net, below ldap
	ldap   *ldap.Conn
	state  tls.ConnectionState
	reused bool      // it was idle before, so the server may have dropped it meanwhile
	dirty  bool      // a search was left in the middle: answers to it may still come
	used   time.Time // when it was put back last
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
	entries  chan *ldap.Entry
	err      error          // set before entries is closed
	controls []ldap.Control // of the final answer; set before entries is closed
	conn     *conn
	cancel   context.CancelFunc
}

// start sends a search. Continuation references are left out.
func (c *conn) start(ctx context.Context, request *ldap.SearchRequest) *stream {
	ctx, cancel := context.WithCancel(ctx)
	s := &stream{entries: make(chan *ldap.Entry, 64), conn: c, cancel: cancel}
	c.dirty = true
	response := c.ldap.SearchAsync(ctx, request, 64)
	go func() {
		defer close(s.entries)
		for response.Next() {
			if controls := response.Controls(); len(controls) > 0 && response.Entry() == nil {
				s.controls = controls
			}
			if entry := response.Entry(); entry != nil {
				select {
				case s.entries <- entry:
				case <-ctx.Done():
				}
			}
		}
		s.err = c.outcome(ctx, response.Err())
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

// ended is called once entries is closed: the connection is clean again.
func (s *stream) ended() error {
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
	found, _, err := c.findWithControls(ctx, silence, request)
	return found, err
}

// findWithControls is find that also gives the controls of the final answer.
func (c *conn) findWithControls(ctx context.Context, silence time.Duration, request *ldap.SearchRequest) ([]*ldap.Entry, []ldap.Control, error) {
	s := c.start(ctx, request)
	defer s.stop()
	timer := time.NewTimer(silence)
	defer timer.Stop()
	var found []*ldap.Entry
	for {
		select {
		case entry, more := <-s.entries:
			if !more {
				return found, s.controls, s.ended()
			}
			found = append(found, entry)
			timer.Reset(silence)
		case <-timer.C:
			return found, nil, errSilence
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

// wire lies below go-ldap, which hands it each message whole. It counts what has
// been handed to the network: a part of a TLS record that got out does not count,
// as the server cannot read it.
type wire struct {
	net.Conn
	sent atomic.Int64
	last atomic.Int64 // the number of the last message; 0 before the first
}

func (w *wire) Write(p []byte) (int, error) {
	w.last.Store(messageID(p))
	n, err := w.Conn.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// messageID is the number of an LDAP message; 0 when it has none.
func messageID(message []byte) int64 {
	packet, err := ber.DecodePacketErr(message)
	if err != nil || len(packet.Children) == 0 {
		return 0
	}
	id, _ := packet.Children[0].Value.(int64)
	return id
}

// abandonTime is how long a server that reads nothing may hold up the one who
// goes.
const abandonTime = 250 * time.Millisecond

// abandon tells the server that nobody waits for the answer to the last message
// any more (RFC 4511 section 4.11), which go-ldap cannot. There is no answer to
// it, and nothing else may be sent after it.
func (w *wire) abandon() {
	id := w.last.Load()
	if id == 0 {
		return
	}
	message := ber.NewSequence("LDAPMessage")
	message.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, id+1, "messageID"))
	message.AppendChild(ber.NewInteger(ber.ClassApplication, ber.TypePrimitive, ldap.ApplicationAbandonRequest, id, "abandonRequest"))
	_ = w.Conn.SetWriteDeadline(time.Now().Add(abandonTime))
	_, _ = w.Conn.Write(message.Bytes()) // the connection is closed next, which says the same
}

package ldap

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"sync"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

const (
	patience      = 30 * time.Second // with a client that does not read
	mostWaiting   = 64               // operations of one connection
	tlsFirst      = 0x16             // what a TLS handshake begins with
	outgoingBytes = 1 << 16
)

// conn is one connection. Its operations are done one after the other, in the
// order in which they came; only abandon and unbind overtake.
type conn struct {
	server     *Server
	controller int
	raw        net.Conn
	net        net.Conn // raw, or TLS over it
	in         *bufio.Reader
	writing    sync.Mutex // of out: the reader answers StartTLS itself
	out        *bufio.Writer
	caller     *directory.Caller
	signedIn   signedIn
	pages      pages
	work       chan operation
	worker     sync.WaitGroup

	mu        sync.Mutex
	running   map[int64]context.CancelFunc // what may be abandoned
	encrypted bool
}

// operation is one request that waits for its turn.
type operation struct {
	id     int64
	packet *ber.Packet
	ctx    context.Context
	done   context.CancelFunc
}

func newConn(s *Server, raw net.Conn, controller int) *conn {
	return &conn{
		server: s, controller: controller, raw: raw, net: raw,
		in: bufio.NewReader(raw), out: bufio.NewWriterSize(raw, outgoingBytes),
		caller:  s.options.Directory.Nobody(controller),
		work:    make(chan operation, mostWaiting),
		running: make(map[int64]context.CancelFunc),
	}
}

func (c *conn) cut() { _ = c.raw.Close() }

// run serves the connection to its end.
func (c *conn) run() {
	defer c.cut()
	if !c.begin() {
		return
	}
	c.worker.Go(func() {
		for op := range c.work {
			c.perform(op)
		}
	})
	for c.receive() {
	}
	c.mu.Lock()
	for _, cancel := range c.running {
		cancel()
	}
	c.mu.Unlock()
	c.cut() // wakes a worker that writes
	close(c.work)
	c.worker.Wait()
}

// begin looks at the first byte: a TLS handshake, or LDAP.
func (c *conn) begin() bool {
	_ = c.raw.SetReadDeadline(time.Now().Add(c.server.options.Traits.idle()))
	first, err := c.in.Peek(1)
	if err != nil {
		return false
	}
	return first[0] != tlsFirst || c.encrypt()
}

// buffered reads first what has been read ahead.
type buffered struct {
	net.Conn
	in *bufio.Reader
}

func (b buffered) Read(p []byte) (int, error) { return b.in.Read(p) }

func (c *conn) encrypt() bool {
	secure := tls.Server(buffered{c.raw, c.in}, c.server.options.TLS)
	_ = c.raw.SetDeadline(time.Now().Add(patience))
	if err := secure.Handshake(); err != nil {
		return false
	}
	_ = c.raw.SetDeadline(time.Time{})
	c.net, c.in = secure, bufio.NewReader(secure)
	c.writing.Lock()
	defer c.writing.Unlock()
	c.out.Reset(secure)
	c.encrypted = true
	return true
}

// receive takes one message; false ends the connection.
func (c *conn) receive() bool {
	most := mostBytes
	if !c.signedIn.yes() {
		most = mostBytesUnknown
	}
	_ = c.raw.SetReadDeadline(time.Now().Add(c.server.options.Traits.idle()))
	packet, err := readMessage(c.in, most)
	if err != nil {
		return false
	}
	id, op, ok := envelope(packet)
	if !ok {
		return false
	}
	switch {
	case op.Tag == opUnbind:
		return false
	case op.Tag == opAbandon:
		c.abandon(op)
		return true
	case isStartTLS(op):
		return c.startTLS(id)
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	c.running[id] = cancel
	c.mu.Unlock()
	c.work <- operation{id: id, packet: packet, ctx: ctx, done: cancel}
	return true
}

// envelope takes a message apart.
func envelope(packet *ber.Packet) (id int64, op *ber.Packet, ok bool) {
	if len(packet.Children) < 2 {
		return 0, nil, false
	}
	id, ok = packet.Children[0].Value.(int64)
	op = packet.Children[1]
	return id, op, ok && id > 0 && op.ClassType == ber.ClassApplication
}

func (c *conn) abandon(op *ber.Packet) {
	id, err := ber.ParseInt64(op.Data.Bytes())
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.running[id]; cancel != nil {
		cancel()
	}
}

func (c *conn) finished(op operation) {
	op.done()
	c.mu.Lock()
	delete(c.running, op.id)
	c.mu.Unlock()
}

// idle reports whether nothing waits or runs.
func (c *conn) idle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.running) == 0
}

// send writes a whole message.
func (c *conn) send(id int64, op byte, r result) error {
	return c.write(message(nil, id, op, r.encode(), r.controls), true)
}

// write puts bytes on the way, with flush at once.
func (c *conn) write(b []byte, flush bool) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.raw.SetWriteDeadline(time.Now().Add(patience))
	if _, err := c.out.Write(b); err != nil || !flush {
		return err
	}
	return c.out.Flush()
}

// signedIn tells the reader, which does not do the work, that somebody is.
type signedIn struct {
	mu    sync.Mutex
	state bool
}

func (s *signedIn) yes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func (s *signedIn) set(state bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state
}

func secretOf(b []byte) models.Secret { return models.NewSecret(string(b)) }

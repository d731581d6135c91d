package activedirectory

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
)

// wire lies below go-ldap, which hands it each message whole. It counts what has
// been handed to the network: a part of a TLS record that got out does not count,
// as the server cannot read it.
//
// Of what comes it hands on whole messages that are within bounds, and entries not at
// all: they go to the search that they belong to. Whatever no server in order sends
// ends the connection, and fault says why.
type wire struct {
	net.Conn
	in     *bufio.Reader
	ready  []byte // of a message, for go-ldap
	sent   atomic.Int64
	last   atomic.Int64 // the number of the last message; 0 before the first
	search atomic.Pointer[search]
	fault  atomic.Pointer[error]
}

func newWire(under net.Conn) *wire { return &wire{Conn: under, in: bufio.NewReader(under)} }

// search is one that is under way.
type search struct {
	ctx    context.Context // of the one who takes its entries
	most   int             // bytes of an entry
	rows   int             // values of an entry; 0: the usual number
	single bool            // it can bring one entry only
	found  chan found
	count  int // entries
	others int // messages that are no entry
}

// found is an entry, and what keeping it costs.
type found struct {
	*ldap.Entry
	cost int
}

// mostOthers is how many messages a search may bring that are neither an entry nor
// its end: a domain's head refers to some other naming contexts.
const mostOthers = 1000

// Write also clears the message: go-ldap has made it to be sent, and holds no other
// use for what may be a password.
func (w *wire) Write(p []byte) (int, error) {
	w.last.Store(messageID(p))
	n, err := w.Conn.Write(p)
	clear(p)
	w.sent.Add(int64(n))
	return n, err
}

func (w *wire) Read(p []byte) (int, error) {
	for len(w.ready) == 0 {
		m, err := readMessage(w.in, w.most)
		if err == nil {
			err = w.take(m)
		}
		if err != nil {
			w.fault.CompareAndSwap(nil, &err)
			return 0, err
		}
	}
	n := copy(p, w.ready)
	w.ready = w.ready[n:]
	return n, nil
}

// most is how long a message of a kind may be.
func (w *wire) most(op byte) int {
	if s := w.search.Load(); s != nil && op == tagEntry {
		return s.most
	}
	return mostAnswer
}

// take decides where a message goes.
func (w *wire) take(m message) error {
	s := w.search.Load()
	switch {
	case m.id == 0 && m.op == tagExtended:
		return noticeOf(m)
	case m.id != w.last.Load():
		return allowance.Broken("the server answered to what was not asked")
	case m.op == tagEntry && s != nil:
		return s.take(m)
	case m.op == tagEntry:
		return allowance.Broken("the server answered with an object where none was asked for")
	case s != nil:
		if s.others++; s.others > mostOthers {
			return allowance.Broken("the server refers to other places without end")
		}
	}
	if m.op != tagReference {
		w.ready = m.raw
	}
	return nil
}

// take hands an entry to whoever waits for it.
func (s *search) take(m message) error {
	if s.count++; s.single && s.count > 1 {
		return allowance.Broken("the server answered with several objects where one was asked for")
	}
	entry, cost, err := m.entry(s.rows)
	if err != nil {
		return err
	}
	select {
	case s.found <- found{entry, cost}:
	case <-s.ctx.Done():
	}
	return nil
}

// noticeOf is the end of the connection in the server's words: a Notice of
// Disconnection (RFC 4511 section 4.4.1) is the only message without a number.
func noticeOf(m message) error {
	words := "no reason given"
	if packet, err := ber.DecodePacketErr(m.raw); err == nil {
		var said *ldap.Error
		if errors.As(ldap.GetLDAPError(packet), &said) {
			words = strings.TrimSpace(fmt.Sprintf("%s %v", ldap.LDAPResultCodeMap[said.ResultCode], said.Err))
		}
	}
	return fmt.Errorf("%w by the server: %s", errDropped, breaks.Replace(words))
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

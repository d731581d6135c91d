package ldap

import (
	"context"
	"strconv"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/simulator/fault"
)

// Tags of requests (RFC 4511).
const (
	opBind     = 0
	opUnbind   = 2
	opSearch   = 3
	opModify   = 6
	opAdd      = 8
	opDelete   = 10
	opModifyDN = 12
	opCompare  = 14
	opAbandon  = 16
	opExtended = 23
)

// Whole identifiers of responses.
const (
	answerBind      = 0x61
	answerEntry     = 0x64
	answerDone      = 0x65
	answerReference = 0x73
	answerModify    = 0x67
	answerAdd       = 0x69
	answerDelete    = 0x6b
	answerModifyDN  = 0x6d
	answerCompare   = 0x6f
	answerExtended  = 0x78
)

// method is an operation's name for faults and the log, and how it is answered.
type method struct {
	name   string
	answer byte
	write  bool
	do     func(*conn, request) result
}

func methodOf(tag ber.Tag) (method, bool) {
	switch tag {
	case opBind:
		return method{"bind", answerBind, false, (*conn).bind}, true
	case opSearch:
		return method{"search", answerDone, false, (*conn).search}, true
	case opModify:
		return method{"modify", answerModify, true, (*conn).modify}, true
	case opAdd:
		return method{"add", answerAdd, true, (*conn).add}, true
	case opDelete:
		return method{"delete", answerDelete, true, (*conn).delete}, true
	case opModifyDN:
		return method{"modifydn", answerModifyDN, true, (*conn).modifyDN}, true
	case opCompare:
		return method{"compare", answerCompare, false, (*conn).compare}, true
	case opExtended:
		return method{"extended", answerExtended, false, (*conn).extended}, true
	default:
		return method{}, false
	}
}

// request is an operation with what it was sent with.
type request struct {
	id       int64
	ctx      context.Context
	op       *ber.Packet
	controls controls
}

// perform does one operation, as the faults of this server let it. It is in the
// log before its answer is on the way.
func (c *conn) perform(op operation) {
	m, known := methodOf(op.packet.Children[1].Tag)
	if !known {
		c.finished(op)
		c.cut()
		return
	}
	start := time.Now()
	outcome, end := c.performMethod(op, m)
	if log := c.server.options.Log; log != nil {
		log(Call{URL: API + "://" + c.raw.LocalAddr().String(), Method: m.name, Start: start, End: time.Now(), Outcome: outcome})
	}
	c.finished(op) // whoever has the answer may ask for TLS at once
	end()
}

// performMethod does the work, and gives how the client is to learn of it.
func (c *conn) performMethod(op operation, m method) (outcome string, end func()) {
	nothing := func() {}
	faults := c.server.options.Faults.Next(API, m.name)
	for _, f := range faults {
		switch f.Kind {
		case fault.DropBefore, fault.Expire, fault.HTML502, fault.HTML500:
			return string(f.Kind), c.cut
		case fault.Deny:
			r := c.worded(failed(f.Code, "00000001: the simulator was told to refuse"))
			return strconv.Itoa(f.Code), func() { c.answer(op, m, r) }
		case fault.Stall:
			return string(f.Kind), nothing
		}
	}
	if !pause(op.ctx, c.server.options.Latency) {
		return "abandoned", nothing
	}
	r := c.dispatch(op, m)
	for _, f := range faults {
		switch f.Kind {
		case fault.DropAfter:
			return string(f.Kind), c.cut
		case fault.Truncate:
			return string(f.Kind), func() { c.answerHalf(op, m, r) }
		case fault.Slow:
			if !pause(op.ctx, f.Slow) {
				return "abandoned", nothing
			}
		}
	}
	if op.ctx.Err() != nil {
		return "abandoned", nothing
	}
	outcome = "ok"
	if r.code != success {
		outcome = strconv.Itoa(r.code)
	}
	return outcome, func() { c.answer(op, m, r) }
}

func (c *conn) answer(op operation, m method, r result) {
	if err := c.send(op.id, m.answer, r); err != nil {
		c.cut()
	}
}

func (c *conn) answerHalf(op operation, m method, r result) {
	whole := message(nil, op.id, m.answer, r.encode(), r.controls)
	_ = c.write(whole[:len(whole)/2], true)
	c.cut()
}

// dispatch finds what does the work.
func (c *conn) dispatch(op operation, m method) result {
	sent, ok := controlsOf(op.packet)
	if !ok {
		return c.worded(failed(protocolError, "the controls cannot be read"))
	}
	if sent.unknown != "" {
		return c.worded(failed(criticalUnavailable, "Unsupported critical extension %s", sent.unknown))
	}
	if m.write && c.server.controllers[c.controller].ReadOnly {
		return result{
			code: referral, diagnostic: "0000202B: RefErr: DSID-03100835, data 0, 1 access points",
			referrals: []string{c.server.options.Writable},
		}
	}
	return c.worded(m.do(c, request{id: op.id, ctx: op.ctx, op: op.packet.Children[1], controls: sent}))
}

// worded puts a diagnostic into the form of this server's kind.
func (c *conn) worded(r result) result {
	if c.server.options.Traits.Words {
		return inWindowsWords(r)
	}
	return r
}

// pause waits and reports whether it did so to the end.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

package activedirectory

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// errUnanswered says that a request went out and no answer to it came, so that
// nobody knows whether it was done.
var errUnanswered = errors.New("sent, and no answer came")

// change runs one change, with the reads that it needs, on a connection that has
// just shown that it lives. Unlike [connection.use] it never starts a second time.
func (b *connection) change(ctx context.Context, action, object string, run func(c *conn) error) error {
	if object == "" { // it would mean the rootDSE
		return unnamed(action)
	}
	c, err := b.pool.borrowProven(ctx)
	if err != nil {
		return writeError(action, object, err)
	}
	err = run(c)
	b.pool.giveBack(c)
	if connectionLost(err) {
		b.pool.dropIdle()
	}
	if err = writeError(action, object, b.readOnly(action, object, err)); err != nil {
		b.log.Info("change not made", "action", action, "object", object, "error", err)
		return err
	}
	b.log.Info("changed", "action", action, "object", object)
	return nil
}

// send sends one write and waits for its answer, for silence at most. The end of
// ctx closes the connection: an answer that may still come has no taker.
//
// Errors: the server's result as it is; errUnanswered when at least a part of the
// request was sent; ctx.Err() or the connection's error when nothing was.
func (c *conn) send(ctx context.Context, silence time.Duration, request func(*ldap.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeoutCause(ctx, silence, errSilence)
	defer cancel()
	undo := context.AfterFunc(limited, c.close)
	before := c.wire.sent.Load()
	err := request(c.ldap)
	if !undo() {
		c.dirty = true // it is being closed
	}
	var result *ldap.Error
	if err == nil || errors.As(err, &result) && result.ResultCode < ldap.ErrorNetwork {
		return err
	}
	c.dirty = true
	err = c.ended(err)
	switch {
	case c.wire.sent.Load() != before:
		if cause := context.Cause(limited); cause != nil {
			err = cause
		}
		// Its text only: who asks for the end of a context must not take this for one.
		return fmt.Errorf("%w: %v", errUnanswered, err)
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return errSilence
	default:
		return err
	}
}

// modify is a modification within a change.
func (b *connection) modify(ctx context.Context, c *conn, request *ldap.ModifyRequest) error {
	return c.send(ctx, b.silence, func(l *ldap.Conn) error { return l.Modify(request) })
}

// write is a change of one request, which do sends.
func (b *connection) write(ctx context.Context, action string, dn models.DN, do func(*ldap.Conn) error) error {
	return b.change(ctx, action, string(dn), func(c *conn) error { return c.send(ctx, b.silence, do) })
}

// named is how a request names an object: by its GUID where that is known, which
// is taken wherever a DN is but for the names of what is made or moved (MS-ADTS
// 3.1.1.3.1.2.4; measured on Samba 4.17.12).
func named(r models.Ref) string {
	if r.GUID == "" {
		return string(r.DN)
	}
	return "<GUID=" + r.GUID + ">"
}

// nameNow is the DN that an object has now, for what only takes a DN. It is
// models.ErrBusy when that is another than the person saw.
func (b *connection) nameNow(ctx context.Context, c *conn, action string, r models.Ref) (models.DN, error) {
	if r.GUID == "" {
		return r.DN, nil
	}
	entry, err := c.read(ctx, b.silence, named(r), anything, "1.1")
	if err != nil {
		return "", err
	}
	now := models.DN(entry.DN)
	if !now.Equal(r.DN) {
		return "", refuse(models.ErrBusy, action, string(r.DN), "It was renamed or moved meanwhile, and is "+string(now)+" now: look at it again.")
	}
	return now, nil
}

// add makes an object.
func (b *connection) add(ctx context.Context, action string, dn models.DN, request *ldap.AddRequest) (models.DN, error) {
	err := b.write(ctx, action, dn, func(l *ldap.Conn) error { return l.Add(request) })
	if err != nil {
		return "", err
	}
	return dn, nil
}

// replace sets one attribute; no value clears it.
func replace(dn string, attribute string, values ...string) *ldap.ModifyRequest {
	request := ldap.NewModifyRequest(dn, nil)
	request.Replace(attribute, values)
	return request
}

// borrowProven is [pool.borrow] for a write: an idle connection must answer first,
// so that a write is not lost on one that died unnoticed.
func (p *pool) borrowProven(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := p.borrow(ctx)
	if err != nil || !c.reused || c.answers(ctx, p.probe) {
		return c, err
	}
	c.close()
	p.dropIdle()
	return p.connect(ctx)
}

package activedirectory

import (
	"context"
	"errors"
	"sync"
	"time"

	"dirdesk/models"
)

const (
	idleConnections = 4               // kept for the next operation; more are closed
	idleFor         = 5 * time.Minute // Windows closes idle ones after 15 (MaxConnIdleTime)
	idleUnasked     = 15 * time.Second
	defaultProbe    = 3 * time.Second
)

// pool keeps signed-in connections that nobody uses at the moment.
type pool struct {
	dialer   *dialer
	name     string // as the bind takes it
	password models.Secret
	probe    time.Duration // how long an idle connection may take to show that it lives

	mu      sync.Mutex
	idle    []*conn
	closed  bool
	refused error // a sign-in that must not be tried again with this password
}

// borrow gives a signed-in connection, an idle one if there is any.
func (p *pool) borrow(ctx context.Context) (*conn, error) {
	p.mu.Lock()
	for len(p.idle) > 0 {
		last := len(p.idle) - 1
		c := p.idle[last]
		p.idle = p.idle[:last]
		if c.ldap.IsClosing() || time.Since(c.used) > idleFor {
			go c.close()
			continue
		}
		p.mu.Unlock()
		if time.Since(c.used) > idleUnasked && !c.answers(ctx, p.probe) {
			c.close()
			p.dropIdle()
			return p.connect(ctx)
		}
		c.reused = true
		return c, nil
	}
	p.mu.Unlock()
	return p.connect(ctx)
}

// answers tries a connection that has been idle for a while. One that a sleeping
// computer or a changed network left behind gives no error, only silence, which
// is waited for less long here than in a search.
func (c *conn) answers(ctx context.Context, within time.Duration) bool {
	_, err := c.read(ctx, within, "", anything, "currentTime")
	return err == nil
}

// connect dials and signs in afresh.
func (p *pool) connect(ctx context.Context) (*conn, error) {
	p.mu.Lock()
	closed, refused := p.closed, p.refused
	p.mu.Unlock()
	if closed {
		return nil, refuse(models.ErrSession, "use the connection to", p.dialer.address.hostPort, "It was closed: connect again.")
	}
	if refused != nil {
		return nil, refused
	}
	limited, cancel := context.WithTimeout(ctx, p.dialer.timeout)
	defer cancel()
	c, err := p.dialer.dial(limited)
	if err != nil {
		return nil, p.ownOrOuter(ctx, err)
	}
	if err := c.bind(limited, p.name, p.password); err != nil {
		c.close()
		if errors.Is(err, models.ErrCredentials) {
			p.mu.Lock()
			p.refused = err
			p.mu.Unlock()
		}
		return nil, p.ownOrOuter(ctx, err)
	}
	return c, nil
}

// ownOrOuter tells a time-out of this package, which is an error of the
// connection, from the end of the caller's context.
func (p *pool) ownOrOuter(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// giveBack keeps a clean connection for later and closes any other.
func (p *pool) giveBack(c *conn) {
	p.mu.Lock()
	keep := !p.closed && !c.dirty && !c.ldap.IsClosing() && len(p.idle) < idleConnections
	if keep {
		c.used = time.Now()
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		c.close()
	}
}

// dropIdle closes all idle connections: one of them was found dead.
func (p *pool) dropIdle() {
	p.mu.Lock()
	dropped := p.idle
	p.idle = nil
	p.mu.Unlock()
	for _, c := range dropped {
		c.close()
	}
}

// close drops the idle connections and lets no new one be made. Those in use
// are closed when they are given back.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.dropIdle()
}

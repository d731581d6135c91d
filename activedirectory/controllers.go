package activedirectory

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"dirdesk/internal/guard"
	"dirdesk/models"
)

// answerTime is how long a domain controller may take to connect, sign in and
// answer before its row says that it is silent.
const answerTime = 2 * time.Second

// others are the connections to the domain's other controllers, with the account
// that signed in here. A password that one of them refuses is not sent there again.
type others struct {
	options Options
	mu      sync.Mutex
	pools   map[string]*pool // by URL
	closed  bool
}

func (o *others) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	for _, p := range o.pools {
		p.close()
	}
}

// at is the pool of a controller, made when it is first asked.
func (o *others) at(url, name string) (*pool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if p, made := o.pools[url]; made {
		return p, nil
	}
	options := o.options
	options.URL, options.Timeout = url, answerTime
	where, err := parseAddress(url)
	if err != nil {
		return nil, err
	}
	if options.TLSFor != nil {
		if options.TLS, err = options.TLSFor(where.hostPort); err != nil {
			return nil, err
		}
	} else if options.TLS != nil {
		options.TLS = options.TLS.Clone()
		options.TLS.ServerName = where.host
	}
	dialer, err := newDialer(options)
	if err != nil {
		return nil, err
	}
	p := &pool{dialer: dialer, name: name, password: options.Password, probe: answerTime, closed: o.closed}
	if o.pools == nil {
		o.pools = map[string]*pool{}
	}
	o.pools[url] = p
	return p, nil
}

// controller is one to ask.
type controller struct {
	models.AtController
	url string // "" for the connection itself
}

// toAsk are the controllers of the domain: those that the options name, else those
// of the directory. The connection's own is asked over the connection.
func (b *reader) toAsk(ctx context.Context, known []models.DomainController) []controller {
	own := b.pool.dialer.address
	here := controller{AtController: models.AtController{Host: own.host, Here: true}}
	var all []controller
	slices.SortStableFunc(known, func(x, y models.DomainController) int { // the PDC first
		return cmp.Or(pdcFirst(x)-pdcFirst(y), cmp.Compare(x.Name, y.Name))
	})
	for _, c := range known {
		if b.others.options.Controllers != nil {
			break
		}
		if b.isHere(c) {
			all = append(all, here)
			continue
		}
		at := controller{AtController: models.AtController{Host: c.HostName}, url: b.addressOf(c.HostName)}
		if c.HostName == "" {
			at.Host, at.Err = c.Name, errors.New("the directory has no DNS name of it")
		}
		all = append(all, at.of(c))
	}
	for _, address := range b.others.options.Controllers {
		where, err := parseAddress(address)
		switch {
		case err == nil && strings.EqualFold(where.hostPort, own.hostPort):
			all = append(all, here)
		default:
			all = append(all, controller{AtController: models.AtController{Host: hostOf(address, where), Err: err}, url: address})
		}
	}
	if !slices.ContainsFunc(all, func(c controller) bool { return c.Here }) {
		all = slices.Insert(all, 0, here)
	}
	for i := range all {
		all[i].BadTries = -1
		all[i].Waiting = all[i].Err == nil
		if all[i].Here {
			all[i] = all[i].named(known, b.root.server)
		}
	}
	return all
}

func pdcFirst(c models.DomainController) int {
	if c.PDC() {
		return 0
	}
	return 1
}

func hostOf(text string, where address) string {
	if where.host != "" {
		return where.host
	}
	return text
}

// isHere reports whether a controller is the one of the connection.
func (b *reader) isHere(c models.DomainController) bool {
	if b.root.server != "" {
		return c.Server.Equal(b.root.server)
	}
	return strings.EqualFold(c.HostName, b.pool.dialer.address.host)
}

// addressOf is where a controller answers: as the connection does, at its own name.
func (b *reader) addressOf(host string) string {
	own, _ := url.Parse(b.pool.dialer.address.url)
	_, port, _ := net.SplitHostPort(b.pool.dialer.address.hostPort)
	return own.Scheme + "://" + net.JoinHostPort(host, port)
}

// of gives what the directory says of a controller.
func (c controller) of(known models.DomainController) controller {
	c.Site, c.PDC = known.Site(), known.PDC()
	return c
}

// named finds a controller among those that are known by what it calls itself.
func (c controller) named(known []models.DomainController, server models.DN) controller {
	for _, k := range known {
		if server != "" && k.Server.Equal(server) {
			c = c.of(k)
			if k.HostName != "" {
				c.Host = k.HostName
			}
		}
	}
	return c
}

// EachController asks all controllers of the domain about an account, at once, and
// gives all that is known of all of them each time one answers or is given up.
func (b *reader) EachController(ctx context.Context, ref models.Ref) iter.Seq2[[]models.AtController, error] {
	return func(yield func([]models.AtController, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var known []models.DomainController
		at, err := ask(ctx, b.connection, "ask the domain controllers about", string(ref.DN), func(c *conn) (at moment, err error) {
			if known, err = b.controllers(ctx, c); err != nil {
				return at, err
			}
			return b.moment(ctx, c)
		})
		if err != nil {
			yield(nil, err)
			return
		}
		all := b.toAsk(ctx, known)
		type answer struct {
			index int
			row   controller
		}
		answers := make(chan answer, len(all))
		waiting := 0
		for i, row := range all {
			if !row.Waiting {
				continue
			}
			waiting++
			go func() {
				done := row
				defer func() { answers <- answer{i, done} }()
				defer guard.AsError(&done.Err)
				done = b.askController(ctx, row, known, ref, at)
			}()
		}
		rows := func() []models.AtController {
			given := make([]models.AtController, len(all))
			for i, c := range all {
				given[i] = c.AtController
			}
			return given
		}
		for more := yield(rows(), nil); more && waiting > 0; more = yield(rows(), nil) {
			select {
			case a := <-answers:
				all[a.index] = a.row
				all[a.index].Waiting = false
				waiting--
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			}
		}
	}
}

// askController asks one controller about an account.
func (b *reader) askController(ctx context.Context, row controller, known []models.DomainController, ref models.Ref, at moment) controller {
	limited, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	read := func(c *conn) error {
		entry, err := c.read(limited, answerTime, named(ref), anything, controllerAttributes()...)
		if err != nil {
			return err
		}
		o := objectOf(entry, at)
		a := attributesOf(entry)
		row.Locked, row.BadTry, row.Last = o.Locked, a.moment("badPasswordTime"), a.moment("lastLogon")
		if tries, ok := a.number("badPwdCount"); ok {
			row.BadTries = int(tries)
		}
		return nil
	}
	if row.Here {
		row.Err = resultErrorOf(b.use(limited, func() bool { return true }, read), row.Host)
	} else {
		row.Err = b.askOther(limited, row.url, func(root rootDSE) {
			row = row.named(known, root.server)
		}, read)
	}
	row.Err = inARow(row.Err, row.Host, limited.Err() != nil && ctx.Err() == nil)
	return row
}

// inARow says why a controller gave no answer, in the few words of its row.
func inARow(err error, host string, late bool) error {
	var words string
	var certificate *models.CertificateError
	var dns *net.DNSError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &certificate):
		words = "certificate not trusted"
	case late:
		words = "no answer within 2 s"
	case errors.As(err, &dns) && dns.IsNotFound:
		words = "its name does not resolve"
	default:
		return err
	}
	return &models.Error{Kind: models.InWords(words, models.ErrUnreachable), Action: "ask", Object: host, Err: err}
}

func (b *reader) askOther(ctx context.Context, url string, met func(rootDSE), read func(*conn) error) error {
	p, err := b.others.at(url, b.pool.name)
	if err != nil {
		return err
	}
	c, err := p.borrow(ctx)
	if err != nil {
		return err
	}
	defer func() { p.giveBack(c) }()
	root, err := readRootDSE(ctx, c, answerTime)
	if err != nil {
		return err
	}
	met(root)
	if !root.baseDN.Equal(b.root.baseDN) {
		return errors.New("it is a controller of another domain")
	}
	return resultErrorOf(read(c), url)
}

// resultErrorOf is the error of a question to one controller; nil without one.
func resultErrorOf(err error, host string) error {
	if err == nil {
		return nil
	}
	return resultError("ask", host, err)
}

func controllerAttributes() []string {
	return append(computedAttributes(), "userAccountControl", "lockoutTime", "pwdLastSet", "badPwdCount", "badPasswordTime", "lastLogon", "objectCategory")
}

package activedirectory

import (
	"context"
	"iter"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/internal/english"
	"dirdesk/models"
)

const (
	firstBatch = 64                     // objects in the first page at most, so that something shows soon
	laterBatch = 500                    // and in the others
	batchTime  = 100 * time.Millisecond // no object waits longer for its page
	serverPage = 1000                   // Windows' MaxPageSize, the most it gives at a time
)

// List streams the children of req.Base in the server's order: see the package's
// words on it. Total comes with the last page only, and not at all when Limit
// was reached first. An Offset is read over, not sought.
func (b *reader) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		l := &listing{backend: b.connection, req: req, yield: yield}
		if err := l.check(); err != nil {
			yield(models.Page{}, err)
			return
		}
		err := b.use(ctx, l.untouched, func(c *conn) error { return l.run(ctx, c) })
		if err != nil && !l.stopped {
			yield(models.Page{}, resultError("list", string(req.Base), err))
		}
	}
}

// listing is one List under way.
type listing struct {
	backend *connection
	req     models.ListRequest
	yield   func(models.Page, error) bool
	filter  string
	at      moment

	shields shields
	passed  []string // DNs read so far, those before Offset too
	allowed allowance.Allowance
	progress
	batch   []models.Object
	given   int  // objects yielded
	yielded bool // anything at all
	stopped bool // the caller wants no more
}

func (l *listing) check() (err error) {
	if l.req.Offset < 0 || l.req.Limit < 0 {
		return refuse(models.ErrInvalid, "list", string(l.req.Base), "Offset and limit cannot be negative.")
	}
	if l.req.Base == "" { // the server would list its rootDSE's children: none
		return refuse(models.ErrInvalid, "list", "", "Name the container to list.")
	}
	if l.filter, err = categoryFilter(l.req.Categories); err != nil || l.req.Filter == "" {
		return err
	}
	if _, err := ldap.CompileFilter(l.req.Filter); err != nil {
		return refuse(models.ErrInvalid, "list", string(l.req.Base), "The search filter "+english.Quoted(l.req.Filter)+" is not one: "+err.Error())
	}
	l.filter = "(&" + l.filter + l.req.Filter + ")"
	return nil
}

func (l *listing) untouched() bool { return !l.yielded }

// run reads the container on c. It may run a second time when the first brought
// nothing.
func (l *listing) run(ctx context.Context, c *conn) (err error) {
	l.passed, l.batch = nil, nil
	l.allowed, l.progress = allowance.Allowance{Rows: c.rows}, progress{}
	if l.at, err = l.backend.moment(ctx, c); err != nil {
		return err
	}
	if !l.req.Deep { // of objects further down other containers would have to be asked
		if l.shields, err = l.backend.shieldsIn(ctx, c, string(l.req.Base)); err != nil {
			return err
		}
	}
	end, few := l.end()
	if !few && !l.backend.pages.Load() {
		_, complete, err := l.search(ctx, c, nil, nil)
		if err == nil {
			return l.finish(complete)
		}
		if !isResult(err, ldap.LDAPResultSizeLimitExceeded, ldap.LDAPResultAdminLimitExceeded, ldap.LDAPResultTimeLimitExceeded) {
			return l.flushThen(err)
		}
		l.backend.log.Info("the server ends long listings: reading by pages", "base", l.req.Base, "after", len(l.passed), "result", err)
		l.backend.pages.Store(true)
	}
	return l.runPaged(ctx, c, min(end, serverPage))
}

// end is how many children have to be read at most; few says that one page of
// the server holds them, so that it need not send the whole container: a size
// limit would do the same, but Samba ignores it.
func (l *listing) end() (end int, few bool) {
	if l.req.Limit == 0 {
		return serverPage, false
	}
	end = l.req.Offset + l.req.Limit
	if end < l.req.Limit { // too large a sum
		return serverPage, false
	}
	return end, end <= serverPage
}

// runPaged reads with the paged control (RFC 2696), leaving out what an unpaged
// search has brought before.
func (l *listing) runPaged(ctx context.Context, c *conn, size int) error {
	seen := make(map[string]struct{}, len(l.passed))
	for _, dn := range l.passed {
		seen[dn] = struct{}{}
	}
	paging := ldap.NewControlPaging(uint32(size))
	complete, err := c.eachPage(paging, &l.progress, func() ([]ldap.Control, bool, error) {
		controls, complete, err := l.search(ctx, c, paging, seen)
		return controls, complete && !l.full(), err
	})
	if err != nil {
		return l.flushThen(err)
	}
	return l.finish(complete)
}

// search runs one search, or one page of it, and takes in what it brings.
// complete is false when it was left before its end.
func (l *listing) search(ctx context.Context, c *conn, paging *ldap.ControlPaging, seen map[string]struct{}) (controls []ldap.Control, complete bool, err error) {
	wanted := listAttributes()
	if l.at.fineGrained {
		wanted = append(wanted, computedAttributes()...)
	}
	scope := ldap.ScopeSingleLevel
	if l.req.Deep {
		scope = ldap.ScopeWholeSubtree
	}
	request := ldap.NewSearchRequest(string(l.req.Base), scope, ldap.NeverDerefAliases,
		0, 0, false, l.filter, wanted, nil)
	if paging != nil {
		request.Controls = []ldap.Control{paging}
	}
	s := c.start(ctx, request)
	defer s.stop()
	complete, err = l.take(s, seen, paging == nil)
	if complete {
		controls = s.controls
	}
	return controls, complete, err
}

// take moves entries into pages as they come. Errors from the server keep what
// came before them.
func (l *listing) take(s *stream, seen map[string]struct{}, stopWhenFull bool) (complete bool, err error) {
	flush := time.NewTicker(batchTime)
	defer flush.Stop()
	silence := time.NewTimer(l.backend.silence)
	defer silence.Stop()
	wait := models.Await(s.ctx, l.backend.about.Host)
	defer wait.Stop()
	for {
		select {
		case entry, more := <-s.entries:
			if !more {
				if err := s.ended(); err != nil {
					return false, err
				}
				return true, nil
			}
			if _, double := seen[entry.DN]; !double {
				if err := l.add(entry); err != nil {
					return false, err
				}
			}
			if l.isBatchFull() && !l.flush(models.UnknownTotal) || stopWhenFull && l.full() {
				return false, nil
			}
			silence.Reset(l.backend.silence)
			wait.Heard()
		case <-flush.C:
			if len(l.batch) == 0 {
				break
			}
			if !l.flush(models.UnknownTotal) {
				return false, nil
			}
			silence.Reset(l.backend.silence) // it was the caller who took the time
		case <-silence.C:
			return false, errSilence
		}
	}
}

// add takes in one child, or reads over it.
func (l *listing) add(entry found) error {
	if l.req.Deep && models.DN(entry.DN).Equal(l.req.Base) {
		return nil // the base itself is none of what lies below it
	}
	if err := l.allowed.Take(valuesIn(entry.Entry)); err != nil { // of the entry nothing else is kept
		return err
	}
	l.passed = append(l.passed, entry.DN)
	if l.progress.add(entry.Entry); len(l.passed) > l.req.Offset && !l.full() {
		o := objectOf(entry.Entry, l.at)
		l.shields.tell(&o)
		l.batch = append(l.batch, o)
	}
	return nil
}

// valuesIn is how many bytes an entry's name and values have.
func valuesIn(e *ldap.Entry) int {
	n := len(e.DN)
	for _, a := range e.Attributes {
		for _, v := range a.ByteValues {
			n += len(v)
		}
	}
	return n
}

// full says that Limit is reached, with what waits in the batch.
func (l *listing) full() bool {
	return l.stopped || l.req.Limit > 0 && l.given+len(l.batch) >= l.req.Limit
}

func (l *listing) isBatchFull() bool {
	if l.given == 0 {
		return len(l.batch) >= firstBatch
	}
	return len(l.batch) >= laterBatch
}

// flush yields what has gathered; false when the caller wants no more.
func (l *listing) flush(total int) bool {
	page := models.Page{Objects: l.batch, Offset: l.req.Offset + l.given, Total: total}
	l.given += len(l.batch)
	l.batch = nil
	l.yielded = true
	if !l.yield(page, nil) {
		l.stopped = true
	}
	return !l.stopped
}

// finish yields the last page: with the total when the end was reached.
func (l *listing) finish(complete bool) error {
	total := models.UnknownTotal
	if complete {
		total = len(l.passed)
	}
	if !l.stopped && (complete || len(l.batch) > 0) {
		l.flush(total)
	}
	return nil
}

// flushThen yields what came before an error, so that it is not lost; but not
// as the very first page, after which the read could not start again.
func (l *listing) flushThen(err error) error {
	if l.yielded && !l.stopped && len(l.batch) > 0 {
		l.flush(models.UnknownTotal)
	}
	return err
}

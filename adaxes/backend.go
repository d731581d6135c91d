package adaxes

import (
	"context"
	"strings"
	"sync/atomic"

	"dirdesk/models"
)

// Backend is a signed-in connection to one domain of an Adaxes service. It is
// safe for use by several goroutines. Its errors are *models.Error,
// *models.CertificateError or, when the caller's context ended, that context's
// error. It is made of parts by what they can do, on the one connection.
type Backend struct {
	*reader
	*accounts
	*creator
	*mover
	*memberships
	*sheets
}

// reader reads objects and the domain.
type reader struct {
	*connection
	domain domain // that is walked
	// serverCap is the number of objects that is taken for a part; capKnown says
	// that the server was asked for it.
	serverCap atomic.Int64
	capKnown  atomic.Bool
	// oldSearch says that the server knows the search of 2021 only.
	oldSearch atomic.Bool
}

// The parts that change something, each with what it reads for that.
type (
	// accounts changes what is special to users and computers.
	accounts struct{ *reader }
	// creator makes users, groups and organizational units.
	creator struct{ *reader }
	// mover renames, moves and deletes.
	mover struct{ *reader }
	// memberships are the members of groups.
	memberships struct{ *reader }
	// sheets are all properties of an object, its photo and its licences.
	sheets struct{ *reader }
)

// Open signs in and chooses the domain. Errors: *models.CertificateError for a
// certificate that did not verify, models.ErrCredentials, ErrAccountState,
// ErrNotAuthorized, ErrUnreachable, ErrUnsupported, ErrProtocol, models.ErrInvalid
// when the service manages several domains and none was named, or ctx.Err().
func Open(ctx context.Context, options Options) (*Backend, error) {
	b, err := newBackend(options)
	if err != nil {
		return nil, err
	}
	logger := b.options.Logger
	if err := b.open(ctx); err != nil {
		logger.Info("adaxes sign-in failed", "host", b.base.Host, "error", err)
		_ = b.Close(ctx) // sends nothing and cannot fail
		return nil, err
	}
	logger.Info("signed in to adaxes", "host", b.base.Host, "account", b.account(), "domain", b.domain.dn)
	return b, nil
}

func newBackend(options Options) (*Backend, error) {
	c, err := newConnection(options)
	if err != nil {
		return nil, err
	}
	r := &reader{connection: c}
	r.serverCap.Store(usualCap)
	return &Backend{r, &accounts{r}, &creator{r}, &mover{r}, &memberships{r}, &sheets{r}}, nil
}

func (r *reader) open(ctx context.Context) (err error) {
	if err = r.signIn(ctx); err == nil {
		r.domain, err = r.chooseDomain(ctx)
	}
	return err
}

const actionRead = "read"

// Identify reads one object with everything a page of details shows, by its GUID
// (hyphenated, no braces), its SID or its DN: the three that Adaxes takes wherever
// an object is named (official). A logon name is none of them: see Find. It is
// models.ErrNotFound when there is none, or none that this account may see.
func (r *reader) Identify(ctx context.Context, id string) (models.Object, error) {
	e, err := r.getFor(ctx, actionRead, id, readProperties()...)
	if err != nil {
		return models.Object{}, err
	}
	o := objectOf(e, r.now())
	if number, sid := e.text("primaryGroupID"), o.Account.SID; number != "" && strings.HasPrefix(sid, "S-1-5-21-") {
		group, err := r.getFor(ctx, actionRead, sid[:strings.LastIndexByte(sid, '-')+1]+number, "name")
		if err != nil && ctx.Err() != nil {
			return models.Object{}, err
		}
		o.Account.PrimaryGroup = group.dn // one that cannot be read stays unnamed
	}
	return o, nil
}

// Get reads one object; see Identify.
func (r *reader) Get(ctx context.Context, ref models.Ref) (models.Object, error) {
	return r.Identify(ctx, idOf(ref))
}

package desk

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// domain is which domain a connection goes to.
type domain struct {
	realm string
	guid  string // objectGUID of the domain itself; "" where no server tells it
}

// domainOf asks once which domain it is. What cannot be told stays empty: the DN
// of an object names the domain too.
func (d *directory) domainOf(ctx context.Context) domain {
	d.known.Lock()
	defer d.known.Unlock()
	if d.domain.realm != "" {
		return d.domain
	}
	info, err := d.backend.Info(ctx)
	if err != nil {
		return domain{}
	}
	found := domain{realm: info.Realm}
	if getter, ok := Capability[Getter](d.backend); ok && info.BaseDN != "" {
		root, err := getter.Get(ctx, models.Ref{DN: info.BaseDN})
		if err != nil && !errors.Is(err, models.ErrNotFound) && !errors.Is(err, models.ErrDenied) {
			return found // and ask again
		}
		found.guid = root.Ref().GUID
	}
	d.domain = found
	return found
}

// belongs refuses to take back what was changed in another domain. question is
// what a person has to look at first; "" for nothing. A domain is known by its
// objectGUID, and where no server tells it by its name and the host.
func (d *Desk) belongs(ctx context.Context, e journal.Entry) (question string, err error) {
	here, about := d.domainOf(ctx), d.backend.About()
	sameHost := hostOf(e.Server).is(hostOf(about.URL))
	refused := func(advice string) error {
		return &models.Error{
			Kind: models.InWords("it was made in another domain", models.ErrInvalid), Action: "undo entry", Object: e.ID, Advice: advice,
		}
	}
	switch {
	case e.Realm != "" && here.realm != "" && !strings.EqualFold(e.Realm, here.realm):
		return "", refused("It is of the domain " + e.Realm + ", and this connection goes to " + here.realm + ".")
	case e.Domain != "" && here.guid != "" && e.Domain != here.guid:
		return "", refused("It is of the domain " + e.Realm + " at " + e.Server + "; the one at " + about.URL + " has the same name and is another one.")
	case e.Domain != "" && here.guid != "" && !sameHost:
		question = "it was made at " + e.Server + ", and this is another server of the same domain: " + about.URL
	case !sameHost:
		return "", refused("It was made at " + e.Server + ", and whether " + about.URL + " is the same domain cannot be told: connect to " + e.Server + ".")
	}
	return question, nil
}

// host is a server in an address.
type host struct{ name, port string }

func hostOf(address string) host {
	at, err := url.Parse(address)
	if err != nil {
		return host{name: address}
	}
	return host{strings.ToLower(cmp.Or(at.Hostname(), address)), at.Port()}
}

// is compares two. An address without a port has the usual one.
func (h host) is(other host) bool {
	return h.name == other.name && (h.port == other.port || h.port == "" || other.port == "")
}

// made reports whether an entry is a change that this operator made on this
// connection, that is known to have been made, and that was not taken back.
func (d *Desk) made(ctx context.Context, e journal.Entry) bool {
	known := e.Outcome == verdict.Done || e.Outcome == verdict.Partly
	if !known || e.UndoneBy != "" || e.Undoes != "" || TraitsOf(e.Action).Outside {
		return false
	}
	about := d.backend.About()
	account := cmp.Or(d.operator.Account, about.Account)
	if !strings.EqualFold(e.Operator.Account, account) || e.Operator.LocalUser != d.operator.LocalUser {
		return false
	}
	if e.Server != about.URL && (d.profile == "" || e.Profile != d.profile) {
		return false
	}
	question, err := d.belongs(ctx, e)
	return err == nil && (question == "" || e.Profile == d.profile && d.profile != "")
}

// LastMade gives the changes of the last plan that this operator made on this
// connection: those known to have been made, and not taken back since. wanted
// may leave some out; nil: none.
func (d *Desk) LastMade(ctx context.Context, entries []journal.Entry, wanted func(journal.Entry) bool) (last []journal.Entry) {
	for _, e := range entries {
		if wanted != nil && !wanted(e) || !d.made(ctx, e) {
			continue
		}
		if len(last) == 0 || e.Plan == "" || e.Plan != last[0].Plan {
			last = nil
		}
		last = append(last, e)
	}
	return last
}

// WhoseWords say whose changes LastMade looks for.
func (d *Desk) WhoseWords() string {
	return english.Quoted(cmp.Or(d.operator.Account, d.backend.About().Account)) + " at " + d.backend.About().URL
}

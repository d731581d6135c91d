package desk

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// privilegedGroup names a group whose members rule a domain, or can come to, by
// its SID; "" for all others. Their SIDs are Microsoft's ("Well-known SIDs").
func privilegedGroup(sid string) string {
	if name := map[string]string{
		"S-1-5-32-544": "Administrators", "S-1-5-32-548": "Account Operators", "S-1-5-32-549": "Server Operators",
		"S-1-5-32-550": "Print Operators", "S-1-5-32-551": "Backup Operators", "S-1-5-32-552": "Replicator",
	}[sid]; name != "" {
		return name
	}
	if !strings.HasPrefix(sid, "S-1-5-21-") {
		return ""
	}
	return map[int]string{
		512: "Domain Admins", 516: "Domain Controllers", 518: "Schema Admins",
		519: "Enterprise Admins", 520: "Group Policy Creator Owners", 521: "Read-only Domain Controllers", 526: "Key Admins", 527: "Enterprise Key Admins",
	}[models.RID(sid)]
}

// Of a tree that is deleted, mostAsked accounts are asked about, as each takes a
// question to the server, and mostNamed of those who rule the domain are named.
const (
	mostAsked = 2_000
	mostNamed = 10
)

// sayPrivileged notes which steps of a plan are about who rules the domain: a
// group of that kind, or who is in one; also of those that come into a group or
// leave it, and of those in a tree that is deleted.
func (d *Desk) sayPrivileged(ctx context.Context, steps []Step) error {
	for i := range steps {
		s := &steps[i]
		if s.Refused != nil || s.Nothing || !s.known || s.offered { // of who is offered something it is said already
			continue
		}
		var all []string
		within := accountsIn(s.below)
		for _, o := range slices.Concat([]models.Object{s.before}, d.joining(ctx, *s), within[:min(len(within), mostAsked)]) {
			words, err := d.privileges(ctx, o)
			if err != nil {
				return err
			}
			if words != "" {
				all = append(all, o.Called()+" "+words)
			}
		}
		if more := len(all) - mostNamed; more > 1 && len(within) > 0 {
			all = append(all[:mostNamed], english.Number(more)+" more rule the domain too")
		}
		if left := len(within) - mostAsked; left > 0 {
			all = append(all, english.Count(left, "account")+" in it may rule the domain: only the first "+english.Number(mostAsked)+" were looked at")
		}
		for _, words := range all {
			s.alarm(words)
		}
		s.Privileged = english.And(all...)
	}
	return nil
}

// accountsIn are the objects of a tree that can be in a privileged group, or be one.
func accountsIn(below []models.Descendant) (all []models.Object) {
	for _, one := range below {
		if one.SID != "" {
			all = append(all, models.Object{DN: one.DN, Account: &models.Account{GUID: one.GUID, SID: one.SID}})
		}
	}
	return all
}

// privileges say why an object is privileged, as far as the connection tells;
// "" when it is not.
func (d *directory) privileges(ctx context.Context, o models.Object) (string, error) {
	own := ""
	if o.Account != nil {
		own = o.Account.SID
	}
	reader, tells := Capability[TokenReader](d.backend)
	if !tells { // of a group the number is known, and of nobody else's groups
		for _, sid := range []string{own, ridIn("S-1-5-21-", o.PrimaryGroupToken), ridIn("S-1-5-32-", o.PrimaryGroupToken)} {
			if name := privilegedGroup(sid); name != "" {
				return isGroup(name), nil
			}
		}
		return "", nil
	}
	sids, marked, err := reader.Tokens(ctx, o.Ref())
	if errors.Is(err, models.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var groups []string
	for _, sid := range sids {
		name := privilegedGroup(sid)
		switch {
		case name == "":
		case sid == own:
			return isGroup(name), nil
		case !slices.Contains(groups, name):
			groups = append(groups, name)
		}
	}
	switch {
	case len(groups) > 0:
		return "is in " + english.And(groups...), nil
	case marked:
		return "is marked as protected (adminCount is 1)", nil
	default:
		return "", nil
	}
}

// isGroup names a group by what it is everywhere: it may be called otherwise here.
func isGroup(name string) string { return "is the privileged group " + name }

func ridIn(domain string, rid int) string {
	if rid == 0 {
		return ""
	}
	return domain + strconv.Itoa(rid)
}

// Doubt is a question about a plan that only a person can answer, or who says so
// by a flag of its own.
type Doubt struct {
	Kind DoubtKind
	Text string
}

// DoubtKind is what a doubt is about.
type DoubtKind uint8

// The kinds of doubt.
const (
	Privileged    DoubtKind = iota // it is about who rules the domain
	AnotherServer                  // what is taken back was done at another server of the domain
	NoIdentity                     // what is taken back does not say which object it was
)

func (s *Step) doubt(kind DoubtKind, words string) {
	s.warn(english.Own(words))
	s.Doubts = append(s.Doubts, Doubt{kind, english.Own(words).Capital() + ": go on all the same?"})
}

// Doubts are all questions that are asked in addition to the plan's own, each once
// and one by one.
func (p Plan) Doubts() (all []Doubt) {
	if text := p.PrivilegedQuestion(); text != "" {
		all = append(all, Doubt{Privileged, text})
	}
	for _, s := range p.Steps {
		for _, doubt := range s.Doubts {
			if s.Refused == nil && !s.Nothing && !slices.Contains(all, doubt) {
				all = append(all, doubt)
			}
		}
	}
	return all
}

// PrivilegedQuestion is asked in addition, of a plan that is about who rules the
// domain: it names them. "" for all other plans.
func (p Plan) PrivilegedQuestion() string {
	var all []string
	for _, s := range p.Steps {
		if s.Privileged != "" && s.Refused == nil && !s.Nothing && !slices.Contains(all, s.Privileged) {
			all = append(all, s.Privileged)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return english.And(all...) + ": go on all the same?"
}

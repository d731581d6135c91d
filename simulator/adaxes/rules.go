package adaxes

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"dirdesk/models"
)

// RuleKind is what a rule does to the requests it is about.
type RuleKind string

// The kinds of rule.
const (
	Approve RuleKind = "approve" // the write is sent for approval, and not done
	Fail    RuleKind = "fail"    // the write fails, in an operation result
	Refuse  RuleKind = "refuse"  // the write fails, as an HTTP error
	Warn    RuleKind = "warn"    // the write is done, with a warning
	Say     RuleKind = "say"     // the write is done, and a business rule says something
	Async   RuleKind = "async"   // the write's business rules take a while
	Deny    RuleKind = "deny"    // the caller has no permission
	Hide    RuleKind = "hide"    // the caller does not see the objects
)

// RuleKinds are all kinds, in the order of a manual.
func RuleKinds() []RuleKind {
	return []RuleKind{Approve, Fail, Refuse, Warn, Say, Async, Deny, Hide}
}

// Rule is what a security role or a business rule does here, and to which
// requests: all of its terms have to hold. Written it is
//
//	KIND[=VALUE]@TERM[+TERM]...
//
// A term is "*"; the name of a call ("modify", "delete"); a place, as the step
// of a DN or a whole one ("OU=Finance"), for the objects in it and itself; or
// the name of a property that is written. VALUE is the words of fail, refuse,
// warn and say, and the duration of async.
type Rule struct {
	Kind  RuleKind
	Words string
	Takes time.Duration // of Async
	Terms []string
}

// ParseRule reads the written form; its errors say which part is wrong and what
// may stand there.
func ParseRule(text string) (Rule, error) {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return Rule{}, fmt.Errorf("rule %q: no @: want KIND[=VALUE]@TERM[+TERM]", text)
	}
	kind, value, hasValue := strings.Cut(text[:at], "=")
	r := Rule{Kind: RuleKind(kind), Words: value, Terms: strings.Split(text[at+1:], "+")}
	switch r.Kind {
	case Fail, Refuse, Warn, Say:
		if value == "" {
			return Rule{}, fmt.Errorf("rule %q: %s needs words as in %s=WORDS", text, kind, kind)
		}
	case Async:
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return Rule{}, fmt.Errorf("rule %q: async needs a duration as in async=20s", text)
		}
		r.Takes, r.Words = d, ""
	case Approve, Deny, Hide:
		if hasValue {
			return Rule{}, fmt.Errorf("rule %q: %s takes no value", text, kind)
		}
	default:
		return Rule{}, fmt.Errorf("rule %q: no such kind %q: want one of %s", text, kind, ruleKindNames())
	}
	if slices.Contains(r.Terms, "") {
		return Rule{}, fmt.Errorf("rule %q: after @ comes what it is about, * for everything", text)
	}
	return r, nil
}

func ruleKindNames() string {
	var names []string
	for _, k := range RuleKinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// String gives the form that ParseRule reads.
func (r Rule) String() string {
	text := string(r.Kind)
	switch {
	case r.Kind == Async:
		text += "=" + r.Takes.String()
	case r.Words != "":
		text += "=" + r.Words
	}
	return text + "@" + strings.Join(r.Terms, "+")
}

// deed is what a rule is asked about: a call, the object it is about, and the
// properties it writes.
type deed struct {
	method     string
	dn         models.DN
	properties []string
}

func (r Rule) matches(d deed) bool {
	for _, term := range r.Terms {
		if !termHolds(term, d) {
			return false
		}
	}
	return true
}

func termHolds(term string, d deed) bool {
	switch {
	case term == "*" || strings.EqualFold(term, d.method):
		return true
	case strings.Contains(term, "="):
		return liesIn(d.dn, models.DN(term))
	default:
		return slices.ContainsFunc(d.properties, func(p string) bool { return strings.EqualFold(p, term) })
	}
}

// liesIn reports whether dn is place or lies below it; place may be one step
// of the way.
func liesIn(dn, place models.DN) bool {
	if place.Depth() > 1 {
		return dn.Equal(place) || dn.IsBelow(place)
	}
	for at := dn; at != ""; at = at.Parent() {
		if models.DN(at.RDN().String()).Equal(place) {
			return true
		}
	}
	return false
}

// ruling gives the rules that are about a deed, in their order.
func (h *service) ruling(d deed) []Rule {
	h.mu.Lock()
	defer h.mu.Unlock()
	var hits []Rule
	for _, r := range h.rules {
		if r.matches(d) {
			hits = append(hits, r)
		}
	}
	return hits
}

// permitted asks whether the caller may make a call on an object; with no object
// whether the call may be made at all.
func (h *service) permitted(c *call, dn models.DN) *failure {
	for _, r := range h.ruling(deed{method: c.method, dn: dn}) {
		if r.Kind == Deny {
			return accessDenied(c.method)
		}
	}
	return nil
}

// hidden reports whether the caller does not see an object.
func (h *service) hidden(dn models.DN) bool {
	return slices.ContainsFunc(h.ruling(deed{dn: dn}), func(r Rule) bool { return r.Kind == Hide })
}

func accessDenied(method string) *failure {
	return fail(http.StatusForbidden, "Access denied. You do not have the permission for '%s'.", operationType(method))
}

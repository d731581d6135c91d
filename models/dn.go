package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// DN is a distinguished name as the server wrote it (RFC 4514 string form, in
// UTF-8). The text is kept so that it can be sent back and shown unchanged;
// compare two names with [DN.Equal] or by [DN.Key], never with ==. The empty
// DN names nothing.
type DN string

// RDN is one step of a DN: an attribute type and its unescaped value. A
// multi-valued step ("CN=a+SN=b", which Active Directory never makes) keeps its
// later pairs, still escaped, in More.
type RDN struct {
	Type  string // as written: "CN", "ou"
	Value string // unescaped
	More  string // "SN=b" of "CN=a+SN=b", escaped as written; nearly always empty
	text  string // the step as written
}

// String gives the step as it was written, or escapes it afresh when it was
// made by hand.
func (r RDN) String() string {
	if r.text != "" {
		return r.text
	}
	s := r.Type + "=" + EscapeRDNValue(r.Value)
	if r.More != "" {
		s += "+" + r.More
	}
	return s
}

// ErrInvalidDN says that a text is no distinguished name. Errors of [ParseDN]
// wrap it and tell where the fault lies.
var ErrInvalidDN = errors.New("not a distinguished name")

// ParseDN checks that text is a distinguished name by RFC 4514 and returns it
// unchanged but for white space around it. The empty text is refused.
func ParseDN(text string) (DN, error) {
	text = trimDN(text)
	if text == "" {
		return "", fmt.Errorf("%w: it is empty", ErrInvalidDN)
	}
	if !utf8.ValidString(text) {
		return "", fmt.Errorf("%w: it is not UTF-8", ErrInvalidDN)
	}
	if _, err := splitDN(text); err != nil {
		return "", err
	}
	return DN(text), nil
}

// RDNs splits the name into its steps, the object's own first. A text that is
// no DN gives nil.
func (d DN) RDNs() []RDN {
	if d == "" {
		return nil
	}
	rdns, err := splitDN(string(d))
	if err != nil {
		return nil
	}
	return rdns
}

// RDN is the object's own step, the zero RDN for a text that is no DN.
func (d DN) RDN() RDN {
	rdns := d.RDNs()
	if len(rdns) == 0 {
		return RDN{}
	}
	return rdns[0]
}

// Parent is the name without its first step, as the server wrote it; "" for a
// name of one step or none.
func (d DN) Parent() DN {
	end, ok := firstStep(string(d))
	if !ok || end >= len(d) {
		return ""
	}
	return DN(strings.TrimLeft(string(d[end+1:]), spaces))
}

// Path are the names on the way down to the object, its own last, from below the
// domain; none of them is safe to print.
func (d DN) Path() []string {
	steps := d.RDNs()
	names := make([]string, 0, len(steps))
	for _, step := range slices.Backward(steps) {
		if !strings.EqualFold(step.Type, "DC") {
			names = append(names, step.Value)
		}
	}
	return names
}

// Rebased is the name that an object has after another, or itself, was renamed or
// moved from old to to; its own where that is another one.
func (d DN) Rebased(old, to DN) DN {
	switch {
	case d.Equal(old):
		return to
	case !d.IsBelow(old):
		return d
	}
	steps := d.RDNs()
	var parts []string
	for _, step := range steps[:len(steps)-old.Depth()] {
		parts = append(parts, step.String())
	}
	return DN(strings.Join(append(parts, string(to)), ","))
}

// Child makes the name of an entry below d: value is escaped.
func (d DN) Child(attribute, value string) DN {
	step := attribute + "=" + EscapeRDNValue(value)
	if d == "" {
		return DN(step)
	}
	return DN(step + "," + string(d))
}

// Key is a form for comparing and for map keys: attribute types and values
// folded to lower case, escapes resolved and written in one way, spaces that do
// not count removed. Two names with one Key name the same object. A text that
// is no DN gives its lower-cased self, so that it can still be a key.
func (d DN) Key() string {
	rdns := d.RDNs()
	if rdns == nil {
		return strings.ToLower(string(d))
	}
	var b strings.Builder
	b.Grow(len(d))
	for i, r := range rdns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(r.key())
	}
	return b.String()
}

// key folds one step. The pairs of a multi-valued one have no order.
func (r RDN) key() string {
	own := strings.ToLower(r.Type) + "=" + EscapeRDNValue(foldValue(r.Value))
	if r.More == "" {
		return own
	}
	pairs := []string{own}
	for more := r.More; more != ""; {
		next, err := parseRDN(more)
		if err != nil { // made by hand
			pairs = append(pairs, strings.ToLower(more))
			break
		}
		more, next.More = next.More, ""
		pairs = append(pairs, next.key())
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "+")
}

// foldValue prepares a value for comparing as Samba's AD does (seen with its ldb
// 2.6: spaces at the ends do not count, escaped or not, and a run of them counts
// as one; other white space counts), which is also RFC 4518's insignificant
// space handling. Case does not count.
func foldValue(v string) string {
	if v = strings.ToLower(strings.Trim(v, " ")); v == "" {
		return " " // nothing but spaces: a key stays a name
	}
	for strings.Contains(v, "  ") {
		v = strings.ReplaceAll(v, "  ", " ")
	}
	return v
}

// Equal reports whether both names name the same object: case and ways of
// escaping do not count.
func (d DN) Equal(other DN) bool {
	return d == other || d.Key() == other.Key()
}

// Distinct are names without those that name the same object as one before.
func Distinct(dns []DN) []DN {
	seen := make(map[string]bool, len(dns))
	return slices.DeleteFunc(slices.Clone(dns), func(dn DN) bool {
		key := dn.Key()
		again := seen[key]
		seen[key] = true
		return again
	})
}

// IsBelow reports whether d lies under base, at any depth. No name is below
// itself.
func (d DN) IsBelow(base DN) bool {
	own, above := d.RDNs(), base.RDNs()
	if len(above) == 0 || len(own) <= len(above) {
		return false
	}
	return joinRDNs(own[len(own)-len(above):]).Equal(base)
}

// Depth is the number of steps: 2 for "DC=example,DC=test".
func (d DN) Depth() int { return len(d.RDNs()) }

func joinRDNs(rdns []RDN) DN {
	steps := make([]string, len(rdns))
	for i, r := range rdns {
		steps[i] = r.String()
	}
	return DN(strings.Join(steps, ","))
}

// DNFromRealm makes the domain's base DN of its DNS name: "example.test" gives
// "DC=example,DC=test". The letters are kept as they are.
func DNFromRealm(realm string) DN {
	var steps []string
	for label := range strings.SplitSeq(strings.Trim(realm, ". "), ".") {
		if label != "" {
			steps = append(steps, "DC="+EscapeRDNValue(label))
		}
	}
	return DN(strings.Join(steps, ","))
}

// Realm is the DNS name made of the DC steps, in lower case: the reverse of
// [DNFromRealm]. A name without DC steps gives "".
func (d DN) Realm() string {
	var labels []string
	for _, r := range d.RDNs() {
		if strings.EqualFold(r.Type, "DC") {
			labels = append(labels, strings.ToLower(r.Value))
		}
	}
	return strings.Join(labels, ".")
}

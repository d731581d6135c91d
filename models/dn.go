package models

import (
	"errors"
	"fmt"
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

// trimDN removes white space around a DN, but not a trailing one that a
// backslash escapes.
func trimDN(text string) string { return trimAround(text, " \t\r\n") }

// trimValue removes the spaces that old forms of a DN allow around a value. Tabs
// and the like stay: Samba writes them as they are (measured), so that they may
// well be the name's own.
func trimValue(text string) string { return trimAround(text, " ") }

func trimAround(text, cutset string) string {
	text = strings.TrimLeft(text, cutset)
	cut := strings.TrimRight(text, cutset)
	if cut != text && trailingBackslashes(cut)%2 == 1 {
		cut = text[:len(cut)+1]
	}
	return cut
}

func trailingBackslashes(s string) int {
	return len(s) - len(strings.TrimRight(s, `\`))
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
	return DN(strings.TrimLeft(string(d[end+1:]), " "))
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
// folded to lower case, escapes resolved and written in one way, white space
// around the parts removed. Two names with one Key name the same object. A
// text that is no DN gives its lower-cased self, so that it can still be a key.
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
		b.WriteString(strings.ToLower(r.Type))
		b.WriteByte('=')
		b.WriteString(EscapeRDNValue(foldValue(r.Value)))
		if r.More != "" {
			b.WriteByte('+')
			b.WriteString(strings.ToLower(r.More))
		}
	}
	return b.String()
}

// foldValue prepares a value for comparing as AD does (MS-ADTS 3.1.1.2.2.4.1,
// caseIgnoreMatch): case does not count, nor do spaces at the ends or a second
// space in a row. Other white space does count (measured on Samba).
func foldValue(v string) string {
	v = strings.Trim(v, " ")
	for strings.Contains(v, "  ") {
		v = strings.ReplaceAll(v, "  ", " ")
	}
	return strings.ToLower(v)
}

// Equal reports whether both names name the same object: case and ways of
// escaping do not count.
func (d DN) Equal(other DN) bool {
	return d == other || d.Key() == other.Key()
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

// EscapeRDNValue escapes a value for use in a DN by RFC 4514 section 2.4. UTF-8
// beyond ASCII stays as it is, as AD writes it; control characters become
// \XX, which AD also writes.
func EscapeRDNValue(value string) string {
	var b strings.Builder
	b.Grow(len(value) + 4)
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == ' ' && (i == 0 || i == len(value)-1), c == '#' && i == 0,
			c == ',', c == '+', c == '"', c == '\\', c == '<', c == '>', c == ';', c == '=':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < 0x20 || c == 0x7f:
			fmt.Fprintf(&b, `\%02X`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// splitDN parses the whole name.
func splitDN(text string) ([]RDN, error) {
	var rdns []RDN
	for start := 0; ; {
		end, ok := firstStep(text[start:])
		if !ok {
			return nil, fmt.Errorf("%w: a backslash or quotation mark is left open in %q", ErrInvalidDN, text[start:])
		}
		rdn, err := parseRDN(text[start : start+end])
		if err != nil {
			return nil, err
		}
		rdns = append(rdns, rdn)
		if start += end + 1; start > len(text) {
			return rdns, nil
		}
	}
}

// firstStep finds the end of the first step: the index of the "," or ";" that
// is neither escaped nor quoted, or len(text).
func firstStep(text string) (end int, ok bool) {
	return unescapedIndex(text, ",;")
}

func unescapedIndex(text, separators string) (int, bool) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			if i++; i >= len(text) {
				return 0, false
			}
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(separators, c) >= 0:
			return i, true
		}
	}
	return len(text), !quoted
}

func parseRDN(step string) (RDN, error) {
	own := step
	more := ""
	if i, ok := unescapedIndex(step, "+"); ok && i < len(step) {
		own, more = step[:i], trimDN(step[i+1:])
		if _, err := parseRDN(more); err != nil {
			return RDN{}, err
		}
	}
	attribute, raw, found := strings.Cut(own, "=")
	attribute = strings.Trim(attribute, " \t\r\n")
	if !found || !isAttributeType(attribute) {
		return RDN{}, fmt.Errorf("%w: %q is not of the form TYPE=value", ErrInvalidDN, step)
	}
	value, err := unescapeValue(trimValue(raw))
	if err != nil {
		return RDN{}, err
	}
	if value == "" {
		return RDN{}, fmt.Errorf("%w: %q has no value", ErrInvalidDN, step)
	}
	return RDN{Type: attribute, Value: value, More: more, text: trimValue(strings.TrimLeft(step, "\t\r\n "))}, nil
}

// isAttributeType accepts a descriptor ("CN", "sAMAccountName") or a dotted
// number ("2.5.4.3").
func isAttributeType(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		digit := c >= '0' && c <= '9'
		if !letter && !digit && (i == 0 || c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// unescapeValue resolves backslashes and the old quoted form of RFC 2253.
func unescapeValue(raw string) (string, error) {
	if len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' {
		raw = raw[1 : len(raw)-1]
	}
	if !strings.Contains(raw, `\`) {
		return raw, nil
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		if i++; i >= len(raw) {
			return "", fmt.Errorf("%w: it ends in a backslash: %q", ErrInvalidDN, raw)
		}
		if i+1 < len(raw) && isHex(raw[i]) && isHex(raw[i+1]) {
			out = append(out, unhex(raw[i])<<4|unhex(raw[i+1]))
			i++
			continue
		}
		if isHex(raw[i]) || raw[i] >= 'g' && raw[i] <= 'z' || raw[i] >= 'G' && raw[i] <= 'Z' {
			return "", fmt.Errorf("%w: \\%c is no escape in %q", ErrInvalidDN, raw[i], raw)
		}
		out = append(out, raw[i])
	}
	if !utf8.Valid(out) {
		return "", fmt.Errorf("%w: the escapes in %q do not make UTF-8", ErrInvalidDN, raw)
	}
	return string(out), nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

package activedirectory

import (
	"fmt"
	"io"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
)

// Bounds of one message, in bytes. The library below would take any length that a
// server writes, and many times that in memory.
const (
	mostAnswer = 64 << 10  // a result, a referral: all but entries
	mostRow    = 256 << 10 // an entry of a listing, and any before the sign-in
	mostObject = 24 << 20  // an object with all its values; Samba sends all members of a group at once
	mostValue  = 1 << 20   // a longer value is cut
)

// Bounds of the shape of an answer that go-ldap decodes: each element costs it some
// 500 bytes, and each level a copy.
const (
	mostElements = 4000
	mostDepth    = 12
)

// Tags of what matters here (RFC 4511).
const (
	tagSequence  = 0x30
	tagSet       = 0x31
	tagInteger   = 0x02
	tagText      = 0x04
	tagEntry     = 0x60 | ldap.ApplicationSearchResultEntry
	tagReference = 0x60 | ldap.ApplicationSearchResultReference
	tagExtended  = 0x60 | ldap.ApplicationExtendedResponse
	constructed  = 0x20
)

// message is one LDAP message as it came.
type message struct {
	raw  []byte
	head int // bytes before its content
	id   int64
	op   byte // the tag of what is in it
}

// readMessage reads one message and not one byte more. most says how long one of a
// kind may be: a longer one is not read, and nothing is set aside for it.
func readMessage(from io.Reader, most func(op byte) int) (m message, err error) {
	head := make([]byte, 2, 16)
	if _, err := io.ReadFull(from, head); err != nil {
		return m, err
	}
	if extra := int(head[1]) & 0x7f; head[1] >= 0x80 && extra <= 4 {
		head = head[:2+extra]
		if _, err := io.ReadFull(from, head[2:]); err != nil {
			return m, err
		}
	}
	length, used, ok := lengthOf(head[1:])
	if head[0] != tagSequence || !ok {
		return m, notLDAP()
	}
	if length > mostObject { // whatever it is
		return m, allowance.TooLarge(length)
	}
	m.head = 1 + used
	start := make([]byte, 2, 8) // the number, up to four bytes, and the tag of what follows
	if _, err := io.ReadFull(from, start); err != nil {
		return m, err
	}
	n := int(start[1])
	if start[0] != tagInteger || n < 1 || n > 4 || length < 3+n {
		return m, notLDAP()
	}
	start = start[:3+n]
	if _, err := io.ReadFull(from, start[2:]); err != nil {
		return m, err
	}
	for _, b := range start[2 : 2+n] {
		m.id = m.id<<8 | int64(b)
	}
	m.op = start[2+n]
	if length > most(m.op) {
		return m, allowance.TooLarge(length)
	}
	m.raw = append(append(make([]byte, 0, m.head+length), head...), start...)
	rest := m.raw[len(m.raw) : m.head+length]
	if _, err := io.ReadFull(from, rest); err != nil {
		return m, err
	}
	m.raw = m.raw[:m.head+length]
	if m.op != tagEntry && !isPlainShape(m.raw) {
		return m, notLDAP()
	}
	return m, nil
}

func notLDAP() error { return allowance.Broken("the answer is not LDAP") }

// lengthOf reads a definite length of at most four bytes; LDAP knows no other.
func lengthOf(raw []byte) (length, used int, ok bool) {
	if len(raw) == 0 {
		return 0, 0, false
	}
	if raw[0] < 0x80 {
		return int(raw[0]), 1, true
	}
	n := int(raw[0] & 0x7f)
	if n == 0 || n > 4 || len(raw) <= n {
		return 0, 0, false
	}
	for _, b := range raw[1 : 1+n] {
		length = length<<8 | int(b)
	}
	return length, 1 + n, length >= 0
}

// element splits one element off: its tag, what is in it, and what follows it.
func element(raw []byte) (tag byte, content, rest []byte, ok bool) {
	if len(raw) < 2 || raw[0]&0x1f == 0x1f {
		return 0, nil, nil, false
	}
	length, used, ok := lengthOf(raw[1:])
	if !ok || len(raw)-1-used < length {
		return 0, nil, nil, false
	}
	content = raw[1+used:]
	return raw[0], content[:length:length], content[length:], true
}

// wanted is element for one of that tag.
func wanted(tag byte, raw []byte) (content, rest []byte, ok bool) {
	is, content, rest, ok := element(raw)
	return content, rest, ok && is == tag
}

// isPlainShape reports whether elements are whole, few, and not deep in one another.
func isPlainShape(raw []byte) bool {
	count := 0
	var walk func(raw []byte, depth int) bool
	walk = func(raw []byte, depth int) bool {
		for len(raw) > 0 {
			tag, content, rest, ok := element(raw)
			if count++; !ok || count > mostElements || depth > mostDepth {
				return false
			}
			if tag&constructed != 0 && !walk(content, depth+1) {
				return false
			}
			raw = rest
		}
		return true
	}
	return walk(raw, 1)
}

// What keeping an entry costs beside its bytes.
const (
	entryCost     = 200
	attributeCost = 200
	valueCost     = 48
)

// entry decodes a search's entry, without go-ldap, which would take ten times the
// memory. cost is what keeping it takes.
func (m message) entry(rows int) (e *ldap.Entry, cost int, err error) {
	_, rest, _ := wanted(tagInteger, m.raw[m.head:])
	body, _, ok := wanted(tagEntry, rest)
	name, body, named := wanted(tagText, body)
	list, _, listed := wanted(tagSequence, body)
	if !ok || !named || !listed {
		return nil, 0, notLDAP()
	}
	if len(name) > allowance.MaxName {
		return nil, 0, allowance.Broken("the server named an object with more characters than a directory has")
	}
	e, cost = &ldap.Entry{DN: string(name)}, entryCost+len(name)
	values := 0
	for len(list) > 0 {
		var part []byte
		if part, list, ok = wanted(tagSequence, list); !ok {
			return nil, 0, notLDAP()
		}
		name, part, named = wanted(tagText, part)
		set, _, listed := wanted(tagSet, part)
		if !named || !listed {
			return nil, 0, notLDAP()
		}
		attribute := &ldap.EntryAttribute{Name: string(name)}
		if cost += attributeCost + len(name); cost > allowance.Base+allowance.Row*values {
			return nil, 0, allowance.TooLarge(cost)
		}
		for len(set) > 0 {
			var value []byte
			if value, set, ok = wanted(tagText, set); !ok {
				return nil, 0, notLDAP()
			}
			text := cutValue(value)
			attribute.Values = append(attribute.Values, text)
			attribute.ByteValues = append(attribute.ByteValues, value[:min(len(value), mostValue)])
			if values++; values > allowance.Most(rows) {
				return nil, 0, allowance.TooMany(rows)
			}
			cost += valueCost + len(text)
		}
		e.Attributes = append(e.Attributes, attribute)
	}
	return e, cost, nil
}

// cutMark ends a value that was cut.
const cutMark = " ... [cut by dirdesk: it has %d bytes]"

func cutValue(value []byte) string {
	if len(value) <= mostValue {
		return string(value)
	}
	return string(value[:mostValue]) + fmt.Sprintf(cutMark, len(value))
}

// isCut reports whether a value is not whole, so that it must not be written back.
func isCut(value string) bool { return len(value) > mostValue }

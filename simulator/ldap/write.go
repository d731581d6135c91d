package ldap

import (
	"strings"
	"unicode/utf16"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// Kinds of a change (RFC 4511 section 4.6).
const (
	changeAdd     = 0
	changeDelete  = 1
	changeReplace = 2
)

const (
	notQuoted   = "00002035: setup_io: it's not allowed to set the NT hash password directly'"
	unreadable  = "the request cannot be read"
	passwordKey = "unicodePwd"
)

// attributeOf takes a partial attribute apart.
func attributeOf(p *ber.Packet) (name string, values [][]byte, ok bool) {
	if len(p.Children) != 2 {
		return "", nil, false
	}
	name, ok = stringOf(p.Children[0])
	for _, child := range p.Children[1].Children {
		if _, isText := stringOf(child); !isText {
			return "", nil, false
		}
		values = append(values, child.Data.Bytes())
	}
	return name, values, ok
}

// texts writes values in the directory's form. One of an attribute that is not
// known stays as it is: the directory refuses it.
func texts(name string, values [][]byte) []string {
	a, known := directory.AttributeNamed(name)
	out := make([]string, len(values))
	for i, v := range values {
		if out[i] = string(v); known {
			out[i] = a.FromWire(v)
		}
	}
	return out
}

// passwordOf reads a unicodePwd: UTF-16 in quotation marks.
func passwordOf(b []byte) (*models.Secret, bool) {
	if len(b)%2 != 0 {
		return nil, false
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	quoted := string(utf16.Decode(units))
	inside, ok1 := strings.CutPrefix(quoted, `"`)
	inside, ok2 := strings.CutSuffix(inside, `"`)
	if !ok1 || !ok2 {
		return nil, false
	}
	secret := models.NewSecret(inside)
	return &secret, true
}

func (c *conn) add(r request) result {
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	if len(r.op.Children) != 2 {
		return failed(protocolError, unreadable)
	}
	name, ok := stringOf(r.op.Children[0])
	if !ok {
		return failed(protocolError, unreadable)
	}
	var given []directory.Values
	var secret *models.Secret
	for _, child := range r.op.Children[1].Children {
		attribute, values, ok := attributeOf(child)
		switch {
		case !ok:
			return failed(protocolError, unreadable)
		case strings.EqualFold(attribute, passwordKey):
			if len(values) != 1 {
				return failed(unwilling, notQuoted)
			}
			if secret, ok = passwordOf(values[0]); !ok {
				return failed(unwilling, notQuoted)
			}
			continue
		}
		given = append(given, directory.Values{Name: attribute, Values: texts(attribute, values)})
	}
	return outcome(c.caller.Add(name, given, secret))
}

func (c *conn) modify(r request) result {
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	if len(r.op.Children) != 2 {
		return failed(protocolError, unreadable)
	}
	name, ok := stringOf(r.op.Children[0])
	if !ok {
		return failed(protocolError, unreadable)
	}
	m := modification{permissive: r.controls.permissive}
	for _, child := range r.op.Children[1].Children {
		if refusal := m.take(child); refusal.code != success {
			return refusal
		}
	}
	m.passwords.Hinted = r.controls.hinted
	return outcome(c.caller.Modify(name, m.changes, m.passwords))
}

// modification is a modify request, its password apart.
type modification struct {
	changes    []directory.AttributeChange
	passwords  directory.Passwords
	permissive bool
}

// take reads one change.
func (m *modification) take(p *ber.Packet) result {
	if len(p.Children) != 2 {
		return failed(protocolError, unreadable)
	}
	kind, ok1 := p.Children[0].Value.(int64)
	name, values, ok2 := attributeOf(p.Children[1])
	if !ok1 || !ok2 {
		return failed(protocolError, unreadable)
	}
	if strings.EqualFold(name, passwordKey) {
		return m.takePassword(kind, values)
	}
	change := directory.AttributeChange{Name: name, Values: texts(name, values), Lenient: m.permissive}
	switch kind {
	case changeAdd:
		change.How = models.Append
		if len(values) == 0 {
			return failed(protocolError, "an add without values")
		}
	case changeDelete:
		change.How = models.Remove
	case changeReplace:
		change.How = models.Replace
	default:
		return failed(protocolError, unreadable)
	}
	m.changes = append(m.changes, change)
	return result{}
}

// takePassword reads a change of unicodePwd: one replaced is a reset, one deleted
// and one added are a person's own change.
func (m *modification) takePassword(kind int64, values [][]byte) result {
	if len(values) != 1 {
		return failed(unwilling, notQuoted)
	}
	secret, ok := passwordOf(values[0])
	switch {
	case !ok:
		return failed(unwilling, notQuoted)
	case kind == changeDelete:
		m.passwords.Old = secret
	default:
		m.passwords.New = secret
	}
	return result{}
}

func (c *conn) delete(r request) result {
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	return outcome(c.caller.Delete(r.op.Data.String(), r.controls.tree))
}

func (c *conn) modifyDN(r request) result {
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	if len(r.op.Children) < 3 {
		return failed(protocolError, unreadable)
	}
	name, ok1 := stringOf(r.op.Children[0])
	rdn, ok2 := stringOf(r.op.Children[1])
	drop, ok3 := r.op.Children[2].Value.(bool)
	if !ok1 || !ok2 || !ok3 {
		return failed(protocolError, unreadable)
	}
	if !drop {
		return failed(unwilling, "00002035: Unwilling to perform. Old RDN must be deleted")
	}
	parent := ""
	if len(r.op.Children) > 3 {
		parent = r.op.Children[3].Data.String()
	}
	return outcome(c.caller.Move(name, rdn, parent))
}

func (c *conn) compare(r request) result {
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	if len(r.op.Children) != 2 || len(r.op.Children[1].Children) != 2 {
		return failed(protocolError, unreadable)
	}
	name, ok1 := stringOf(r.op.Children[0])
	attribute, ok2 := stringOf(r.op.Children[1].Children[0])
	if !ok1 || !ok2 {
		return failed(protocolError, unreadable)
	}
	filter := directory.Filter(nothing)
	if a, known := directory.AttributeNamed(attribute); known {
		filter = directory.Equal(a, a.FromWire(r.op.Children[1].Children[1].Data.Bytes()))
	}
	same, err := c.caller.Compare(name, filter)
	switch {
	case err != nil:
		return outcome(err)
	case same:
		return result{code: compareTrue}
	default:
		return result{code: compareFalse}
	}
}

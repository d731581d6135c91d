package directory

import (
	"encoding/binary"
	"errors"
	"slices"

	"dirdesk/models"
)

// Parts of a self-relative security descriptor (MS-DTYP 2.4.6).
const (
	descriptorHeader = 20
	aclHeader        = 8

	daclPresent       = 0x0004
	daclAutoInherited = 0x0400
	daclProtected     = 0x1000
	selfRelative      = 0x8000

	aceHasObject    = 0x01
	aceHasInheritor = 0x02
)

// The parts of a descriptor that a request may name (MS-ADTS 3.1.1.3.4.1.11).
const (
	partOwner = 0x1
	partGroup = 0x2
	partDACL  = 0x4
)

// descriptor writes the parts of an entry's security descriptor that are asked
// for. Everything belongs to the domain's administrators.
func (d granter) descriptor(e *entry, parts int) []byte {
	control := uint16(selfRelative)
	out := make([]byte, descriptorHeader)
	out[0] = 1
	owner := SIDBytes(d.domainSID + "-512")
	if parts&partOwner != 0 {
		binary.LittleEndian.PutUint32(out[4:], uint32(len(out)))
		out = append(out, owner...)
	}
	if parts&partGroup != 0 {
		binary.LittleEndian.PutUint32(out[8:], uint32(len(out)))
		out = append(out, owner...)
	}
	if parts&partDACL != 0 {
		control |= daclPresent | daclAutoInherited
		if e.text("adminCount") == "1" {
			control |= daclProtected
		}
		binary.LittleEndian.PutUint32(out[16:], uint32(len(out)))
		out = append(out, encodeACL(d.accessList(e))...)
	}
	binary.LittleEndian.PutUint16(out[2:], control)
	return out
}

func encodeACL(list []ace) []byte {
	out := []byte{4, 0, 0, 0, 0, 0, 0, 0}
	for _, a := range list {
		out = append(out, a.encode()...)
	}
	binary.LittleEndian.PutUint16(out[2:], uint16(len(out)))
	binary.LittleEndian.PutUint16(out[4:], uint16(len(list)))
	return out
}

func (a ace) encode() []byte {
	kind, parts := byte(0), uint32(0)
	if a.deny {
		kind = 1
	}
	if a.object != (guid{}) {
		parts |= aceHasObject
	}
	if a.inheritor != (guid{}) {
		parts |= aceHasInheritor
	}
	body := binary.LittleEndian.AppendUint32(nil, a.mask)
	if parts != 0 {
		kind += 5 // the kinds with GUIDs
		body = binary.LittleEndian.AppendUint32(body, parts)
	}
	if parts&aceHasObject != 0 {
		body = append(body, a.object.wire()...)
	}
	if parts&aceHasInheritor != 0 {
		body = append(body, a.inheritor.wire()...)
	}
	body = append(body, SIDBytes(a.sid)...)
	return append(binary.LittleEndian.AppendUint16([]byte{kind, a.flags}, uint16(len(body)+4)), body...)
}

var errDescriptor = errors.New("no security descriptor with an access list")

// readDescriptor gives the entries of the access list that are not inherited.
func readDescriptor(sd []byte) ([]ace, error) {
	if len(sd) < descriptorHeader || sd[0] != 1 || binary.LittleEndian.Uint16(sd[2:])&daclPresent == 0 {
		return nil, errDescriptor
	}
	start := int64(binary.LittleEndian.Uint32(sd[16:]))
	if start < descriptorHeader || start+aclHeader > int64(len(sd)) {
		return nil, errDescriptor
	}
	rest := sd[start:]
	size, count := int(binary.LittleEndian.Uint16(rest[2:])), int(binary.LittleEndian.Uint16(rest[4:]))
	if size < aclHeader || size > len(rest) {
		return nil, errDescriptor
	}
	own := []ace{}
	for rest = rest[aclHeader:size]; count > 0; count-- {
		if len(rest) < 4 {
			return nil, errDescriptor
		}
		length := int(binary.LittleEndian.Uint16(rest[2:]))
		if length < 4 || length > len(rest) {
			return nil, errDescriptor
		}
		a, ok := decodeACE(rest[:length])
		if !ok {
			return nil, errDescriptor
		}
		if a.flags&aceInherited == 0 {
			own = append(own, a)
		}
		rest = rest[length:]
	}
	return own, nil
}

func decodeACE(b []byte) (a ace, ok bool) {
	kind, body := b[0], b[4:]
	if kind != 0 && kind != 1 && kind != 5 && kind != 6 || len(body) < 4 {
		return a, false
	}
	a.deny, a.flags, a.mask = kind == 1 || kind == 6, b[1], binary.LittleEndian.Uint32(body)
	body = body[4:]
	if kind >= 5 {
		if len(body) < 4 {
			return a, false
		}
		parts := binary.LittleEndian.Uint32(body)
		body = body[4:]
		for _, part := range []struct {
			bit uint32
			to  *guid
		}{{aceHasObject, &a.object}, {aceHasInheritor, &a.inheritor}} {
			if parts&part.bit == 0 {
				continue
			}
			if len(body) < 16 {
				return a, false
			}
			*part.to = guid(guid(body[:16]).wire())
			body = body[16:]
		}
	}
	var length int
	a.sid, length = SIDText(body)
	return a, length > 0
}

// setDescriptor takes an entry's own access list from a descriptor. The denial
// of the password's change is kept as the account's flag.
func (d granter) setDescriptor(e *entry, sd []byte) error {
	own, err := readDescriptor(sd)
	if err != nil {
		return err
	}
	all := len(own)
	own = slices.DeleteFunc(own, func(a ace) bool { return slices.Contains(cannotChange(), a) })
	if e.class.account {
		e.uac &^= models.UACCannotChange
		if all >= len(own)+2 {
			e.uac |= models.UACCannotChange
		}
	}
	next := rare{} // another one: e is a copy, whose original may stay as it is
	if e.rare != nil {
		next = *e.rare
	}
	next.grants = own
	if slices.Equal(own, d.usual(e.class)) {
		next.grants = nil
	}
	e.rare = &next
	return nil
}

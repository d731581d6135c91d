package ldap

// Tags of what the server sends.
const (
	tagInteger    = 0x02
	tagOctets     = 0x04
	tagEnumerated = 0x0a
	tagSet        = 0x31
	tagControls   = 0xa0
)

// element appends one element: answers are written straight into a buffer, since
// a search may have many.
func element(out []byte, tag byte, content []byte) []byte {
	out = lengthOf(append(out, tag), len(content))
	return append(out, content...)
}

func text(out []byte, tag byte, content string) []byte {
	out = lengthOf(append(out, tag), len(content))
	return append(out, content...)
}

func lengthOf(out []byte, n int) []byte {
	switch {
	case n < longLength:
		return append(out, byte(n))
	case n < 1<<8:
		return append(out, longLength|1, byte(n))
	case n < 1<<16:
		return append(out, longLength|2, byte(n>>8), byte(n))
	default:
		return append(out, longLength|4, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
}

func number(out []byte, tag byte, n int64) []byte {
	size := 1
	for rest := n; rest > 0x7f || rest < -0x80; rest >>= 8 {
		size++
	}
	out = append(out, tag, byte(size))
	for i := size - 1; i >= 0; i-- {
		out = append(out, byte(n>>(8*i)))
	}
	return out
}

// message appends a whole LDAPMessage. controls are encoded already.
func message(out []byte, id int64, op byte, content, controls []byte) []byte {
	inner := number(nil, tagInteger, id)
	inner = element(inner, op, content)
	if len(controls) > 0 {
		inner = element(inner, tagControls, controls)
	}
	return element(out, tagSequence, inner)
}

// control encodes one.
func control(oid string, value []byte) []byte {
	inner := text(nil, tagOctets, oid)
	if value != nil {
		inner = element(inner, tagOctets, value)
	}
	return element(nil, tagSequence, inner)
}

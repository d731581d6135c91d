package models

// AppendKey appends [DN.Key] without its cost for the plain names that nearly
// all are.
func (dn DN) AppendKey(buf []byte) []byte {
	start := len(buf)
	steps, afterType := 0, false
	for i := 0; i < len(dn); i++ {
		c := dn[i]
		switch {
		case c == ',':
			if !afterType || !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
			afterType = false
		case c == '=':
			if afterType || !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
			afterType = true
			steps++
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= 'a' && c <= 'z':
		case c >= '0' && c <= '9', c == '.', c == '-':
			if !afterType {
				return append(buf[:start], dn.Key()...)
			}
		case c == ' ', c == '_', c == '\'', c == '(', c == ')', c == '$', c == '@', c == '&', c == '/':
			if !afterType || c == ' ' && !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
		default:
			return append(buf[:start], dn.Key()...)
		}
		buf = append(buf, c)
	}
	if steps == 0 || !afterType || dn[len(dn)-1] == '=' {
		return append(buf[:start], dn.Key()...)
	}
	return buf
}

// plainBetween reports whether the byte at i has a neighbour on both sides that
// is no separator and no space: only then does it mean just itself.
func plainBetween(dn DN, i int) bool {
	return i > 0 && i < len(dn)-1 && !isSeparator(dn[i-1]) && !isSeparator(dn[i+1])
}

func isSeparator(c byte) bool { return c == ' ' || c == ',' || c == '=' }

package models

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// spaces may stand around the parts of a DN without being part of them.
const spaces = " \t\r\n"

// trimDN removes white space around a DN, but not a trailing one that a
// backslash escapes.
func trimDN(text string) string { return trimAround(text, spaces) }

// trimValue removes the spaces that old forms of a DN allow around a value. Tabs
// and the like stay: Samba writes them as they are (measured), so that they may
// well be the name's own.
func trimValue(text string) string { return trimAround(text, " ") }

// trimStep removes what may stand around a whole step.
func trimStep(text string) string { return trimValue(strings.TrimLeft(text, spaces)) }

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
		own, more = step[:i], trimStep(step[i+1:])
		if _, err := parseRDN(more); err != nil {
			return RDN{}, err
		}
	}
	attribute, raw, found := strings.Cut(own, "=")
	attribute = strings.Trim(attribute, spaces)
	if !found || !isAttributeType(attribute) {
		return RDN{}, fmt.Errorf("%w: %q is not of the form TYPE=value", ErrInvalidDN, step)
	}
	value, err := parseValue(trimValue(raw))
	if err != nil {
		return RDN{}, err
	}
	if value == "" {
		return RDN{}, fmt.Errorf("%w: %q has no value", ErrInvalidDN, step)
	}
	return RDN{Type: attribute, Value: value, More: more, text: trimStep(step)}, nil
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

// parseValue reads the text of a value: plain with backslashes, in the quotation
// marks of RFC 2253, or as "#" and the hexadecimal digits of its BER encoding.
func parseValue(raw string) (string, error) {
	if strings.HasPrefix(raw, "#") {
		return decodeHexValue(raw)
	}
	if len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' {
		raw = raw[1 : len(raw)-1]
	}
	if hasBareQuote(raw) || strings.Contains(raw, "\x00") {
		return "", fmt.Errorf("%w: a quotation mark or a NUL must be escaped in %q", ErrInvalidDN, raw)
	}
	return unescapeValue(raw)
}

func hasBareQuote(raw string) bool {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return true
		}
	}
	return false
}

// decodeHexValue reads a string type of ASN.1 in its hexadecimal form. AD never
// writes it.
func decodeHexValue(raw string) (string, error) {
	const octetString, utf8String, printableString, teletexString, ia5String = 0x04, 0x0c, 0x13, 0x14, 0x16
	ber, err := hex.DecodeString(raw[1:])
	if err == nil && len(ber) >= 2 && ber[1] < 0x80 && int(ber[1]) == len(ber)-2 && utf8.Valid(ber[2:]) {
		switch ber[0] {
		case octetString, utf8String, printableString, teletexString, ia5String:
			return string(ber[2:]), nil
		}
	}
	return "", fmt.Errorf("%w: %q is not the hexadecimal form of a short text; write a leading # as \\#", ErrInvalidDN, raw)
}

// unescapeValue resolves backslashes.
func unescapeValue(raw string) (string, error) {
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

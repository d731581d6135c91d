package directory

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// SIDBytes writes a SID of the form S-1-... as it travels (MS-DTYP 2.4.2.2);
// nil for what is none.
func SIDBytes(text string) []byte {
	parts := strings.Split(text, "-")
	if len(parts) < 3 || !strings.EqualFold(parts[0], "S") || parts[1] != "1" || len(parts) > 3+15 {
		return nil
	}
	authority, err := strconv.ParseUint(parts[2], 10, 48)
	if err != nil {
		return nil
	}
	out := []byte{1, byte(len(parts) - 3), byte(authority >> 40), byte(authority >> 32)}
	out = binary.BigEndian.AppendUint32(out, uint32(authority))
	for _, part := range parts[3:] {
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			return nil
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	return out
}

// SIDText reads the SID that b begins with, and says how long it is; 0 for what
// is none.
func SIDText(b []byte) (text string, length int) {
	if len(b) < 8 || b[0] != 1 || b[1] > 15 || len(b) < 8+4*int(b[1]) {
		return "", 0
	}
	authority := uint64(b[2])<<40 | uint64(b[3])<<32 | uint64(binary.BigEndian.Uint32(b[4:]))
	text = fmt.Sprintf("S-1-%d", authority)
	for i := range int(b[1]) {
		text += fmt.Sprintf("-%d", binary.LittleEndian.Uint32(b[8+4*i:]))
	}
	return text, 8 + 4*int(b[1])
}

// GUIDBytes writes a GUID of the usual form as it travels (MS-DTYP 2.3.4.2): the
// first three parts little-endian. nil for what is none.
func GUIDBytes(text string) []byte {
	id, ok := parseGUID(text)
	if !ok {
		return nil
	}
	return id.wire()
}

// GUIDText reads 16 bytes; "" for what is none.
func GUIDText(b []byte) string {
	if len(b) != 16 {
		return ""
	}
	return guid(guid(b).wire()).String()
}

// wire swaps the order of the first three parts, there and back.
func (g guid) wire() []byte {
	return []byte{g[3], g[2], g[1], g[0], g[5], g[4], g[7], g[6], g[8], g[9], g[10], g[11], g[12], g[13], g[14], g[15]}
}

package activedirectory

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
)

// sidText writes a binary objectSid as S-1-5-21-... (MS-DTYP 2.4.2); "" when the
// bytes are no SID.
func sidText(sid []byte) string {
	if len(sid) < 8 || sid[0] != 1 || int(sid[1]) > 15 || len(sid) != 8+4*int(sid[1]) {
		return ""
	}
	var authority uint64
	for _, b := range sid[2:8] {
		authority = authority<<8 | uint64(b)
	}
	var out strings.Builder
	out.WriteString("S-1-")
	if authority < 1<<32 {
		out.WriteString(strconv.FormatUint(authority, 10))
	} else {
		out.WriteString("0x" + hex.EncodeToString(sid[2:8])) // MS-DTYP 2.4.2.1: beyond 32 bits in hex
	}
	for rest := sid[8:]; len(rest) > 0; rest = rest[4:] {
		out.WriteByte('-')
		out.WriteString(strconv.FormatUint(uint64(binary.LittleEndian.Uint32(rest)), 10))
	}
	return out.String()
}

// sidRID is the last number of a SID, by which a group is known to its members'
// primaryGroupID; 0 when the bytes are no SID.
func sidRID(sid []byte) uint32 {
	if sidText(sid) == "" || len(sid) < 12 {
		return 0
	}
	return binary.LittleEndian.Uint32(sid[len(sid)-4:])
}

// guidText writes a binary objectGUID in the usual form, its first three parts
// little-endian (MS-DTYP 2.3.4); "" when it has not 16 bytes.
func guidText(guid []byte) string {
	if len(guid) != 16 {
		return ""
	}
	ordered := []byte{
		guid[3], guid[2], guid[1], guid[0], guid[5], guid[4], guid[7], guid[6],
		guid[8], guid[9], guid[10], guid[11], guid[12], guid[13], guid[14], guid[15],
	}
	text := hex.EncodeToString(ordered)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

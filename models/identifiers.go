package models

import (
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

var (
	guidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	sidForm  = regexp.MustCompile(`^[sS]-1-\d{1,15}(-\d{1,10}){1,15}$`)
)

// IsGUID reports whether a text is a GUID in the usual form, without braces.
func IsGUID(text string) bool { return guidForm.MatchString(text) }

// IsSID reports whether a text is a SID: "S-1-5-21-...".
func IsSID(text string) bool { return sidForm.MatchString(text) }

// SIDText writes a binary objectSid as S-1-5-21-... (MS-DTYP 2.4.2); "" when the
// bytes are no SID.
func SIDText(sid []byte) string {
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

// RID is the last number of a SID in text, by which a group is known to its
// members' primaryGroupID; 0 when the text is no SID, or has no such number.
func RID(sid string) int {
	if strings.Count(sid, "-") < 3 || !strings.HasPrefix(sid, "S-1-") {
		return 0
	}
	n, err := strconv.ParseUint(sid[strings.LastIndexByte(sid, '-')+1:], 10, 32)
	if err != nil {
		return 0
	}
	return int(n)
}

// GUIDText writes a binary objectGUID in the usual form, its first three parts
// little-endian (MS-DTYP 2.3.4); "" when it has not 16 bytes.
func GUIDText(guid []byte) string {
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

package directory

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

// digest turns the seed, a purpose and a number into bytes: everything that a
// real domain would draw at random.
func digest(seed int64, purpose string, n uint32) [sha256.Size]byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(seed))
	b = binary.BigEndian.AppendUint32(b, n)
	return sha256.Sum256(append(b, purpose...))
}

func domainSID(seed int64) string {
	h := digest(seed, "sid", 0)
	return fmt.Sprintf("S-1-5-21-%d-%d-%d",
		binary.BigEndian.Uint32(h[0:]), binary.BigEndian.Uint32(h[4:]), binary.BigEndian.Uint32(h[8:]))
}

// sid is the entry's objectSid in text, "" for what has none.
func (d reader) sid(e *entry) string {
	switch {
	case e == d.base:
		return d.domainSID
	case e.class.name == "foreignSecurityPrincipal":
		return e.name
	case e.class.kind == kindBuiltin:
		return "S-1-5-32"
	case e.rid == 0:
		return ""
	case e.system && e.parent.class.kind == kindBuiltin:
		return fmt.Sprintf("S-1-5-32-%d", e.rid)
	default:
		return fmt.Sprintf("%s-%d", d.domainSID, e.rid)
	}
}

// guid is a GUID, its bytes in the order in which they are written.
type guid [16]byte

// String gives the usual form.
func (g guid) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", g[0:4], g[4:6], g[6:8], g[8:10], g[10:16])
}

// guid is the entry's objectGUID in the usual form. It depends on the seed and
// on how many entries were made before, so that it survives renames and is the
// same in every run.
func (d reader) guid(e *entry) string { return d.guidBytes(e).String() }

func (d reader) guidBytes(e *entry) guid { return madeGUID(d.seed, "guid", e.serial) }

func madeGUID(seed int64, purpose string, n uint32) guid {
	h := digest(seed, purpose, n)
	h[6] = h[6]&0x0f | 0x40
	h[8] = h[8]&0x3f | 0x80
	return guid(h[:16])
}

// madeUpSAM is the sAMAccountName of an account that was added without one:
// Samba makes "$DBA3B368-100957E39EA73985" (measured), with another "$" behind
// it for a computer.
func (d adder) madeUpSAM(e *entry) string {
	h := digest(d.seed, "sam", e.serial)
	s := fmt.Sprintf("$%X-%X", h[0:4], h[4:12])
	if e.class.kind == kindComputer {
		s += "$"
	}
	return s
}

// parseGUID reads the usual form: 8-4-4-4-12 hexadecimal digits.
func parseGUID(text string) (id guid, ok bool) {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return id, false
	}
	n, err := hex.Decode(id[:], []byte(strings.ReplaceAll(text, "-", "")))
	return id, err == nil && n == len(id)
}

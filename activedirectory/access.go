package activedirectory

import (
	"encoding/binary"
	"slices"
	"strings"

	"dirdesk/models"
)

// Rights of an entry of an access list (MS-ADTS 5.1.3.2).
const (
	rightCreateChild   = 0x00000001
	rightDeleteChild   = 0x00000002
	rightSelf          = 0x00000008 // a write that the server checks the value of
	rightWriteProperty = 0x00000020
	rightDeleteTree    = 0x00000040
	rightDelete        = 0x00010000

	aceGrantedIf       = 0x09 // where a condition holds, as the next
	aceGrantedObjectIf = 0x0B
)

// specific are the rights that a generic bit stands for (MS-ADTS 5.1.3.2).
func specific(mask uint32) uint32 {
	for bit, rights := range map[uint32]uint32{
		0x10000000: 0x000F01FF, 0x20000000: 0x00020004, 0x40000000: 0x00020028, 0x80000000: 0x00020094,
	} {
		if mask&bit != 0 {
			mask |= rights
		}
	}
	return mask
}

// What an entry may name, by its GUID in every forest (MS-ADTS 5.1.3.2.1, MS-ADSC,
// MS-ADA1 to 3).
const (
	resetRight    = "00299570-246d-11d0-a768-00aa006e0529" // User-Force-Change-Password
	publicSet     = "e48d0154-bcf8-11d1-8702-00c04fb96050" // Public-Information, with the names
	nameAttribute = "bf967a0e-0de6-11d0-a285-00aa003049e2"
)

// namingGUID is that of an attribute that names objects; "" for one not known here.
func namingGUID(attribute string) string {
	return map[string]string{
		"cn": "bf96793f-0de6-11d0-a285-00aa003049e2", "ou": "bf9679f0-0de6-11d0-a285-00aa003049e2",
	}[strings.ToLower(attribute)]
}

// classGUID is that of a class; "" for one not known here.
func classGUID(class string) string {
	return map[string]string{
		"user": "bf967aba-0de6-11d0-a285-00aa003049e2", "inetorgperson": "4828cc14-1437-45bc-9b07-ad6f015e5f28",
		"computer": "bf967a86-0de6-11d0-a285-00aa003049e2", "group": "bf967a9c-0de6-11d0-a285-00aa003049e2",
		"contact": "5cb41ed0-0e4c-11d0-a286-00aa003049e2", "organizationalunit": "bf967aa5-0de6-11d0-a285-00aa003049e2",
		"container": "bf967a8b-0de6-11d0-a285-00aa003049e2",
	}[strings.ToLower(class)]
}

// access is the access list of one object, as one account meets it.
type access struct {
	entries []ace
	token   token
	self    string // SID of the object; "" for none
	owner   string
}

// accessOf reads the list out of a security descriptor. ok is false where there is
// none: everything is the server's to decide.
func accessOf(sd []byte, self string, t token) (a access, ok bool) {
	_, entries, err := accessEntries(sd)
	if err != nil || len(t) == 0 {
		return access{}, false
	}
	return access{entries: entries, token: t, self: self, owner: ownerOf(sd)}, true
}

// ownerOf is the owner's SID; "" where the descriptor does not tell.
func ownerOf(sd []byte) string {
	start := int64(binary.LittleEndian.Uint32(sd[4:]))
	if start < descriptorHeader || start+8 > int64(len(sd)) {
		return ""
	}
	sid := sd[start:]
	return models.SIDText(sid[:min(len(sid), 8+4*int(sid[1]))])
}

// may goes through the list as a domain controller does (MS-ADTS 5.1.3.3): the
// first entry that counts decides. objects are the GUIDs that the right may be given
// by; a "" among them is one that is not known here. Unknown comes of an entry that
// cannot be judged here, and would decide.
func (a access) may(wanted uint32, objects ...string) models.Flag {
	perhapsGranted, perhapsDenied := false, false
	for _, entry := range a.entries {
		r, ok := entry.right()
		if !ok && (entry[0] == aceGrantedIf || entry[0] == aceGrantedObjectIf) && entry[1]&aceInheritOnly == 0 {
			perhapsGranted = true
		}
		if !ok || specific(r.mask)&wanted == 0 {
			continue
		}
		counts := a.holds(models.SIDText(r.sid))
		if r.object != nil && !slices.Contains(objects, models.GUIDText(r.object)) {
			if !slices.Contains(objects, "") || counts == models.No {
				continue
			}
			counts = models.Unknown
		}
		switch {
		case counts == models.No:
		case counts == models.Unknown:
			perhapsGranted, perhapsDenied = perhapsGranted || !r.deny, perhapsDenied || r.deny
		case r.deny && perhapsGranted, !r.deny && perhapsDenied:
			return models.Unknown
		default:
			return models.FlagOf(!r.deny)
		}
	}
	if perhapsGranted {
		return models.Unknown
	}
	return models.No
}

// token are the SIDs of an account and of all groups that it is in.
type token map[string]bool

// holds tells whether an entry for a SID counts for the account. tokenGroups leave
// out the SIDs that come of the way of signing in: of those that are not certain it
// is Unknown.
func (a access) holds(sid string) models.Flag {
	switch sid {
	case "S-1-1-0", "S-1-5-11": // Everyone, Authenticated Users
		return models.Yes
	case "S-1-5-10": // SELF: whoever has the object's own SID
		return models.FlagOf(a.token[a.self])
	case "S-1-3-4": // Owner Rights
		if a.owner == "" {
			return models.Unknown
		}
		return models.FlagOf(a.token[a.owner])
	}
	switch {
	case a.token[sid]:
		return models.Yes
	case sid == "S-1-5-32-545", sid == "S-1-5-32-554": // Users, Pre-Windows 2000 Compatible Access: hold Authenticated Users
		return models.Unknown
	case sid == "S-1-5-7", sid == "S-1-5-9", sid == "S-1-5-18": // Anonymous, Domain Controllers, SYSTEM
		return models.No
	case strings.HasPrefix(sid, "S-1-5-21-"), strings.HasPrefix(sid, "S-1-5-32-"), strings.HasPrefix(sid, "S-1-3-"):
		return models.No
	default:
		return models.Unknown
	}
}

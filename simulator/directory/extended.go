package directory

import (
	"encoding/hex"
	"strings"
)

// NameForm is how an entry's name is written in an answer.
type NameForm int

// The forms: the DN alone, or with GUID and SID in front, as bytes or as they are
// usually written (MS-ADTS 3.1.1.3.4.1.5).
const (
	PlainName NameForm = iota
	ExtendedHex
	ExtendedText
)

// Named is the entry's name in a form.
func (v View) Named(form NameForm) string {
	if form == PlainName {
		return string(v.e.dn())
	}
	return extendedName(v.d, v.e, form)
}

// Extend writes a DN in a form; what names no entry stays as it is.
func (v View) Extend(dn string, form NameForm) string {
	if form == PlainName {
		return dn
	}
	if e := reading(v.d).named(dn); e != nil {
		return extendedName(v.d, e, form)
	}
	return dn
}

func extendedName(d *Directory, e *entry, form NameForm) string {
	id, sid := reading(d).guid(e), reading(d).sid(e)
	if form == ExtendedHex {
		id, sid = hex.EncodeToString(GUIDBytes(id)), hex.EncodeToString(SIDBytes(sid))
	}
	parts := []string{"<GUID=" + id + ">"}
	if sid != "" {
		parts = append(parts, "<SID="+sid+">")
	}
	return strings.Join(append(parts, string(e.dn())), ";")
}

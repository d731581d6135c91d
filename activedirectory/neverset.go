package activedirectory

import (
	"encoding/binary"
)

const metaData = "replPropertyMetaData"

// Attributes in replPropertyMetaData, by their numbers in every domain's schema
// (MS-DRSR 4.1.10.2.12, prefix 1.2.840.113556.1.4).
const (
	idUnicodePwd              = 0x0009005A
	idSupplementalCredentials = 0x0009007D
)

// Layout of replPropertyMetaData (MS-DRSR 4.1.10.2.22 as Samba stores it): a
// header with the number of entries at 8, then entries that begin with the
// attribute's number.
const (
	metaHeader = 16
	metaEntry  = 48
)

// hasNoPassword reports whether the account is known never to have had a password.
// None can be read, but the supplemental credentials, which Samba writes with each
// password that it is given, have a change on record or have none: an account
// made without a password has a record for the password itself, yet none for them
// (measured on 4.17.12). The record may be unreadable, and pwdLastSet other than 0
// says that there was a password: then this is false.
func hasNoPassword(a attributes) bool {
	set, known := a.number("pwdLastSet")
	if !known || set != 0 {
		return false
	}
	changed := changedAttributes(a.bytes(metaData))
	return changed[idUnicodePwd] && !changed[idSupplementalCredentials]
}

// changedAttributes are the attributes with a change on record; nil for what is no
// such record.
func changedAttributes(meta []byte) map[uint32]bool {
	if len(meta) < metaHeader || binary.LittleEndian.Uint32(meta) != 1 {
		return nil
	}
	count := int64(binary.LittleEndian.Uint32(meta[8:]))
	if int64(len(meta)) != metaHeader+count*metaEntry {
		return nil
	}
	changed := make(map[uint32]bool, count)
	for entry := meta[metaHeader:]; len(entry) > 0; entry = entry[metaEntry:] {
		changed[binary.LittleEndian.Uint32(entry)] = true
	}
	return changed
}

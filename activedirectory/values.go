package activedirectory

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// shown gives a value as a property has it. What is not of the form that the
// schema promises is shown as it came.
func (s syntax) shown(raw string) string {
	switch s.form {
	case asBytes:
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asSID:
		if text := models.SIDText([]byte(raw)); text != "" {
			return text
		}
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asGUID:
		if text := models.GUIDText([]byte(raw)); text != "" {
			return text
		}
		return base64.StdEncoding.EncodeToString([]byte(raw))
	case asTicks:
		value, ok := models.ParseFileTime(raw)
		if !ok {
			return raw
		}
		if at := value.Time(); !at.IsZero() {
			return at.Format(time.RFC3339Nano)
		}
		return models.NeverText
	case asGeneralized:
		if at := generalizedTime(raw); !at.IsZero() {
			return at.UTC().Format(time.RFC3339Nano)
		}
	case asUTC:
		if at := utcTime(raw); !at.IsZero() {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return raw
}

func (s syntax) shownAll(raw []string) []string {
	var all []string
	for _, value := range raw {
		all = append(all, s.shown(value))
	}
	return all
}

// stored gives a value as it travels; the error says in words what it should be.
func (s syntax) stored(value string) (string, error) {
	if value == "" {
		return "", errors.New("an empty value cannot be kept: clear the property instead")
	}
	if s.of == models.Boolean {
		value = strings.ToUpper(value) // as RFC 4517 wants it
	}
	if wrong := s.of.Check(value); wrong != "" {
		return "", errors.New(wrong)
	}
	switch s.form {
	case asBytes:
		bytes, err := base64.StdEncoding.DecodeString(value)
		return string(bytes), err
	case asTicks, asGeneralized, asUTC:
		return s.storedTime(value)
	}
	if bits, ok := models.Bits(value); ok && s.of == models.Integer {
		return strconv.FormatInt(int64(bits), 10), nil // AD takes signed numbers only
	}
	return value, nil
}

func (s syntax) storedTime(value string) (string, error) {
	if s.of == models.Timestamp && strings.EqualFold(value, models.NeverText) {
		return "0", nil
	}
	at, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return "", err
	}
	at = at.UTC()
	if s.form != asTicks && at.Nanosecond() != 0 {
		return "", errors.New("this property keeps whole seconds only")
	}
	switch s.form {
	case asTicks:
		stored := models.FileTimeOf(at)
		if !stored.Comes() {
			return "", errors.New("the directory keeps times after 1601 only")
		}
		return stored.String(), nil
	case asUTC:
		if at.Year() < 1950 || at.Year() > 2049 {
			return "", errors.New("this property keeps times from 1950 to 2049 only")
		}
		return at.Format(utcTimeLayout) + "Z", nil
	default:
		return at.Format(generalizedLayout) + ".0Z", nil
	}
}

// utcTimeLayout has a year of two digits: 50 to 99 are of the last century (RFC
// 5280 4.1.2.5.1).
const (
	utcTimeLayout     = "060102150405"
	generalizedLayout = "20060102150405"
)

// utcTime reads "270531000000Z"; zero when it is none. A domain controller may
// also answer in GeneralizedTime.
func utcTime(text string) time.Time {
	if at := generalizedTime(text); !at.IsZero() {
		return at
	}
	digits, ok := strings.CutSuffix(text, "Z")
	if !ok {
		return time.Time{}
	}
	at, err := time.Parse(utcTimeLayout, digits)
	if err != nil {
		return time.Time{}
	}
	if at.Year() >= 2050 {
		at = at.AddDate(-100, 0, 0)
	}
	return at
}

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

package index

import (
	"encoding/binary"
	"encoding/json"
	"strings"

	"dirdesk/models"
)

// The parts that a record may leave out, as they follow from others or are not
// there.
const (
	namedByCN   = 1 << iota // the DN's own step is CN= and the name
	displayName             // is the name
	hasExpiry
	hasToken
	hasExtra
)

// appendRecord writes an object down, without its container, its category and its
// Account.
func appendRecord(buf []byte, o *models.Object) []byte {
	step := string(o.DN)[:len(o.DN)-len(o.DN.Parent())]
	var has byte
	if step == "CN="+models.EscapeRDNValue(o.Name)+"," {
		has |= namedByCN
	}
	if o.DisplayName == o.Name {
		has |= displayName
	}
	if o.AccountExpiry.Known() {
		has |= hasExpiry
	}
	if o.PrimaryGroupToken != 0 {
		has |= hasToken
	}
	var extra []byte
	if o.Extra != nil {
		extra, _ = json.Marshal(o.Extra) // raw messages that came as JSON
		has |= hasExtra
	}
	buf = append(buf, has)
	var flags uint64
	for i, flag := range flagsOf(o) {
		flags |= uint64(*flag) << (2 * i)
	}
	buf = binary.LittleEndian.AppendUint16(buf, uint16(flags))
	texts := []string{o.Name, o.SAMAccountName, o.Mail, o.Description, o.TelephoneNumber, o.Office}
	if has&namedByCN == 0 {
		texts = append(texts, step)
	}
	if has&displayName == 0 {
		texts = append(texts, o.DisplayName)
	}
	for _, text := range texts {
		buf = append(binary.AppendUvarint(buf, uint64(len(text))), text...)
	}
	if has&hasExpiry != 0 {
		buf = binary.AppendVarint(buf, o.AccountExpiry.Unix())
	}
	if has&hasToken != 0 {
		buf = binary.AppendVarint(buf, int64(o.PrimaryGroupToken))
	}
	return append(buf, extra...)
}

func flagsOf(o *models.Object) []*models.Flag {
	return []*models.Flag{&o.Disabled, &o.Locked, &o.PasswordExpired, &o.Deletable, &o.Movable, &o.Renamable, &o.AdvancedOnly}
}

// reader takes a record apart.
type reader struct{ left []byte }

func (r *reader) text() string {
	n, size := binary.Uvarint(r.left)
	text := string(r.left[size : size+int(n)])
	r.left = r.left[size+int(n):]
	return text
}

func (r *reader) number() int64 {
	n, size := binary.Varint(r.left)
	r.left = r.left[size:]
	return n
}

// object makes the object of a number anew.
func (s *store) object(id uint32) models.Object {
	record := s.records.at(s.at[id])
	has, flags, r := record[0], binary.LittleEndian.Uint16(record[1:]), reader{record[3:]}
	o := models.Object{
		Category: s.kinds[s.kind[id]], Account: s.accounts[id],
		Name: r.text(), SAMAccountName: r.text(), Mail: r.text(), Description: r.text(), TelephoneNumber: r.text(), Office: r.text(),
	}
	for i, flag := range flagsOf(&o) {
		*flag = models.Flag(flags >> (2 * i) & 3)
	}
	step := ""
	if has&namedByCN == 0 {
		step = r.text()
	} else {
		step = "CN=" + models.EscapeRDNValue(o.Name) + ","
	}
	o.DN = models.DN(step) + s.parents[s.parent[id]].dn
	if o.DisplayName = o.Name; has&displayName == 0 {
		o.DisplayName = r.text()
	}
	if has&hasExpiry != 0 {
		o.AccountExpiry = models.ExpiryFromUnix(r.number())
	}
	if has&hasToken != 0 {
		o.PrimaryGroupToken = int(r.number())
	}
	if has&hasExtra != 0 {
		_ = json.Unmarshal(r.left, &o.Extra) // as it was written above
	}
	return o
}

// dn makes only the name.
func (s *store) dn(id uint32) models.DN {
	record := s.records.at(s.at[id])
	r := reader{record[3:]}
	parent := s.parents[s.parent[id]].dn
	name := r.text()
	if record[0]&namedByCN != 0 {
		return models.DN("CN="+models.EscapeRDNValue(name)+",") + parent
	}
	for range 5 {
		r.text()
	}
	return models.DN(strings.Clone(r.text())) + parent
}

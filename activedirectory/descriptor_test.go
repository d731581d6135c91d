package activedirectory

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/go-ldap/ldap/v3"
)

// descriptorOf makes a descriptor with an access list only.
func descriptorOf(control uint16, entries ...ace) []byte {
	list := slices.Concat(entries...)
	out := append([]byte{1, 0}, byte(control), byte(control>>8))
	out = append(out, make([]byte, 12)...)
	out = append(out, descriptorHeader, 0, 0, 0, 4, 0)
	out = binary.LittleEndian.AppendUint16(out, uint16(aclHeader+len(list)))
	out = binary.LittleEndian.AppendUint16(out, uint16(len(entries)))
	return slices.Concat(out, []byte{0, 0}, list)
}

// plainACE is an entry without an object type.
func plainACE(kind, flags byte, mask uint32, sid []byte) ace {
	entry := []byte{kind, flags}
	entry = binary.LittleEndian.AppendUint16(entry, uint16(8+len(sid)))
	return append(binary.LittleEndian.AppendUint32(entry, mask), sid...)
}

func TestDenyingThePasswordChange(t *testing.T) {
	allow := plainACE(0, 0, rightControlAccess, everyoneSID())
	before := descriptorOf(controlSelfRelative|controlDACLPresent|0x1400|0x0008, allow)
	if denied, known := deniesPasswordChange(before); denied || !known {
		t.Fatalf("before: denied %v, known %v", denied, known)
	}
	after, err := denyPasswordChange(before)
	if err != nil {
		t.Fatal(err)
	}
	if denied, _ := deniesPasswordChange(after); !denied {
		t.Error("after: not denied")
	}
	control, entries, err := accessEntries(after)
	if err != nil || control != controlSelfRelative|controlDACLPresent|0x1400 {
		t.Errorf("control %04x, %v", control, err)
	}
	// As Windows writes them: 40 bytes each, denials first, what was there behind.
	if len(entries) != 3 || len(entries[0]) != 40 || len(entries[1]) != 40 || !bytes.Equal(entries[2], allow) {
		t.Errorf("entries %x", entries)
	}
}

func TestWhatDeniesThePasswordChange(t *testing.T) {
	other := append([]byte(nil), denial(selfSID())...)
	other[12] ^= 1 // another right
	inherit := append([]byte(nil), denial(selfSID())...)
	inherit[1] = aceInheritOnly
	allowed := append([]byte(nil), denial(selfSID())...)
	allowed[0] = 5
	for name, test := range map[string]struct {
		entry ace
		want  bool
	}{
		"self":                  {denial(selfSID()), true},
		"everyone":              {denial(everyoneSID()), true},
		"somebody":              {denial([]byte{1, 1, 0, 0, 0, 0, 0, 5, 11, 0, 0, 0}), false},
		"another right":         {other, false},
		"for what lies below":   {inherit, false},
		"allowed":               {allowed, false},
		"all extended rights":   {plainACE(aceDenied, 0, rightControlAccess, selfSID()), true},
		"another mask":          {plainACE(aceDenied, 0, 0x10, selfSID()), false},
		"cut off":               {ace{aceDeniedObject, 0, 8, 0, 0, 1, 0, 0}, false},
		"cut off in the header": {ace{aceDenied, 0, 4, 0}, false},
	} {
		if denied, known := deniesPasswordChange(descriptorOf(0x8004, test.entry)); denied != test.want || !known {
			t.Errorf("%s: denied %v, known %v", name, denied, known)
		}
	}
	for name, sd := range map[string][]byte{
		"nothing": nil, "short": {1, 0, 4, 128}, "no list": descriptorOf(0x8000), "cut off": descriptorOf(0x8004, denial(selfSID()))[:60],
	} {
		if _, known := deniesPasswordChange(sd); known {
			t.Errorf("%s is taken for a descriptor", name)
		}
		if _, err := denyPasswordChange(sd); err == nil {
			t.Errorf("%s is written back", name)
		}
	}
}

// A server may send anything; what is written back says what it said, denials
// added.
func FuzzDescriptor(f *testing.F) {
	f.Add(descriptorOf(0x8004))
	f.Add(descriptorOf(0x9404, denial(selfSID()), plainACE(0, 0, 1, everyoneSID())))
	f.Fuzz(func(t *testing.T, sd []byte) {
		after, err := denyPasswordChange(sd)
		if err != nil {
			return
		}
		_, before, _ := accessEntries(sd)
		_, entries, err := accessEntries(after)
		if denied, _ := deniesPasswordChange(after); err != nil || !denied || len(entries) != len(before)+2 {
			t.Errorf("%d entries became %d, %v", len(before), len(entries), err)
		}
	})
}

// metaOf is a record of changes to these attributes.
func metaOf(ids ...uint32) string {
	out := binary.LittleEndian.AppendUint32(nil, 1)
	out = binary.LittleEndian.AppendUint32(append(out, 0, 0, 0, 0), uint32(len(ids)))
	out = append(out, 0, 0, 0, 0)
	for _, id := range ids {
		out = append(binary.LittleEndian.AppendUint32(out, id), make([]byte, 44)...)
	}
	return string(out)
}

func TestHasNoPassword(t *testing.T) {
	never := metaOf(idUnicodePwd, 0x90001)
	for name, test := range map[string]struct {
		set, meta string
		want      bool
	}{
		"never had one":      {"0", never, true},
		"must change":        {"0", metaOf(idUnicodePwd, idSupplementalCredentials), false},
		"set at a time":      {"116444736010000000", never, false},
		"time not readable":  {"", never, false},
		"record unreadable":  {"0", "", false},
		"record cut off":     {"0", never[:len(never)-1], false},
		"record of too many": {"0", never[:8] + "\xff\xff\xff\xff" + never[12:], false},
	} {
		values := map[string][]string{"replPropertyMetaData": {test.meta}}
		if test.set != "" {
			values["pwdLastSet"] = []string{test.set}
		}
		if got := hasNoPassword(attributesOf(ldap.NewEntry("CN=x", values))); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

package activedirectory

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

const (
	testDomain = "S-1-5-21-1-2-3-"
	operator   = testDomain + "1104"
	deskGroup  = testDomain + "1105"
	somebody   = testDomain + "1106"
	userClass  = "bf967aba-0de6-11d0-a285-00aa003049e2"
	groupClass = "bf967a9c-0de6-11d0-a285-00aa003049e2"
)

// entryOf makes an entry of an access list.
func entryOf(kind, flags byte, mask uint32, object, sid string) ace {
	body := binary.LittleEndian.AppendUint32(nil, mask)
	if kind == aceGrantedObject || kind == aceDeniedObject || kind == aceGrantedObjectIf {
		if object == "" {
			body = binary.LittleEndian.AppendUint32(body, 0)
		} else {
			body = append(binary.LittleEndian.AppendUint32(body, aceHasType), guidBytes(object)...)
		}
	}
	body = append(body, sidBytes(sid)...)
	return append(binary.LittleEndian.AppendUint16([]byte{kind, flags}, uint16(aceHeader+len(body))), body...)
}

func guidBytes(text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil {
		panic(err)
	}
	slices.Reverse(b[0:4])
	slices.Reverse(b[4:6])
	slices.Reverse(b[6:8])
	return b
}

func sidBytes(text string) []byte {
	parts := strings.Split(text, "-")[2:]
	sid := []byte{1, byte(len(parts) - 1), 0, 0, 0, 0, 0, number(parts[0])[0]}
	for _, part := range parts[1:] {
		sid = append(sid, number(part)...)
	}
	return sid
}

func number(text string) []byte {
	var n uint32
	for _, r := range text {
		n = n*10 + uint32(r-'0')
	}
	return binary.LittleEndian.AppendUint32(nil, n)
}

// The first entry that counts decides, as a domain controller goes through a list.
func TestAnAccessListIsJudgedInItsOrder(t *testing.T) {
	t.Parallel()
	const everyone, self, owner, creator, network, system = "S-1-1-0", "S-1-5-10", "S-1-3-4", "S-1-3-0", "S-1-5-2", "S-1-5-18"
	for name, test := range map[string]struct {
		list    []ace
		wanted  uint32
		objects []string
		want    models.Flag
	}{
		"nobody is named":                 {nil, rightDelete, nil, models.No},
		"granted":                         {[]ace{entryOf(aceGranted, 0, rightDelete, "", operator)}, rightDelete, nil, models.Yes},
		"granted to a group":              {[]ace{entryOf(aceGranted, 0, rightDelete, "", deskGroup)}, rightDelete, nil, models.Yes},
		"granted to somebody else":        {[]ace{entryOf(aceGranted, 0, rightDelete, "", somebody)}, rightDelete, nil, models.No},
		"another right":                   {[]ace{entryOf(aceGranted, 0, rightDeleteTree, "", operator)}, rightDelete, nil, models.No},
		"denied first":                    {[]ace{entryOf(aceDenied, 0, rightDelete, "", everyone), entryOf(aceGranted, 0, rightDelete, "", operator)}, rightDelete, nil, models.No},
		"granted before it is denied":     {[]ace{entryOf(aceGranted, 0, rightDelete, "", operator), entryOf(aceDenied, aceInherited, rightDelete, "", everyone)}, rightDelete, nil, models.Yes},
		"only for what lies below":        {[]ace{entryOf(aceGranted, aceInheritOnly, rightDelete, "", operator)}, rightDelete, nil, models.No},
		"denied only for what lies below": {[]ace{entryOf(aceDenied, aceInheritOnly, rightDelete, "", operator), entryOf(aceGranted, 0, rightDelete, "", operator)}, rightDelete, nil, models.Yes},
		"full control, generic":           {[]ace{entryOf(aceGranted, 0, 0x10000000, "", operator)}, rightControlAccess, []string{resetRight}, models.Yes},
		"generic write deletes nothing":   {[]ace{entryOf(aceGranted, 0, 0x40000000, "", operator)}, rightDelete, nil, models.No},
		"generic write writes":            {[]ace{entryOf(aceGranted, 0, 0x40000000, "", operator)}, rightWriteProperty, []string{nameAttribute}, models.Yes},
		"the right itself":                {[]ace{entryOf(aceGrantedObject, 0, rightControlAccess, resetRight, operator)}, rightControlAccess, []string{resetRight}, models.Yes},
		"all rights of an object entry":   {[]ace{entryOf(aceGrantedObject, 0, rightControlAccess, "", operator)}, rightControlAccess, []string{resetRight}, models.Yes},
		"another right of that kind":      {[]ace{entryOf(aceGrantedObject, 0, rightControlAccess, "ab721a53-1e2f-11d0-9819-00aa0040529b", operator)}, rightControlAccess, []string{resetRight}, models.No},
		"a denial of another right":       {[]ace{entryOf(aceDeniedObject, 0, rightControlAccess, "ab721a53-1e2f-11d0-9819-00aa0040529b", everyone), entryOf(aceGranted, 0, 0x10000000, "", operator)}, rightControlAccess, []string{resetRight}, models.Yes},
		"users may be deleted":            {[]ace{entryOf(aceGrantedObject, 0, rightDeleteChild, userClass, operator)}, rightDeleteChild, []string{userClass}, models.Yes},
		"users, and this is a group":      {[]ace{entryOf(aceGrantedObject, 0, rightDeleteChild, userClass, operator)}, rightDeleteChild, []string{groupClass}, models.No},
		"a class not known here":          {[]ace{entryOf(aceGrantedObject, 0, rightDeleteChild, userClass, operator)}, rightDeleteChild, []string{""}, models.Unknown},
		"a class not known here, denied":  {[]ace{entryOf(aceDeniedObject, 0, rightDeleteChild, userClass, operator), entryOf(aceGranted, 0, rightDeleteChild, "", operator)}, rightDeleteChild, []string{""}, models.Unknown},
		"for SELF, of somebody else":      {[]ace{entryOf(aceGranted, 0, rightWriteProperty, "", self)}, rightWriteProperty, nil, models.No},
		"for the owner":                   {[]ace{entryOf(aceGranted, 0, rightDelete, "", owner)}, rightDelete, nil, models.Yes},
		"for the creator":                 {[]ace{entryOf(aceGranted, 0, rightDelete, "", creator)}, rightDelete, nil, models.No},
		"for the system":                  {[]ace{entryOf(aceGranted, 0, rightDelete, "", system)}, rightDelete, nil, models.No},
		"for a way of signing in":         {[]ace{entryOf(aceGranted, 0, rightDelete, "", network)}, rightDelete, nil, models.Unknown},
		"denied to a way of signing in":   {[]ace{entryOf(aceDenied, 0, rightDelete, "", network), entryOf(aceGranted, 0, rightDelete, "", operator)}, rightDelete, nil, models.Unknown},
		"on a condition":                  {[]ace{entryOf(aceGrantedIf, 0, rightDelete, "", operator)}, rightDelete, nil, models.Unknown},
		"on a condition, then denied":     {[]ace{entryOf(aceGrantedIf, 0, rightDelete, "", operator), entryOf(aceDenied, 0, rightDelete, "", operator)}, rightDelete, nil, models.Unknown},
		"written down, of no kind known":  {[]ace{entryOf(0x02, 0, rightDelete, "", operator)}, rightDelete, nil, models.No},
	} {
		a := access{entries: test.list, token: token{operator: true, deskGroup: true}, self: somebody, owner: deskGroup}
		if got := a.may(test.wanted, test.objects...); got != test.want {
			t.Errorf("%s: %s, want %s", name, got.Label(), test.want.Label())
		}
	}
	own := access{entries: []ace{entryOf(aceGranted, 0, rightWriteProperty, "", self)}, token: token{operator: true}, self: operator}
	if own.may(rightWriteProperty) != models.Yes {
		t.Error("SELF does not count for the operator's own entry")
	}
}

func TestRightsOfAnAccessList(t *testing.T) {
	t.Parallel()
	full := access{entries: []ace{entryOf(aceGranted, 0, 0x000F01FF, "", operator)}, token: token{operator: true}}
	none := access{entries: []ace{entryOf(aceGranted, 0, 0x00020014, "", "S-1-5-11")}, token: token{operator: true}}
	named := access{entries: []ace{
		entryOf(aceGrantedObject, 0, rightWriteProperty, nameAttribute, operator),
		entryOf(aceGrantedObject, 0, rightWriteProperty, namingGUID("cn"), operator),
	}, token: token{operator: true}}
	for name, test := range map[string]struct {
		list                  access
		naming                string
		reset, delete, rename models.Flag
	}{
		"full control": {full, "CN", models.Yes, models.Yes, models.Yes},
		"reading":      {none, "CN", models.No, models.No, models.No},
		"both names":   {named, "cn", models.No, models.No, models.Yes},
		"one name":     {named, "OU", models.No, models.No, models.No},
		"odd name":     {named, "dc", models.No, models.No, models.Unknown},
	} {
		r := models.Rights{Class: "user", Writes: map[string]models.Flag{}}
		test.list.judge(&r, test.naming)
		if r.Reset != test.reset || r.Delete != test.delete || r.Rename != test.rename {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// FuzzAccess goes through whatever a server may send for a descriptor.
func FuzzAccess(f *testing.F) {
	list, err := accessList(0, []ace{
		entryOf(aceGranted, 0, rightDelete, "", operator), entryOf(aceGrantedObject, 0, rightControlAccess, resetRight, deskGroup),
		entryOf(aceGrantedObjectIf, 0, rightDelete, userClass, operator), denial(selfSID()),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(list)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, sd []byte) {
		a, ok := accessOf(sd, operator, token{operator: true})
		if !ok {
			return
		}
		var r models.Rights
		a.judge(&r, "CN")
		if len(a.entries) == 0 && (r.Reset != models.No || r.Delete != models.No || r.Rename != models.No) {
			t.Errorf("an empty list grants %+v", r)
		}
	})
}

package models_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"dirdesk/models"
)

func TestIdentifiers(t *testing.T) {
	for text, want := range map[string]string{
		"010500000000000515000000a065cf7e784b9b5fe77c8770091c0100": "S-1-5-21-2127521184-1604012920-1887927527-72713",
		"01020000000000052000000020020000":                         "S-1-5-32-544",
		"010100000000000100000000":                                 "S-1-1-0",
		"0101000100000000feffffff":                                 "S-1-0x000100000000-4294967294",
		"0100000000000005":                                         "S-1-5",
		"":                                                         "",
		"0105000000000005":                                         "", // says five parts and has none
		"020100000000000100000000":                                 "", // not revision 1
		"01020000000000052000000020020000ff":                       "", // a byte too many
	} {
		sid, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := models.SIDText(sid); got != want {
			t.Errorf("SID %s: %q, want %q", text, got, want)
		}
	}
	builtin, _ := hex.DecodeString("01020000000000052000000020020000")
	if got := models.RID(models.SIDText(builtin)); got != 544 {
		t.Errorf("RID %d, want 544", got)
	}
	guid, _ := hex.DecodeString("33221100554477668899aabbccddeeff")
	if got := models.GUIDText(guid); got != "00112233-4455-6677-8899-aabbccddeeff" {
		t.Errorf("GUID %q", got)
	}
	if got := models.GUIDText(guid[1:]); got != "" {
		t.Errorf("GUID of 15 bytes: %q", got)
	}
}

func TestFormsOfIdentifiers(t *testing.T) {
	for text, want := range map[string][2]bool{ // a GUID, a SID
		"00112233-4455-6677-8899-aabbccddeeff":   {true, false},
		"00112233-4455-6677-8899-AABBCCDDEEFF":   {true, false},
		"{00112233-4455-6677-8899-aabbccddeeff}": {},
		"00112233-4455-6677-8899-aabbccddee":     {},
		"S-1-5-32-544":                           {false, true},
		"s-1-5-21-1-2-3-500":                     {false, true},
		"S-1-5":                                  {},
		"S-1-5-x":                                {},
		"jdoe":                                   {},
	} {
		if guid, sid := models.IsGUID(text), models.IsSID(text); guid != want[0] || sid != want[1] {
			t.Errorf("%s: a GUID %v, a SID %v", text, guid, sid)
		}
	}
	for sid, want := range map[string]int{
		"S-1-5-21-1-2-3-513": 513, "S-1-5-32-544": 544, "S-1-1-0": 0, "S-1-5": 0, "": 0, "jdoe-7-1-2": 0, "S-1-5-4294967296": 0,
	} {
		if got := models.RID(sid); got != want {
			t.Errorf("the last number of %q is %d, want %d", sid, got, want)
		}
	}
}

func FuzzIdentifiers(f *testing.F) {
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0})
	f.Add([]byte("0123456789abcdef"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		sid := models.SIDText(raw)
		if sid != "" && !strings.HasPrefix(sid, "S-1-") {
			t.Errorf("SID %q", sid)
		}
		if sid == "" && models.RID(sid) != 0 {
			t.Error("a RID of what is no SID")
		}
		if guid := models.GUIDText(raw); guid != "" && !models.IsGUID(guid) {
			t.Errorf("GUID %q", guid)
		}
	})
}

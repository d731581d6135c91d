package desk_test

import (
	"testing"

	"dirdesk/desk"
)

// Of a choice one is switched on; that others are off may be said beside it, and
// not by itself.
func TestFlagsOfAChoice(t *testing.T) {
	for _, test := range []struct {
		text        string
		value, mask int32 // mask 0: refused
	}{
		{"groupType:+UNIVERSAL", 8, 14},
		{"groupType:+UNIVERSAL,-GLOBAL", 8, 14},
		{"groupType:-GLOBAL,-DOMAIN_LOCAL,+UNIVERSAL", 8, 14},
		{"groupType:+GLOBAL,-SECURITY_ENABLED", 2, -2147483634},
		{"groupType:-GLOBAL", 0, 0},
		{"groupType:+GLOBAL,-GLOBAL", 0, 0},
		{"groupType:+GLOBAL,+UNIVERSAL", 0, 0},
		{"groupType:+GLOBAL,-UNIVERSAL,+DOMAIN_LOCAL", 0, 0},
		{"groupType:-GLOBAL,+SECURITY_ENABLED", 0, 0},
	} {
		a, err := desk.ParseAssignment(test.text)
		if err != nil {
			t.Fatal(err)
		}
		value, mask, err := desk.MaskFor(a.Name, a.Flags)
		if (err != nil) != (test.mask == 0) || value != test.value || mask != test.mask {
			t.Errorf("%s gives value %d, mask %d, %v; want %d, %d", test.text, value, mask, err, test.value, test.mask)
		}
	}
}

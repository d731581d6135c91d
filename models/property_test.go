package models

import (
	"slices"
	"testing"
)

// The sums are those of Adaxes' pages where they give them.
func TestMasks(t *testing.T) {
	for _, c := range []struct {
		name                 string
		old, value, mask, is int32
	}{
		{"never expires on", 512, 65536, 65536, 66048},
		{"never expires off", 66048, 0, 65536, 512},
		{"disable", 66048, 2, 2, 66050},
		{"enable", 66050, 0, 2, 66048},
		{"example 3: never expires on, disabled and must-change off", -2147483134, 65536, -2147418110, 66048},
		{"bits outside the mask do nothing", 512, -1, 2, 514},
		{"an empty mask does nothing", 512, -1, 0, 512},
		{"a whole mask replaces", 512, 65600, -1, 65600},
		{"global to universal keeps security", -2147483646, 8, 14, -2147483640},
		{"security off", -2147483640, 0, -2147483648, 8},
		{"security on", 8, -2147483648, -2147483648, -2147483640},
	} {
		if got := WithMask(c.old, c.value, c.mask); got != c.is {
			t.Errorf("%s: %d, want %d", c.name, got, c.is)
		}
	}
	for _, c := range []struct {
		flags []int32
		sum   int32
	}{
		{[]int32{MustChangeFlag, 2}, -2147483646},
		{[]int32{MustChangeFlag, 65536, 2}, -2147418110},
		{[]int32{MustChangeFlag, 262144}, -2147221504},
		{[]int32{2, 65536}, 65538},
		{[]int32{64, 65536}, 65600},
		{[]int32{64, 65536, 262144}, 327744},
	} {
		var sum int32
		for _, f := range c.flags {
			sum |= f
		}
		if sum != c.sum {
			t.Errorf("%v is %d, want %d", c.flags, sum, c.sum)
		}
	}
}

func TestBits(t *testing.T) {
	for text, want := range map[string]int32{
		"-2147418110": -2147418110, "2147549186": -2147418110, " 8 ": 8, "-1": -1, "4294967295": -1, "-2147483648": MustChangeFlag,
	} {
		if got, ok := Bits(text); !ok || got != want {
			t.Errorf("%q: %d %t, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "8.0", "0x10", "4294967296", "-2147483649", "eight"} {
		if got, ok := Bits(text); ok {
			t.Errorf("%q is %d", text, got)
		}
	}
}

func TestApplyPropertyChange(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  PropertyChange
		present []string
		want    []string
	}{
		{"replace", PropertyChange{Type: CaseIgnoreString, Values: []string{"a", "b"}}, []string{"c"}, []string{"a", "b"}},
		{"replace, one value twice", PropertyChange{Type: CaseIgnoreString, Values: []string{"a", "A"}}, nil, []string{"a"}},
		{"clear", PropertyChange{Type: CaseIgnoreString}, []string{"c"}, nil},
		{"append", PropertyChange{Type: CaseIgnoreString, Operation: Append, Values: []string{"b"}}, []string{"a"}, []string{"a", "b"}},
		{"append what is there", PropertyChange{Type: CaseIgnoreString, Operation: Append, Values: []string{"A"}}, []string{"a"}, []string{"a"}},
		{"append where case counts", PropertyChange{Type: CaseExactString, Operation: Append, Values: []string{"A"}}, []string{"a"}, []string{"a", "A"}},
		{"delete", PropertyChange{Type: CaseIgnoreString, Operation: Remove, Values: []string{"B", "x"}}, []string{"a", "b"}, []string{"a"}},
		{"delete a DN", PropertyChange{Type: DNString, Operation: Remove, Values: []string{"cn=x, dc=a"}}, []string{"CN=X,DC=a"}, nil},
		{"mask", PropertyChange{Type: Integer, Masked: true, Mask: 14, Values: []string{"8"}}, []string{"-2147483646"}, []string{"-2147483640"}},
		{"mask, no value", PropertyChange{Type: Integer, Masked: true, Mask: 2}, []string{"514"}, []string{"512"}},
		{"mask wins over operation", PropertyChange{Type: Integer, Masked: true, Mask: 2, Operation: Append, Values: []string{"2"}}, []string{"512"}, []string{"514"}},
	} {
		if got := c.change.Apply(c.present); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSameValues(t *testing.T) {
	for _, c := range []struct {
		of   PropertyType
		a, b []string
		same bool
	}{
		{CaseIgnoreString, []string{"a", "b"}, []string{"B", "A"}, true},
		{CaseIgnoreString, []string{"a", "a"}, []string{"a", "b"}, false},
		{CaseExactString, []string{"a"}, []string{"A"}, false},
		{Integer, []string{"-1"}, []string{"4294967295"}, true},
		{LargeInteger, []string{"007"}, []string{"7"}, true},
		{Timestamp, []string{"never"}, []string{"Never"}, true},
		{Timestamp, []string{"2027-05-31T00:00:00Z"}, []string{"2027-05-31T02:00:00.000+02:00"}, true},
		{Timestamp, []string{"2027-05-31T00:00:00Z"}, []string{"Never"}, false},
		{OctetString, []string{"AAE="}, []string{"AAE="}, true},
		{DNString, []string{"cn=a\\2Cb,dc=x"}, []string{"CN=a\\,b,DC=x"}, true},
		{CaseIgnoreString, nil, []string{}, true},
	} {
		if got := SameValues(c.of, c.a, c.b); got != c.same {
			t.Errorf("%s %q and %q: %t", c.of.Name(), c.a, c.b, got)
		}
	}
}

func TestTypesAndOperationsByNameAndNumber(t *testing.T) {
	if len(PropertyTypes()) != 12 {
		t.Errorf("%d types", len(PropertyTypes()))
	}
	for _, text := range []string{"DnString", "dnstring", "1"} {
		if got, ok := ParsePropertyType(text); !ok || got != DNString {
			t.Errorf("%q: %v %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "0", "11", "String", "01"} {
		if got, ok := ParsePropertyType(text); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
	if got, ok := ParseOperation("delete"); !ok || got != Remove {
		t.Errorf("delete: %v %t", got, ok)
	}
	if _, ok := ParseOperation("3"); ok {
		t.Error("3 is an operation")
	}
}

func TestFlagWords(t *testing.T) {
	for _, c := range []struct {
		property string
		bits     int32
		want     string
	}{
		{"userAccountControl", 514, "disabled, user account"},
		{"useraccountcontrol", 66048, "user account, password never expires"},
		{"groupType", -2147483640, "universal, security group"},
		{"userAccountControl", 512 | 0x4000000, "user account, 67108864"},
		{"flags", 1, ""},
	} {
		if got := FlagWords(c.property, c.bits); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.property, c.bits, got, c.want)
		}
	}
}

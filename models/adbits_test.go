package models_test

import (
	"testing"

	"dirdesk/models"
)

func TestGroupBitsThereAndBack(t *testing.T) {
	for _, c := range []struct {
		scope models.GroupScope
		kind  models.GroupType
		bits  int32
	}{
		{models.ScopeGlobal, models.TypeSecurity, -2147483646},
		{models.ScopeLocal, models.TypeSecurity, -2147483644},
		{models.ScopeUniversal, models.TypeDistribution, 8},
	} {
		if bits, ok := models.GroupBits(c.scope, c.kind); !ok || bits != c.bits {
			t.Errorf("%s, %s: %d, want %d", c.scope, c.kind, bits, c.bits)
		}
		if scope, kind := models.GroupOf(c.bits); scope != c.scope || kind != c.kind {
			t.Errorf("%d is %s, %s", c.bits, scope, kind)
		}
	}
	if bits, ok := models.GroupBits("", ""); !ok || bits != -2147483646 {
		t.Errorf("without a word it is %d", bits)
	}
	for _, c := range [][2]string{{"galactic", ""}, {"", "secret"}} {
		if _, ok := models.GroupBits(models.GroupScope(c[0]), models.GroupType(c[1])); ok {
			t.Errorf("%q is taken", c)
		}
	}
	if scope, kind := models.GroupOf(-2147483648); scope != "" || kind != models.TypeSecurity {
		t.Errorf("a group without a scope is %q, %q", scope, kind)
	}
}

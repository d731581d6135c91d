package property_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// flags opens the check-list of a property with a value; "" for one that is not
// set.
func flags(t testing.TB, name, value string, more ...models.Property) *rig {
	r := start(t, func(r *rig) {
		p := models.Property{Name: name, Type: models.Integer, Multi: models.No}
		if value != "" {
			p.Values = []string{value}
		}
		r.dir.sheet.Properties = append([]models.Property{p}, more...)
	})
	r.at(name)
	r.Press("enter")
	return r
}

// to moves the cursor to the flag of the words.
func (r *rig) to(words string) {
	r.t.Helper()
	r.Press("g")
	for range 40 {
		for line := range strings.SplitSeq(r.Screen(), "\n") {
			if strings.HasPrefix(line, "> ") && strings.Contains(line, words) {
				return
			}
		}
		r.Press("down")
	}
	r.t.Fatalf("no flag %q:\n%s", words, r.Screen())
}

// The page's own example: password never expires on, disabled and must change
// off.
func TestOnlyTheFlagsThatWereTouchedAreInTheMask(t *testing.T) {
	r := flags(t, "userAccountControl", "514", models.Property{Name: "pwdLastSet", Type: models.Timestamp, Values: []string{"Never"}, Fixed: "x"})
	r.to("password never expires")
	r.Press("space")
	r.to("disabled")
	r.Press("space")
	r.to("must change the password")
	r.Press("space")
	r.shows("Sends value 65536, mask -2147418110: -disabled, +password never expires, -must change the password at next logon")
	r.Press("enter")
	r.shows("Sends value 65536, mask -2147418110.")
	c := r.only()
	if !c.Masked || c.Mask != -2147418110 || !slices.Equal(c.Values, []string{"65536"}) || c.Operation != models.Replace ||
		c.Type != models.Integer || !slices.Equal(c.Before, []string{"514"}) {
		t.Errorf("sent %+v", c)
	}
}

func TestAFlagThatComesToBeAsItWasIsNotTouched(t *testing.T) {
	r := flags(t, "userAccountControl", "514")
	r.to("disabled")
	r.Press("space")
	r.shows("Sends value 0, mask 2")
	r.Press("space")
	r.shows("Nothing is switched")
	r.to("needs a home folder")
	r.Press("space", "u")
	r.shows("Nothing is switched")
	r.Press("enter")
	r.hides("changed,")
}

func TestFixedFlagsSayWhyAndCannotBeSwitched(t *testing.T) {
	r := flags(t, "userAccountControl", "528")
	for words, why := range map[string]string{"locked": "unlock it instead", "user account": "what kind of account", "password expired": "works it out"} {
		r.to(words)
		r.shows(why)
		r.hides("Space switch")
		r.Press("space")
		r.shows("Nothing is switched", why)
	}
}

// Of a choice exactly one is set, and all of its bits are in the mask.
func TestAChoiceIsOneOfItsFlags(t *testing.T) {
	r := flags(t, "groupType", "-2147483646")
	r.shows("(*) scope: global", "[x] security group")
	r.to("universal")
	r.Press("space")
	r.shows("( ) scope: global", "(*) scope: universal", "Sends value 8, mask 14: +universal")
	r.to("global")
	r.Press("space")
	r.shows("Nothing is switched")
	r.to("universal")
	r.Press("space", "space", "enter")
	if c := r.only(); !c.Masked || c.Mask != 14 || c.Values[0] != "8" {
		t.Errorf("sent %+v", c)
	}
}

// Whether a password has to be changed stands in another property; without it,
// nobody knows.
func TestMustChangeIsReadFromTheTimeOfThePassword(t *testing.T) {
	set := func(values ...string) models.Property {
		return models.Property{Name: "pwdLastSet", Type: models.Timestamp, Values: values}
	}
	r := flags(t, "userAccountControl", "512", set("Never"))
	r.to("must change")
	r.shows("[x] must change")
	r = flags(t, "userAccountControl", "512", set("2026-01-05T07:30:00Z"))
	r.to("must change")
	r.shows("[ ] must change")
	r = flags(t, "userAccountControl", "512")
	r.to("must change")
	r.shows("[?] must change")
	for _, want := range []string{"value -2147483648, mask -2147483648", "value 0, mask -2147483648", "Nothing is switched"} {
		r.Press("space")
		r.shows(want)
	}
}

func TestFlagsCanBeTakenUpAgain(t *testing.T) {
	r := flags(t, "userAccountControl", "512")
	r.to("disabled")
	r.Press("space", "enter", "enter")
	r.shows("* [x] disabled")
	r.to("smart card")
	r.Press("space", "enter")
	if c := r.only(); c.Mask != 0x40002 || c.Values[0] != strconv.Itoa(0x40002) {
		t.Errorf("sent %+v", c)
	}
	r = flags(t, "userAccountControl", "512")
	r.to("disabled")
	r.Press("space", "enter", "enter")
	r.to("disabled")
	r.Press("u", "enter")
	r.hides("changed,")
}

func TestFlagsAreNotClearedAsAWhole(t *testing.T) {
	r := flags(t, "userAccountControl", "512")
	r.Press("esc", "x")
	r.shows("Flags are switched one by one")
	r.hides("changed,")
}

// Whatever is switched, the mask turns the present bits into what is ticked, and
// touches nothing else.
func TestMaskGivesWhatIsTicked(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		present := rapid.Int32().Draw(rt, "present") &^ models.MustChangeFlag
		r := flags(t, "userAccountControl", strconv.Itoa(int(present)))
		want, touched := present, int32(0)
		set := models.FlagSet("userAccountControl")
		free := slices.DeleteFunc(slices.Clone(set), func(f models.NamedFlag) bool { return f.Fixed != "" || f.Bit == models.MustChangeFlag })
		for range rapid.IntRange(0, 8).Draw(rt, "presses") {
			i := rapid.IntRange(0, len(free)-1).Draw(rt, "flag")
			r.Press("g")
			for range i {
				r.Press("down")
			}
			r.Press("space")
			want ^= free[i].Bit
		}
		touched = want ^ present
		r.Press("enter")
		if touched == 0 {
			r.hides("changed,")
			return
		}
		c := r.only()
		value, _ := models.Bits(c.Values[0])
		if got := models.WithMask(present, value, c.Mask); got != want || c.Mask != touched {
			rt.Errorf("%d with value %d and mask %d is %d, want %d with mask %d", present, value, c.Mask, got, want, touched)
		}
	})
}

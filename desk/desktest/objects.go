package desktest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
)

// roundTrip uses every name of a listing as the server wrote it: to list what is
// below it, and to read it.
func (s *suite) roundTrip(t *testing.T) {
	units := s.mustList(t, models.ListRequest{Base: s.part(partNames)})
	if len(units) != len(hardNames()) {
		t.Errorf("%d units, want %d", len(units), len(hardNames()))
	}
	for _, unit := range units {
		if !slices.Contains(hardNames(), unit.Name) {
			t.Errorf("a unit is called %q", unit.Name)
		}
		if got := unit.DN.RDN().Value; got != unit.Name {
			t.Errorf("the DN of %q says %q", unit.Name, got)
		}
		objects := s.mustList(t, models.ListRequest{Base: unit.DN})
		if len(objects) != 1 || objects[0].Name != unit.Name {
			t.Errorf("%q holds %d objects, want one of the same name", unit.Name, len(objects))
			continue
		}
		if !objects[0].DN.Parent().Equal(unit.DN) {
			t.Errorf("%q is below %q", objects[0].DN, objects[0].DN.Parent())
		}
		if getter, ok := s.backend.(desk.Getter); ok {
			got, err := getter.Get(t.Context(), models.Ref{DN: objects[0].DN})
			if err != nil || !got.DN.Equal(objects[0].DN) {
				t.Errorf("read %q: %q, %v", objects[0].DN, got.DN, err)
			}
		}
	}
}

// spellings names a container in ways that mean the same (RFC 4514).
func (s *suite) spellings(t *testing.T) {
	unit := s.part(partNames).Child("OU", "Comma, Inc.")
	rest := string(s.part(partNames))
	for _, spelling := range []string{
		string(unit),
		strings.ToUpper(string(unit)),
		strings.ToLower(string(unit)),
		`OU=Comma\2C Inc.,` + rest,
		`OU=\43omma\2c\20Inc.,` + rest,
	} {
		objects, err := s.list(t, t.Context(), models.ListRequest{Base: models.DN(spelling)})
		if err != nil || len(objects) != 1 || objects[0].Name != "Comma, Inc." {
			t.Errorf("%s: %d objects, %v", spelling, len(objects), err)
		}
	}
}

// states compares each account's conditions with the fixture's.
func (s *suite) states(t *testing.T) {
	now := time.Now()
	for _, e := range childrenOf(s.entries, s.part(partStates)) {
		o := s.object(t, e.DN)
		state := models.StateOf(&o, now)
		got := state.Conditions()
		if o.Account == nil {
			// DSM tells "must change" as an expired password only.
			for i, c := range got {
				if c == models.PasswordExpired && slices.Contains(e.want.conditions, models.MustChange) {
					got[i] = models.MustChange
				}
			}
		}
		if !slices.Equal(got, e.want.conditions) || state.OK() != (len(e.want.conditions) == 0) {
			t.Errorf("%s is %q, want %v", o.Name, state.Words(), wordsOf(e.want.conditions))
		}
	}
	group := s.object(t, s.part(partKinds).Child("CN", "A Group"))
	if state := models.StateOf(&group, now); state.Applies() {
		t.Errorf("a group is %q", state.Words())
	}
}

func wordsOf(conditions []models.Condition) []string {
	words := []string{}
	for _, c := range conditions {
		words = append(words, c.Label())
	}
	return words
}

func (s *suite) expiry(t *testing.T) {
	for _, e := range childrenOf(s.entries, s.part(partStates)) {
		if o := s.object(t, e.DN); e.Class == "user" && o.AccountExpiry != e.want.expiry {
			t.Errorf("%s expires %q, want %q", o.Name, o.AccountExpiry, e.want.expiry)
		}
	}
}

// advancedView checks who is for the advanced view only: what says so, and
// containers that do not say otherwise.
func (s *suite) advancedView(t *testing.T) {
	for name, want := range map[string]bool{
		"Hidden Container": true, "Hidden User": true, "Shown User": false, "Plain User": false,
	} {
		o := s.object(t, s.part(partAdvanced).Child("CN", name))
		if (o.AdvancedOnly == models.Yes) != want {
			t.Errorf("%s: advanced only %s, want %v", name, o.AdvancedOnly.Label(), want)
		}
	}
	if o := s.object(t, s.part(partKinds).Child("CN", "A Container")); o.AdvancedOnly == models.Yes {
		t.Error("a container that says it is not is for the advanced view only")
	}
}

// groupTokens checks that groups, and only they, have the number that stands
// for them as a primary group.
func (s *suite) groupTokens(t *testing.T) {
	tokens := make(map[int]string)
	for _, o := range s.mustList(t, models.ListRequest{Base: s.part(partGroups)}) {
		switch other, taken := tokens[o.PrimaryGroupToken]; {
		case o.Category != models.Group:
			if o.PrimaryGroupToken != 0 {
				t.Errorf("%s has the group number %d", o.Name, o.PrimaryGroupToken)
			}
		case o.PrimaryGroupToken < 1000: // below are the well-known ones
			t.Errorf("%s has the group number %d", o.Name, o.PrimaryGroupToken)
		case taken:
			t.Errorf("%s and %s have the group number %d", o.Name, other, o.PrimaryGroupToken)
		default:
			tokens[o.PrimaryGroupToken] = o.Name
		}
	}
}

// get reads objects one by one, where the backend can.
func (s *suite) get(t *testing.T) {
	getter, ok := s.backend.(desk.Getter)
	if !ok {
		t.Skip("the backend reads listings only")
	}
	for _, name := range []string{partStates, partKinds, partGroups} {
		for _, e := range childrenOf(s.entries, s.part(name)) {
			got, err := getter.Get(t.Context(), models.Ref{DN: e.DN})
			if err != nil {
				t.Errorf("read %s: %v", e.DN, err)
				continue
			}
			compare(t, got, e)
			if got.Account == nil {
				continue
			}
			if members := len(e.Attributes["member"]); e.Class == "group" && got.Account.Members >= 0 && got.Account.Members != members {
				t.Errorf("%s has %d members, want %d", e.DN, got.Account.Members, members)
			}
			if got.Account.Created.IsZero() || got.Account.GUID == "" {
				t.Errorf("%s was made %v and has the GUID %q", e.DN, got.Account.Created, got.Account.GUID)
			}
		}
	}
	member, err := getter.Get(t.Context(), models.Ref{DN: s.part(partGroups).Child("CN", "Member")})
	if err != nil {
		t.Fatal(err)
	}
	if a := member.Account; a != nil {
		if len(a.MemberOf) != 1 || !a.MemberOf[0].Equal(s.part(partGroups).Child("CN", "Global")) {
			t.Errorf("the member is in %q", a.MemberOf)
		}
	}
}

package simulator_test

import (
	"maps"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
)

const (
	userAPI   = "SYNO.ActiveDirectory.User"
	groupAPI  = "SYNO.ActiveDirectory.Group"
	memberAPI = "SYNO.ActiveDirectory.Group.Member"
)

// with gives a copy of values in which some are others; nil takes one out.
func with(values, changes map[string]any) map[string]any {
	changed := maps.Clone(values)
	for name, v := range changes {
		if v == nil {
			delete(changed, name)
		} else {
			changed[name] = v
		}
	}
	return changed
}

// What a directory refuses comes as 10104 with LDAP's code and the server's
// words inside, and nothing is made.
func TestWhatIsNotCreated(t *testing.T) {
	s := newSite(t, simulator.Options{})
	user := map[string]any{"logon_name": "new", "located_dn": staff, "password": good, "displayName": "ignored"}
	group := map[string]any{"name": "new", "located_dn": staff, "type": "security", "scope": "global"}
	for _, test := range []struct {
		name      string
		api       string
		values    map[string]any
		code      int
		innerCode int
		words     string
	}{
		{"logon name of a user", userAPI, with(user, map[string]any{"logon_name": "ABERG"}), 10104, 68, "already in use"},
		{"logon name of a group", userAPI, with(user, map[string]any{"logon_name": "team"}), 10104, 68, "already exists"},
		{"logon name of a computer", userAPI, with(user, map[string]any{"logon_name": "NAS$"}), 10104, 68, "already in use"},
		{"forbidden character", userAPI, with(user, map[string]any{"logon_name": "a/b"}), 10104, 19, "invalid '/' character"},
		{"short password", userAPI, with(user, map[string]any{"password": "Ab1!"}), 10104, 19, "too short"},
		{"simple password", userAPI, with(user, map[string]any{"password": "alllowercase"}), 10104, 19, "complexity"},
		{"password with the logon name", userAPI, with(user, map[string]any{"logon_name": "jdoe", "password": "12JDOE-blue"}), 10104, 19, "complexity"},
		{"no such container", userAPI, with(user, map[string]any{"located_dn": "OU=Ghost," + base}), 10104, 32, "parent does not exist"},
		{"a user for a container", userAPI, with(user, map[string]any{"located_dn": anna}), 10104, 64, "not a valid child class"},
		{"a container that is no DN", userAPI, with(user, map[string]any{"located_dn": "Users"}), 10104, 32, ""},
		{"must change and never expires", userAPI, with(user, map[string]any{"change_password_next_logon": true, "password_never_expire": true}), 120, 0, ""},
		{"must change and cannot", userAPI, with(user, map[string]any{"change_password_next_logon": true, "cannot_change_password": true}), 120, 0, ""},
		{"no logon name", userAPI, with(user, map[string]any{"logon_name": ""}), 120, 0, ""},
		{"logon name not sent", userAPI, with(user, map[string]any{"logon_name": nil}), 114, 0, ""},
		{"password not sent", userAPI, with(user, map[string]any{"password": nil}), 114, 0, ""},
		{"container not sent", userAPI, with(user, map[string]any{"located_dn": nil}), 114, 0, ""},
		{"group of a user's name", groupAPI, with(group, map[string]any{"name": "aberg"}), 10104, 68, "already in use"},
		{"group in no container", groupAPI, with(group, map[string]any{"located_dn": "OU=Ghost," + base}), 10104, 32, "parent does not exist"},
		{"no such scope", groupAPI, with(group, map[string]any{"scope": "galactic"}), 120, 0, ""},
		{"no such type", groupAPI, with(group, map[string]any{"type": "social"}), 120, 0, ""},
		{"no name", groupAPI, with(group, map[string]any{"name": ""}), 120, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := s.call(test.api, "create", 1, test.values)
			inner, words := a.inner()
			if a.code() != test.code || inner != test.innerCode || !strings.Contains(words, test.words) {
				t.Errorf("want %d/%d %q, got %+v, %s", test.code, test.innerCode, test.words, a.Error, a.Error.Errors)
			}
			if s.directory.Conflict("new") {
				t.Error("made all the same")
			}
		})
	}
}

func TestGroupsGetTheirTypeAndScope(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	for name, test := range map[string]struct{ kind, scope, bits string }{
		"a": {"security", "global", "-2147483646"},
		"b": {"security", "local", "-2147483644"},
		"c": {"security", "universal", "-2147483640"},
		"d": {"distribution", "global", "2"},
		"e": {"distribution", "local", "4"},
		"f": {"distribution", "universal", "8"},
	} {
		a := s.call(groupAPI, "create", 1, map[string]any{
			"name": name, "located_dn": staff, "type": test.kind, "scope": test.scope, "email": name + "@example.com", "description": "about " + name,
		})
		dn := models.DN("CN=" + name + "," + staff)
		if !a.Success || s.attribute(dn, "groupType") != test.bits || s.attribute(dn, "mail") != name+"@example.com" || s.attribute(dn, "description") != "about "+name {
			t.Errorf("%s: %+v, %s", name, a, s.attribute(dn, "groupType"))
		}
	}
}

func TestTheSwitchesOfANewUser(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	for name, test := range map[string]struct {
		flags      map[string]any
		bits       string
		mustChange bool
	}{
		"plain":    {nil, "512", false},
		"disabled": {map[string]any{"account_is_disabled": true}, "514", false},
		"cannot":   {map[string]any{"cannot_change_password": true}, "576", false},
		"never":    {map[string]any{"password_never_expire": true}, "66048", false},
		"must":     {map[string]any{"change_password_next_logon": true}, "512", true},
	} {
		a := s.call(userAPI, "create", 1, with(map[string]any{"logon_name": name + "1", "located_dn": staff, "password": good}, test.flags))
		dn := models.DN("CN=" + name + "1," + staff)
		if !a.Success || s.attribute(dn, "userAccountControl") != test.bits || s.attribute(dn, "pwdLastSet") == "0" != test.mustChange {
			t.Errorf("%s: %+v, %s, %s", name, a, s.attribute(dn, "userAccountControl"), s.attribute(dn, "pwdLastSet"))
		}
		if s.signsIn(name+"1", good) != (name != "disabled" && name != "must") {
			t.Errorf("%s: signing in", name)
		}
	}
}

// A member that cannot be added keeps the others out too.
func TestMembers(t *testing.T) {
	s := newSite(t, simulator.Options{Strict: true})
	add := func(group string, members ...string) result {
		t.Helper()
		return s.compound(map[string]any{"api": memberAPI, "method": "add", "version": 1, "dn": group, "members": members})
	}
	members := func() string {
		names, err := s.directory.Members(team)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, n := range names {
			all = append(all, n.RDN().Value)
		}
		return strings.Join(all, "; ")
	}
	const guest = "CN=Guest," + users
	for _, test := range []struct {
		name    string
		do      func() result
		code    int
		inner   int
		members string
	}{
		{"nobody of that name", func() result { return add(team, anna, "CN=Ghost,"+staff) }, 10104, 32, ""},
		{"one", func() result { return add(team, anna) }, 0, 0, "Berg, Anna"},
		{"a second time", func() result { return add(team, guest, anna) }, 10104, 68, "Berg, Anna"},
		{"two, one of them twice", func() result { return add(team, guest, "CN=Domain Guests,"+users, guest) }, 0, 0, "Berg, Anna; Guest; Domain Guests"},
		{"primary group", func() result { return add("CN=Domain Users,"+users, anna) }, 10104, 68, "Berg, Anna; Guest; Domain Guests"},
		{"into a user", func() result { return add(anna, guest) }, 10104, 65, "Berg, Anna; Guest; Domain Guests"},
		{"into no group", func() result { return add("CN=Ghost,"+staff, guest) }, 10104, 32, "Berg, Anna; Guest; Domain Guests"},
		{"no members", func() result { return add(team) }, 120, 0, "Berg, Anna; Guest; Domain Guests"},
	} {
		r := test.do()
		inner, _ := r.inner()
		if r.code() != test.code || inner != test.inner || members() != test.members {
			t.Errorf("%s: %d/%d %s, members %q", test.name, r.code(), inner, r.Error.Errors, members())
		}
	}
}

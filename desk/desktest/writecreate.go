package desktest

import (
	"fmt"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

func creation(user models.NewUser, password models.Secret) models.Change {
	return models.Change{Action: models.CreateUser, User: &user, Password: password}
}

// newUsers makes users with difficult texts in difficult places: what was typed
// is what is stored, and the password is the one that was typed.
func (w *writes) newUsers(t *testing.T) {
	logons := []string{"cf-plain", "12345", "true", "null", "Иван.Петров", "cf#$%&'(){}~!^`", "cf a b", "0x1F", "1e5"}
	texts, passwords := oddTexts(), oddPasswords()
	for i, logon := range logons {
		container := w.workshop()
		if i%2 == 1 {
			odd := oddContainers()
			container = container.Child("OU", odd[i/2%len(odd)])
		}
		text := texts[i%len(texts)]
		user := models.NewUser{
			Container: models.Ref{DN: container}, LogonName: logon, GivenName: text, Surname: "Ö'Neill", Description: text,
			DisplayName: fmt.Sprintf("%s %d", text, i), Mail: fmt.Sprintf("cf%d@example.test", i), NeverExpires: i%2 == 0,
		}
		password := w.secret(passwords[i%len(passwords)])
		out := w.done(t, creation(user, password), logon+": is now in "+container.RDN().Value)
		if !out.NewDN.Parent().Equal(container) {
			t.Errorf("%q: made %s", logon, out.NewDN)
		}
		o := w.stored(t, out.NewDN)
		if o.SAMAccountName != logon || o.DisplayName != user.DisplayName || o.Description != text || o.Mail != user.Mail ||
			o.Account.GivenName != text || o.Account.Surname != user.Surname || o.Disabled != models.No {
			t.Errorf("%q: stored %+v %+v", logon, o, *o.Account)
		}
		if o.Account.PasswordNeverExpires != models.FlagOf(user.NeverExpires) || o.Account.MustChangePassword != models.No {
			t.Errorf("%q: never expires %s, must change %s", logon, o.Account.PasswordNeverExpires.Label(), o.Account.MustChangePassword.Label())
		}
		if err := w.SignIn(out.NewDN, password); err != nil {
			t.Errorf("%q: %q is not its password: %v", logon, password.Reveal(), err)
		}
	}
}

// newUserStates makes users that may not simply sign in.
func (w *writes) newUserStates(t *testing.T) {
	for _, user := range []models.NewUser{
		{LogonName: "cf-must", MustChange: true},
		{LogonName: "cf-cannot", CannotChange: true},
		{LogonName: "cf-disabled", Disabled: true},
		{LogonName: "cf-all-off", Disabled: true, CannotChange: true, NeverExpires: true},
	} {
		user.Container = models.Ref{DN: w.workshop()}
		dn := w.done(t, creation(user, w.good())).NewDN
		o := w.stored(t, dn)
		got := models.NewUser{
			Container: models.Ref{DN: dn.Parent()}, LogonName: o.SAMAccountName, Disabled: o.Disabled == models.Yes,
			MustChange: o.Account.MustChangePassword == models.Yes, CannotChange: o.Account.CannotChangePassword == models.Yes,
			NeverExpires: o.Account.PasswordNeverExpires == models.Yes,
		}
		if got.Container = user.Container; got != user {
			t.Errorf("stored %+v, want %+v", got, user)
		}
		if err := w.SignIn(dn, w.good()); (err == nil) != (!user.Disabled && !user.MustChange) {
			t.Errorf("%s signs in: %v", user.LogonName, err)
		}
	}
}

// newUsersRefused makes none. The desk finds much of it before sending; so the
// backend is asked by itself too.
func (w *writes) newUsersRefused(t *testing.T) {
	w.newUser(t, "cf-taken")
	w.newGroup(t, "cf-taken-group")
	creator := can[desk.UserCreator](t, w)
	for _, test := range []struct {
		name     string
		user     models.NewUser
		password string
		kind     error
	}{
		{"logon name of a user", models.NewUser{LogonName: "CF-Taken", Container: models.Ref{DN: w.workshop().Child("OU", partElsewhere)}}, "Kettle-Blue-42", models.ErrExists},
		{"logon name of a group", models.NewUser{LogonName: "cf-taken-group"}, "Kettle-Blue-42", models.ErrExists},
		{"no such container", models.NewUser{LogonName: "cf-lost", Container: models.Ref{DN: w.workshop().Child("OU", "Ghost, gone")}}, "Kettle-Blue-42", models.ErrNotFound},
		{"short password", models.NewUser{LogonName: "cf-short"}, "Ab-1", models.ErrPolicy},
		{"simple password", models.NewUser{LogonName: "cf-simple"}, "abcdefghijkl", models.ErrPolicy},
		{"password of digits", models.NewUser{LogonName: "cf-digits"}, "123456789012", models.ErrPolicy},
		{"password true", models.NewUser{LogonName: "cf-true"}, "true", models.ErrPolicy},
		{"password null", models.NewUser{LogonName: "cf-null"}, "null", models.ErrPolicy},
	} {
		if test.user.Container.DN == "" {
			test.user.Container = models.Ref{DN: w.workshop()}
		}
		if w.HalfMakes && test.kind == models.ErrPolicy {
			w.halfMade(t, creation(test.user, w.secret(test.password)), test.password)
			continue
		}
		w.refused(t, test.name, creation(test.user, models.NewSecret(test.password)), test.kind)
		_, err := creator.CreateUser(t.Context(), test.user, models.NewSecret(test.password))
		wantKind(t, test.name+", of the backend", err, test.kind)
		if test.name != "logon name of a group" { // which has that name
			w.gone(t, test.user.Container.DN.Child("CN", test.user.LogonName))
		}
	}
	for name, user := range map[string]models.NewUser{
		"long logon name":        {LogonName: strings.Repeat("x", 21)},
		"forbidden sign":         {LogonName: "a/b"},
		"must and cannot change": {LogonName: "cf-both", MustChange: true, CannotChange: true},
		"must change, for ever":  {LogonName: "cf-ever", MustChange: true, NeverExpires: true},
		"no mail address":        {LogonName: "cf-mail", Mail: "nobody"},
	} {
		user.Container = models.Ref{DN: w.workshop()}
		w.refused(t, name, creation(user, models.NewSecret("Kettle-Blue-42")), models.ErrInvalid)
		w.gone(t, w.workshop().Child("CN", user.LogonName))
	}
}

// halfMade is for a user that is made though the password is not taken: that is
// no success, and what is there is said.
func (w *writes) halfMade(t *testing.T, change models.Change, password string) {
	out := w.try(t, change)[0]
	wantKind(t, change.User.LogonName, out.Err, models.ErrPolicy)
	if out.Verdict == verdict.NotTried {
		return
	}
	dn := change.User.Container.DN.Child("CN", change.User.LogonName)
	if out.Verdict != verdict.Partly || !out.NewDN.Equal(dn) || len(desk.Warnings(out.Messages)) == 0 || !strings.Contains(out.Words, "made") {
		t.Errorf("%s: %s, now %s, %d messages: %s", change.User.LogonName, out.Verdict, out.NewDN, len(out.Messages), out.Words)
	}
	if w.SignIn(w.stored(t, dn).DN, models.NewSecret(password)) == nil {
		t.Errorf("%s signs in with a password that was not taken", change.User.LogonName)
	}
	w.done(t, models.Change{Action: models.Delete, DN: dn})
}

// newGroups makes one of each scope and type, and some with difficult names.
func (w *writes) newGroups(t *testing.T) {
	bits := map[models.GroupScope]int32{models.ScopeGlobal: groupGlobal, models.ScopeLocal: groupLocal, models.ScopeUniversal: groupUniversal}
	for scope, want := range bits {
		for _, kind := range []models.GroupType{models.TypeSecurity, models.TypeDistribution} {
			group := models.NewGroup{
				Container: models.Ref{DN: w.workshop()}, Name: fmt.Sprintf("cf %s %s", scope, kind), Scope: scope, Type: kind, Mail: "list@example.test",
			}
			want := want
			if kind == models.TypeSecurity {
				want |= groupSecurity
			}
			dn := w.done(t, models.Change{Action: models.CreateGroup, Group: &group}).NewDN
			if o := w.stored(t, dn); o.Account.GroupType != want || o.Category != models.Group || o.SAMAccountName != group.Name || o.Mail != group.Mail {
				t.Errorf("%s: stored %+v %+v", group.Name, o, *o.Account)
			}
		}
	}
	odd := oddContainers()
	for i, name := range []string{"67890", "false", "undefined", "Группа", "cf & co (all)"} {
		container := w.workshop().Child("OU", odd[i%len(odd)])
		group := models.NewGroup{Container: models.Ref{DN: container}, Name: name, Scope: models.ScopeGlobal, Type: models.TypeSecurity, Description: oddTexts()[i]}
		dn := w.done(t, models.Change{Action: models.CreateGroup, Group: &group}, name+": is now in "+container.RDN().Value).NewDN
		if o := w.stored(t, dn); o.SAMAccountName != name || o.Description != group.Description || !dn.Equal(container.Child("CN", name)) {
			t.Errorf("%s: stored %+v", name, o)
		}
	}
}

func (w *writes) newGroupsRefused(t *testing.T) {
	w.newUser(t, "cf-a-user")
	w.newGroup(t, "cf-a-team")
	creator := can[desk.GroupCreator](t, w)
	for _, test := range []struct {
		what  string
		group models.NewGroup
		kind  error
	}{
		{"name of a user", models.NewGroup{Name: "CF-A-User", Container: models.Ref{DN: w.workshop().Child("OU", partElsewhere)}}, models.ErrExists},
		{"name of a group", models.NewGroup{Name: "cf-a-team"}, models.ErrExists},
		{"no such container", models.NewGroup{Name: "cf-lost-team", Container: models.Ref{DN: w.workshop().Child("OU", "Ghost")}}, models.ErrNotFound},
	} {
		test.group.Scope, test.group.Type = models.ScopeGlobal, models.TypeSecurity
		if test.group.Container.DN == "" {
			test.group.Container = models.Ref{DN: w.workshop()}
		}
		w.refused(t, test.what, models.Change{Action: models.CreateGroup, Group: &test.group}, test.kind)
		_, err := creator.CreateGroup(t.Context(), test.group)
		wantKind(t, test.what+", of the backend", err, test.kind)
	}
	w.refused(t, "no scope", models.Change{Action: models.CreateGroup, Group: &models.NewGroup{Name: "cf-odd", Container: models.Ref{DN: w.workshop()}}}, models.ErrInvalid)
	w.gone(t, w.workshop().Child("CN", "cf-odd"))
}

package models

import (
	"errors"
	"strings"
	"testing"
)

func TestNewUserIsChecked(t *testing.T) {
	good := NewUser{Container: Ref{DN: "DC=x"}, LogonName: "jdoe"}
	with := func(change func(*NewUser)) NewUser {
		u := good
		change(&u)
		return u
	}
	for _, c := range []struct {
		user     NewUser
		password string
		kind     error
		words    string
	}{
		{good, "x", nil, ""},
		{with(func(u *NewUser) { u.MustChange = true }), "x", nil, ""},
		{good, "", ErrPolicy, "needs a password"},
		{with(func(u *NewUser) { u.Container = Ref{DN: ""} }), "x", ErrInvalid, "no container"},
		{with(func(u *NewUser) { u.LogonName = " " }), "x", ErrInvalid, "logon name"},
		{with(func(u *NewUser) { u.MustChange, u.CannotChange = true, true }), "x", ErrInvalid, "cannot change"},
		{with(func(u *NewUser) { u.MustChange, u.NeverExpires = true, true }), "x", ErrInvalid, "never expires"},
	} {
		err := c.user.Check(NewSecret(c.password))
		if !errors.Is(err, c.kind) || err != nil && !strings.Contains(err.Error(), c.words) {
			t.Errorf("%+v: %v, want %v with %q", c.user, err, c.kind, c.words)
		}
	}
}

func TestNewUserIsNamed(t *testing.T) {
	for want, user := range map[string]NewUser{
		"John Doe": {DisplayName: " John Doe ", GivenName: "J", LogonName: "jdoe"},
		"J D":      {GivenName: "J", Surname: "D", LogonName: "jdoe"},
		"Doe":      {Surname: "Doe", LogonName: "jdoe"},
		"jdoe":     {DisplayName: " ", LogonName: "jdoe"},
	} {
		if got := user.FullName(); got != want {
			t.Errorf("%+v is named %q, want %q", user, got, want)
		}
	}
}

func TestNewGroupIsChecked(t *testing.T) {
	for _, g := range []NewGroup{{Container: Ref{DN: "DC=x"}, Name: "a"}, {Container: Ref{DN: "DC=x"}, Name: "a", Scope: ScopeLocal, Type: TypeDistribution}} {
		if err := g.Check(); err != nil {
			t.Errorf("%+v: %v", g, err)
		}
	}
	for _, g := range []NewGroup{{Name: "a"}, {Container: Ref{DN: "DC=x"}}, {Container: Ref{DN: "DC=x"}, Name: "a", Scope: "world"}, {Container: Ref{DN: "DC=x"}, Name: "a", Type: "x"}} {
		if err := g.Check(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", g, err)
		}
	}
}

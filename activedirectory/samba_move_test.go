//go:build samba

package activedirectory_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"

	"dirdesk/activedirectory"
	"dirdesk/models"
)

func TestRenameToOddNames(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "renamed")
	var err error
	for _, name := range []string{
		"Berg, Anna", `back\slash`, `"quoted"`, "#1", "a+b=c;d", "<angles>", "Åsa Ö 漢字 😀", "renamed", "RENAMED", "slash/slash", "line\nbreak",
	} {
		dn, err = backend.Rename(t.Context(), models.Ref{DN: dn}, name)
		if err != nil {
			t.Fatalf("to %q: %v", name, err)
		}
		object := read(t, backend, dn)
		if object.Name != name || object.SAMAccountName != "renamed" || !object.DN.Equal(dn) {
			t.Errorf("to %q: name %q, logon name %q, %s", name, object.Name, object.SAMAccountName, object.DN)
		}
	}
	if same, err := backend.Rename(t.Context(), models.Ref{DN: dn}, "line\nbreak"); err != nil || same != dn {
		t.Errorf("to its own name: %s, %v", same, err)
	}
}

func TestMoveAndRenameRefusals(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	inner, err := backend.CreateOU(t.Context(), models.Ref{DN: container}, "Inner", "")
	must(t, err)
	ann := newUser(t, backend, container, "ann m")
	ben := newUser(t, backend, inner, "ben m")

	moved, err := backend.Move(t.Context(), models.Ref{DN: ann}, models.Ref{DN: inner})
	must(t, err)
	if !moved.Equal(inner.Child("CN", "ann m")) || read(t, backend, moved).SAMAccountName != "ann m" {
		t.Errorf("moved to %s", moved)
	}
	if same, err := backend.Move(t.Context(), models.Ref{DN: moved}, models.Ref{DN: inner}); err != nil || !same.Equal(moved) {
		t.Errorf("to where it is: %s, %v", same, err)
	}
	users := samba.BaseDN().Child("CN", "Users")
	for name, test := range map[string]struct {
		run    func() (models.DN, error)
		kind   error
		advice string
	}{
		"name taken": {func() (models.DN, error) { return backend.Rename(t.Context(), models.Ref{DN: moved}, "BEN M") }, models.ErrExists, "in the container already"},
		"no name":    {func() (models.DN, error) { return backend.Rename(t.Context(), models.Ref{DN: moved}, " ") }, models.ErrInvalid, "new name"},
		"gone":       {func() (models.DN, error) { return backend.Rename(t.Context(), models.Ref{DN: ann}, "x") }, models.ErrNotFound, "refresh"},
		"built in":   {func() (models.DN, error) { return backend.Rename(t.Context(), models.Ref{DN: users}, "People") }, models.ErrPolicy, "built into"},
		"to no place": {func() (models.DN, error) {
			return backend.Move(t.Context(), models.Ref{DN: ben}, models.Ref{DN: "OU=Ghost," + samba.BaseDN()})
		}, models.ErrNotFound, "container"},
		"below a user": {func() (models.DN, error) {
			return backend.Move(t.Context(), models.Ref{DN: ben}, models.Ref{DN: moved})
		}, models.ErrInvalid, "choose a container"},
		"into itself": {func() (models.DN, error) {
			return backend.Move(t.Context(), models.Ref{DN: container}, models.Ref{DN: inner})
		}, models.ErrInvalid, "into itself"},
		"built-in moving": {func() (models.DN, error) {
			return backend.Move(t.Context(), models.Ref{DN: users}, models.Ref{DN: inner})
		}, models.ErrPolicy, "built into"},
	} {
		dn, err := test.run()
		wantRefusal(t, name, err, test.kind, test.advice)
		if err == nil || dn != "" {
			t.Errorf("%s: gave %s", name, dn)
		}
	}
}

func TestDelete(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	inner, err := backend.CreateOU(t.Context(), models.Ref{DN: container}, "Inner", "")
	must(t, err)
	deeper, err := backend.CreateOU(t.Context(), models.Ref{DN: inner}, "Deeper", "")
	must(t, err)
	newUser(t, backend, deeper, "deep")
	newUser(t, backend, inner, "shallow")
	ann, ben := newUser(t, backend, container, "ann d"), newUser(t, backend, container, "ben d")
	users := samba.BaseDN().Child("CN", "Users")

	results := make(map[models.DN]error)
	remove := func(subtree bool, dns ...models.DN) {
		t.Helper()
		clear(results)
		must(t, backend.Delete(t.Context(), models.Refs(dns...), subtree, func(dn models.DN, err error) { results[dn] = err }))
		if len(results) != len(dns) {
			t.Errorf("%d results for %d objects", len(results), len(dns))
		}
	}
	ghost := container.Child("CN", "ghost")
	remove(false, ann, inner, ghost, users, users.Child("CN", "Administrator"), users.Child("CN", "Domain Admins"), ben)
	for _, dn := range []models.DN{ann, ben} {
		if _, err := backend.Get(t.Context(), models.Ref{DN: dn}); results[dn] != nil || !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: %v, and reads %v", dn, results[dn], err)
		}
	}
	wantRefusal(t, "not empty", results[inner], models.ErrNotEmpty, "2 objects in it")
	wantRefusal(t, "gone", results[ghost], models.ErrNotFound, "refresh")
	wantRefusal(t, "CN=Users", results[users], models.ErrPolicy, "built into")
	wantRefusal(t, "Administrator", results[users.Child("CN", "Administrator")], models.ErrPolicy, "built into")
	wantRefusal(t, "Domain Admins", results[users.Child("CN", "Domain Admins")], models.ErrPolicy, "built into")
	remove(true, inner)
	if results[inner] != nil {
		t.Errorf("with all below: %v", results[inner])
	}
	if left := children(t, backend, models.ListRequest{Base: container}); len(left) != 0 {
		t.Errorf("%d objects are left", len(left))
	}
}

func found(t *testing.T, backend *activedirectory.Backend, text string, limit int, categories ...models.Category) []string {
	t.Helper()
	objects, _, err := backend.Find(t.Context(), request(text, categories, limit))
	must(t, err)
	all := []string{}
	for _, object := range objects {
		all = append(all, object.SAMAccountName)
	}
	return all
}

func TestFindAndNameTaken(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	for _, user := range []models.NewUser{
		{LogonName: "zzberg", GivenName: "Anna", Surname: "Zorn", DisplayName: "Anna Zorn", Mail: "az@find.test"},
		{LogonName: "zzber", GivenName: "Bo", Surname: "Zzbergson"},
		{LogonName: "star(1)", DisplayName: `Zz*\(x)`},
	} {
		user.Container = models.Ref{DN: container}
		_, err := backend.CreateUser(t.Context(), user, models.NewSecret(userPassword))
		must(t, err)
	}
	_, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Zzbergers"})
	must(t, err)
	for text, want := range map[string][]string{
		"anna zorn": {"zzberg"}, "Zorn": {"zzberg"}, "az@find.test": {"zzberg"}, "zzbergson": {"zzber"}, `Zz*\(x)`: {"star(1)"}, "zorn ANN": {"zzberg"}, "nobody-of-that-name": {},
		"zzb": {"Zzbergers", "zzber", "zzberg"},
	} {
		got := found(t, backend, text, 50)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
	// Whose logon name it is comes first.
	if got := found(t, backend, "ZZBER", 1); len(got) == 0 || got[0] != "zzber" {
		t.Errorf("by the logon name: %v", got)
	}
	if got := found(t, backend, "zzber", 0, models.Group); !slices.Equal(got, []string{"Zzbergers"}) {
		t.Errorf("groups only: %v", got)
	}
	for name, want := range map[string]bool{"ZZBerg": true, "zzbergers": true, "zzbe": false, "zz*": false, "star(1)": true, "DC1$": true} {
		if taken, err := backend.NameTaken(t.Context(), name); err != nil || taken != want {
			t.Errorf("%s taken: %v, %v", name, taken, err)
		}
	}
	if _, _, err := backend.Find(t.Context(), request(" ", nil, 1)); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("search for nothing: %v", err)
	}
}

func TestPasswordPolicy(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	got, err := backend.PasswordPolicy(t.Context())
	must(t, err)
	want := models.PasswordPolicy{
		Known: true, MinLength: 7, Complexity: true, History: 24, MaxAge: 42 * 24 * 3600e9, MinAge: 24 * 3600e9, LockAfter: 0, LockFor: 30 * 60e9,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	setPolicy(t, c, "lockoutThreshold", "4")
	setPolicy(t, c, "pwdProperties", "0")
	setPolicy(t, c, "minPwdLength", "12")
	got, err = backend.PasswordPolicy(t.Context())
	if err != nil || got.LockAfter != 4 || got.Complexity || got.MinLength != 12 {
		t.Errorf("after a change: %+v, %v", got, err)
	}
	container := workshop(t, backend)
	_, err = backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: "eleven"}, models.NewSecret(strings.Repeat("a", 11)))
	wantRefusal(t, "11 of 12", err, models.ErrPolicy, "at least 12 characters")
}

// request is a search as the desk asks for it, without its judgement.
func request(text string, categories []models.Category, limit int) models.FindRequest {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return models.FindRequest{Text: text, Words: words, Folded: words, Categories: categories, Limit: limit}
}

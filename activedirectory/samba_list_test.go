//go:build samba

package activedirectory_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

const largeSize = 5000

// loadLarge makes a container of largeSize users.
func loadLarge(t *testing.T) models.DN {
	t.Helper()
	large := samba.BaseDN().Child("OU", "Large")
	entries := []sambatest.Entry{{DN: large, Class: "organizationalUnit"}}
	for i := range largeSize {
		name := fmt.Sprintf("user%05d", i)
		entries = append(entries, sambatest.Entry{DN: large.Child("CN", name), Class: "user", Attributes: map[string][]string{
			"sAMAccountName": {name}, "userAccountControl": {"66048"}, "displayName": {"User " + name},
		}})
	}
	must(t, samba.Load(t.Context(), entries))
	return large
}

func TestLargeContainer(t *testing.T) {
	large := loadLarge(t)
	backend := open(t, asAdministrator())

	t.Run("streams", func(t *testing.T) {
		seen := make(map[models.DN]bool)
		pages, firstLength, total := 0, 0, models.UnknownTotal
		for page, err := range backend.List(t.Context(), models.ListRequest{Base: large}) {
			must(t, err)
			if pages++; pages == 1 {
				firstLength = len(page.Objects)
			}
			for _, object := range page.Objects {
				seen[object.DN] = true
			}
			total = page.Total
		}
		if len(seen) != largeSize || total != largeSize {
			t.Errorf("%d different objects and total %d, want %d", len(seen), total, largeSize)
		}
		if firstLength == 0 || firstLength > 100 || pages < 5 {
			t.Errorf("%d pages, the first of %d: not streamed", pages, firstLength)
		}
	})

	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		count := 0
		var last error
		for page, err := range backend.List(ctx, models.ListRequest{Base: large}) {
			count, last = count+len(page.Objects), err
			cancel()
		}
		if !errors.Is(last, context.Canceled) || count == 0 || count == largeSize {
			t.Errorf("%d objects, then %v", count, last)
		}
	})

	t.Run("parts make up the whole", func(t *testing.T) {
		whole := names(children(t, backend, models.ListRequest{Base: large}))
		for _, window := range [][2]int{{0, 900}, {900, 900}, {4800, 900}} { // with the paged control and without it
			first, last := window[0], min(window[0]+window[1], largeSize)
			part := names(children(t, backend, models.ListRequest{Base: large, Offset: window[0], Limit: window[1]}))
			if !slices.Equal(part, whole[first:last]) {
				t.Errorf("from %d: %d names, or others than in the whole", first, len(part))
			}
		}
	})

	// The server goes away and comes back, as in the middle of anything it may.
	t.Run("plug pulled in the middle", func(t *testing.T) {
		var last error
		count := 0
		for page, err := range backend.List(t.Context(), models.ListRequest{Base: large}) {
			if count == 0 {
				samba.Kill()
			}
			count, last = count+len(page.Objects), err
		}
		if !errors.Is(last, models.ErrUnreachable) && count < largeSize { // it may all be on its way already
			t.Errorf("%d objects, then %v", count, last)
		}
		before := time.Now()
		_, err := backend.Get(t.Context(), models.Ref{DN: large})
		var said *models.Error
		if !errors.Is(err, models.ErrUnreachable) || !errors.As(err, &said) || said.Advice == "" {
			t.Errorf("while the server is away: %v", err)
		}
		if took := time.Since(before); took > 5*time.Second {
			t.Errorf("it took %s to say so", took)
		}
		must(t, samba.Resume(t.Context()))
		if _, err := backend.Get(t.Context(), models.Ref{DN: large}); err != nil {
			t.Errorf("after its return: %v", err)
		}
	})

	t.Run("restarted while idle", func(t *testing.T) {
		must(t, samba.Stop())
		must(t, samba.Resume(t.Context()))
		if _, err := backend.Get(t.Context(), models.Ref{DN: large}); err != nil {
			t.Errorf("it should connect again by itself: %v", err)
		}
	})
}

func names(objects []models.Object) []string {
	all := make([]string, len(objects))
	for i, object := range objects {
		all[i] = object.Name
	}
	return all
}

func TestGetAdministrator(t *testing.T) {
	backend := open(t, asAdministrator())
	users := samba.BaseDN().Child("CN", "Users")
	object, err := backend.Get(t.Context(), models.Ref{DN: users.Child("CN", "Administrator")})
	must(t, err)
	admins := users.Child("CN", "Domain Admins")
	if !slices.ContainsFunc(object.Account.MemberOf, admins.Equal) {
		t.Errorf("member of %v, want %s among them", object.Account.MemberOf, admins)
	}
	if object.Deletable != models.No || object.Account.Members != -1 || object.Account.PasswordSet.IsZero() || len(object.Account.GUID) != 36 {
		t.Errorf("got %+v %+v", object, object.Account)
	}
	group, err := backend.Get(t.Context(), models.Ref{DN: admins})
	must(t, err)
	if group.Account.Members != 1 || group.PrimaryGroupToken != 512 {
		t.Errorf("Domain Admins: %d members, number %d", group.Account.Members, group.PrimaryGroupToken)
	}
}

func TestHeadOfTheDomain(t *testing.T) {
	backend := open(t, asAdministrator())
	got := make(map[string]models.Category)
	for _, object := range children(t, backend, models.ListRequest{Base: samba.BaseDN()}) {
		got[object.Name] = object.Category
	}
	for name, want := range map[string]models.Category{
		"Users": models.Container, "Computers": models.Container, "System": models.Container,
		"Builtin": models.BuiltinDomain, "Domain Controllers": models.OrganizationalUnit,
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	for _, name := range []string{"Configuration", "Infrastructure", "LostAndFound"} {
		if category, listed := got[name]; listed {
			t.Errorf("%s is listed as %q: it is none of the six categories", name, category)
		}
	}
	controllers := children(t, backend, models.ListRequest{Base: samba.BaseDN().Child("OU", "Domain Controllers")})
	if len(controllers) != 1 || controllers[0].Category != models.Computer || controllers[0].SAMAccountName != "DC1$" {
		t.Errorf("the domain controllers are %+v", controllers)
	}
}

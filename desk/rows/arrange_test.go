package rows

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"dirdesk/desk/filter"
	"dirdesk/models"
)

var moment = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func arranged(t *testing.T, l *Listing, want Arrangement) []string {
	t.Helper()
	want.Now = moment
	order, err := l.Snapshot().Arrange(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	l.Use(order)
	return names(l)
}

func people() *Listing {
	person := func(name, logon, mail, description string) models.Object {
		return models.Object{
			DN: base.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: logon,
			DisplayName: name, Mail: mail, Description: description, Disabled: models.No, Locked: models.No,
		}
	}
	objects := []models.Object{
		person("Zoë Müller", "zmueller", "zoe@example.test", "sales"),
		person("anna berg", "aberg", "", "Sales, Nürnberg"),
		person("Øystein Ås", "oas", "oystein@example.test", ""),
		person("Ivan", "ivan", "", "отдел продаж"),
		person("Anna Straße", "astrasse", "anna@example.test", "cleaning"),
		{DN: base.Child("OU", "Below"), Name: "Below", Category: models.OrganizationalUnit},
		{DN: base.Child("CN", "Secret"), Name: "Secret", Category: models.Container, AdvancedOnly: models.Yes},
	}
	objects[1].Locked = models.Yes
	objects[2].Locked = models.Yes
	objects[0].Office, objects[3].TelephoneNumber = "Room 7", "+49 30 555 01"
	objects[2].AccountExpiry = models.ExpiryAt(moment.Add(-time.Hour))
	objects[3].Disabled = models.Yes
	objects[4].Disabled = models.Unknown
	l := NewListing(base, true)
	l.Add(models.Page{Objects: objects, Total: len(objects)})
	return l
}

func TestArrange(t *testing.T) {
	for _, c := range []struct {
		name string
		want Arrangement
		rows []string
	}{
		{"by name", Arrangement{Column: ByName}, []string{"anna berg", "Anna Straße", "Below", "Ivan", "Øystein Ås", "Zoë Müller"}},
		{"by kind and name", Arrangement{Column: ByKindAndName, Advanced: true}, []string{"Below", "Secret", "anna berg", "Anna Straße", "Ivan", "Øystein Ås", "Zoë Müller"}},
		{"by name, descending", Arrangement{Column: ByName, Descending: true}, []string{"Zoë Müller", "Øystein Ås", "Ivan", "Below", "Anna Straße", "anna berg"}},
		{"by mail: those without come last", Arrangement{Column: "mail"}, []string{"Anna Straße", "Øystein Ås", "Zoë Müller", "anna berg", "Ivan", "Below"}},
		{"by mail, descending: still last", Arrangement{Column: "mail", Descending: true}, []string{"Zoë Müller", "Øystein Ås", "Anna Straße", "anna berg", "Ivan", "Below"}},
		{"by kind, then by name backwards", Arrangement{Column: ByKind, Then: ByName, ThenDescending: true}, []string{"Below", "Zoë Müller", "Øystein Ås", "Ivan", "Anna Straße", "anna berg"}},
		{"by kind", Arrangement{Column: ByKind}, []string{"Below", "Zoë Müller", "anna berg", "Øystein Ås", "Ivan", "Anna Straße"}},
		{"by state: trouble first", Arrangement{Column: "state"}, []string{"Ivan", "Øystein Ås", "anna berg", "Zoë Müller", "Anna Straße", "Below"}},
		{"with the advanced view", Arrangement{Advanced: true, Narrow: conditions("e")}, []string{"Zoë Müller", "anna berg", "Øystein Ås", "Ivan", "Anna Straße", "Below", "Secret"}},
		{"narrowed without accents", Arrangement{Narrow: conditions("muller")}, []string{"Zoë Müller"}},
		{"narrowed with accents that are not there", Arrangement{Narrow: conditions("ÄNNA")}, []string{"anna berg", "Anna Straße"}},
		{"narrowed by every word", Arrangement{Narrow: conditions("anna sales")}, []string{"anna berg"}},
		{"narrowed by ss for ß", Arrangement{Narrow: conditions("strasse c")}, []string{"Anna Straße"}},
		{"narrowed in Cyrillic", Arrangement{Narrow: conditions("ПРОДАЖ")}, []string{"Ivan"}},
		{"narrowed by mail", Arrangement{Narrow: conditions("@example")}, []string{"Zoë Müller", "Øystein Ås", "Anna Straße"}},
		{"narrowed by state", Arrangement{Narrow: conditions("disabled")}, []string{"Ivan"}},
		{"narrowed by a state behind another", Arrangement{Narrow: conditions("locked expired")}, []string{"Øystein Ås"}},
		{"narrowed by kind", Arrangement{Narrow: conditions("ou")}, []string{"Below"}},
		{"narrowed by phone", Arrangement{Narrow: conditions("555 01")}, []string{"Ivan"}},
		{"narrowed by office", Arrangement{Narrow: conditions("room 7")}, []string{"Zoë Müller"}},
		{"words do not run over fields", Arrangement{Narrow: conditions("bergaberg")}, nil},
		{"the server's order, backwards", Arrangement{Descending: true, Narrow: conditions("anna")}, []string{"Anna Straße", "anna berg"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := arranged(t, people(), c.want); !slices.Equal(got, c.rows) {
				t.Errorf("rows %q, want %q", got, c.rows)
			}
		})
	}
}

func TestArrangedViewKeepsTheNames(t *testing.T) {
	l := people()
	arranged(t, l, Arrangement{Column: ByName, Narrow: conditions("a")})
	for row := range l.Len() {
		if got, ok := l.Row(l.At(row).DN); !ok || got != row {
			t.Errorf("Row(%s) = %d, %v, want %d", l.At(row).DN, got, ok, row)
		}
	}
	if _, ok := l.Row(base.Child("OU", "Below")); ok {
		t.Error("a narrowed-away object has a row")
	}
	if _, ok := l.Need(0, 10, 100); ok || l.Stale() {
		t.Error("the arranged view wants more")
	}
	l.Add(models.Page{Objects: users(0, 2), Offset: 7, Total: 9})
	if !l.Stale() {
		t.Error("rows were added and the arranged view does not say so")
	}
	l.Use(nil)
	if l.Stale() || l.Len() != 8 {
		t.Errorf("back in the server's order: stale %v, Len %d", l.Stale(), l.Len())
	}
	other, err := people().Snapshot().Arrange(t.Context(), Arrangement{Narrow: conditions("anna")})
	if err != nil {
		t.Fatal(err)
	}
	l.Use(other)
	if l.Len() != 8 {
		t.Error("the order of another listing is used")
	}
}

// A page read again while an arranged view is shown moves objects to other
// places: the view still finds them.
func TestArrangedViewFindsObjectsThatMoved(t *testing.T) {
	l := NewListing(base, true)
	l.Add(models.Page{Objects: users(0, 5), Total: 5})
	arranged(t, l, Arrangement{Column: ByName, Descending: true})
	l.Add(models.Page{Objects: users(2, 3), Total: 5})
	if row, ok := l.Row(user(4).DN); !ok || row != 0 {
		t.Errorf("Row = %d, %v, want 0", row, ok)
	}
}

func TestArrangeStopsWithItsContext(t *testing.T) {
	l := NewListing(base, true)
	l.Add(models.Page{Objects: users(0, 5000), Total: 5000})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, want := range []Arrangement{{Column: ByName}, {Narrow: conditions("user")}} {
		if order, err := l.Snapshot().Arrange(ctx, want); !errors.Is(err, context.Canceled) || order != nil {
			t.Errorf("Arrange(%+v) = %v, %v", want, order, err)
		}
	}
}

// conditions reads what a test narrows to.
func conditions(text string) filter.Filter {
	f, err := filter.Parse(text, models.AccountClock(moment, time.UTC))
	if err != nil {
		panic(err)
	}
	return f
}

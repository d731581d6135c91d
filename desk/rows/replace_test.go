package rows_test

import (
	"context"
	"testing"

	"dirdesk/desk/rows"
	"dirdesk/models"
)

func TestReplaceKeepsThePlaceAndMakesAnArrangedViewStale(t *testing.T) {
	const base models.DN = "OU=Staff,DC=example,DC=test"
	l := rows.NewListing(base, true)
	var objects []models.Object
	for _, name := range []string{"a", "b", "c"} {
		objects = append(objects, models.Object{DN: base.Child("CN", name), Name: name})
	}
	l.Add(models.Page{Objects: objects, Total: 3})
	order, err := l.Snapshot().Arrange(context.Background(), rows.Arrangement{Column: rows.ByName, Descending: true})
	if err != nil {
		t.Fatal(err)
	}
	changed := objects[1]
	changed.Description = "anew"
	if !l.Replace(changed) {
		t.Fatal("the object is not found")
	}
	if place, ok := l.Place(changed.DN); place != 1 || !ok {
		t.Errorf("it is at %d now", place)
	}
	if o := l.At(1); o == nil || o.Description != "anew" || l.Loaded() != 3 || l.Changed() {
		t.Errorf("row 1 is %+v, %d loaded, changed: %v", o, l.Loaded(), l.Changed())
	}
	l.Use(order)
	if !l.Stale() {
		t.Error("an order that was made before does not count as stale")
	}
	if l.Replace(models.Object{DN: base.Child("CN", "nobody")}) {
		t.Error("an object that is not listed was replaced")
	}
}

package models

import (
	"slices"
	"testing"
	"time"
)

// Two columns that share an id, a key, a place or a rank would hide each other.
func TestColumnsDoNotHideEachOther(t *testing.T) {
	seen := map[any]string{}
	once := func(what string, value any, column string) {
		key := [2]any{what, value}
		if other := seen[key]; other != "" && value != 0 && value != "" {
			t.Errorf("%s and %s have the same %s, %v", other, column, what, value)
		}
		seen[key] = column
	}
	for _, c := range Columns() {
		once("id", c.ID, c.ID)
		once("title", c.Title, c.ID)
		once("key", c.Key, c.ID)
		once("place in the sort round", c.Round, c.ID)
		once("place on the screen", c.Screen.Place, c.ID)
		once("rank on the screen", c.Screen.Rank, c.ID)
		once("place in print", c.Print.Place, c.ID)
		once("place among the facts", c.Fact, c.ID)
		if c.Text == nil || c.Title == "" || c.Screen.Place > 0 && c.Screen.Least == 0 || c.Print.Place > 0 && c.Print.Least == 0 {
			t.Errorf("the column %q lacks a text, a title or a width: %+v", c.ID, c)
		}
		if found, ok := ColumnOf(c.ID); !ok || found.Title != c.Title {
			t.Errorf("%s is found as %q", c.ID, found.Title)
		}
	}
}

// Scripts name columns of csv and members of json: none goes, and none moves.
func TestKeysAreAContract(t *testing.T) {
	want := []string{
		"dn", "name", "objectCategory", "sAMAccountName", "displayName", "mail", "description", "telephoneNumber",
		"physicalDeliveryOfficeName", "disabled", "locked", "passwordExpired", "accountExpiryTime", "primaryGroupToken",
		"deletable", "movable", "renamable", "showInAdvancedViewOnly",
	}
	var got []string
	for _, c := range Keyed() {
		got = append(got, c.Key)
	}
	if !slices.Equal(got[:len(want)], want) {
		t.Errorf("the keys are %v, want %v first", got, want)
	}
}

// What the server did not say is nothing to a program, and not false or empty.
func TestUntoldFactsAreNothing(t *testing.T) {
	empty := &Object{}
	for _, c := range Keyed() {
		value := c.ForPrograms(empty, time.Time{})
		if always := c.ID == "dn" || c.ID == "name" || c.ID == "kind"; always != (value != nil) {
			t.Errorf("%s of an object of which nothing is told is %#v", c.ID, value)
		}
		if c.ID != "kind" && c.Text(empty, time.Now()) != "" {
			t.Errorf("%s of an object of which nothing is told is %q", c.ID, c.Text(empty, time.Now()))
		}
	}
	if got := (&Object{PrimaryGroupToken: 513, Locked: No, AccountExpiry: Never()}); told(got, "rid") != 513 ||
		told(got, "locked") != false || told(got, "expiry") != "never" {
		t.Errorf("told facts are %v, %v, %v", told(got, "rid"), told(got, "locked"), told(got, "expiry"))
	}
}

// told is a fact of an object by the id of its column.
func told(o *Object, id string) any {
	c, _ := ColumnOf(id)
	return c.ForPrograms(o, time.Time{})
}

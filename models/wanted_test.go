package models

import (
	"reflect"
	"testing"
)

func TestWanted(t *testing.T) {
	if got := WantedOf(t.Context()); len(got) != 0 {
		t.Errorf("nobody wants %v", got)
	}
	ctx := WithWanted(t.Context(), []PropertyChange{{Name: "contosoBadge", Type: Integer, Values: []string{"5"}}, {Name: "mail"}})
	want := []Property{{Name: "contosoBadge", Type: Integer}, {Name: "mail"}}
	if got := WantedOf(ctx); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

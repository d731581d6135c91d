package desk

import (
	"testing"

	"dirdesk/models"
)

// A plan names the object so that nobody takes another of a like name for it.
func TestAPlanNamesPersonAndPlace(t *testing.T) {
	vienna := models.DN("OU=Vienna,OU=Europe,OU=Staff,DC=corp,DC=test")
	for _, c := range []struct {
		object models.Object
		want   string
	}{
		{models.Object{DN: vienna.Child("CN", "Ivana"), Name: "Ivana Dvořáková", SAMAccountName: "idvorakova"}, "Ivana Dvořáková (idvorakova), Staff › Europe › Vienna"},
		{models.Object{DN: vienna.Child("CN", "idvorakova"), SAMAccountName: "IDvorakova"}, "idvorakova, Staff › Europe › Vienna"},
		{models.Object{DN: vienna.Child("CN", "PC1"), Name: "PC1", SAMAccountName: "PC1$"}, "PC1, Staff › Europe › Vienna"},
		{models.Object{DN: vienna, Name: "Vienna"}, "Vienna, Staff › Europe"},
		{models.Object{DN: "OU=Staff,DC=corp,DC=test", Name: "Staff"}, "Staff"},
	} {
		if got := (Step{before: c.object, known: true}).name(); got != c.want {
			t.Errorf("%s is named %q, want %q", c.object.DN, got, c.want)
		}
	}
	if got := (Step{Change: models.Change{DN: vienna.Child("CN", "x")}}).name("to", "y"); got != "x, Staff › Europe › Vienna, to y" {
		t.Errorf("what was not read is named %q", got)
	}
}

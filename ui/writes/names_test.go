package writes_test

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// A name begins a sentence as the directory writes it: whole, whatever letter it
// begins with, and never with another capital.
func TestNamesBeginSentencesAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Иван Петров", "Özlem", "Élise", "Žofie", "иван", "élise", "von Berg", "de la Cruz", "אורי", "한지민", "\u0301acute", "ǆemal",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			berlin := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
			group := uitest.Container("CN", berlin, "zz readers")
			group.Category = models.Group
			person, other := uitest.Person(berlin, name, "a1"), uitest.Person(berlin, "Zoe Other", "b2")
			s := uitest.Write(t, desk.Open, func(o *uitest.Options) {
				dir := o.Backend.(*uitest.Writable)
				dir.Add(berlin, person, other, group)
				if err := dir.AddMembers(t.Context(), models.Ref{DN: group.DN}, models.Refs(person.DN)); err != nil {
					t.Fatal(err)
				}
			})
			s.Press("space", "down", "space", "+")
			s.Type("zz")
			s.Fire() // the search waits for a pause in the typing
			s.Press("enter")
			s.Shows("What would change", "! "+name+" is in it already")
		})
	}
}

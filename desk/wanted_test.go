package desk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// byName is a server that tells of properties by their names only, and knows none
// that a company has added.
type byName struct{ *world }

func (b byName) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	sheet, err := b.world.Properties(ctx, models.Ref{DN: ref.DN})
	for _, p := range models.WantedOf(ctx) {
		p.Values = slices.Clone(b.values[ref.DN.Key()][strings.ToLower(p.Name)])
		if _, listed := sheet.Property(p.Name); !listed && len(p.Values) > 0 {
			sheet.Properties = append(sheet.Properties, p)
		}
	}
	return sheet, err
}

// What a property of the company's own is now is read for the plan, and it is
// read back after the change.
func TestPropertiesThatOnlyTheChangeNames(t *testing.T) {
	w := newWorld()
	w.partial = "read by name only"
	w.values[doe.Key()]["contosobadge"] = []string{"17"}
	d := open(byName{w})
	change := modify(doe, models.PropertyChange{Name: "contosoBadge", Type: models.CaseExactString, Values: []string{"18"}})
	plan, err := d.Plan(t.Context(), []models.Change{change}, PlanOptions{})
	if err != nil || plan.Refused() != nil {
		t.Fatal(err, plan.Refused())
	}
	if got, want := plan.Steps[0].Lines, []Line{{"contosoBadge", "17", "18", ""}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	outcome := apply(t, d, change)[0]
	if outcome.Verdict != verdict.Done || !outcome.Verified {
		t.Errorf("%s: %s", outcome.Verdict, outcome.Words)
	}
}

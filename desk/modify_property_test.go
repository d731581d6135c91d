package desk

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// What the plan says will be is what the server then holds, whatever is changed
// how; it is seen to be so; and taken back, all is as it was.
func TestApplyOfThePlanIsWhatTheServerHolds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld()
		d := open(w)
		values := w.values[doe.Key()]
		text := rapid.SampledFrom([]string{"a", "A", "b", "B", "c", "ß", "555 0100"})
		for _, name := range []string{"otherTelephone", "description"} {
			values[strings.ToLower(name)] = present(r, name, text)
		}
		values["useraccountcontrol"] = []string{decimal(512 | rapid.Int32().Draw(r, "flags")&0x0dff_00ef)}
		if rapid.Bool().Draw(r, "must change") {
			values["pwdlastset"] = []string{models.NeverText}
		}
		before := fmt.Sprint(sorted(values))
		change := modify(doe, drawChanges(r, text)...)
		plan := plannedFor(r, d, change)
		for out := range d.Apply(t.Context(), plan) {
			if out.Verdict != verdict.Done || !out.Verified {
				r.Fatalf("%s, verified %v: %s", out.Verdict, out.Verified, out.Words)
			}
		}
		if plan.Steps[0].Nothing {
			if after := fmt.Sprint(sorted(values)); after != before {
				r.Fatalf("nothing to do, and it was\n%s and is\n%s", before, after)
			}
			return
		}
		for _, p := range plan.Steps[0].Change.Modification.Properties {
			held, expected := values[strings.ToLower(p.Name)], expectedOf(p)
			if isAccountControl(p.Name) {
				must := fmt.Sprint(values["pwdlastset"]) == "[Never]"
				if p.Masked && (firstBits(expected) < 0) != must {
					r.Fatalf("must change is %v after %+v", must, p)
				}
				expected = withoutBits(expected, models.MustChangeFlag)
			}
			if !slices.Equal(slices.Sorted(slices.Values(held)), slices.Sorted(slices.Values(expected))) {
				r.Fatalf("%+v\nis %q, expected %q", p, held, expected)
			}
		}
		undo, left, err := reverse(entryFor(plan.Steps[0]))
		if err != nil || len(left) > 0 {
			r.Fatalf("undo: %v, %q", err, left)
		}
		for out := range d.Apply(t.Context(), plannedFor(r, d, undo)) {
			if out.Verdict != verdict.Done || !out.Verified {
				r.Fatalf("undo: %s: %s", out.Verdict, out.Words)
			}
		}
		if after := fmt.Sprint(sorted(values)); !strings.EqualFold(after, before) {
			r.Fatalf("%+v\nit was\n%s and is\n%s", change.Modification, before, after)
		}
	})
}

// entryFor is what the journal would have of a step that was done.
func entryFor(s Step) journal.Entry {
	e := journal.Entry{Action: models.Modify, DN: s.Change.DN, Outcome: verdict.Done}
	modification{}.note(&e, s)
	return e
}

func plannedFor(r *rapid.T, d *Desk, c models.Change) Plan {
	plan, err := d.Plan(r.Context(), []models.Change{c}, PlanOptions{})
	if err == nil {
		err = plan.Refused()
	}
	if err != nil {
		r.Fatalf("plan %+v: %v", c.Modification, err)
	}
	return plan
}

// present are the values that a property has at first: none twice.
func present(r *rapid.T, name string, text *rapid.Generator[string]) []string {
	return rapid.SliceOfNDistinct(text, 0, 3, strings.ToLower).Draw(r, name)
}

func sorted(values map[string][]string) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "pwdlastset" && values[name][0] != models.NeverText {
			continue // the moment is another each time
		}
		if len(values[name]) > 0 {
			all = append(all, name+": "+strings.Join(slices.Sorted(slices.Values(values[name])), ","))
		}
	}
	return all
}

// drawChanges draws one or several changes, each of another property.
func drawChanges(r *rapid.T, text *rapid.Generator[string]) []models.PropertyChange {
	names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"otherTelephone", "description", "userAccountControl", "telephoneNumber"}), 1, 3, rapid.ID).Draw(r, "names")
	var all []models.PropertyChange
	for _, name := range names {
		p := models.PropertyChange{Name: name}
		switch name {
		case "userAccountControl":
			p.Masked, p.Mask = rapid.Bool().Draw(r, "masked"), rapid.Int32().Draw(r, "mask")
			p.Values = []string{decimal(rapid.Int32().Draw(r, "value") &^ models.UACComputed)}
			if !p.Masked {
				p.Values = withoutBits(p.Values, models.MustChangeFlag)
			}
			p.Mask &^= models.UACComputed
		case "telephoneNumber":
			p.Values = rapid.SliceOfN(text, 0, 1).Draw(r, "value")
		default:
			p.Operation = rapid.SampledFrom([]models.Operation{models.Replace, models.Append, models.Remove}).Draw(r, "operation")
			least := 0
			if p.Operation != models.Replace {
				least = 1
			}
			p.Values = rapid.SliceOfN(text, least, 4).Draw(r, "values")
		}
		all = append(all, p)
	}
	return all
}

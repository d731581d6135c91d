package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// recheck looks at a step anew, just before it is sent, and compares it with what
// the person agreed to. It gives the step as it is now: what is there in that
// moment is what the journal calls before. earlier are the steps of the same plan
// that were sent, with their outcomes. The error says what is not as it was seen;
// nothing is to be sent then.
func (d *Desk) recheck(ctx context.Context, op operation, seen Step, o PlanOptions, earlier []sentStep) (Step, error) {
	about := op.about()
	if about.unread {
		return seen, nil
	}
	seen.Change = followed(seen.Change, earlier)
	now := seen
	now.Change, now.Warnings, now.properties, now.known = seen.Change.Clone(), nil, nil, false
	if err := d.examine(ctx, op, &now, o); err != nil {
		return now, err
	}
	if now.Refused != nil {
		return now, now.Refused
	}
	for _, words := range []english.Phrase{
		renamedSince(seen, now), cameInto(seen, now), changedSince(op, seen, now, touched(seen.Change, earlier)),
	} {
		if words.String() != "" {
			return now, refuse(seen.Change, models.ErrBusy, words)
		}
	}
	return now, nil
}

const lookAgain = "; look at it and try again"

// sentStep is a step of a plan that was sent, with what became of it.
type sentStep struct {
	step Step
	out  Outcome
}

// followed is a change with the name that its object got by earlier steps of the
// plan.
func followed(c models.Change, earlier []sentStep) models.Change {
	for _, e := range earlier {
		old, now := e.out.Change.DN, e.out.NewDN
		switch {
		case now == "" || TraitsOf(e.out.Change.Action).Creates:
		case c.DN.Equal(old):
			c.DN = now
		case c.DN.IsBelow(old):
			steps := c.DN.RDNs()
			name := now
			for _, step := range slices.Backward(steps[:len(steps)-old.Depth()]) {
				name = models.DN(step.String() + "," + string(name))
			}
			c.DN = name
		}
	}
	return c
}

// touched are the values of an object that earlier steps of the plan wrote, by
// their names in the journal.
func touched(c models.Change, earlier []sentStep) map[string]bool {
	names := map[string]bool{}
	for _, e := range earlier {
		if !followed(e.step.Change, []sentStep{e}).Ref().Is(c.Ref()) {
			continue
		}
		note := noteOf(operations()[e.step.Change.Action], e.step)
		for _, f := range note.Fields {
			names[f.Field] = true
		}
		for _, p := range note.Properties {
			names[p.Name] = true
		}
		if names[valuePassword] { // both go with it
			names[valueMustChange], names[valueLocked] = true, true
		}
	}
	return names
}

// renamedSince says which object of a step has another name than the person saw.
func renamedSince(seen, now Step) english.Phrase {
	type pair struct{ was, is models.Ref }
	pairs := []pair{{seen.Change.Ref(), now.Change.Ref()}}
	if was, is := seen.Change.Into(), now.Change.Into(); was != nil {
		pairs = append(pairs, pair{*was, *is})
	}
	for _, is := range now.Change.Members {
		if i := slices.IndexFunc(seen.Change.Members, is.Is); i >= 0 {
			pairs = append(pairs, pair{seen.Change.Members[i], is})
		}
	}
	if m := now.Change.Modification; m != nil {
		for _, is := range m.Properties {
			i := slices.IndexFunc(seen.Change.Modification.Properties, func(was models.PropertyChange) bool { return strings.EqualFold(was.Name, is.Name) })
			if i < 0 || is.Type != models.DNString {
				continue
			}
			was := seen.Change.Modification.Properties[i].Refs()
			for at, ref := range is.Refs() {
				if len(was) == len(is.Values) {
					pairs = append(pairs, pair{was[at], ref})
				}
			}
		}
	}
	for _, p := range pairs {
		switch {
		case p.was.GUID != "" && p.is.GUID != "" && p.was.GUID != p.is.GUID:
			return english.Naming(string(p.was.DN), " is another object now"+lookAgain)
		case !p.was.DN.Equal(p.is.DN):
			return english.Naming(string(p.was.DN), " was renamed or moved meanwhile, and is "+string(p.is.DN)+" now"+lookAgain)
		}
	}
	return english.Phrase{}
}

func noteOf(op operation, s Step) (e journal.Entry) {
	op.note(&e, s)
	return e
}

// changedSince says which value is another than the one that the person saw in
// the plan, by what the journal would hold of both. What is so already is left
// out of a plan: it is no matter here.
func changedSince(op operation, seen, now Step, own map[string]bool) english.Phrase {
	was, is := noteOf(op, seen), noteOf(op, now)
	if now.known && now.Change.GUID == "" {
		// Nothing but its values tells the object from another of its name.
		was.Fields = append(was.Fields, valuesOf(seen.before)...)
		is.Fields = append(is.Fields, valuesOf(now.before)...)
	}
	for _, f := range was.Fields {
		i := slices.IndexFunc(is.Fields, func(n journal.Field) bool { return n.Field == f.Field })
		if i >= 0 && !own[f.Field] && f.Known && is.Fields[i].Known && f.Before != is.Fields[i].Before {
			return sayChanged(journal.Entry{Fields: is.Fields[i : i+1]})
		}
	}
	for i, p := range was.Properties {
		if len(is.Properties) != len(was.Properties) {
			i = slices.IndexFunc(is.Properties, func(n journal.Property) bool { return strings.EqualFold(n.Name, p.Name) })
		}
		// A mask, an addition and a removal leave alone what others did.
		guards := p.Known && p.Mask == nil && p.Operation == models.Replace.Name()
		if i >= 0 && guards && !own[p.Name] && is.Properties[i].Known &&
			(!sameNow(sentChange(p), p.Before, is.Properties[i].Before) || !sameStanding(p.BeforeGUIDs, is.Properties[i].BeforeGUIDs)) {
			return sayChanged(journal.Entry{Properties: is.Properties[i : i+1]})
		}
	}
	for _, l := range was.Licences {
		i := slices.IndexFunc(is.Licences, func(n journal.Licence) bool { return n.SKU == l.SKU })
		if i >= 0 && l.Known && is.Licences[i].Known && l.Before != is.Licences[i].Before {
			return sayChanged(journal.Entry{Licences: is.Licences[i : i+1]})
		}
	}
	if was.Photo != nil && is.Photo != nil && was.Photo.Known && is.Photo.Known && was.Photo.Before != is.Photo.Before {
		return sayChanged(journal.Entry{Photo: is.Photo})
	}
	return english.Phrase{}
}

// sayChanged says of the one value of an entry what it is now.
func sayChanged(now journal.Entry) english.Phrase {
	value := EntryValues(now)[0]
	if len(now.Fields) > 0 {
		value.Field = models.Field(value.Field).Label()
	}
	return english.Naming(value.Field, " was changed meanwhile: it is "+english.Quoted(value.Before)+" now"+lookAgain)
}

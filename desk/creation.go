package desk

import (
	"cmp"
	"context"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// creation is what the operations share that make an object.
type creation struct{}

// holdsNothing looks at the container that a new object is to go to.
func holdsNothing(container models.Object) (never, now string) {
	fits := container.Category == "" || container.Category.HoldsObjects()
	return when(!fits, "a "+container.Category.Label()+" holds no objects"), ""
}

func (creation) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = models.Delete
	for _, f := range e.Fields {
		if f.Field == valueLogon {
			c.Logon = f.After
		}
	}
	return c, nil, nil
}

func (creation) affected(out Outcome) []Affected {
	a := affectedObject(out.Change)
	a.Structure, a.Show = true, cmp.Or(out.NewDN, out.Change.DN)
	a.Parents = []models.DN{a.Show.Parent()}
	return []Affected{a}
}

// checkTaken refuses a step whose name, or place, is taken.
func (c creation) checkTaken(ctx context.Context, d *directory, s *Step, name string) error {
	words, err := takenName(ctx, d, name)
	if err != nil {
		return err
	}
	if words != "" {
		s.refuse(models.ErrExists, english.Own(words))
		return nil
	}
	return c.checkThere(ctx, d, s)
}

// checkThere refuses a step whose object is there already, where one object can
// be read at little cost.
func (creation) checkThere(ctx context.Context, d *directory, s *Step) error {
	if !has[Getter](d.backend) {
		return nil
	}
	_, there, err := d.exists(ctx, models.Ref{DN: s.Change.DN})
	if err == nil && there {
		s.refuse(models.ErrExists, english.Own("there is an object of that name in "+english.Quoted(s.Change.DN.Parent().RDN().Value)))
	}
	return err
}

// newcomer is where a new object is looked for: its container, and the logon
// name it has there, "" for none.
type newcomer struct {
	container models.DN
	logon     string
}

// lookNew reads an object that was made, and compares what can be read.
func (op creation) lookNew(ctx context.Context, d *directory, c models.Change, newDN models.DN, n newcomer, expected func(models.Object) []expectation) finding {
	o, there, err := op.readNewcomer(ctx, d, []models.DN{newDN, c.DN}, n)
	switch {
	case err != nil:
		return finding{err: err}
	case !there:
		return finding{seen: mismatch, words: "there is no such object"}
	}
	found := finding{seen: match, dn: o.DN, guid: o.Ref().GUID, words: "is now in " + english.Quoted(o.DN.Parent().RDN().Value)}
	found.who = whoIs(o)
	if o.Account != nil {
		found.created = o.Account.Created
	}
	var wrong []string
	for _, e := range expected(o) {
		switch {
		case !e.known:
			found.hidden = append(found.hidden, e.label)
		case !e.same:
			wrong = append(wrong, e.label+" is "+english.Quoted(e.now))
		}
	}
	if len(wrong) > 0 {
		found.seen, found.partly = mismatch, true
		found.words = "was made, but its " + strings.Join(wrong, ", its ")
	}
	return found
}

// readNewcomer finds what a creation made: by the name the server gave it, by
// the one it was to get, else by its logon name in its container.
func (creation) readNewcomer(ctx context.Context, d *directory, names []models.DN, n newcomer) (models.Object, bool, error) {
	if has[Getter](d.backend) {
		for _, dn := range names {
			if dn == "" {
				continue
			}
			if o, there, err := d.exists(ctx, models.Ref{DN: dn}); err != nil || there {
				return o, there, err
			}
		}
		return models.Object{}, false, nil
	}
	wanted := keys(names)
	delete(wanted, models.DN("").Key())
	pages := walk.Pages(ctx, d.backend, models.ListRequest{Base: n.container}, walk.Options{})
	return d.seek(pages, func(o *models.Object) bool {
		return wanted[o.DN.Key()] || n.logon != "" && strings.EqualFold(o.SAMAccountName, n.logon)
	})
}

// expectation is one value of a new object, beside what was asked for.
type expectation struct {
	label       string
	now         string
	known, same bool
}

func expectText(f models.Field, o models.Object, wanted string) expectation {
	now, known := f.Of(o)
	return expectation{label: f.Label(), now: now, known: known || wanted == "", same: now == wanted || wanted == ""}
}

// expectFlag compares a flag. That a flag which was not asked for cannot be read
// is not worth a word.
func expectFlag(label string, now models.Flag, wanted bool, no, yes string) expectation {
	words := no
	if now == models.Yes {
		words = yes
	}
	return expectation{label: label, now: words, known: now.Known() || !wanted, same: !now.Known() || now == models.FlagOf(wanted)}
}

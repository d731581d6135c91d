package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// Settle looks at the object of a write that was begun and whose end nobody wrote
// down, and writes down what is there now. Nothing is sent but questions. The
// error is for a look that could not be made; the note stays then.
func (d *Desk) Settle(ctx context.Context, e journal.Entry) (journal.Entry, error) {
	refused := func(kind error, words, advice string) error {
		return &models.Error{Kind: models.InWords(words, kind), Action: "settle", Object: e.ID, Advice: advice}
	}
	switch {
	case e.Outcome != verdict.Begun:
		return e, refused(models.ErrInvalid, "its end was written down", "Nothing is to be done.")
	case e.UnderWay:
		return e, refused(models.ErrBusy, "its program is at work on it", "Wait until that dirdesk has ended.")
	case d.journal == nil:
		return e, refused(models.ErrUnsupported, "no journal is kept of this connection", "Nothing can be written down.")
	}
	note := e.Words // of one that cannot be read
	e.Outcome, e.Verified, e.Words = verdict.Unknown, false, "nobody can tell what became of it: look at what it was about"
	if op, known := operations()[e.Action]; known && !op.about().Outside {
		if _, err := d.belongs(ctx, e); err != nil {
			return e, err
		}
		if err := d.findOut(ctx, op, &e); err != nil {
			return e, err
		}
	}
	e.Words = "found when looked at later: " + e.Words
	if note != "" {
		e.Words += "; the note was: " + note
	}
	e.Settled = &journal.Settled{Time: d.options.Now().UTC(), Operator: d.who()}
	if err := d.journal.Append(ctx, e); err != nil {
		return e, d.unwritable("Make room, or mend the file's permissions.", err)
	}
	return e, nil
}

// BegunWords tell of writes that were begun and whose end nobody wrote down.
func BegunWords(left []journal.Entry) string {
	first := left[0]
	words := fmt.Sprintf("A change was begun, and nobody wrote down how it ended: %s %s, %s.",
		first.Action, english.Quoted(called(models.Change{Name: first.Name, DN: first.DN})), first.Time.Local().Format("2006-01-02 15:04"))
	if len(left) > 1 {
		words = fmt.Sprintf("%d changes were begun, and nobody wrote down how they ended; the first: %s", len(left), strings.TrimPrefix(words, "A change was begun, and nobody wrote down how it ended: "))
	}
	return words
}

// findOut fills in what became of an entry, as far as the directory shows it.
func (d *Desk) findOut(ctx context.Context, op operation, e *journal.Entry) error {
	about := op.about()
	o, there, err := d.readOf(ctx, *e)
	if err != nil {
		return err
	}
	name := cmp.Or(e.Name, e.DN.RDN().Value)
	other := ""
	if there {
		other = anotherThere(*e, o)
	}
	gone := !there || other != ""
	switch {
	case about.Creates && !gone:
		findNewcomer(o, e)
	case about.Deletes && gone:
		e.Outcome, e.Verified, e.Words = verdict.Done, true, name+" is gone"
	case about.Deletes, about.Creates:
		e.Outcome, e.Words = verdict.Failed, name+when(gone, " is not there")+when(!gone, " is there still")
	case gone:
		e.Words = strings.TrimSuffix(name+" is not there any more; "+other, "; ")
	default:
		return d.findValues(ctx, op, o, e)
	}
	return nil
}

// findNewcomer says of what has the name of something new whether that can be what
// the entry made. As in lostCreation, that it is so is never verified.
func findNewcomer(o models.Object, e *journal.Entry) {
	name := cmp.Or(e.Name, e.DN.RDN().Value)
	var created time.Time
	if o.Account != nil {
		created = o.Account.Created
	}
	differs := slices.ContainsFunc(e.Fields, func(f journal.Field) bool {
		now, known := models.Field(f.Field).Of(o)
		return known && f.Known && now != f.After
	})
	switch {
	case !created.IsZero() && created.Before(e.Time.Add(-mostSkew)):
		e.Outcome, e.Words = verdict.Failed, name+" was not made: another object has that name now, "+whoIs(o)
	case differs, created.After(e.Time.Add(mostSkew)):
		e.Words = name + " may have been made, or the object of that name may be somebody else's: " + whoIs(o)
	default:
		e.Outcome, e.GUID = verdict.Done, cmp.Or(e.GUID, o.Ref().GUID)
		e.Words = name + " is there as it was sent; not verified, as somebody else may have made the same in that moment"
	}
}

// readOf reads the object of an entry whose new name nobody wrote down.
func (d *directory) readOf(ctx context.Context, e journal.Entry) (o models.Object, there bool, err error) {
	dns := []models.DN{e.DN}
	for _, f := range e.Fields {
		switch f.Field {
		case valueName:
			dns = append(dns, e.DN.Parent().Child(e.DN.RDN().Type, f.After))
		case valueParent:
			dns = append(dns, models.DN(f.After).Child(e.DN.RDN().Type, e.DN.RDN().Value))
		}
	}
	for _, dn := range dns {
		if o, there, err = d.exists(ctx, models.Ref{DN: dn, GUID: e.GUID}); err != nil || there {
			break
		}
	}
	return o, there, err
}

// findValues compares what an object holds with what an entry says was before and
// was to be.
func (d *directory) findValues(ctx context.Context, op operation, o models.Object, e *journal.Entry) error {
	var v sights
	before := true // all is as it was
	see := func(label, now string, isBefore, isAfter bool) {
		v.see(isAfter, label+" is "+cmp.Or(english.Quoted(now), "empty"))
		before = before && isBefore
	}
	for _, f := range e.Fields {
		if now, known := valueOf(o, f.Field); known {
			see(models.Field(f.Field).Label(), now, f.Known && sameValue(f.Field, now, f.Before), sameValue(f.Field, now, f.After))
		} else {
			v.hidden = append(v.hidden, models.Field(f.Field).Label())
		}
	}
	if err := errors.Join(d.findMembers(ctx, op, o, e, &v, see), d.findProperties(ctx, o, e, &v, see)); err != nil {
		return err
	}
	found := v.finding(d)
	switch {
	case found.seen == match && len(v.hidden) == 0:
		e.Outcome, e.Verified = verdict.Done, true
	case found.seen == mismatch && before && len(v.hidden) == 0:
		e.Outcome = verdict.Failed
	case found.seen == mismatch && found.partly:
		e.Outcome = verdict.Partly
	}
	e.Words = called(models.Change{Name: e.Name, DN: e.DN}) + ": " + found.words
	if len(v.hidden) > 0 && found.seen != unseen {
		e.Words += "; cannot be shown: " + strings.Join(v.hidden, ", ")
	}
	return nil
}

type seeing func(label, now string, isBefore, isAfter bool)

func (d *directory) findMembers(ctx context.Context, op operation, o models.Object, e *journal.Entry, v *sights, see seeing) error {
	change, ok := op.(memberChange)
	if !ok {
		return nil
	}
	present, err := d.Members(ctx, o.Ref(), false)
	if errors.Is(err, models.ErrUnsupported) {
		v.hidden = append(v.hidden, "members")
		return nil
	}
	if err != nil {
		return err
	}
	there := keys(present)
	for _, m := range e.Members {
		in := there[m.Key()]
		see(m.RDN().Value, when(in, "in it")+when(!in, "not in it"), in != change.adding, in == change.adding)
	}
	return nil
}

func (d *directory) findProperties(ctx context.Context, o models.Object, e *journal.Entry, v *sights, see seeing) error {
	if e.Photo != nil || len(e.Licences) > 0 || len(e.Others) > 0 {
		v.hidden = append(v.hidden, "what is no property")
	}
	if len(e.Properties) == 0 {
		return nil
	}
	sheet, err := d.Properties(ctx, o.Ref())
	if err != nil {
		return err
	}
	for _, p := range e.Properties {
		c := sentChange(p)
		now, listed := sheet.Property(p.Name)
		if !listed && sheet.Partial != "" || p.AfterLeftOut || p.BeforeLeftOut {
			v.hidden = append(v.hidden, p.Name)
			continue
		}
		see(p.Name, saidAll(c.Type, p.Name, now.Values), p.Known && sameNow(c, p.Before, now.Values), sameNow(c, p.After, now.Values))
	}
	return nil
}

package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"dirdesk/desk/bookmarks"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// journalWriter writes down what is changed, before and after it is sent.
type journalWriter struct {
	directory *directory
	journal   *journal.Journal // nil: nothing is written down
	operator  journal.Operator
	ticket    string
	profile   string // the connection's name; "" for none
}

// Journal is what the desk writes down to; nil when it does not.
func (w *journalWriter) Journal() *journal.Journal { return w.journal }

// Recent are the people that were changed over this connection, the last first. A
// line that cannot be read is left out: who looks into the journal is told of it.
func (w *journalWriter) Recent(most int) (people []bookmarks.Mark) {
	if w.journal == nil {
		return nil
	}
	var all []bookmarks.Mark
	for e, err := range journal.Read(w.journal.Path()) {
		if err == nil && e.Category == models.Person && e.Profile == w.profile && !TraitsOf(e.Action).Deletes && e.Outcome.Changed() {
			dn := cmp.Or(e.NewDN, e.DN)
			all = append(all, bookmarks.Mark{DN: dn, GUID: e.GUID, Name: dn.RDN().Value, Category: e.Category})
		}
	}
	for _, m := range slices.Backward(all) {
		if len(people) < most && !slices.ContainsFunc(people, m.Same) {
			people = append(people, m)
		}
	}
	return people
}

// entryOf is what the journal says of a change before it is sent, but for its
// values, which its operation notes.
func (w *journalWriter) entryOf(ctx context.Context, c models.Change, undoes string) journal.Entry {
	about, in := w.directory.backend.About(), w.directory.domainOf(ctx)
	e := journal.Entry{
		Time: w.directory.options.Now().UTC(), Operator: w.who(), Backend: about.Backend, Server: about.URL,
		Realm: in.realm, Domain: in.guid, Profile: w.profile, Ticket: w.ticket, Undoes: undoes,
		Action: c.Action, DN: c.DN, GUID: c.GUID, Name: called(c), Category: c.Category,
	}
	return e
}

// who makes the changes.
func (w *journalWriter) who() journal.Operator {
	operator := w.operator
	operator.Account = cmp.Or(operator.Account, w.directory.backend.About().Account)
	return operator
}

// begin announces a write in the journal. The end of ctx ends the wait for
// another program that holds it.
func (w *journalWriter) begin(ctx context.Context, entry *journal.Entry) error {
	if w.journal == nil {
		return nil
	}
	entry.ID = journal.NewID()
	entry.Outcome = verdict.Begun
	if err := w.journal.Append(ctx, *entry); err != nil {
		entry.ID = ""
		if _, notCopied := errors.AsType[*journal.CopyError](err); notCopied {
			return w.unwritable("Nothing was sent, as copy_required is set: "+err.Error()+". Mend the copy, and try again.", err)
		}
		return w.unwritable("Nothing was sent. Make room, or mend the file's permissions, and try again.", err)
	}
	return nil
}

// end writes down what became of a write. The error is why no further one
// may be made; the outcome of this one stands. Once ctx has ended, another
// program that holds the journal is waited for no longer than patience.
func (w *journalWriter) end(ctx context.Context, entry journal.Entry, out *Outcome) error {
	if w.journal == nil {
		return nil
	}
	entry.Outcome, entry.Verified, entry.Words, entry.NewDN = out.Verdict, out.Verified, out.Words, out.NewDN
	entry.GUID = cmp.Or(entry.GUID, out.Change.GUID) // of a new object it is known now
	if out.Err != nil {
		entry.Error = out.Err.Error()
	}
	waiting, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(patience, stop) })()
	err := w.journal.Append(waiting, entry)
	if err == nil {
		return nil
	}
	if _, notCopied := errors.AsType[*journal.CopyError](err); notCopied {
		out.Words += "; " + err.Error()
		if !w.journal.CopyRequired() {
			return nil
		}
		out.Unrecorded = w.unwritable("The change is in the journal. Mend the copy before going on.", err)
		return out.Unrecorded
	}
	out.Words += "; but the journal says only that it was begun: " + err.Error()
	out.Unrecorded = w.unwritable("Make room, or mend the file's permissions, before going on; then journal settle writes down what became of it.", err)
	return out.Unrecorded
}

// patience is how long the line of a write that was sent waits for its turn when
// the person wants to leave.
const patience = 2 * time.Second

func (w *journalWriter) unwritable(advice string, err error) error {
	return &models.Error{
		Kind: models.InWords("the journal cannot be written", models.ErrDenied), Action: "write down the change in", Object: w.journal.Path(),
		Advice: advice, Err: err,
	}
}

// Names of values in the journal that are no models.Field.
const (
	valueLogon        = "sAMAccountName"
	valueDisabled     = "disabled"
	valueLocked       = "locked"
	valueExpires      = "accountExpires"
	valueMustChange   = "mustChangePassword"
	valueCannotChange = "cannotChangePassword"
	valueNeverExpires = "passwordNeverExpires"
	valueProtected    = "protectedFromDeletion"
	valuePassword     = "password"
	valueName         = "name"
	valueParent       = "parent"
	valueScope        = "scope"
	valueType         = "type"
)

// afters are values that were not there before: names and values in turn.
func afters(pairs ...string) []journal.Field {
	var all []journal.Field
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, journal.Field{Field: pairs[i], Known: true, After: pairs[i+1]})
		}
	}
	return all
}

// before is a value of an entry before the change; "" when it is not known.
func before(e journal.Entry, field string) string {
	for _, f := range e.Fields {
		if f.Field == field && f.Known {
			return f.Before
		}
	}
	return ""
}

func flagBefore(e journal.Entry, field string) models.Flag {
	for _, flag := range []models.Flag{models.Yes, models.No} {
		if before(e, field) == flag.Label() {
			return flag
		}
	}
	return models.Unknown
}

package desk

import (
	"context"
	"sync"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// operation is all that dirdesk knows of one action. Each stands in a file
// op_*.go, those that switch a flag together; a new one is a type with these
// methods and a line in [operations].
type operation interface {
	about() description
	// examine compares what is asked for with what is there: it leaves out of
	// the change what is so already, warns, and refuses the step.
	examine(ctx context.Context, d *directory, s *Step, o PlanOptions) error

	// mayNot says which right that a change takes the operator lacks: on the object,
	// of a creation on the container, and into, where it is moved to. "" when there
	// is none, or it is not known.
	mayNot(d *directory, on, into models.Rights, c models.Change) string

	// title says in a few words what a step does.
	title(s Step) string
	// lines are the values before and after.
	lines(s Step) []Line

	// send makes the one write and gives the name of what was made, renamed or
	// moved.
	send(ctx context.Context, d *directory, s Step, o PlanOptions) (models.DN, error)
	// look reads back what a step asked for. newDN is what the server said it
	// named the object, if it did.
	look(ctx context.Context, d *directory, s Step, newDN models.DN) finding

	// note writes the values before and after into a journal's entry.
	note(e *journal.Entry, s Step)
	// reverse makes of a change that names the object the one that takes an
	// entry back. left is what of it cannot be taken back, in words. When
	// nothing can, the error is a *CannotUndo.
	reverse(e journal.Entry, c models.Change) (back models.Change, left []string, err error)
	// affected says which objects are to be read again after an outcome.
	affected(out Outcome) []Affected
}

// description is what of an operation is one rule or a few words.
type description struct {
	Traits
	several string // the title for many objects, without their number
	// cannot says why the connection cannot do it at all; "" when it can. The
	// category may be "", which is any.
	cannot func(d *directory, category models.Category) string
	// unfit says why it can never be done to an object, and why there is no use
	// in it now; "" for neither. Of a creation the object is the container.
	unfit func(o models.Object) (never, now string)
	// told is where an object says that it can be done; nil for what none says.
	told func(o *models.Object) *models.Flag
	// malformed says what is wrong with a change by itself; nil when nothing can be.
	malformed func(c models.Change) english.Phrase
}

func (d description) about() description { return d }

// needing is for an operation that takes one capability, with what the
// connection cannot do without it.
func needing[T any](phrase string) func(*directory, models.Category) string {
	return func(d *directory, _ models.Category) string { return needs[T](d, phrase) }
}

// needingDSM is for an operation that nothing but DSM can do.
func needingDSM[T any](d *directory, _ models.Category) string {
	return when(!has[T](d.backend), onlyDSM)
}

// anyObject is for operations that can be done to any object, whatever its state.
func anyObject(models.Object) (never, now string) { return "", "" }

// onlyA is for operations on one kind of object.
func onlyA(category models.Category, words string) func(models.Object) (never, now string) {
	return func(o models.Object) (never, now string) { return when(o.Category != category, words), "" }
}

// operations are all operations by their action, which are made once: they are
// asked for at every key.
var operations = sync.OnceValue(func() map[models.Action]operation {
	return map[models.Action]operation{
		models.CreateUser:    createUser{},
		models.CreateGroup:   createGroup{},
		models.CreateOU:      createOU{},
		models.Edit:          edit{},
		models.SetPassword:   setPassword{},
		models.SendResetMail: sendResetMail{},
		models.AddMembers:    memberChange{adding: true},
		models.RemoveMembers: memberChange{},
		models.Enable:        switchAccount(models.Enable, models.Disable, "it is enabled"),
		models.Disable:       switchAccount(models.Disable, models.Enable, "it is disabled already"),
		models.Unlock:        unlock(),
		models.SetExpiry:     setExpiry{},
		models.SetMustChange: setMustChange(),
		models.Rename:        rename{},
		models.Move:          move{},
		models.Modify:        modification{},
		models.Protect:       switchProtection(models.Protect),
		models.Unprotect:     switchProtection(models.Unprotect),
		models.Delete:        deletion{},
		models.SyncDomain:    syncDomain{},
	}
})

// Traits are what a screen or a command has to know of an action.
type Traits struct {
	Creates    bool // it makes an object; the change's DN is the name it is to get
	NewAccount bool // it makes an account, which a server with a copy of the domain does not know yet
	Deletes    bool // the object is gone afterwards
	Password   bool // it gives an account a password
	Resets     bool // of an account that is there, or a way to another one
	Brief      bool // its lines say nothing that a form has not asked for
	Outside    bool // it changes nothing in the directory that could be taken back

	inParts bool // a refused write may have been done in part
	unread  bool // no object is read for its plan
}

// TraitsOf gives what is to be known of an action. Of one that is none of
// models.Actions, such as a raw request, nothing is known.
func TraitsOf(action models.Action) Traits {
	if op, ok := operations()[action]; ok {
		return op.about().Traits
	}
	return Traits{Outside: true}
}

// Affected is an object that is to be read again after a change.
type Affected struct {
	DN      models.DN // as it was; "" for one that is new
	Parents []models.DN
	// Structure says that objects came, went or got another name; else only the
	// values of the object are others.
	Structure bool
	// Containers says that those may have been containers.
	Containers bool
	// To is the name that the object has now; "" when it kept its own.
	To models.DN
	// Show is what a person wants to see next; "" for nothing else.
	Show models.DN
}

// Gone reports an object that is not there any more.
func (a Affected) Gone() bool { return a.Structure && a.To == "" && a.Show == "" }

// AffectedBy says which objects are to be read again after an outcome.
func AffectedBy(out Outcome) []Affected {
	if op, ok := operations()[out.Change.Action]; ok {
		return op.affected(out)
	}
	return nil
}

// inPlace is for operations that leave an object where it is, under its name.
type inPlace struct{}

func (inPlace) affected(out Outcome) []Affected { return []Affected{affectedObject(out.Change)} }

// affectedObject is the object of a change, as it was called before.
func affectedObject(c models.Change) Affected {
	return Affected{DN: c.DN, Parents: []models.DN{c.DN.Parent()}, Containers: c.Category.HoldsObjects()}
}

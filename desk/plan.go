package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Line is one value of a step, before and after, in words for a person. Texts
// come from the directory and from people, and are not safe to print raw.
type Line struct {
	Label  string
	Before string
	After  string
	// Sign is "+" for a value that comes to others and "-" for one that goes from
	// among them; "" for a value before and after.
	Sign string
}

// Step is one write of a plan.
type Step struct {
	Change   models.Change
	Title    string // "edit jdoe", "delete the OU Staff with 12 objects"
	Lines    []Line
	Warnings []english.Phrase
	// Alarms are warnings that nobody may overlook: that somebody cannot sign in
	// after it.
	Alarms []english.Phrase
	// Privileged says why the object is one of those that rule the domain; "" for
	// all others. Such a plan asks a second question.
	Privileged string
	// Facts are what is so and is to be known before: what keeps somebody out, whom
	// to call back.
	Facts []Line
	// Off says that the step is only offered: it is left out. See Plan.Offers.
	Off bool
	// Refused says why this step will not be tried; nil when it will.
	Refused error
	// Nothing says that the directory holds the wish already: the step is done
	// without a write.
	Nothing bool
	// Undoes is the journal id of the entry that the step takes back.
	Undoes string
	// Doubts are what only a person can answer, beside the plan's own question.
	Doubts []Doubt
	// Newer is what keeps the step from taking something back; nil for nothing, or
	// for what no yes mends.
	Newer *Newer
	// Below is the number of objects that a deletion takes along.
	Below int

	below []models.Descendant // of a deletion: what it takes along
	// offered says that nobody asked for the step.
	offered bool
	before  models.Object // as it was read for the plan
	known   bool          // before was read
	// parentGUID is of the container that an object to be moved is in.
	parentGUID string

	// Of a Modify: what is known of each property, the photo and the licences
	// that were there.
	properties []knownProperty
	photo      []byte
	photoKnown bool
	licences   map[string]bool // by the SKU in lower case; nil: not told
}

// name is how a person knows the object, whoever else has a name like it: by its
// name, its logon name and its place. What comes behind it in the sentence is
// parted from the place.
func (s Step) name(behind ...string) string {
	o := s.before
	if c := s.Change; !s.known {
		o = models.Object{DN: c.DN, Name: called(c), SAMAccountName: c.Logon}
		if c.User != nil {
			o.Name, o.SAMAccountName = cmp.Or(c.User.DisplayName, c.DN.RDN().Value, called(c)), c.User.LogonName
		}
	}
	name := cmp.Or(o.Name, o.DN.RDN().Value, o.Called())
	if strings.EqualFold(name, o.SAMAccountName) {
		name = cmp.Or(o.DisplayName, name)
	}
	words := english.Quoted(name)
	if logon := o.SAMAccountName; logon != "" && !strings.EqualFold(strings.TrimSuffix(logon, "$"), name) {
		words += " (" + english.Quoted(logon) + ")"
	}
	if parent := o.DN.Parent(); len(parent.Path()) > 0 {
		words += ", " + placeOf(parent)
		if len(behind) > 0 {
			words += ","
		}
	}
	return strings.Join(append([]string{words}, behind...), " ")
}

func (s *Step) warn(why english.Phrase) { s.Warnings = append(s.Warnings, why) }

func (s *Step) refuse(kind error, why english.Phrase) { s.Refused = refuse(s.Change, kind, why) }

// placeOf is the way down to a container, for a person.
func placeOf(dn models.DN) string {
	return cmp.Or(strings.Join(dn.Path(), " › "), dn.RDN().Value)
}

// PlanOptions say what a plan may hold.
type PlanOptions struct {
	// Subtree lets the deletion of a container take along what is in it; without
	// it such a step is refused with models.ErrNotEmpty.
	Subtree bool
	// asItWas lets values come back that break the rules for new ones.
	asItWas bool
	// MaxObjects is how many objects the plan may concern at most, 0 for any
	// number: where nobody types it, a larger plan is refused with ErrTooMany.
	MaxObjects int
}

// ErrTooMany says that a plan concerns more objects than it may.
var ErrTooMany error = models.InWords("too many objects at once", models.ErrPolicy)

// Plan is a list of writes that were looked at and not made.
type Plan struct {
	Steps []Step
	// Offers are what would let somebody in who could not sign in after the plan.
	Offers []Offer
	// CallerVerified says that a person ticked that the caller is who they say.
	CallerVerified bool
	options        PlanOptions
}

// Chosen are the steps that are not only offered.
func (p Plan) Chosen() []Step {
	return slices.DeleteFunc(slices.Clone(p.Steps), func(s Step) bool { return s.Off })
}

// Ready is the number of steps that will write something.
func (p Plan) Ready() int {
	n := 0
	for _, s := range p.Chosen() {
		if s.Refused == nil && !s.Nothing {
			n++
		}
	}
	return n
}

// Refused is the first reason why a step will not be tried; nil when all will.
func (p Plan) Refused() error {
	for _, s := range p.Steps {
		if s.Refused != nil {
			return s.Refused
		}
	}
	return nil
}

// What stands in a plan for a value that is not shown.
const (
	notKnown  = "(not known)"
	notShown  = "(not shown)"
	aPassword = "(a new password, not shown)"
)

// filled leaves out the lines that say nothing.
func filled(all ...Line) []Line {
	kept := make([]Line, 0, len(all))
	for _, l := range all {
		if l.Before != "" || l.After != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

func yes(b bool) string { return when(b, "yes") }

// called is how a person calls the object of a change.
func called(c models.Change) string {
	switch {
	case c.Name != "":
		return c.Name
	case c.User != nil:
		return c.User.LogonName
	case c.Group != nil:
		return c.Group.Name
	case c.DN != "":
		return c.DN.RDN().Value
	default:
		return c.Logon
	}
}

// QuestionKind is how a person confirms a plan.
type QuestionKind uint8

// The kinds of question, by weight.
const (
	None       QuestionKind = iota // nothing would be written
	YesNo                          // "no" unless they say yes
	TypeNumber                     // they type how many objects it concerns
)

// Question is what a person is asked before a plan is applied.
type Question struct {
	Kind   QuestionKind
	Text   string // "Delete jdoe?"
	Number int    // of TypeNumber: what is to be typed
	// Destructive says that the plan deletes something. A form that has shown
	// the lines of a plan that is not, and asks YesNo, is question enough.
	Destructive bool
}

// Question is what a person is to be asked before the plan is applied: nothing
// when nothing would be written, yes or no for one object, whatever is done to
// it, and the number to be typed for several or for a container that is not
// empty.
func (p Plan) Question() Question {
	steps, number := p.concerned()
	q := Question{Destructive: slices.ContainsFunc(steps, func(s Step) bool { return TraitsOf(s.Change.Action).Deletes })}
	switch {
	case len(steps) == 0:
		return Question{}
	case number == 1:
		titles := make([]string, len(steps))
		for i, s := range steps {
			titles[i] = s.Title
			if i > 0 {
				titles[i] = strings.Replace(s.Title, s.name(), english.Quoted(called(s.Change)), 1)
			}
		}
		q.Kind, q.Text = YesNo, english.Own(english.And(titles...)).Capital()+"?"
	case len(steps) == 1:
		q.Kind, q.Number = TypeNumber, number
		q.Text = fmt.Sprintf("%s? %s will be gone.", english.Own(steps[0].Title).Capital(), english.Count(number, "object"))
	default:
		q.Kind, q.Number = TypeNumber, number
		q.Text = fmt.Sprintf("%s %s?", english.Own(manyWords(steps)).Capital(), objects(number))
	}
	return q
}

// concerned are the steps that would write, and the number of objects that they
// concern.
func (p Plan) concerned() (steps []Step, number int) {
	counted := map[string]bool{}
	for _, s := range p.Chosen() {
		if s.Refused != nil || s.Nothing {
			continue
		}
		steps = append(steps, s)
		if key := s.Change.DN.Key(); key == "" || !counted[key] {
			counted[key] = true
			number += 1 + s.Below
		}
	}
	return steps, number
}

// bound refuses a plan that concerns more than most objects, 0 for any number.
func (p Plan) bound(most int, whose string) {
	if _, number := p.concerned(); most > 0 && number > most {
		for i := range p.Steps {
			if s := &p.Steps[i]; s.Refused == nil && !s.Nothing {
				s.refuse(ErrTooMany, english.Own(fmt.Sprintf("the plan concerns %s, and at most %s are allowed %s", objects(number), english.Number(most), whose)))
			}
		}
	}
}

// manyWords is the action of several steps.
func manyWords(steps []Step) string {
	if slices.ContainsFunc(steps, func(s Step) bool { return s.Undoes == "" }) {
		return actionWords(steps)
	}
	return undoTitle(actionWords(steps))
}

func actionWords(steps []Step) string {
	action := steps[0].Change.Action
	for _, s := range steps {
		if s.Change.Action != action {
			return "change"
		}
	}
	if op, known := operations()[action]; known {
		return op.about().several
	}
	return string(action)
}

package desk

import (
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Line is one value of a step, before and after, in words for a person. Texts
// come from the directory and from people, and are not safe to print raw.
type Line struct {
	Label  string
	Before string
	After  string
}

// Step is one write of a plan.
type Step struct {
	Change   models.Change
	Title    string // "edit jdoe", "delete the OU Staff with 12 objects"
	Lines    []Line
	Warnings []english.Phrase
	// Refused says why this step will not be tried; nil when it will.
	Refused error
	// Nothing says that the directory holds the wish already: the step is done
	// without a write.
	Nothing bool
	// Below is the number of objects that a deletion takes along.
	Below int

	before models.Object // as it was read for the plan
	known  bool          // before was read

	// Of a Modify: what is known of each property, the photo and the licences
	// that were there, and when all that was read.
	properties []knownProperty
	photo      []byte
	photoKnown bool
	licences   map[string]bool // by the SKU in lower case; nil: not told
	readAt     time.Time
}

// name is how a person calls the object, within a sentence.
func (s Step) name() string { return english.Quoted(called(s.Change)) }

func (s *Step) warn(why english.Phrase) { s.Warnings = append(s.Warnings, why) }

func (s *Step) refuse(kind error, why english.Phrase) { s.Refused = refuse(s.Change, kind, why) }

// PlanOptions say what a plan may hold.
type PlanOptions struct {
	// Subtree lets the deletion of a container take along what is in it; without
	// it such a step is refused with models.ErrNotEmpty.
	Subtree bool
}

// Plan is a list of writes that were looked at and not made.
type Plan struct {
	Steps   []Step
	options PlanOptions
	undoes  string // journal id of the entry that it takes back
}

// Ready is the number of steps that will write something.
func (p Plan) Ready() int {
	n := 0
	for _, s := range p.Steps {
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

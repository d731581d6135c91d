package desk

import (
	"fmt"

	"dirdesk/internal/english"
)

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
	var steps []Step
	number := 0
	counted := map[string]bool{}
	q := Question{}
	for _, s := range p.Steps {
		if s.Refused != nil || s.Nothing {
			continue
		}
		steps = append(steps, s)
		if key := s.Change.DN.Key(); key == "" || !counted[key] {
			counted[key] = true
			number += 1 + s.Below
		}
		q.Destructive = q.Destructive || TraitsOf(s.Change.Action).Deletes
	}
	switch {
	case len(steps) == 0:
		return Question{}
	case number == 1:
		titles := make([]string, len(steps))
		for i, s := range steps {
			titles[i] = s.Title
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

// manyWords is the action of several steps.
func manyWords(steps []Step) string {
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

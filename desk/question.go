package desk

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

// Package verdict says what became of a write.
package verdict

// Verdict is what became of a write.
type Verdict string

// The verdicts.
const (
	Done     Verdict = "done"
	Failed   Verdict = "failed"    // the directory does not hold what was wished
	Partly   Verdict = "partly"    // it holds some of it, and not the rest
	Unknown  Verdict = "unknown"   // the answer was lost, and it cannot be read back
	NotTried Verdict = "not tried" // refused by the plan, or cancelled before it
	// Pending: somebody has to approve it; nothing has changed yet, and it is not
	// to be sent again.
	Pending Verdict = "sent for approval"
	// Begun is the outcome of a journal's entry whose write was announced and
	// whose end was not written down.
	Begun Verdict = "begun"
)

// Changed reports whether something was changed, or may have been.
func (v Verdict) Changed() bool { return v == Done || v == Partly || v == Unknown || v == Begun }

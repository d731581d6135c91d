package desk

import "dirdesk/models"

// Verdict is what became of a write.
type Verdict string

// The verdicts.
const (
	Done     Verdict = "done"
	Failed   Verdict = "failed"    // the directory does not hold what was wished
	Unknown  Verdict = "unknown"   // the answer was lost, and it cannot be read back
	NotTried Verdict = "not tried" // refused by the plan, or cancelled before it
	// Pending: somebody has to approve it; nothing has changed yet, and it is not
	// to be sent again.
	Pending Verdict = "sent for approval"
)

// Outcome is what became of one step.
type Outcome struct {
	Step    int // index in the plan
	Change  models.Change
	Verdict Verdict
	// Words are for the status line: "jdoe: phone is now 555-0100, verified".
	// They hold text of the directory, and never a secret.
	Words    string
	Verified bool      // the directory was read back and holds it
	Err      error     // why it failed, is unknown or was not tried
	NewDN    models.DN // of what was made, renamed or moved
	Entry    string    // id in the journal; "" when nothing was written down
	// Messages are what the server said beyond yes or no: warnings, what its
	// rules did. Their texts are not safe to print raw.
	Messages []models.Message
}

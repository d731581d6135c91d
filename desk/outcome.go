package desk

import (
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// Outcome is what became of one step.
type Outcome struct {
	Step    int // index in the plan
	Change  models.Change
	Verdict verdict.Verdict
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

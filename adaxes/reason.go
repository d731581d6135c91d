package adaxes

import "dirdesk/models"

// reason gives a kind of error the words for this case.
type reason struct {
	words string
	kind  error
}

// Error gives the words.
func (r reason) Error() string { return r.words }

// Unwrap gives the kind.
func (r reason) Unwrap() error { return r.kind }

const (
	adviceRetry  = "Try again; if it stays, look into the log of the Adaxes service."
	adviceReport = "Please report this with the detail."
	adviceLook   = "Look whether it was done before you try again."
	adviceHost   = "Check that host, port and directory lead to Adaxes' REST API: adaxes://HOST[:PORT][/VDIR]."
	adviceToken  = "Get a new access token, or sign in with account and password."
	adviceSignIn = "Sign in again."
)

// invalid refuses what the caller gave, before anything is sent.
func invalid(action, object, words, advice string) error {
	return &models.Error{Kind: reason{words, models.ErrInvalid}, Action: action, Object: object, Advice: advice}
}

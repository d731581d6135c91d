package adaxes

import (
	"fmt"
	"net/http"
)

// failure is an error as the API tells it. The order of its members is that of
// the documents.
type failure struct {
	status  int
	Message string              `json:"message"`
	Code    string              `json:"code"`
	State   map[string][]string `json:"modelState,omitempty"` // of a 400: by the path of the member
	Inner   *innerError         `json:"innerError,omitempty"` // of a 403: why a sign-in was refused
}

type innerError struct {
	Message      string `json:"message"`
	Code         string `json:"code"`
	AttemptsLeft *int   `json:"attemptsLeft,omitempty"`
}

func fail(status int, message string, args ...any) *failure {
	return &failure{status: status, Message: fmt.Sprintf(message, args...), Code: errorCode(status)}
}

func badMember(path, complaint string, args ...any) *failure {
	return badRequest(map[string][]string{path: {fmt.Sprintf(complaint, args...)}})
}

// refused is an answer to a sign-in that was not accepted.
func refused(code, message string, attemptsLeft *int) *failure {
	f := fail(http.StatusForbidden, "Logon failed.")
	f.Inner = &innerError{Message: message, Code: code, AttemptsLeft: attemptsLeft}
	return f
}

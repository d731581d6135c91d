package adaxes

import (
	"fmt"
	"net/http"
)

// failure is an error as the API tells it. The order of its members is that of
// the documents.
type failure struct {
	status  int
	page    string              // of a redirect: where to
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

// redirect is the web server's answer to what is none of the API's (seen on a
// server): to a page, and no JSON.
func redirect(page string) *failure { return &failure{status: http.StatusFound, page: page} }

func badMember(path, complaint string, args ...any) *failure {
	return badRequest(map[string][]string{path: {fmt.Sprintf(complaint, args...)}})
}

// absent is the answer where a member that has to be there is not.
func absent(name string) *failure { return badMember(name, "%s", missing(name)) }

// refused is an answer to a sign-in that was not accepted.
func refused(code, message string, attemptsLeft *int) *failure {
	f := fail(http.StatusForbidden, "Logon failed.")
	f.Inner = &innerError{Message: message, Code: code, AttemptsLeft: attemptsLeft}
	return f
}

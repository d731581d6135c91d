package adaxes

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"dirdesk/models"
)

// Paths below the base (official, but for the three of signing in, which a
// public client has).
const (
	pathObjects    = "/api/directoryObjects"
	pathSearch     = "/api/directoryObjects/search"
	pathMove       = "/api/directoryObjects/move"
	pathEnable     = "/api/directoryObjects/account/enable"
	pathDisable    = "/api/directoryObjects/account/disable"
	pathUnlock     = "/api/directoryObjects/account/unlock"
	pathReset      = "/api/directoryObjects/resetPassword"
	pathMembers    = "/api/directoryObjects/groupMembers"
	pathOperations = "/api/runningOperations/"
	pathSession    = "/api/authSessions/create"
	pathToken      = "/api/auth"
)

// Bounds of what is read of an answer, in bytes. An object of a search takes
// about 1 kB.
const (
	maxAnswer = 32 << 20
	maxSearch = 256 << 20
)

// request is one thing to be asked of the server: what goes over the wire, and
// what is said of it when it fails. Secrets stand in the body only.
type request struct {
	verb  string     // http.MethodGet, ...
	path  string     // below the base: pathObjects
	query url.Values // may be nil
	body  []byte     // JSON, sent as it is; nil for none

	action string // in words for errors: "modify"
	object string // what it is about: a DN, GUID, SID; "" for the server itself

	// secrets are what must not come back in the words of an error, beside the
	// token and the password of the sign-in.
	secrets []models.Secret

	write     bool          // it changes something: call operate
	anonymous bool          // it needs no token
	most      int           // bytes of the answer; 0: maxAnswer
	timeout   time.Duration // 0: that of reading or writing
}

// reading is a request that changes nothing.
func reading(path string, query url.Values, action, object string) request {
	return request{verb: http.MethodGet, path: path, query: query, action: action, object: object}
}

// writing is a request that changes something, its body made of v.
func writing(verb, path string, v any, action, object string, secrets ...models.Secret) (request, error) {
	body, err := encode(v)
	if err != nil {
		return request{}, invalid(action, object, "there are characters in it that are not UTF-8", "Type it anew, or save the file it comes from as UTF-8.")
	}
	return request{verb: verb, path: path, body: body, action: action, object: object, secrets: secrets, write: true}, nil
}

var errNotUTF8 = errors.New("not UTF-8")

// encode makes compact JSON with the members in their order and <, > and & as
// they are. Text that is not UTF-8 is refused: it would arrive as another text.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	body := bytes.TrimRight(out.Bytes(), "\n")
	// encoding/json writes \ufffd for bad bytes, and U+FFFD itself as it is.
	rest := body
	for {
		i := bytes.Index(rest, []byte(`\ufffd`))
		if i < 0 {
			return body, nil
		}
		before := rest[:i]
		if slashes := len(before) - len(bytes.TrimRight(before, `\`)); slashes%2 == 0 {
			return nil, errNotUTF8
		}
		rest = rest[i+1:]
	}
}

package adaxes

import (
	"net/http"
	"net/url"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
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
	body, err := rawjson.Encode(v)
	if err != nil {
		return request{}, webclient.About(webclient.CannotWrite(err), action, object)
	}
	return request{verb: verb, path: path, body: body, action: action, object: object, secrets: secrets, write: true}, nil
}

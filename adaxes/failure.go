package adaxes

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// failure is an answer whose status is no success, as the wire has it
// (docs/adaxes.md section 1.5). The texts are the server's, secrets taken out.
type failure struct {
	status int
	// told says that the body was an error object of Adaxes, and no page of the
	// web server in front of it.
	told    bool
	code    string // "unauthenticated"
	message string
	fields  string // of modelState, joined: "directoryObject: is required"

	innerCode    string // "invalidCredentials"
	innerMessage string
	attemptsLeft int // -1 when not told

	target string // of a redirect
	page   string // the beginning of a body that is no error object
}

// Error shows status and code; explain makes what a person reads.
func (f *failure) Error() string {
	if words := f.Words(); words != "" {
		return fmt.Sprintf("Adaxes answers %s: %s", f.Code(), words)
	}
	return "Adaxes answers " + f.Code()
}

// Code is the status, with the codes beside it.
func (f *failure) Code() string {
	text := fmt.Sprintf("HTTP %d", f.status)
	for _, code := range []string{f.code, f.innerCode} {
		if code != "" {
			text += " " + code
		}
	}
	return text
}

// Words are the server's own.
func (f *failure) Words() string {
	var parts []string
	for _, part := range []string{f.message, f.fields, f.innerMessage, f.target, f.page} {
		if part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// Settled tells the statuses with which nothing was done.
func (f *failure) Settled() bool { return f.status < http.StatusInternalServerError }

// parseFailure reads the body of an answer that is no success. Whatever is no
// error object, as the pages that IIS makes by itself, is kept as an excerpt.
func parseFailure(a webclient.Answer, clean webclient.Scrubber) *failure {
	f := &failure{status: a.Status, attemptsLeft: -1}
	if f.status >= 300 && f.status < 400 {
		f.target = clean.Text(a.Header.Get("Location"))
	}
	object, ok := rawjson.ParseObject(a.Body)
	if !ok || object["message"] == nil && object["code"] == nil {
		f.page = clean.Excerpt(a.Body)
		return f
	}
	f.told = true
	f.code, f.message = clean.Text(object.Text("code")), clean.Text(object.Text("message"))
	f.fields = clean.Text(modelWords(object["modelstate"]))
	if inner, ok := rawjson.ParseObject(object["innererror"]); ok {
		f.innerCode, f.innerMessage = clean.Text(inner.Text("code")), clean.Text(inner.Text("message"))
		if n, ok := inner.Int("attemptsleft"); ok {
			f.attemptsLeft = int(n)
		}
	}
	return f
}

// modelWords joins what is wrong with the members of a request.
func modelWords(raw json.RawMessage) string {
	state, ok := modelState(raw)
	if !ok {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(state)) {
		parts = append(parts, name+": "+strings.Join(state[name], ", "))
	}
	return strings.Join(parts, "; ")
}

// failureMeaning finds what kind of failure the words of a failed operation
// mean. Adaxes gives no code with them (official samples have words only), and a
// server speaks its administrator's language: so the numbers that Windows puts
// into its messages are looked for first, then words of its English ones. Both
// are general facts of Windows; that Adaxes hands them through is inferred.
// Whatever is not known is models.ErrServer, with the words.
func failureMeaning(words string) meaning {
	codes := windowsCodes(words)
	low := strings.ToLower(words)
	signs := failureSigns()
	for _, known := range signs {
		if slices.ContainsFunc(codes, func(code uint64) bool { return slices.Contains(known.codes, code) }) {
			return known.means
		}
	}
	for _, known := range signs {
		if slices.ContainsFunc(known.words, func(sign string) bool { return strings.Contains(low, sign) }) {
			return known.means
		}
	}
	return meaning{models.ErrServer, "Adaxes reports that it failed", "Read what the server says; it may be a rule of the directory or of Adaxes."}
}

// windowsNumber finds a Win32 error as an HRESULT (0x80072035) or as a domain
// controller begins its messages with it (00002035:).
var windowsNumber = regexp.MustCompile(`(?i)0x8007([0-9a-f]{4})\b|\b0000([0-9a-f]{4}):`)

func windowsCodes(words string) []uint64 {
	var codes []uint64
	for _, found := range windowsNumber.FindAllStringSubmatch(words, -1) {
		if code, err := strconv.ParseUint(found[1]+found[2], 16, 32); err == nil {
			codes = append(codes, code)
		}
	}
	return codes
}

// errNoMember is for an object that is not in the group that it was to leave.
var errNoMember = models.InWords("it is no member", models.ErrNotFound)

// failureSign is by what a failure is known: numbers of winerror.h, or words.
type failureSign struct {
	means meaning
	codes []uint64
	words []string
}

func failureSigns() []failureSign {
	return []failureSign{
		{
			meaning{models.ErrNotEmpty, "there are objects in it", "Delete or move them first."},
			[]uint64{0x2015},
			[]string{"non-leaf", "not a leaf", "only on a leaf", "not empty", "child objects", "contains other objects"},
		},
		{
			meaning{models.ErrExists, "it is a member already", "Nothing is to be done."},
			[]uint64{0x562, 0x528},
			[]string{"already a member"},
		},
		{
			meaning{errNoMember, "it is no member", "Nothing is to be done."},
			[]uint64{0x561, 0x529},
			[]string{"not a member of"},
		},
		{
			meaning{models.ErrExists, "it exists already", "Choose another name."},
			[]uint64{0x1392, 0x524, 0x563, 0x2071, 0x21C8, 0x217B},
			[]string{"already exists", "already in use", "is not unique"},
		},
		{
			meaning{models.ErrPolicy, "the password is against the domain's policy", "Choose a longer one with capitals, small letters, digits and other signs, which was not used before."},
			[]uint64{0x8C5, 0x52D},
			[]string{"password policy", "password complexity", "password does not meet", "password history"},
		},
		{
			meaning{models.ErrDenied, "it is not allowed", "Ask for the right to do it in Adaxes, or in the directory for the service's own account."},
			[]uint64{0x5, 0x2098},
			[]string{"access is denied", "access denied", "insufficient access", "insufficient rights", "sufficient permission", "not authorized"},
		},
		{
			meaning{models.ErrInvalid, "a value is not taken as valid", "Correct the value."},
			[]uint64{0x200B, 0x2014, 0x2037, 0x208D, 0x2081, 0x57},
			[]string{"invalid syntax", "attribute syntax", "naming violation", "is not valid", "invalid value"},
		},
		{
			meaning{models.ErrNotFound, "there is no such object", "Refresh, and look where it is now."},
			[]uint64{0x2030},
			[]string{"no such object", "object not found", "object was not found", "cannot be found", "could not be found", "object does not exist"},
		},
		{
			meaning{models.ErrPolicy, "the directory or a rule of Adaxes refuses it", "Read what the server says."},
			[]uint64{0x2035, 0x202F},
			[]string{"unwilling to", "constraint", "policy", "rule-based", "canceled", "cancelled"},
		},
	}
}

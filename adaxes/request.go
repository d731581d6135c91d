package adaxes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// maxRequest bounds a request that a person wrote, in bytes. A photo of the
// greatest size takes 137 kB of it.
const maxRequest = 16 << 20

// Request is one body of "Modify directory object" that a person wrote, checked.
type Request struct {
	// Object is directoryObject as written: a DN, GUID or SID.
	Object string
	// Modification is what the body means; its Request is the body itself, byte
	// for byte.
	Modification models.Modification
	// AccountMember is the name under which the Microsoft 365 account stands,
	// "o365" or "m365"; "" when there is none.
	AccountMember string
	// Warnings are what looks wrong and may yet be meant.
	Warnings []Problem
}

// Problem is one thing that is wrong with a request.
type Problem struct {
	// Path leads to the member: "properties[1].mask"; "" for the body as a whole.
	Path  string
	Words string
}

// String is the path and the words. Both may hold text of the request, which is
// not safe to print raw.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Words
	}
	return p.Path + ": " + p.Words
}

// Problems are all that is wrong with a request, in its order.
type Problems []Problem

// Error gives them one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Check reads the body of a PATCH of a directory object as a person wrote it
// (docs/adaxes.md section 3), and refuses what the server could take for
// something else. The error is a *models.Error of the kind models.ErrInvalid that
// wraps all Problems, not only the first.
func Check(body []byte) (Request, error) {
	c := checker{request: Request{Modification: models.Modification{Request: body}}}
	if words := unreadable(body); words != "" {
		c.wrong("", "%s", words)
	} else if c.ambiguous("", body, 0); len(c.problems) == 0 || rawjson.First(body) == '{' {
		c.body(body)
	}
	if len(c.problems) > 0 {
		return Request{}, &models.Error{
			Kind: models.ErrInvalid, Action: "check the request",
			Advice: "Nothing was sent. Correct the request and try again.", Err: c.problems,
		}
	}
	return c.request, nil
}

// ProblemsOf gives what Check found; nil for another error.
func ProblemsOf(err error) Problems {
	var problems Problems
	errors.As(err, &problems)
	return problems
}

// checker collects what it finds while it walks a body.
type checker struct {
	request  Request
	problems Problems
}

func (c *checker) wrong(path, format string, values ...any) {
	c.problems = append(c.problems, Problem{Path: path, Words: fmt.Sprintf(format, values...)})
}

func (c *checker) warn(path, format string, values ...any) {
	c.request.Warnings = append(c.request.Warnings, Problem{Path: path, Words: fmt.Sprintf(format, values...)})
}

// unreadable says why a body is not the one JSON value that it must be; "" when it
// is.
func unreadable(body []byte) string {
	switch {
	case len(body) > maxRequest:
		return fmt.Sprintf("the request is larger than %d MB", maxRequest>>20)
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return "the request begins with a byte order mark; save it as UTF-8 without one"
	case !utf8.Valid(body):
		return "the request is not UTF-8"
	case len(bytes.TrimSpace(body)) == 0:
		return "the request is empty"
	}
	err := json.Unmarshal(body, new(json.RawMessage))
	if err == nil {
		return ""
	}
	words := "the request is no JSON: " + err.Error()
	var wrong *json.SyntaxError
	if errors.As(err, &wrong) {
		before := body[:min(max(wrong.Offset-1, 0), int64(len(body)))]
		words += fmt.Sprintf(", at line %d, column %d", // as editors count
			bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])+1)
	}
	return words
}

// maxDepth bounds how deep a request may nest. The document's deepest is 4.
const maxDepth = 32

// ambiguous reports what decoders read each in its own way: members that are given
// twice, and halves of characters.
func (c *checker) ambiguous(path string, raw json.RawMessage, depth int) {
	switch kind := rawjson.First(raw); {
	case depth > maxDepth:
		c.wrong(path, "nested more than %d deep", maxDepth)
	case kind == '{':
		seen := map[string]bool{}
		for name, value := range rawjson.Members(raw) {
			within := join(path, name)
			if seen[name] {
				c.wrong(within, "given twice")
			}
			seen[name] = true
			c.ambiguous(within, value, depth+1)
		}
	case kind == '[':
		i := 0
		for element := range rawjson.Elements(raw) {
			c.ambiguous(at(path, i), element, depth+1)
			i++
		}
	case kind == '"' && hasHalf(raw):
		c.wrong(path, `a \u escape is half of a character`)
	}
}

// hasHalf reports whether a \u escape in a string is one half of a pair: decoders
// replace it by U+FFFD in silence, where the string itself has none.
func hasHalf(raw json.RawMessage) bool {
	escapes := bytes.ToLower(bytes.ReplaceAll(raw, []byte(`\\`), nil))
	own := bytes.Count(raw, []byte("\ufffd")) + bytes.Count(escapes, []byte(`\ufffd`))
	return strings.Count(rawjson.Text(raw), "\ufffd") > own
}

func join(path, member string) string {
	if path == "" {
		return member
	}
	return path + "." + member
}

func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// kindOf says what a JSON value is.
func kindOf(raw json.RawMessage) string {
	switch rawjson.First(raw) {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// object reads an object's members by their names as they are written: case counts,
// for the server may not mind, but says so nowhere. Those that are not among known go to
// unknown.
func (c *checker) object(path string, raw json.RawMessage, unknown func(path, name string, value json.RawMessage), known ...string) (map[string]json.RawMessage, bool) {
	if rawjson.First(raw) != '{' {
		c.wrong(path, "must be an object, and is %s", kindOf(raw))
		return nil, false
	}
	found := map[string]json.RawMessage{}
	for name, value := range rawjson.Members(raw) {
		found[name] = value
		if !isOneOf(name, known) {
			unknown(join(path, name), name, value)
		}
	}
	return found, true
}

func (c *checker) noSuch(path, _ string, _ json.RawMessage) { c.wrong(path, "no such member") }

// list reads the elements of a list, and calls each with its path.
func (c *checker) list(path string, raw json.RawMessage, each func(path string, element json.RawMessage)) {
	if rawjson.First(raw) != '[' {
		c.wrong(path, "must be a list, and is %s", kindOf(raw))
		return
	}
	i := 0
	for element := range rawjson.Elements(raw) {
		each(at(path, i), element)
		i++
	}
}

// text reads a member that must be text; missing says what it is for.
func (c *checker) text(path string, raw json.RawMessage, missing string) (string, bool) {
	switch {
	case raw == nil:
		c.wrong(path, "missing; %s", missing)
	case rawjson.First(raw) != '"':
		c.wrong(path, "must be text in quotes, and is %s", kindOf(raw))
	default:
		return rawjson.Text(raw), true
	}
	return "", false
}

// notAccepted is a refusal of Check, for one object: the first problem in words.
func notAccepted(dn models.DN, err error) error {
	words := "it cannot be written as a request: " + err.Error()
	if problems := ProblemsOf(err); len(problems) > 0 {
		words = problems[0].String()
	}
	e := webclient.Fault(models.ErrInvalid, words, "Correct it and try again; nothing was sent.")
	e.Err = err
	return models.Tried(e, actionModify, string(dn))
}

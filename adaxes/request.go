package adaxes

import (
	"errors"
	"fmt"
	"strings"

	"dirdesk/models"
)

// maxRequest bounds a request that a person wrote, in bytes. A photo of the
// greatest size takes 137 kB of it.
const maxRequest = 16 << 20

// Request is one body of "Modify directory object" that a person wrote, checked.
type Request struct {
	// Object is directoryObject as written: a DN, GUID or SID, see ObjectKind.
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
	root, problems := parseBody(body)
	c.problems = problems
	if root.kind != "" {
		c.body(root)
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

// Members of the body, in the order of the document.
const (
	memberObject     = "directoryObject"
	memberProperties = "properties"
	memberO365       = "o365"
	memberM365       = "m365"
	memberPhoto      = "photo"
)

func (c *checker) body(root node) {
	if root.kind != objectNode {
		c.wrong("", "the request must be one JSON object, and is %s", root.kind)
		return
	}
	c.members("", root, memberObject, memberProperties, memberO365, memberM365, memberPhoto)
	c.object(root)
	if list, given := root.member(memberProperties); given {
		c.properties(list)
	}
	c.account(root)
	if photo, given := root.member(memberPhoto); given {
		c.photo(photo)
	}
	m := c.request.Modification
	if len(c.problems) == 0 && len(m.Properties) == 0 && c.request.AccountMember == "" && !m.PhotoSet {
		c.warn("", "there is nothing to change in it")
	}
}

// members reports those that the document does not know. Case counts: the server
// may not mind, but says so nowhere.
func (c *checker) members(path string, n node, known ...string) {
	for _, m := range n.members {
		if !isOneOf(m.name, known) {
			c.wrong(join(path, m.name), "no such member%s", didYouMean(m.name, known))
		}
	}
}

func (c *checker) object(root node) {
	given, found := root.member(memberObject)
	switch {
	case !found:
		c.wrong(memberObject, "missing; it names the object by DN, GUID or SID")
	case given.kind != stringNode:
		c.wrong(memberObject, "must be text in quotes, and is %s", given.kind)
	case ObjectKind(given.text) == NoObject:
		c.wrong(memberObject, "%s", wrongObject(given.text))
	}
	c.request.Object = given.text
}

func join(path, member string) string {
	if path == "" {
		return member
	}
	return path + "." + member
}

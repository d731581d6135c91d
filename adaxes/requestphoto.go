package adaxes

import (
	"strings"

	"dirdesk/models"
)

// photo checks the image of a user or contact.
func (c *checker) photo(given node) {
	switch {
	case given.kind == nullNode || given.kind == stringNode && given.text == "":
		c.wrong(memberPhoto, "nothing says that this clears the photo; clear the property %s instead", clearedPhoto)
		return
	case given.kind != stringNode:
		c.wrong(memberPhoto, "must be Base64 in quotes, and is %s", given.kind)
		return
	}
	data, words := decodeBase64(given.text)
	if words == "" {
		words = wrongPhoto(data)
	}
	if words != "" {
		c.wrong(memberPhoto, "%s", words)
		return
	}
	c.request.Modification.Photo, c.request.Modification.PhotoSet = data, true
}

// Fits says what of the request an object cannot have (official: photo is for
// users and contacts, the Microsoft 365 account for users). class is the
// server's name of the object's kind, "user" or "contact", and may be empty.
func (r Request) Fits(category models.Category, class string) []Problem {
	var problems []Problem
	what := class
	if what == "" {
		what = category.Words()
	}
	article := "a "
	if strings.ContainsAny(what[:min(1, len(what))], "aeioAEIO") {
		article = "an "
	}
	if r.Modification.PhotoSet && !canHavePhoto(category, class) {
		problems = append(problems, Problem{memberPhoto, article + what + " has no photo; users and contacts do"})
	}
	if r.AccountMember != "" && !canHaveLicences(category, class) {
		problems = append(problems, Problem{r.AccountMember, article + what + " has no Microsoft 365 account; users do"})
	}
	return problems
}

func canHavePhoto(category models.Category, class string) bool {
	return canHaveLicences(category, class) || strings.EqualFold(class, classContact) ||
		class == "" && strings.EqualFold(string(category), classContact)
}

func canHaveLicences(category models.Category, class string) bool {
	if class == "" {
		return category == models.Person
	}
	return strings.EqualFold(class, classUser) || strings.EqualFold(class, "inetOrgPerson")
}

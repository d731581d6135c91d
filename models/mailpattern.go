package models

import (
	"regexp"
	"strings"
)

// MailPattern says how mail addresses are made of names, such as
// {first}.{last}@example.com; "" for no pattern.
type MailPattern string

var mailPart = regexp.MustCompile(`\{[^{}]*\}`)

// Check says what is wrong with a pattern; "" nothing.
func (p MailPattern) Check() string {
	for _, part := range mailPart.FindAllString(string(p), -1) {
		if !strings.Contains("{first} {last} {f} {l} {logon}", part) {
			return part + " is none of {first}, {last}, {f}, {l} and {logon}"
		}
	}
	local, domain, at := strings.Cut(string(p), "@")
	if rest := mailPart.ReplaceAllString(string(p), "x"); p != "" && (!at || !mailPart.MatchString(local) || domain == "" || strings.ContainsAny(rest, "{} ") || strings.Count(rest, "@") != 1) {
		return "is no pattern like {first}.{last}@example.com"
	}
	return ""
}

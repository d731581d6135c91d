package password

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/models"
)

// maxPassword is the longest password that Active Directory's own forms take.
const maxPassword = 127

// Check says what the policy would not accept, one sentence for each
// fault; nil when it is fine or the policy is unknown. names are the account's:
// its logon name, then its display name. No sentence holds the password.
//
// The complexity rule is Microsoft's ("Password must meet complexity
// requirements"): three of five kinds of character; not the logon name when
// that has three characters or more; no part of three characters or more of the
// display name. Whether it came before only the server knows.
func Check(policy models.PasswordPolicy, password models.Secret, names ...string) []string {
	text := password.Reveal()
	var faults []string
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return []string{"the password is empty"}
	case n > maxPassword:
		faults = append(faults, fmt.Sprintf("the password has more than %d characters", maxPassword))
	case policy.Known && n < policy.MinLength:
		faults = append(faults, fmt.Sprintf("the password is too short: at least %d characters are asked for", policy.MinLength))
	}
	if !policy.Known || !policy.Complexity {
		return faults
	}
	if kindsOfCharacter(text) < 3 {
		faults = append(faults, "the password needs three of these: capitals, small letters, digits, other characters")
	}
	if holdsName(text, names) {
		faults = append(faults, "the password holds a part of the account's name")
	}
	return faults
}

// Rules say the policy for a person about to choose a password.
func Rules(policy models.PasswordPolicy) []string {
	if !policy.Known {
		return []string{"the connection cannot tell the domain's rules; the server will say when it refuses"}
	}
	var rules []string
	if policy.MinLength > 0 {
		rules = append(rules, fmt.Sprintf("at least %d characters", policy.MinLength))
	}
	if policy.Complexity {
		rules = append(rules, "three of: capitals, small letters, digits, others", "no part of the name")
	}
	if policy.History > 0 {
		rules = append(rules, fmt.Sprintf("none of the last %d", policy.History))
	}
	return rules
}

func kindsOfCharacter(text string) int {
	var upper, lower, digit, letter, other bool
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper = true
		case unicode.IsLower(r):
			lower = true
		case unicode.IsDigit(r):
			digit = true
		case unicode.IsLetter(r):
			letter = true
		default:
			other = true
		}
	}
	n := 0
	for _, there := range []bool{upper, lower, digit, letter, other} {
		if there {
			n++
		}
	}
	return n
}

// shortestName is the length from which on a part of a name must not be in a
// password.
const shortestName = 3

func holdsName(text string, names []string) bool {
	text = strings.ToLower(text)
	for i, name := range names {
		parts := []string{name}
		if i > 0 {
			parts = strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(",.-_# \t", r) })
		}
		for _, part := range parts {
			if utf8.RuneCountInString(part) >= shortestName && strings.Contains(text, strings.ToLower(part)) {
				return true
			}
		}
	}
	return false
}

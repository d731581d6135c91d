package desk

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/models"
)

// The limits of Active Directory's schema, in characters (measured on Samba
// 4.17 where it enforces them; it does not enforce the 20 of a logon name,
// Windows does).
const (
	maxLogonName   = 20
	maxGroupName   = 256
	maxName        = 64 // cn
	maxInitials    = 6
	maxDescription = 1024
	maxText        = 64  // givenName, sn, telephoneNumber
	maxLongText    = 256 // displayName, mail
	maxOffice      = 128
	maxWebPage     = 2048
)

// forbidden are the characters that Active Directory refuses in a logon name.
const forbidden = `"/\[]:;|=,+*?<>@`

// CheckLogonName says what is wrong with a user's logon name; "" when nothing
// is.
func CheckLogonName(name string) string { return checkAccountName("logon name", name, maxLogonName) }

// CheckGroupName says what is wrong with a group's name; "" when nothing is. It
// is the group's name in its container too.
func CheckGroupName(name string) string {
	if words := checkAccountName("name", name, maxGroupName); words != "" {
		return words
	}
	return CheckName(name)
}

func checkAccountName(what, name string, most int) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "the " + what + " is missing"
	case utf8.RuneCountInString(name) > most:
		return fmt.Sprintf("the %s has %d characters; at most %d are allowed", what, utf8.RuneCountInString(name), most)
	case strings.ContainsAny(name, forbidden):
		i := strings.IndexAny(name, forbidden)
		return fmt.Sprintf("%c is not allowed in the %s", name[i], what)
	case strings.HasSuffix(name, "."):
		return "the " + what + " may not end in a dot"
	case strings.Trim(name, " ") != name:
		return "the " + what + " begins or ends with a space"
	case strings.IndexFunc(name, unicode.IsControl) >= 0:
		return "the " + what + " holds a character that cannot be seen"
	case strings.Trim(name, ". ") == "":
		return "the " + what + " needs more than dots and spaces"
	default:
		return ""
	}
}

// CheckName says what is wrong with the name of an object in its container (an
// RDN's value, unescaped); "" when nothing is.
func CheckName(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "the name is missing"
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Sprintf("the name has %d characters; at most %d are allowed", utf8.RuneCountInString(name), maxName)
	case strings.Trim(name, " ") != name:
		return "the name begins or ends with a space"
	case strings.IndexFunc(name, unicode.IsControl) >= 0:
		return "the name holds a character that cannot be seen"
	default:
		return ""
	}
}

// CheckField says what is wrong with a field's value; "" when nothing is. An
// empty value is fine: it clears the field.
func CheckField(field models.Field, value string) string {
	most := maxText
	switch field {
	case models.FieldInitials:
		most = maxInitials
	case models.FieldDescription:
		most = maxDescription
	case models.FieldOffice:
		most = maxOffice
	case models.FieldDisplayName, models.FieldMail:
		most = maxLongText
	case models.FieldWebPage:
		most = maxWebPage
	}
	if n := utf8.RuneCountInString(value); n > most {
		return fmt.Sprintf("%s has %d characters; at most %d are allowed", field.Label(), n, most)
	}
	if !utf8.ValidString(value) {
		return field.Label() + " is not UTF-8"
	}
	if strings.IndexFunc(value, hidden) >= 0 {
		return field.Label() + " holds a character that cannot be seen"
	}
	if value != "" && strings.TrimSpace(value) == "" {
		return field.Label() + " holds nothing but spaces"
	}
	if field == models.FieldMail && value != "" && !looksLikeMail(value) {
		return "the mail address needs the form name@domain"
	}
	return ""
}

// hidden is a control character, but for the ends of lines in a description.
func hidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

func looksLikeMail(value string) bool {
	local, domain, found := strings.Cut(value, "@")
	return found && local != "" && domain != "" && !strings.ContainsAny(value, " \t\r\n<>") && !strings.Contains(domain, "@")
}

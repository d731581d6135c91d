package desk

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/desk/fold"
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
func CheckLogonName(name string) string {
	return checkName("logon name", name, maxLogonName, forbidden)
}

// CheckGroupName says what is wrong with a group's name; "" when nothing is. It
// is the group's name in its container too.
func CheckGroupName(name string) string {
	return cmp.Or(checkName("name", name, maxGroupName, forbidden), CheckName(name))
}

// CheckName says what is wrong with the name of an object in its container (an
// RDN's value, unescaped); "" when nothing is.
func CheckName(name string) string { return checkName("name", name, maxName, "") }

// checkName is for names of all kinds. Where characters are forbidden, a dot at
// the end is too.
func checkName(what, name string, most int, forbidden string) string {
	switch n := utf8.RuneCountInString(name); {
	case strings.TrimSpace(name) == "":
		return "the " + what + " is missing"
	case n > most:
		return fmt.Sprintf("the %s has %d characters; at most %d are allowed", what, n, most)
	case strings.ContainsAny(name, forbidden):
		return fmt.Sprintf("%c is not allowed in the %s", name[strings.IndexAny(name, forbidden)], what)
	case forbidden != "" && strings.HasSuffix(name, "."):
		return "the " + what + " may not end in a dot"
	case strings.Trim(name, " ") != name:
		return "the " + what + " begins or ends with a space"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "the " + what + " holds a character that cannot be seen"
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
	if strings.ContainsFunc(value, hidden) {
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

// CheckNewUser says what is wrong with a new user, by field of models.NewUser
// ("LogonName"); an impossible combination stands under the later of its
// fields.
func CheckNewUser(u models.NewUser) map[string]string {
	faults := map[string]string{}
	note(faults, "LogonName", CheckLogonName(u.LogonName))
	note(faults, "GivenName", CheckField(models.FieldGivenName, u.GivenName))
	note(faults, "Surname", CheckField(models.FieldSurname, u.Surname))
	note(faults, "DisplayName", CheckField(models.FieldDisplayName, u.DisplayName))
	note(faults, "DisplayName", CheckName(u.FullName()))
	note(faults, "Mail", CheckField(models.FieldMail, u.Mail))
	note(faults, "Description", CheckField(models.FieldDescription, u.Description))
	note(faults, "Container", checkContainer(u.Container.DN))
	if u.MustChange && u.CannotChange {
		note(faults, "CannotChange", "who must change the password cannot be kept from changing it")
	}
	if u.MustChange && u.NeverExpires {
		note(faults, "NeverExpires", "a password that must be changed at the next logon cannot be one that never expires")
	}
	return faults
}

// CheckNewGroup says what is wrong with a new group, by field of
// models.NewGroup.
func CheckNewGroup(g models.NewGroup) map[string]string {
	faults := map[string]string{}
	note(faults, "Name", CheckGroupName(g.Name))
	note(faults, "Mail", CheckField(models.FieldMail, g.Mail))
	note(faults, "Description", CheckField(models.FieldDescription, g.Description))
	note(faults, "Container", checkContainer(g.Container.DN))
	switch g.Scope {
	case models.ScopeGlobal, models.ScopeLocal, models.ScopeUniversal:
	default:
		note(faults, "Scope", "the scope is global, local or universal")
	}
	switch g.Type {
	case models.TypeSecurity, models.TypeDistribution:
	default:
		note(faults, "Type", "the type is security or distribution")
	}
	return faults
}

// note keeps the first fault of a field.
func note(faults map[string]string, field, words string) {
	if words != "" && faults[field] == "" {
		faults[field] = words
	}
}

func checkContainer(dn models.DN) string {
	if _, err := models.ParseDN(string(dn)); err != nil {
		return "the container is missing, or no distinguished name"
	}
	return ""
}

// DeriveLogonName proposes a logon name of up to 20 characters: "jdoe" for John
// Doe. Accents are dropped; what cannot be written in a-z and digits is left
// out.
func DeriveLogonName(first, last string) string {
	first, last = plain(first), plain(last)
	name := last
	if first != "" && last != "" {
		_, size := utf8.DecodeRuneInString(first)
		name = first[:size] + last
	} else if last == "" {
		name = first
	}
	if len(name) > maxLogonName {
		name = name[:maxLogonName]
	}
	return name
}

// plain keeps the letters a-z and the digits of a name.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, string(fold.Append(nil, name)))
}

// firstFault is the first of some faults, by the order of a form.
func firstFault(faults map[string]string, order ...string) string {
	for _, field := range order {
		if words := faults[field]; words != "" {
			return words
		}
	}
	return ""
}

package desk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/desk/rows"
	"dirdesk/models"
)

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
	note(faults, "Container", checkContainer(u.Container))
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
	note(faults, "Container", checkContainer(g.Container))
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
	}, string(rows.AppendFolded(nil, name)))
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

package company

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"dirdesk/models"
)

// person is what a directory holds of somebody.
type person struct {
	given, family           string // as the person writes it
	givenLatin, familyLatin string
	familyFirst             bool
}

func draw(r *rand.Rand, t tongue) person {
	p := person{familyFirst: t.familyFirst}
	p.given, p.givenLatin = written(pick(r, t.given))
	p.family, p.familyLatin = written(pick(r, t.family))
	return p
}

// commonName is the name an administrator would give the entry. Most write names
// as they are spoken; some put the family name first, behind a comma, or add a
// nickname in quotation marks.
func (p person) commonName(r *rand.Rand) string {
	switch given, _, _ := strings.Cut(p.given, "-"); {
	case p.familyFirst:
		return p.family + " " + p.given
	case r.IntN(100) == 0:
		return p.family + ", " + p.given
	case r.IntN(150) == 0:
		return fmt.Sprintf(`%s "%s" %s`, p.given, string([]rune(given)[:min(3, len([]rune(given)))]), p.family)
	default:
		return p.given + " " + p.family
	}
}

const initials = "ABCDEFGHJKLMNPRSTW"

// free makes the name unique below a unit, with a middle initial while there
// are some and a number after that.
func (b *builder) free(path, name string) string {
	if b.names[path] == nil {
		b.names[path] = make(map[string]bool)
	}
	taken, try := b.names[path], name
	first, rest, spaced := strings.Cut(name, " ")
	for n := 0; taken[strings.ToUpper(try)]; n++ {
		if spaced && n < len(initials) && !strings.ContainsAny(name, `,"`) {
			try = fmt.Sprintf("%s %c. %s", first, initials[(n*7+len(name))%len(initials)], rest)
		} else {
			try = fmt.Sprintf("%s (%d)", name, n+2)
		}
	}
	taken[strings.ToUpper(try)] = true
	return try
}

// attributes are those that everybody has.
func (b *builder) attributes(p person, logon string) map[string][]string {
	mail := plain(p.givenLatin) + "." + plain(p.familyLatin)
	if n := strings.TrimLeft(logon, "abcdefghijklmnopqrstuvwxyz"); n != "" {
		mail += n
	}
	return map[string][]string{
		"sAMAccountName":    {logon},
		"userPrincipalName": {logon + "@" + b.realm},
		"givenName":         {p.given},
		"sn":                {p.family},
		"displayName":       {p.displayName()},
		"mail":              {mail + "@example.com"},
		"company":           {"Alder & Finch"},
	}
}

// displayName shows names of other scripts with their Latin form, as companies
// with offices everywhere do.
func (p person) displayName() string {
	latin := p.givenLatin + " " + p.familyLatin
	switch {
	case p.given == p.givenLatin && p.familyFirst:
		return p.family + " " + p.given
	case p.given == p.givenLatin && p.family == p.familyLatin:
		return latin
	case p.familyFirst:
		return p.family + " " + p.given + " (" + latin + ")"
	default:
		return p.given + " " + p.family + " (" + latin + ")"
	}
}

// addUser adds a user below the unit at path and counts it.
func (b *builder) addUser(path, name string, attributes map[string][]string) (models.DN, error) {
	dn := b.units[path].Child("CN", name)
	if err := b.directory.Add(dn, "user", attributes); err != nil {
		return "", err
	}
	b.summary.Users++
	return dn, nil
}

// phone gives numbers out of the range that is kept free for fiction.
func phone(r *rand.Rand) string {
	return fmt.Sprintf("555-01%02d ext. %d", r.IntN(100), 100+r.IntN(900))
}

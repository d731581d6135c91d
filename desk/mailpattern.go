package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dirdesk/models"
)

// MailAddress is the address that a pattern makes of names; "" where the pattern asks
// for a name that is missing, or cannot be written in a-z and digits.
func MailAddress(p models.MailPattern, first, last, logon string) string {
	first, last = plain(first), plain(last)
	initial := func(name string) string {
		_, size := utf8.DecodeRuneInString(name)
		return name[:size]
	}
	text := string(p)
	for _, part := range [][2]string{
		{"{first}", first},
		{"{last}", last},
		{"{f}", initial(first)},
		{"{l}", initial(last)},
		{"{logon}", strings.ToLower(logon)},
	} {
		if strings.Contains(text, part[0]) && part[1] == "" {
			return ""
		}
		text = strings.ReplaceAll(text, part[0], part[1])
	}
	return text
}

// usualLocals are the ways in which addresses are usually made before their @.
func usualLocals() []string {
	return []string{
		"{first}.{last}", "{f}{last}", "{f}.{last}", "{first}{last}", "{first}_{last}", "{first}-{last}", "{last}.{first}",
		"{last}{first}", "{last}{f}", "{last}.{f}", "{first}{l}", "{first}.{l}", "{logon}", "{last}", "{first}",
	}
}

// SharedMailPattern is the pattern by which the addresses of people are made, where it
// is that of three people and of more than four fifths of them; else "".
func SharedMailPattern(people []models.Object) models.MailPattern {
	count, all := map[models.MailPattern]int{}, 0
	for i := range people {
		if people[i].Category != models.Person {
			continue
		}
		all++
		for _, local := range usualLocals() {
			if p := madeBy(&people[i], local); p != "" {
				count[p]++
			}
		}
	}
	for _, local := range usualLocals() {
		for p, n := range count {
			if before, _, _ := strings.Cut(string(p), "@"); before == local && n >= 3 && 5*n > 4*all {
				return p
			}
		}
	}
	return ""
}

// madeBy is the pattern with such a part before the @, if somebody's address is made
// by it. A number at its end tells apart who would have the same.
func madeBy(o *models.Object, local string) models.MailPattern {
	before, domain, _ := strings.Cut(strings.ToLower(o.Mail), "@")
	words := strings.Fields(cmp.Or(o.DisplayName, o.Name))
	if domain == "" || len(words) == 0 {
		return ""
	}
	p := models.MailPattern(local + "@" + domain)
	for _, last := range []string{strings.Join(words[1:], " "), words[len(words)-1]} {
		made, _, _ := strings.Cut(MailAddress(p, words[0], last, o.SAMAccountName), "@")
		if number, is := strings.CutPrefix(before, made); made != "" && is && strings.Trim(number, "0123456789") == "" {
			return p
		}
	}
	return ""
}

// FreeMailAddress is an address, with a number before the @ where somebody of those
// people has it.
func FreeMailAddress(address string, people []models.Object) string {
	local, domain, made := strings.Cut(address, "@")
	if !made {
		return ""
	}
	for n := 2; slices.ContainsFunc(people, func(o models.Object) bool { return strings.EqualFold(o.Mail, address) }); n++ {
		address = local + strconv.Itoa(n) + "@" + domain
	}
	return address
}

// MailPattern is how the profile has addresses made; "" for nothing said.
func (d *directory) MailPattern() models.MailPattern { return d.options.MailPattern }

// NextLogonName is a logon name with the number n at its end, at most as long as one
// may be.
func NextLogonName(name string, n int) string {
	number := strconv.Itoa(n)
	return name[:min(len(name), maxLogonName-len(number))] + number
}

// Package allowance bounds what the answers of a server may cost. A server may be
// broken or hostile, and one that any name server led to has not shown who it is yet:
// nothing that it sends may take this computer's memory.
package allowance

import (
	"fmt"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// What is spent on one answer at most: Base, and Row for each row that is kept.
const (
	Base = 64 << 20
	Row  = 400
)

// DefaultRows is how many rows are kept when a profile says nothing of it.
const DefaultRows = 1_000_000

// MaxName is the longest name of an object that is taken, in bytes. Active Directory's
// own are much shorter.
const MaxName = 8 << 10

// Allowance counts the rows of one answer and what keeping them costs. The zero value
// has the default number of rows.
type Allowance struct {
	Rows  int // 0: DefaultRows
	count int
	spent int
}

// Most is how many rows are kept.
func (a *Allowance) Most() int { return Most(a.Rows) }

// Most is how many rows are kept where a profile says rows; 0 is nothing said.
func Most(rows int) int {
	if rows <= 0 {
		return DefaultRows
	}
	return rows
}

// Take counts one more row of that many bytes. The error says that it is one too
// many, or that the rows are larger than those of a directory can be.
func (a *Allowance) Take(bytes int) error {
	a.count++
	a.spent += bytes
	switch {
	case a.count > a.Most():
		return TooMany(a.Rows)
	case a.spent > Base+Row*a.count:
		return TooLarge(a.spent)
	}
	return nil
}

// TooMany is the error of an answer with more rows than a profile says.
func TooMany(rows int) *models.Error {
	return &models.Error{
		Kind:   models.InWords("there are more rows than dirdesk reads: "+english.Number(Most(rows))+" (max_rows)", models.ErrProtocol),
		Advice: "Set max_rows of the profile higher if there are really that many.",
	}
}

// CutWords say that no more rows are read.
func CutWords(most int) string {
	return fmt.Sprintf("dirdesk reads %s at most (max_rows)", english.Count(most, "row"))
}

// TooLarge is the error of an answer that costs more than it may.
func TooLarge(bytes int) *models.Error {
	return Broken(fmt.Sprintf("the server's answer is too large: %d MB and no end", bytes>>20))
}

// Broken is the error of an answer that no server in order gives.
func Broken(words string) *models.Error {
	return &models.Error{
		Kind:   models.InWords(words, models.ErrProtocol),
		Advice: "The server is broken, or it is not the one you mean: do not trust it.",
	}
}

// mostText is the longest text of an object that rows and details show, in bytes. The
// directory's own limits are lower: the longest is that of a web page, 2,048 characters.
const mostText = 8 << 10

// Text cuts a text that is longer than any directory keeps, and says so in it: a
// screen that measures megabytes with each key stands still.
func Text(text string) string {
	if len(text) <= mostText {
		return text
	}
	return strings.ToValidUTF8(text[:mostText], "") + fmt.Sprintf(" ... [cut: it has %s]", english.Size(len(text)))
}

// Weight is what keeping an object takes beside what every object takes, in bytes.
func Weight(o models.Object) int {
	weight := len(o.DN) + len(o.Name) + len(o.Category) + len(o.SAMAccountName) + len(o.DisplayName) + len(o.Mail) +
		len(o.Description) + len(o.TelephoneNumber) + len(o.Office)
	for name, value := range o.Extra {
		weight += len(name) + len(value)
	}
	if a := o.Account; a != nil {
		weight += len(a.UserPrincipalName) + len(a.GivenName) + len(a.Surname) + len(a.Initials) + len(a.WebPage)
		for _, group := range a.MemberOf {
			weight += len(group)
		}
	}
	return weight
}

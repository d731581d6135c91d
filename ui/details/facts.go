// Package details is the widget that tells everything known of one object, with
// dates, flags and the state of the account in words. What the directory does
// not tell is said to be so, and never made up.
package details

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"dirdesk/models"
	"dirdesk/models/moment"
	"dirdesk/ui/message"
)

// Subject is what the details are about.
type Subject struct {
	Object  *models.Object // nil: nothing
	Now     time.Time
	Zone    *time.Location
	Backend string // who leaves out what is not told: "Synology Directory Server"
	Reading bool   // more is being asked for
	Err     error  // more was asked for in vain
	Pending string // what somebody has to decide about it first; "" for nothing
}

// Fact is one thing known of an object. Its texts are not safe to print yet.
type Fact struct {
	Label string
	Text  string
	Tone  message.Tone
	IsDN  bool // break it between its steps
	// Indent is how many cells the text stands further to the right.
	Indent int
}

// Facts are what is known, the most asked for first. An empty Label continues
// the fact above.
func Facts(s Subject) []Fact {
	o := s.Object
	if o == nil {
		return nil
	}
	facts := []Fact{{Label: "Kind", Text: o.Category.Label()}}
	facts = append(facts, stateFacts(s)...)
	if s.Pending != "" {
		facts = append(facts, Fact{Label: "Approval", Text: s.Pending, Tone: message.Pending})
	}
	facts = append(facts, columnFacts(s, 0, models.MayFact)...)
	facts = append(facts, Fact{Label: "DN", Text: string(o.DN), IsDN: true})
	facts = append(facts, logonFacts(s)...)
	facts = append(facts, groupFacts(s)...)
	return append(facts, flagFacts(s)...)
}

// columnFacts are the facts of the columns between two places, as far as they are
// told.
func columnFacts(s Subject, from, to int) []Fact {
	var facts []Fact
	for _, c := range models.Facts() {
		text := c.Text(s.Object, s.Now)
		if text == "" || c.Fact < from || c.Fact >= to || c.ID == "display" && text == s.Object.Name {
			continue
		}
		facts = append(facts, Fact{Label: c.Title, Text: text})
	}
	return facts
}

func stateFacts(s Subject) []Fact {
	state := models.StateOf(s.Object, s.Now)
	tone := message.Warning
	switch {
	case state.Has(models.LockedOut):
		tone = message.Bad
	case state.OK():
		tone = message.Good
	case len(state.Conditions()) == 0:
		tone = message.Muted
	}
	var facts []Fact
	for i, sentence := range state.Sentences(s.Zone) {
		label := ""
		if i == 0 {
			label = "State"
		}
		facts = append(facts, Fact{Label: label, Text: sentence, Tone: tone})
	}
	return facts
}

// logonFacts are the dates of an account.
func logonFacts(s Subject) []Fact {
	o, a := s.Object, s.Object.Account
	if o.Category != models.Person && o.Category != models.Computer {
		return nil
	}
	facts := []Fact{{Label: "Expires", Text: expiry(s, o.AccountExpiry, o.AccountExpiry.Words(s.Zone)), Tone: toneOf(o.AccountExpiry.Known())}}
	if a == nil {
		return append(facts,
			Fact{Label: "Last logon", Text: "not told by " + s.Backend, Tone: message.Muted},
			Fact{Label: "Password set", Text: "not told by " + s.Backend, Tone: message.Muted})
	}
	facts = append(facts, Fact{Label: "Last logon", Text: date(s, a.LastLogon, "none recorded"), Tone: toneOf(!a.LastLogon.IsZero())})
	if !a.LastLogon.IsZero() {
		facts = append(facts, Fact{Text: "(may lag by up to 14 days)", Tone: message.Muted})
	}
	facts = append(facts, Fact{Label: "Password set", Text: date(s, a.PasswordSet, "never")})
	switch {
	case a.PasswordNeverExpires == models.Yes:
		facts = append(facts, Fact{Label: "Password", Text: "never expires"})
	case a.PasswordExpires.Known():
		facts = append(facts, Fact{Label: "Password", Text: "expires: " + expiry(s, a.PasswordExpires, passwordEnd(s, a.PasswordExpires))})
	}
	if a.CannotChangePassword == models.Yes {
		facts = append(facts, Fact{Text: "the person cannot change it"})
	}
	return facts
}

func toneOf(told bool) message.Tone {
	if told {
		return message.Plain
	}
	return message.Muted
}

func groupFacts(s Subject) []Fact {
	o, a := s.Object, s.Object.Account
	if a == nil {
		return nil
	}
	var facts []Fact
	if o.Category == models.Group {
		facts = append(facts, Fact{Label: "Type", Text: groupType(a.GroupType)})
		if a.Members >= 0 {
			facts = append(facts, Fact{Label: "Members", Text: fmt.Sprint(a.Members) + " direct"})
		}
	}
	names := make([]string, len(a.MemberOf))
	for i, dn := range a.MemberOf {
		if names[i] = dn.RDN().Value; names[i] == "" {
			names[i] = string(dn)
		}
	}
	slices.Sort(names)
	for i, group := range names {
		label := ""
		if i == 0 {
			label = "Groups"
		}
		facts = append(facts, Fact{Label: label, Text: group})
	}
	return facts
}

func groupType(bits int32) string {
	scope := "unknown scope"
	switch {
	case bits&1 != 0:
		scope = "builtin local"
	case bits&2 != 0:
		scope = "global"
	case bits&4 != 0:
		scope = "domain local"
	case bits&8 != 0:
		scope = "universal"
	}
	if bits < 0 {
		return scope + ", security"
	}
	return scope + ", distribution"
}

func flagFacts(s Subject) []Fact {
	a := s.Object.Account
	var facts []Fact
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, Fact{Label: label, Text: text})
		}
	}
	if a != nil {
		add("Created", date(s, a.Created, ""))
		add("Changed", date(s, a.Changed, ""))
		add("Web page", a.WebPage)
		add("SID", a.SID)
	}
	return append(facts, columnFacts(s, models.MayFact, math.MaxInt)...)
}

// date gives a moment with how long ago it was.
func date(s Subject, t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	text := t.In(s.Zone).Format("2006-01-02 15:04")
	if days := int(s.Now.Sub(t) / (24 * time.Hour)); days > 1 {
		text += fmt.Sprintf(" (%d days ago)", days)
	}
	return text
}

// passwordEnd is when a password expires: a moment, and no last day.
func passwordEnd(s Subject, e models.Expiry) string {
	if t, ok := e.Time(); ok {
		return moment.Clock{Zone: s.Zone}.Words(t)
	}
	return e.String()
}

// expiry gives the words for a date with the time left until it.
func expiry(s Subject, e models.Expiry, words string) string {
	t, ok := e.Time()
	switch {
	case ok && e.Passed(s.Now):
		return words + ", passed"
	case ok:
		return words + ", in " + models.Span(t.Sub(s.Now))
	default:
		return cmp.Or(words, "not told by "+s.Backend)
	}
}

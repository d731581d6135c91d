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

	"dirdesk/internal/english"
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
	// Cannot says why an action cannot be done to the object; "" when it can. Nil:
	// nothing is known of the connection.
	Cannot func(models.Action, models.Object) string
}

// Fact is one thing known of an object. Its texts are not safe to print yet.
type Fact struct {
	Label string
	Text  string
	Tone  message.Tone
	// Indent is how many cells the text stands further to the right.
	Indent int
}

// Facts are what is known; an empty Label continues the fact above.
func Facts(s Subject) []Fact {
	if s.Object == nil {
		return nil
	}
	g := gathered{Subject: s}
	g.add("Kind", s.Object.Category.Label())
	g.state()
	g.addToned("Approval", s.Pending, message.Pending)
	g.columns(0, models.MayFact)
	g.facts = append(g.facts, Fact{Label: "DN", Text: string(s.Object.DN)})
	g.logon()
	if a := s.Object.Account; a != nil {
		g.groups(a)
		g.add("Created", g.date(a.Created, ""))
		g.add("Changed", g.date(a.Changed, ""))
		g.add("Web page", a.WebPage)
		g.add("SID", a.SID)
	}
	g.columns(models.MayFact, math.MaxInt)
	return g.facts
}

// gathered are the facts of a subject so far.
type gathered struct {
	Subject
	facts []Fact
}

// add takes a fact, unless there is none.
func (g *gathered) add(label, text string) { g.addToned(label, text, message.Plain) }

func (g *gathered) addToned(label, text string, tone message.Tone) {
	if text != "" {
		g.facts = append(g.facts, Fact{Label: label, Text: text, Tone: tone})
	}
}

// addAll takes several facts below one label.
func (g *gathered) addAll(label string, texts []string, tone message.Tone) {
	for _, text := range texts {
		g.addToned(label, text, tone)
		label = ""
	}
}

// addTold takes a fact of which the text says too that it is not told.
func (g *gathered) addTold(label, text string, told bool) {
	tone := message.Muted
	if told {
		tone = message.Plain
	}
	g.addToned(label, cmp.Or(text, "not told by "+g.Backend), tone)
}

// columns adds those between two places.
func (g *gathered) columns(from, to int) {
	for _, c := range models.Facts() {
		text := c.Text(g.Object, g.Now)
		if c.Does != "" && g.Cannot != nil && text != "" {
			if why := g.Cannot(c.Does, *g.Object); why != "" {
				text = "no: " + why
			}
		}
		if c.Fact >= from && c.Fact < to && (c.ID != "display" || text != g.Object.Name) {
			g.add(c.Title, text)
		}
	}
}

func (g *gathered) state() {
	state := models.StateOf(g.Object, g.Now)
	tone := message.Warning
	switch {
	case state.Has(models.LockedOut):
		tone = message.Bad
	case state.OK():
		tone = message.Good
	case len(state.Conditions()) == 0:
		tone = message.Muted
	}
	g.addAll("State", state.Sentences(g.Zone), tone)
}

// logon adds the dates of an account.
func (g *gathered) logon() {
	o, a := g.Object, g.Object.Account
	if o.Category != models.Person && o.Category != models.Computer {
		return
	}
	g.addTold("Expires", g.expiry(o.AccountExpiry, o.AccountExpiry.Words(g.Zone)), o.AccountExpiry.Known())
	if a == nil {
		g.addTold("Last logon", "", false)
		g.addTold("Password set", "", false)
		return
	}
	g.addTold("Last logon", g.date(a.LastLogon, "none recorded"), !a.LastLogon.IsZero())
	if !a.LastLogon.IsZero() {
		g.addTold("", "(may lag by up to 14 days)", false)
	}
	g.add("Password set", g.date(a.PasswordSet, "never"))
	switch {
	case a.PasswordNeverExpires == models.Yes:
		g.add("Password", "never expires")
	case a.PasswordExpires.Known():
		g.add("Password", "expires: "+g.passwordEnd(a.PasswordExpires))
	}
	if a.CannotChangePassword == models.Yes {
		g.add("", "the person cannot change it")
	}
}

// groups adds what a group is, and the groups that an object is in.
func (g *gathered) groups(a *models.Account) {
	if g.Object.Category == models.Group {
		g.add("Type", groupType(a.GroupType))
		if a.Members >= 0 {
			text, more := english.Number(a.Members)+" direct", ""
			if a.MorePrimary {
				more = "more than "
			}
			if a.PrimaryMembers > 0 {
				text += ", " + more + english.Number(a.PrimaryMembers) + " by primary group"
			}
			g.add("Members", text)
		}
	}
	names := make([]string, len(a.MemberOf))
	for i, dn := range a.MemberOf {
		names[i] = cmp.Or(dn.RDN().Value, string(dn))
	}
	slices.Sort(names)
	if dn := a.PrimaryGroup; dn != "" {
		names = append(names, cmp.Or(dn.RDN().Value, string(dn))+" (primary)")
	}
	g.addAll("Groups", names, message.Plain)
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

// date gives a moment with how long ago it was.
func (g *gathered) date(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	text := t.In(g.Zone).Format("2006-01-02 15:04")
	if days := int(g.Now.Sub(t) / (24 * time.Hour)); days > 1 {
		text += fmt.Sprintf(" (%d days ago)", days)
	}
	return text
}

// passwordEnd is when a password expires: a moment, and no last day.
func (g *gathered) passwordEnd(e models.Expiry) string {
	words := e.String()
	if t, ok := e.Time(); ok {
		words = moment.Clock{Zone: g.Zone}.Words(t)
	}
	return g.expiry(e, words)
}

// expiry gives the words for a date with the time left until it.
func (g *gathered) expiry(e models.Expiry, words string) string {
	switch t, ok := e.Time(); {
	case ok && e.Passed(g.Now):
		return words + ", passed"
	case ok:
		return words + ", in " + models.Span(t.Sub(g.Now))
	default:
		return words
	}
}

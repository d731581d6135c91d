package person

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// firstCauses are how many have a place at the top.
const firstCauses = 3

// Lines are all that is known, what a help desk asks first at the top. A part whose
// answer is not here holds back those below it, so that nothing is moved by it.
func (f Facts) Lines() []Line {
	w := writer{Facts: f}
	w.head()
	w.who()
	w.password()
	if !f.Whole {
		return append(w.lines, Line{Text: "more is being read", Tone: Muted})
	}
	w.restOfCauses()
	w.groups()
	for _, part := range []func() bool{w.controllers, w.changes, w.below, w.through} {
		if !part() {
			break
		}
	}
	return w.lines
}

// Answer is why they cannot log on, with what each domain controller says.
func (f Facts) Answer() []Line {
	w := writer{Facts: f}
	w.head()
	w.restOfCauses()
	w.controllers()
	return w.lines
}

type writer struct {
	Facts
	lines []Line
}

func (w *writer) add(l Line) { w.lines = append(w.lines, l) }

// fixed is a line that is always there.
func (w *writer) fixed(label, text string, tone Tone) {
	if text == "" {
		text, tone = "none", Muted
		if !w.Whole {
			text = "..."
		}
	}
	w.add(Line{Label: label, Text: text, Tone: tone, Fixed: true})
}

// head are the name, the verdict and the first causes.
func (w *writer) head() {
	o := w.Object
	name := cmp.Or(o.DisplayName, o.Name)
	if o.DisplayName != "" && o.DisplayName != o.Name {
		name += " (" + o.Name + ")"
	}
	w.add(Line{Text: name, Tone: Heading, Fixed: true, Wide: true})
	tone := Good
	switch {
	case w.Why.CanLogOn == models.No:
		tone = Bad
	case w.Why.CanLogOn == models.Unknown, len(w.Why.Causes) > 0:
		tone = Warning
	}
	verdict := w.Why.Verdict()
	if n := len(w.Why.Causes); n > firstCauses {
		verdict += ": " + strconv.Itoa(n) + " causes, all of them below"
	}
	w.add(Line{Text: verdict, Tone: tone, Fixed: true, Wide: true})
	for i := range firstCauses {
		line := Line{Fixed: true}
		if i < len(w.Why.Causes) {
			line = w.cause(i)
			line.Fixed = true
		}
		w.add(line)
	}
}

func (w *writer) cause(i int) Line {
	c := w.Why.Causes[i]
	line := Line{Label: "Cause", Text: c.Words, Tone: Warning, Mend: c.Mend}
	if c.Out {
		line.Tone = Bad
	}
	if i > 0 {
		line.Label = ""
	}
	return line
}

// who are the lines by which a caller is known.
func (w *writer) who() {
	o := w.Object
	w.fixed("Telephone", o.TelephoneNumber, Plain)
	var c models.Contact
	told := o.Account != nil && o.Account.Contact != nil
	if told {
		c = *o.Account.Contact
	}
	w.fixed("Logon name", o.SAMAccountName, Plain)
	w.fixed("Mail", o.Mail, Plain)
	w.fixed("Office", o.Office, Plain)
	unless := func(text string) string {
		if w.Whole && !told {
			return cmp.Or(text, w.untold())
		}
		return text
	}
	w.fixed("Title", unless(joined(", ", c.Title, c.Department, c.Company)), Plain)
	w.fixed("Manager", unless(c.Manager.RDN().Value), Plain)
	w.lines[len(w.lines)-1].Manager = c.Manager != ""
	w.fixed("Mobile", unless(c.Mobile), Plain)
	w.fixed("In", strings.Join(o.DN.Parent().Path(), " › "), Plain)
}

// untold is said of what is missing.
func (w *writer) untold() string {
	if w.Unread {
		return "not read"
	}
	return "not told by " + w.Server
}

// password are the dates of the account.
func (w *writer) password() {
	o, a := w.Object, w.Object.Account
	account := o.AccountExpiry.Words(w.Zone)
	w.fixed("Account ends", w.ending(o.AccountExpiry, cmp.Or(account, w.untold())), w.near(o.AccountExpiry))
	if a == nil {
		a = &models.Account{}
	}
	set := w.date(a.PasswordSet)
	switch {
	case set != "":
	case a.MustChangePassword == models.Yes:
		set = "must be changed at the next logon"
	default:
		set = w.untold()
	}
	w.fixed("Password set", set, Plain)
	words := w.untold()
	switch t, comes := a.PasswordExpires.Time(); {
	case comes:
		words = moment.Clock{Zone: w.Zone}.Words(t)
	case a.PasswordExpires.IsNever():
		words = "never"
	case a.MustChangePassword == models.Yes:
		words = "now"
	}
	w.fixed("It expires", w.ending(a.PasswordExpires, words), w.near(a.PasswordExpires))
	policy := w.Policy()
	if policy == "" && w.Whole {
		policy = w.untold()
	}
	w.fixed("Policy", policy, Plain)
	last, exact := w.LastLogon()
	logon := cmp.Or(w.date(last), "none known")
	switch {
	case exact && last.IsZero():
		logon = "none at any domain controller"
	case exact:
		logon += ", of all domain controllers"
	case !last.IsZero():
		logon += ", may lag by up to 14 days"
	case o.Account == nil:
		logon = w.untold()
	}
	w.fixed("Last logon", logon, Plain)
}

func (w *writer) ending(e models.Expiry, words string) string {
	switch t, ok := e.Time(); {
	case ok && e.Passed(w.Now):
		return words + ", passed"
	case ok:
		return words + ", in " + models.Span(t.Sub(w.Now))
	default:
		return words
	}
}

func (w *writer) near(e models.Expiry) Tone {
	switch {
	case e.Passed(w.Now):
		return Bad
	case w.Expiring(e):
		return Warning
	default:
		return Plain
	}
}

func (w *writer) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(w.Zone).Format("2006-01-02 15:04")
}

func (w *writer) section(title string) {
	w.add(Line{})
	w.add(Line{Text: title, Tone: Heading, Wide: true})
}

func (w *writer) restOfCauses() {
	if missing := w.Why.Missing(); missing != "" {
		w.add(Line{Label: "Unknown", Text: strings.TrimPrefix(missing, "unknown ")})
	}
	if len(w.Why.Causes) > firstCauses {
		w.section("All causes")
		for i := range w.Why.Causes {
			w.add(w.cause(i))
		}
	}
}

func (w *writer) groups() {
	a := w.Object.Account
	if a == nil {
		w.section("Groups")
		w.add(Line{Text: w.untold(), Tone: Muted})
		return
	}
	w.section(english.Count(len(a.MemberOf), "group"))
	w.names(a.MemberOf)
}

// through are the groups through others, which are read only when asked for.
func (w *writer) through() bool {
	t := w.Through
	if !t.Asked {
		return true
	}
	w.section("Groups through these groups")
	switch {
	case t.Err != nil:
		w.add(Line{Text: "They could not be read: " + t.Err.Error(), Tone: Bad})
	case !t.Here:
		w.add(Line{Text: "being read", Tone: Muted})
	case len(t.Value) == 0:
		w.add(Line{Text: "none"})
	default:
		w.names(t.Value)
	}
	return true
}

func (w *writer) names(dns []models.DN) {
	names := make([]string, len(dns))
	for i, dn := range dns {
		names[i] = cmp.Or(dn.RDN().Value, string(dn))
	}
	slices.Sort(names)
	for _, name := range names {
		w.add(Line{Text: name})
	}
}

// controllers has a line for each domain controller; false while it is not known
// which there are.
func (w *writer) controllers() bool {
	c := w.Controllers
	if !c.Asked {
		return true
	}
	w.section("Domain controllers")
	switch {
	case c.Err != nil:
		w.add(Line{Text: "They could not be asked: " + c.Err.Error(), Tone: Bad})
	case !c.Here:
		w.add(Line{Text: "being asked", Tone: Muted})
		return false
	}
	for _, at := range c.Value {
		w.controller(at)
	}
	return true
}

// controller adds two lines, which are there before it has answered.
func (w *writer) controller(at models.AtController) {
	first := Line{Label: "DC", Text: joined(", ", at.Host, at.Site), Fixed: true}
	if at.PDC {
		first.Label = "PDC"
	}
	second := Line{Fixed: true}
	switch {
	case at.Waiting:
		second.Text, second.Tone = "asked", Muted
	case at.Err != nil:
		second.Text, second.Tone = silence(at.Err), Warning
	default:
		state, last := "", "no logon here"
		switch at.Locked {
		case models.Yes:
			state, second.Tone = "locked", Bad
		case models.No:
			state = "not locked"
		}
		if !at.Last.IsZero() {
			last = "last logon " + w.date(at.Last)
		}
		wrong := ""
		if at.BadTries >= 0 {
			wrong = tries(at.BadTries)
		}
		if !at.BadTry.IsZero() {
			wrong = joined(" ", wrong, "("+w.date(at.BadTry)+")")
		}
		second.Text = joined(", ", state, wrong, last)
	}
	w.add(first)
	w.add(second)
}

// silence is why a controller said nothing: its row names it already.
func silence(err error) string {
	if known, ok := errors.AsType[*models.Error](err); ok && known.Kind != nil {
		return known.Kind.Error()
	}
	return err.Error()
}

func (w *writer) changes() bool {
	c := w.Changes
	switch {
	case !c.Asked:
		return true
	case c.Err != nil:
		w.section("Done by this desk")
		w.add(Line{Text: "The journal could not be read: " + c.Err.Error(), Tone: Bad})
	case !c.Here:
		return false
	case len(c.Value) > 0:
		w.section("Done by this desk")
		for _, words := range c.Value {
			w.add(Line{Text: words})
		}
	}
	return true
}

func (w *writer) below() bool {
	b := w.Below
	switch {
	case !b.Asked:
		return true
	case b.Err != nil:
		w.section("Below it")
		w.add(Line{Text: b.Err.Error(), Tone: Warning})
	case !b.Here:
		return false
	case len(b.Value) > 0:
		w.section("Below it: " + english.Count(len(b.Value), "object"))
		for _, d := range b.Value {
			w.add(Line{Text: fmt.Sprintf("%s, %s", d.DN.RDN().Value, models.ClassWords(d.Class))})
		}
	}
	return true
}

func joined(with string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), with)
}

func tries(n int) string {
	if n == 0 {
		return "no wrong password"
	}
	return english.Count(n, "wrong password")
}

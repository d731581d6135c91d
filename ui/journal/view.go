package journal

import (
	"fmt"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/details"
	"dirdesk/ui/frame"
)

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	return frame.Pane{Title: "Journal"}.Overlay(o.Theme, o.Width, o.Height, func(p *frame.Pane, width, room int) ([]string, string) {
		content := []string{m.state(width)}
		if m.open {
			content = append(content, m.text.Draw(p, m.whole(width), room-1, 1)...)
		} else {
			content = append(content, m.rows(p, width, room-1)...)
		}
		return content, m.foot(width)
	})
}

// state says whether the file is whole.
func (m *Model) state(width int) string {
	th := m.options.Theme
	switch {
	case !m.read:
		return th.Ink.Muted.Render(th.Fit(" Reading "+m.options.Path, width))
	case m.broken != nil && len(m.all) > 0, m.err != nil:
		err := m.broken
		if m.err != nil {
			err = m.err
		}
		return th.Ink.Bad.Render(th.Fit(" Not whole: "+err.Error(), width))
	case len(m.check.Problems) > 0:
		return th.Ink.Bad.Render(th.Fit(fmt.Sprintf(" ALTERED: %s (%d in all)", m.check.Problems[0], len(m.check.Problems)), width))
	case len(m.all) == 0:
		return th.Ink.Muted.Render(th.Fit(" "+m.options.Path, width))
	}
	changes := english.Number(m.check.Lines) + " changes"
	if m.check.Lines == 1 {
		changes = "1 change"
	}
	shown := ""
	if len(m.entries) != len(m.all) {
		shown = fmt.Sprintf("; shown are %s", english.Number(len(m.entries)))
	}
	return th.Ink.Good.Render(th.Fit(" Verified: "+changes+", no line is missing or altered"+shown, width))
}

func (m *Model) foot(width int) string {
	th := m.options.Theme
	text := m.keys.Hints("   ", "journal.open", "shows all", "journal.undo", "takes it back", "journal.find", "searches",
		"journal.object", "this object", "overlay.close", "closes")
	switch {
	case m.typing:
		return m.line.View(th, width)
	case m.wrong != "":
		return th.Ink.Warning.Render(th.Fit(" "+m.wrong, width))
	case m.open:
		text = m.keys.Spell("move.up") + " and " +
			m.keys.Hints("   ", "move.down", "scroll", "journal.undo", "takes it back", "overlay.close", ": the list")
	}
	return th.Ink.Muted.Render(terminaltext.Fit(" "+text, width, ""))
}

// rows are the entries that are in sight, a line each.
func (m *Model) rows(p *frame.Pane, width, room int) []string {
	th := m.options.Theme
	if m.read && len(m.all) > 0 && len(m.entries) == 0 {
		return []string{th.Ink.Muted.Render(th.Fit(" No change fits what is looked for.", width))}
	}
	if m.read && len(m.entries) == 0 {
		return []string{th.Ink.Muted.Render(th.Fit(" Nothing has been changed yet.", width))}
	}
	return m.list.Draw(p, len(m.entries), room, 1, func(i int, under bool) string {
		e := &m.entries[i]
		line := th.Fit(m.row(e), width)
		if under {
			return th.Ink.Cursor.Render(line)
		}
		head := terminaltext.Width(th.Safe(m.head(e)))
		verdict := strings.TrimRight(string(e.Outcome), " ")
		if before, after, found := strings.Cut(line, verdict); found && terminaltext.Width(before) <= head {
			return before + verdictInk(th, *e).Render(verdict) + after
		}
		return line
	})
}

// head is what stands before the words of an entry.
func (m *Model) head(e *journal.Entry) string {
	return fmt.Sprintf(" %s  %-9s ", e.Time.In(m.options.Zone).Format("2006-01-02 15:04"), e.Outcome)
}

func (m *Model) row(e *journal.Entry) string {
	text := m.head(e) + string(e.Action) + " " + nameOf(e)
	if e.UndoneBy != "" {
		text += " (taken back)"
	}
	if e.Ticket != "" {
		text += "  [" + e.Ticket + "]"
	}
	return text
}

func nameOf(e *journal.Entry) string {
	if e.Name != "" {
		return e.Name
	}
	return e.DN.RDN().Value
}

func verdictInk(th *theme.Theme, e journal.Entry) theme.Ink {
	switch {
	case e.Outcome == verdict.Done && e.Verified:
		return th.Ink.Good
	case e.Outcome == verdict.Done:
		return th.Ink.Text
	case e.Outcome == verdict.Failed, e.Outcome == verdict.Partly:
		return th.Ink.Bad
	case e.Outcome == verdict.Pending:
		return th.Ink.Pending
	default:
		return th.Ink.Warning
	}
}

// whole is everything of the entry under the cursor.
func (m *Model) whole(width int) []string {
	th, e := m.options.Theme, m.entry()
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, details.FactLines(th, details.Fact{Label: label, Text: text}, width)...)
		}
	}
	outcome := string(e.Outcome)
	switch {
	case e.Outcome == verdict.Begun:
		outcome = "begun: the program ended before the answer came; look at the object"
	case e.Outcome == verdict.Done && e.Verified:
		outcome += ", verified"
	case e.Outcome == verdict.Done:
		outcome += ", not verified"
	}
	add("Change", string(e.Action)+" "+nameOf(e))
	add("Outcome", outcome)
	add("Words", e.Words)
	add("Error", e.Error)
	for _, f := range desk.EntryValues(*e) {
		before := f.Before
		switch {
		case !f.Known:
			before = "(not known)"
		case before == "":
			before = "(empty)"
		}
		after := f.After
		if after == "" {
			after = "(empty)"
		}
		add(models.Field(f.Field).Label(), before+" -> "+after)
	}
	add("Members", joined(e.Members))
	add("Groups", joined(e.Groups))
	lines = append(lines, details.FactLines(th, details.Fact{Label: "DN", Text: string(e.DN)}, width)...)
	if e.NewDN != "" && !e.NewDN.Equal(e.DN) {
		lines = append(lines, details.FactLines(th, details.Fact{Label: "New DN", Text: string(e.NewDN)}, width)...)
	}
	add("Time", e.Time.In(m.options.Zone).Format("2006-01-02 15:04:05 MST"))
	add("Ticket", e.Ticket)
	if e.CallerVerified {
		add("Caller", "verified")
	}
	add("By", by(e.Operator))
	add("At", e.Server+" ("+e.Realm+")")
	add("Entry", e.ID)
	add("Plan", e.Plan)
	add("Takes back", e.Undoes)
	add("Taken back by", e.UndoneBy)
	return lines
}

func by(o journal.Operator) string {
	text := o.Account
	if o.LocalUser != "" {
		text += ", as " + o.LocalUser + " of this computer"
	}
	if o.SSHPeer != "" {
		text += ", from " + o.SSHPeer
	}
	return text
}

func joined(dns []models.DN) string {
	names := make([]string, len(dns))
	for i, dn := range dns {
		names[i] = dn.RDN().Value
	}
	return strings.Join(names, "; ")
}

package change

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/list"
	"dirdesk/ui/prompt"
	"dirdesk/ui/trouble"
)

// review shows a plan, before and after, and asks in proportion.
type review struct {
	keys     keymap.Map
	plan     desk.Plan
	question desk.Question
	line     *prompt.Prompt // the number, where it is to be typed
	switches list.List      // over what can be switched on and off
	ticks    bool           // the first of them says that the caller was verified
	wrong    string
}

func newReview(keys keymap.Map, plan desk.Plan, ticks bool) *review {
	r := &review{keys: keys, plan: plan, question: plan.Question(), ticks: ticks}
	if off := slices.IndexFunc(r.all(), func(s toggle) bool { return !s.on }); off > 0 {
		r.switches.Go(off, len(r.all()))
	}
	if r.question.Kind == desk.TypeNumber {
		r.line = prompt.New(fmt.Sprintf("Type %d to go on:", r.question.Number), "")
	}
	return r
}

func (r *review) scope() keymap.ScopeName {
	switch r.question.Kind {
	case desk.TypeNumber:
		return keymap.Number
	case desk.YesNo:
		if len(r.all()) > 0 {
			return keymap.Review
		}
		return keymap.Question
	default:
		return keymap.Overlay
	}
}

func (r *review) update(id string, msg tea.Msg) answer {
	r.wrong = ""
	all := len(r.all())
	switch {
	case id == "review.next" || id == "number.next":
		r.switches.Go((r.switches.At()+1)%max(all, 1), all)
		return none
	case (id == "review.mend" || id == "number.mend") && all > 0:
		r.toggle()
		return more
	case id == "line.leave", id == "overlay.close":
		return no
	case r.question.Kind == desk.TypeNumber:
		return r.number(msg)
	}
	return r.ticked(answered(id, r.enter()))
}

// ticked keeps a yes back until it was said that the caller was verified.
func (r *review) ticked(a answer) answer {
	if a == yes && r.ticks && !r.plan.CallerVerified {
		r.wrong = "Verify the caller first, and tick it above."
		return none
	}
	return a
}

// toggle is a line of the plan that can be switched on and off.
type toggle struct {
	words string
	on    bool
}

func (r *review) all() []toggle {
	var all []toggle
	if r.ticks {
		all = append(all, toggle{"the caller was called back, and is who they say", r.plan.CallerVerified})
	}
	for _, o := range r.plan.Offers {
		all = append(all, toggle{o.Words, o.On})
	}
	return all
}

func (r *review) toggle() {
	at := r.switches.At()
	switch {
	case !r.ticks:
		r.plan = r.plan.Switched(at)
	case at == 0:
		r.plan.CallerVerified = !r.plan.CallerVerified
	default:
		r.plan = r.plan.Switched(at - 1)
	}
	r.question = r.plan.Question()
}

// enter is what Enter means.
func (r *review) enter() answer {
	if r.question.Destructive {
		return no
	}
	return yes
}

func (r *review) number(msg tea.Msg) answer {
	if r.line.Update(msg, r.keys.In(keymap.Number)) != prompt.Entered {
		return none
	}
	switch typed := strings.TrimSpace(r.line.Value()); {
	case typed == "":
		return no
	case typed == strconv.Itoa(r.question.Number):
		return r.ticked(yes)
	default:
		r.line.Error = "that is not the number"
		return none
	}
}

func (r *review) page(l look) page {
	p := page{title: "What would change", quiet: true}
	steps := r.plan.Chosen()
	if n := len(steps); n > 1 {
		p.title += fmt.Sprintf(": %d of %d can be done", r.plan.Ready(), n)
	}
	for _, s := range steps {
		p.body = append(p.body, stepLines(l.Theme, s, l.width)...)
	}
	if r.question.Kind == desk.None {
		p.below = l.wrapped(l.Ink.Warning, "", "Nothing would be changed.")
		p.keys = l.keys.Hints("", "overlay.close", ": back")
		return p
	}
	p.below = l.wrapped(l.Ink.Text, "", r.question.Text)
	do, few, back := "question.yes", "question.yes", "question.default|question.no"
	switch {
	case r.question.Kind == desk.TypeNumber:
		p.below = append(p.below, r.line.View(l.Theme, l.width))
		do, few, back = "line.accept", "line.accept", "line.leave"
	case r.question.Destructive:
		p.below = append(p.below, l.yesNo(no))
	default:
		p.below = append(p.below, l.yesNo(yes))
		do, few, back = "question.default|question.yes", "question.default", "question.no"
	}
	p.below = append(append(r.switchLines(l), l.wrapped(l.Ink.Bad, "", r.wrong)...), p.below...)
	p.keys = l.short(l.keys.Hints("   ", few, ": do it", back, ": back"), l.keys.Hints("   ", do, ": do it", back, ": back, changing nothing"))
	return p
}

// switchLines are what can be switched on and off, each with whether it is on.
func (r *review) switchLines(l look) []string {
	mend, next := "review.mend", "review.next"
	if r.question.Kind == desk.TypeNumber {
		mend, next = "number.mend", "number.next"
	}
	var lines []string
	all := r.all()
	for i, s := range all {
		box, ink, hint := "[ ] ", l.Ink.Warning, ""
		if s.on {
			box, ink = "[x] ", l.Ink.Good
		}
		if i == r.switches.At() {
			hints := []string{mend, "switches it on and off", next, "the next"}
			hint = "   " + l.keys.Hints("  ", hints[:2*min(len(all), 2)]...)
		}
		line := l.Cut(box+english.Own(s.words).Capital(), l.width)
		lines = append(lines, ink.Render(line)+l.Ink.Muted.Render(terminaltext.Cut(hint, l.width-terminaltext.Width(line), "")))
	}
	return lines
}

// stepLines are a step as it is looked at: what it does, each value before and
// after, what is to be known about it, and why it cannot be done.
func stepLines(th *theme.Theme, s desk.Step, width int) []string {
	ink := th.Ink.Accent
	if s.Refused != nil || s.Nothing {
		ink = th.Ink.Title
	}
	lines := wrapped(th, ink, "", english.Own(s.Title).Capital(), width)
	for _, f := range s.Facts {
		lines = append(lines, wrapped(th, th.Ink.Text, "  ", english.Own(f.Label).Capital()+": "+f.After, width)...)
	}
	labels := labelRoom(th, s.Lines, width)
	for _, l := range s.Lines {
		if desk.TraitsOf(s.Change.Action).Deletes { // that it will be gone says the title
			lines = append(lines, wrapped(th, th.Ink.Muted, "  ", l.Before, width)...)
			continue
		}
		lines = append(lines, valueLines(th, l, labels, width, desk.TraitsOf(s.Change.Action).Creates)...)
	}
	for _, a := range s.Alarms {
		lines = append(lines, wrapped(th, th.Ink.Bad, "  ", "! "+a.Capital(), width)...)
	}
	for _, w := range s.Warnings {
		lines = append(lines, wrapped(th, th.Ink.Warning, "  ", "! "+w.Capital(), width)...)
	}
	switch {
	case s.Refused != nil:
		lines = append(lines, wrapped(th, th.Ink.Bad, "  ", "Not possible: "+why(s.Refused), width)...)
	case s.Nothing && len(s.Warnings) == 0:
		lines = append(lines, wrapped(th, th.Ink.Muted, "  ", "It is so already.", width)...)
	}
	return lines
}

// why is a refusal without what was tried, which stands above it.
func why(err error) string {
	var known *models.Error
	switch {
	case !errors.As(err, &known) || known.Kind == nil:
		return err.Error()
	case known.Advice != "":
		return known.Advice
	default:
		return english.Stop(known.Kind.Error()) + " " + models.AdviceFor(err)
	}
}

// labelRoom is how wide the names of values are drawn.
func labelRoom(th *theme.Theme, lines []desk.Line, width int) int {
	if width < 60 {
		return 12
	}
	room := 20
	for _, l := range lines {
		if w := terminaltext.Width(th.Safe(l.Label)); w <= width/3 {
			room = max(room, w)
		}
	}
	return room
}

// valueLines are one value before and after: in one line, or in two where they
// are long. Of something new there is only the value.
func valueLines(th *theme.Theme, l desk.Line, labels, width int, fresh bool) []string {
	// A name that is cut could be another's: a long one has a line of its own.
	var lines []string
	if name := th.Safe(l.Label); terminaltext.Width(name) > labels {
		lines = wrapped(th, th.Ink.Muted, "  ", name, width)
		l.Label = ""
	}
	label := "  " + th.Ink.Muted.Render(th.Fit(l.Label, labels)) + " "
	before, after, step := th.Safe(empty(l.Before)), th.Safe(empty(l.After)), " -> "
	if l.Before == "" && l.After == "" {
		return append(lines, label)
	}
	room := max(width-labels-3, 1)
	if l.Sign != "" {
		after, fresh = l.Sign+" "+th.Safe(l.Before+l.After), true
	}
	if fresh {
		for i, line := range terminaltext.Wrap(after, room) {
			if i > 0 {
				label = strings.Repeat(" ", labels+3)
			}
			lines = append(lines, label+th.Ink.Good.Render(line))
		}
		return lines
	}
	if terminaltext.Width(before)+len(step)+terminaltext.Width(after) <= room {
		return append(lines, label+th.Ink.Muted.Render(before)+step+th.Ink.Good.Render(after))
	}
	indent := strings.Repeat(" ", labels+3)
	for i, line := range terminaltext.Wrap(before, max(room-3, 1)) {
		if i > 0 {
			label = indent
		}
		lines = append(lines, label+th.Ink.Muted.Render(line))
	}
	for i, line := range terminaltext.Wrap(after, max(room-3, 1)) {
		head := indent + "   "
		if i == 0 {
			head = indent + "-> "
		}
		lines = append(lines, head+th.Ink.Good.Render(line))
	}
	return lines
}

func empty(value string) string {
	if value == "" {
		return "(empty)"
	}
	return value
}

// summary tells what became of each object: what needs a person's eye first.
type summary struct {
	outcomes []desk.Outcome
	title    string
}

func newSummary(outcomes []desk.Outcome) *summary {
	s := &summary{outcomes: slices.Clone(outcomes), title: counts(outcomes)}
	rank := verdicts()
	slices.SortStableFunc(s.outcomes, func(a, b desk.Outcome) int {
		return slices.Index(rank, a.Verdict) - slices.Index(rank, b.Verdict)
	})
	return s
}

func (s *summary) scope() keymap.ScopeName { return keymap.Overlay }

func (s *summary) update(id string, _ tea.Msg) answer {
	if id == "overlay.close" {
		return no
	}
	return none
}

func (s *summary) page(l look) page {
	th, width := l.Theme, l.width
	p := page{title: s.title, keys: l.keys.Spell("move.up") + " and " + l.keys.Hints("   ", "move.down", "scroll", "overlay.close", ": back")}
	room := 11
	for _, out := range s.outcomes {
		room = max(room, terminaltext.Width(headOf(th, out))+2)
	}
	if width < 3*room { // narrow: the verdict has a line of its own
		room = 2
	}
	for _, out := range s.outcomes {
		ink := toneOf(out).Ink(th)
		if room == 2 {
			p.body = append(p.body, ink.Render(th.Cut(headOf(th, out), width)))
		}
		for i, line := range wrapped(th, th.Ink.Text, "", out.Words, max(width-room, 1)) {
			head := th.Fit("", room)
			if i == 0 && room > 2 {
				head = ink.Render(th.Fit(headOf(th, out), room))
			}
			p.body = append(p.body, head+line)
		}
		p.body = append(p.body, saidLines(th, out.Messages, room, width)...)
	}
	return p
}

// headOf is the verdict in words, with a mark where it waits for somebody.
func headOf(th *theme.Theme, out desk.Outcome) string {
	words := english.Own(string(out.Verdict)).Capital()
	if out.Verdict == verdict.Pending {
		words = th.Glyphs.Pending + " " + words
	}
	return words
}

// saidLines are what the server said of one object, as a tree.
func saidLines(th *theme.Theme, messages []models.Message, indent, width int) []string {
	var lines []string
	for _, said := range trouble.Tree(messages) {
		ink := th.Ink.Muted
		switch said.Kind {
		case models.MessageError:
			ink = th.Ink.Bad
		case models.MessageWarning:
			ink = th.Ink.Warning
		case models.MessageApproval:
			ink = th.Ink.Pending
		}
		in := strings.Repeat(" ", max(min(indent+2*said.Depth, width-20), 0))
		for i, line := range wrapped(th, ink, "  ", said.Text, max(width-len(in), 3)) {
			if i == 0 {
				line = ink.Render("- ") + strings.TrimPrefix(line, "  ")
			}
			lines = append(lines, in+line)
		}
	}
	return lines
}

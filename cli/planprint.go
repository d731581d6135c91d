package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// plannedStep is a step of a plan, as json gives it.
type plannedStep struct {
	Action  models.Action `json:"action"`
	DN      models.DN     `json:"dn,omitempty"`
	Title   string        `json:"title"`
	Undoes  string        `json:"undoes,omitempty"`
	Changes []plannedLine `json:"changes"`
	Facts   []plannedLine `json:"facts,omitempty"`    // what is so and is to be known before
	LeftOut bool          `json:"left_out,omitempty"` // it is only offered
	// Properties say a change of properties to a program: with their types,
	// operations and masks, and each value by itself.
	Properties []journal.Property `json:"properties,omitempty"`
	Warnings   []english.Phrase   `json:"warnings,omitempty"`
	Nothing    bool               `json:"nothing_to_do,omitempty"`
	Refused    string             `json:"refused,omitempty"`
}

type plannedLine struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// printPlan prints what would be changed, in the format that was asked for.
func (c *changeCommand) printPlan(out io.Writer, plan desk.Plan) error {
	if c.format != formatJSON {
		return c.showPlan(out, plan)
	}
	steps := make([]plannedStep, 0, len(plan.Steps))
	for _, s := range plan.Steps {
		step := plannedStep{
			Action: s.Change.Action, DN: s.Change.DN, Title: s.Title, Undoes: s.Undoes, Warnings: slices.Concat(s.Alarms, s.Warnings), Nothing: s.Nothing,
			Changes: make([]plannedLine, 0, len(s.Lines)), Properties: s.Properties(), LeftOut: s.Off,
		}
		for _, f := range s.Facts {
			step.Facts = append(step.Facts, plannedLine{f.Label, f.Before, f.After})
		}
		for _, l := range s.Lines {
			step.Changes = append(step.Changes, plannedLine{l.Label, l.Before, l.After})
		}
		if s.Refused != nil {
			step.Refused = s.Refused.Error()
		}
		steps = append(steps, step)
	}
	return printJSON(out, steps)
}

// showPlan writes a plan for a person: each step with its values before and
// after.
func (c *changeCommand) showPlan(out io.Writer, plan desk.Plan) error {
	arrow := "→"
	if !c.unicode() {
		arrow = "->"
	}
	var b strings.Builder
	for _, s := range plan.Chosen() {
		b.WriteString(c.safe(s.Title) + "\n")
		for _, f := range s.Facts {
			b.WriteString("  " + c.safe(f.Label+": "+f.After) + "\n")
		}
		labels := 0
		for _, l := range s.Lines {
			labels = max(labels, terminaltext.Width(c.safe(l.Label)))
		}
		for _, l := range s.Lines {
			label := c.safe(l.Label)
			label += strings.Repeat(" ", labels-terminaltext.Width(label))
			fmt.Fprintf(&b, "  %s  %s\n", label, c.beforeAfter(l, arrow))
		}
		for _, alarm := range s.Alarms {
			b.WriteString("  WARNING: " + c.safe(alarm.String()) + "\n")
		}
		for _, warning := range s.Warnings {
			b.WriteString("  note: " + c.safe(warning.String()) + "\n")
		}
		if s.Nothing {
			b.WriteString("  nothing to do\n")
		}
		if s.Refused != nil {
			for i, line := range strings.Split(explain(s.Refused), "\n") {
				lead := "  NOT POSSIBLE: "
				if i > 0 {
					lead = "    "
				}
				b.WriteString(lead + c.safe(line) + "\n")
			}
		}
	}
	for _, o := range plan.Offers {
		box := "[ ] "
		if o.On {
			box = "[x] "
		}
		b.WriteString(box + c.safe(o.Words) + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// beforeAfter is one value; of what did not exist before only the new one.
func (c *changeCommand) beforeAfter(l desk.Line, arrow string) string {
	empty := func(text string) string {
		if text == "" {
			return "(empty)"
		}
		return c.safe(text)
	}
	switch {
	case l.Sign != "":
		return l.Sign + " " + c.safe(l.Before+l.After)
	case l.Before == "":
		return arrow + " " + empty(l.After)
	}
	return empty(l.Before) + " " + arrow + " " + empty(l.After)
}

// safe makes text of the directory harmless in the characters that the terminal
// has.
func (p *console) safe(text string) string {
	return p.sanitizer().Safe(terminaltext.OneLine(text))
}

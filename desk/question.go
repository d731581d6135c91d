package desk

import (
	"fmt"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// QuestionKind is how a person confirms a plan.
type QuestionKind uint8

// The kinds of question, by weight.
const (
	None       QuestionKind = iota // nothing would be written
	YesNo                          // "no" unless they say yes
	TypeNumber                     // they type how many objects it concerns
)

// Question is what a person is asked before a plan is applied.
type Question struct {
	Kind   QuestionKind
	Text   string // "Delete jdoe?"
	Number int    // of TypeNumber: what is to be typed
	// Destructive says that the plan deletes something. A form that has shown
	// the lines of a plan that is not, and asks YesNo, is question enough.
	Destructive bool
}

// Question is what a person is to be asked before the plan is applied: nothing
// when nothing would be written, yes or no for one object, whatever is done to
// it, and the number to be typed for several or for a container that is not
// empty.
func (p Plan) Question() Question {
	var steps []Step
	number := 0
	counted := map[string]bool{}
	q := Question{}
	for _, s := range p.Steps {
		if s.Refused != nil || s.Nothing {
			continue
		}
		steps = append(steps, s)
		if key := s.Change.DN.Key(); key == "" || !counted[key] {
			counted[key] = true
			number += 1 + s.Below
		}
		q.Destructive = q.Destructive || s.Change.Action == models.Delete
	}
	switch {
	case len(steps) == 0:
		return Question{}
	case number == 1:
		titles := make([]string, len(steps))
		for i, s := range steps {
			titles[i] = s.Title
		}
		q.Kind, q.Text = YesNo, english.Own(english.And(titles...)).Capital()+"?"
	case len(steps) == 1:
		q.Kind, q.Number = TypeNumber, number
		q.Text = fmt.Sprintf("%s? %s will be gone.", english.Own(steps[0].Title).Capital(), english.Count(number, "object"))
	default:
		q.Kind, q.Number = TypeNumber, number
		q.Text = fmt.Sprintf("%s %s?", english.Own(manyWords(steps)).Capital(), objects(number))
	}
	return q
}

// manyWords is the action of several steps.
func manyWords(steps []Step) string {
	action := steps[0].Change.Action
	for _, s := range steps {
		if s.Change.Action != action {
			return "change"
		}
	}
	switch action {
	case models.SetPassword:
		return "set new passwords for"
	case models.SendResetMail:
		return "mail reset links to"
	case models.AddMembers:
		return "add members to"
	case models.RemoveMembers:
		return "take members out of"
	case models.CreateUser, models.CreateGroup, models.CreateOU:
		return "create"
	case models.SetExpiry:
		return "set the expiry of"
	default:
		return string(action)
	}
}

// title says in a few words what a step does.
func title(s Step) string {
	c := s.Change
	name := english.Quoted(called(c))
	switch c.Action {
	case models.CreateUser:
		return "create the user " + name
	case models.CreateGroup:
		return "create the group " + name
	case models.CreateOU:
		return "create the OU " + name
	case models.SetPassword:
		return "set a new password for " + name
	case models.SendResetMail:
		return "mail a reset link to " + english.Quoted(logonOf(c))
	case models.AddMembers:
		return "add " + members(c) + " to " + name
	case models.RemoveMembers:
		return "take " + members(c) + " out of " + name
	case models.SetExpiry:
		return "set when " + name + " expires"
	case models.SetMustChange:
		if c.MustChange == models.No {
			return "let " + name + " keep the password"
		}
		return "make " + name + " change the password at the next logon"
	case models.Rename:
		return "rename " + name + " to " + english.Quoted(c.NewName)
	case models.Move:
		return "move " + name + " to " + english.Quoted(c.NewParent.RDN().Value)
	case models.Delete:
		if s.Below > 0 {
			return fmt.Sprintf("delete the %s %s with %s", c.Category.Words(), name, objects(s.Below))
		}
		return "delete the " + c.Category.Words() + " " + name
	case models.Modify:
		return modificationTitle(c)
	case models.SyncDomain:
		return "sync the domain's accounts to DSM"
	default:
		return string(c.Action) + " " + name
	}
}

func members(c models.Change) string {
	if len(c.Members) == 1 {
		return english.Quoted(c.Members[0].RDN().Value)
	}
	return english.Count(len(c.Members), "member")
}

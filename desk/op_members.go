package desk

import (
	"context"
	"errors"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// memberChange puts objects into a group, or takes them out.
type memberChange struct{ adding bool }

func (op memberChange) action() models.Action {
	if op.adding {
		return models.AddMembers
	}
	return models.RemoveMembers
}

func (op memberChange) about() description {
	about := description{
		several: "take members out of", cannot: needing[MemberRemover]("take members out of a group"),
		unfit: onlyA(models.Group, "only groups have members"),
		malformed: func(c models.Change) english.Phrase {
			return english.Own(when(len(c.Members) == 0, "no members were given"))
		},
	}
	if op.adding {
		about.several, about.cannot = "add members to", needing[MemberAdder](string(models.AddMembers))
	}
	return about
}

// examine finds out who is in the group now, where that can be told.
func (op memberChange) examine(ctx context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	c.Members = models.Distinct(c.Members)
	present, err := d.Members(ctx, c.DN, false)
	if errors.Is(err, models.ErrUnsupported) && ctx.Err() == nil {
		return nil
	}
	if err != nil {
		return err
	}
	there := keys(present)
	kept := make([]models.DN, 0, len(c.Members))
	for _, m := range c.Members {
		switch {
		case there[m.Key()] != op.adding:
			kept = append(kept, m)
		case op.adding:
			s.warn(english.Naming(m.RDN().Value, " is in it already"))
		default:
			s.warn(english.Naming(m.RDN().Value, " is not in it"))
		}
	}
	c.Members = kept
	s.Nothing = len(kept) == 0
	return nil
}

func (op memberChange) title(s Step) string {
	if op.adding {
		return "add " + members(s.Change) + " to " + s.name()
	}
	return "take " + members(s.Change) + " out of " + s.name()
}

func (op memberChange) lines(s Step) []Line {
	all := make([]Line, 0, len(s.Change.Members))
	for _, m := range s.Change.Members {
		all = append(all, Line{Label: "member", Before: when(!op.adding, string(m)), After: when(op.adding, string(m))})
	}
	return all
}

func (op memberChange) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	if op.adding {
		return do(d.backend, func(b MemberAdder) error { return b.AddMembers(ctx, c.DN, c.Members) })
	}
	return do(d.backend, func(b MemberRemover) error { return b.RemoveMembers(ctx, c.DN, c.Members) })
}

// look reads a group's members, where they can be read.
func (op memberChange) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	c := s.Change
	present, err := d.Members(ctx, c.DN, false)
	if errors.Is(err, models.ErrUnsupported) {
		accepted := "taking out " + members(c) + " was accepted"
		if op.adding {
			accepted = "adding " + members(c) + " was accepted"
		}
		return finding{words: d.cannotList(), accepted: accepted}
	}
	if err != nil {
		return finding{err: err}
	}
	there := keys(present)
	var wrong []string
	for _, m := range c.Members {
		if there[m.Key()] != op.adding {
			wrong = append(wrong, english.Quoted(m.RDN().Value))
		}
	}
	names := strings.Join(wrong, ", ")
	switch {
	case len(wrong) > 0 && op.adding:
		return finding{seen: mismatch, words: "does not have " + names}
	case len(wrong) > 0:
		return finding{seen: mismatch, words: "still has " + names}
	case op.adding:
		return finding{seen: match, words: "now has " + members(c)}
	default:
		return finding{seen: match, words: "no longer has " + members(c)}
	}
}

func (memberChange) note(e *journal.Entry, s Step) { e.Members = s.Change.Members }

func (op memberChange) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action, c.Members = memberChange{adding: !op.adding}.action(), e.Members
	if len(c.Members) == 0 {
		return c, nil, &CannotUndo{Words: "nobody was put in or taken out"}
	}
	return c, nil, nil
}

// affected: the members show the groups that they are in.
func (memberChange) affected(out Outcome) []Affected {
	all := []Affected{affectedObject(out.Change)}
	for _, member := range out.Change.Members {
		all = append(all, Affected{DN: member})
	}
	return all
}

func members(c models.Change) string {
	if len(c.Members) == 1 {
		return english.Quoted(c.Members[0].RDN().Value)
	}
	return english.Count(len(c.Members), "member")
}

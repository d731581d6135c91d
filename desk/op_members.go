package desk

import (
	"context"
	"errors"
	"slices"
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
		Traits: Traits{inParts: true}, several: "take members out of", cannot: needing[MemberRemover]("take members out of a group"),
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
	primary, err := d.readMembers(ctx, s, op.adding)
	if err != nil || s.Refused != nil {
		return err
	}
	if len(primary) > 0 && !op.adding {
		s.refuse(models.ErrPolicy, english.Own(english.Quoted(s.before.Called())+" is the primary group of "+several(primary)+
			": it cannot be left before another is the primary one (dirdesk set OBJECT primaryGroupID=NUMBER)"))
		return nil
	}
	present, err := d.Members(ctx, c.Ref(), false)
	if errors.Is(err, models.ErrUnsupported) && ctx.Err() == nil {
		return nil
	}
	if err != nil {
		return err
	}
	there := keys(present)
	kept := make([]models.Ref, 0, len(c.Members))
	for _, m := range c.Members {
		switch {
		case slices.Contains(primary, english.Quoted(m.DN.RDN().Value)):
			s.warn(english.Naming(m.DN.RDN().Value, " is in it already: it is the primary group"))
		case there[m.DN.Key()] != op.adding:
			kept = append(kept, m)
		case op.adding:
			s.warn(english.Naming(m.DN.RDN().Value, " is in it already"))
		default:
			s.warn(english.Naming(m.DN.RDN().Value, " is not in it"))
		}
	}
	c.Members = kept
	s.Nothing = len(kept) == 0
	return nil
}

func (memberChange) mayNot(_ *directory, on, _ models.Rights, _ models.Change) string {
	return unwritable(on, "member")
}

func (op memberChange) title(s Step) string {
	if op.adding {
		return "add " + members(s.Change) + " to " + s.name()
	}
	return "take " + members(s.Change) + " out of " + s.name()
}

func (op memberChange) lines(s Step) []Line {
	all := make([]Line, 0, len(s.Change.Members))
	sign := "-"
	if op.adding {
		sign = "+"
	}
	for _, m := range s.Change.Members {
		all = append(all, Line{Label: "member", Before: when(!op.adding, string(m.DN)), After: when(op.adding, string(m.DN)), Sign: sign})
	}
	return all
}

func (op memberChange) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	c := s.Change
	if op.adding {
		return do(d.backend, func(b MemberAdder) error { return b.AddMembers(ctx, c.Ref(), c.Members) })
	}
	return do(d.backend, func(b MemberRemover) error { return b.RemoveMembers(ctx, c.Ref(), c.Members) })
}

// look reads a group's members, where they can be read.
func (op memberChange) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	c := s.Change
	present, err := d.Members(ctx, c.Ref(), false)
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
	var right, wrong []string
	for _, m := range c.Members {
		if there[m.DN.Key()] == op.adding {
			right = append(right, english.Quoted(m.DN.RDN().Value))
		} else {
			wrong = append(wrong, english.Quoted(m.DN.RDN().Value))
		}
	}
	did, not := " taken out", "it still has "
	if op.adding {
		did, not = " added", "it does not have "
	}
	var v sights
	if len(right) > 0 {
		v.see(true, several(right)+did)
	}
	if len(wrong) > 0 {
		v.see(false, not+strings.Join(wrong, ", "))
	}
	return v.finding(d)
}

func (memberChange) note(e *journal.Entry, s Step) {
	e.Members = models.Names(s.Change.Members)
	if slices.ContainsFunc(s.Change.Members, func(m models.Ref) bool { return m.GUID != "" }) {
		for _, m := range s.Change.Members {
			e.MemberGUIDs = append(e.MemberGUIDs, m.GUID)
		}
	}
}

func (op memberChange) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action, c.Members = memberChange{adding: !op.adding}.action(), models.Refs(e.Members...)
	for i := range min(len(c.Members), len(e.MemberGUIDs)) {
		c.Members[i].GUID = e.MemberGUIDs[i]
	}
	if len(c.Members) == 0 {
		return c, nil, &CannotUndo{Words: "nobody was put in or taken out"}
	}
	return c, nil, nil
}

// affected: the members show the groups that they are in.
func (memberChange) affected(out Outcome) []Affected {
	all := []Affected{affectedObject(out.Change)}
	for _, member := range out.Change.Members {
		all = append(all, Affected{DN: member.DN})
	}
	return all
}

// readMembers reads who is to be put in or taken out, where one object can be
// read. Who belongs to another domain, or was named by a DN that nobody has, is
// the server's to judge. primary are the names of those whose primary group it is.
func (d *directory) readMembers(ctx context.Context, s *Step, adding bool) (primary []string, err error) {
	c := &s.Change
	c.Members = distinct(c.Members)
	if !has[Getter](d.backend) {
		return nil, nil
	}
	for i, m := range c.Members {
		o, there, err := d.exists(ctx, m)
		switch {
		case err != nil && ctx.Err() != nil:
			return nil, err
		case err != nil: // such as a name of another domain
		case !there && m.GUID != "" && adding:
			s.refuse(models.ErrNotFound, english.Naming(m.DN.RDN().Value, " is gone"))
			return nil, nil
		case there:
			c.Members[i] = o.Ref()
			if a := o.Account; a != nil && a.PrimaryGroup != "" && a.PrimaryGroup.Equal(s.before.DN) {
				primary = append(primary, english.Quoted(o.DN.RDN().Value))
			}
		}
	}
	return primary, nil
}

// distinct leaves out the members that are named before.
func distinct(members []models.Ref) []models.Ref {
	var kept []models.Ref
	for _, m := range members {
		if !slices.ContainsFunc(kept, m.Is) {
			kept = append(kept, m)
		}
	}
	return kept
}

func members(c models.Change) string {
	names := make([]string, len(c.Members))
	for i, m := range c.Members {
		names[i] = english.Quoted(m.DN.RDN().Value)
	}
	return several(names)
}

// several are members by their number; one by its name.
func several(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return english.Count(len(names), "member")
}

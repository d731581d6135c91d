package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// sight is what a look at the directory after a write tells.
type sight uint8

const (
	blind   sight = iota // it cannot be seen on this connection, or could not be read
	differs              // it does not hold what was wished
	holds                // it holds all of it
)

// finding is what was seen.
type finding struct {
	sight  sight
	words  string    // "phone is now 555-0100", "phone is still 555-0199"
	unseen []string  // parts of the wish that this connection cannot show
	dn     models.DN // where the object is now, of what was made, renamed or moved
	err    error     // why it could not be read
}

// look reads back what a step wished for. newDN is what the server said it
// named the object, if it did.
func (d *Desk) look(ctx context.Context, s Step, newDN models.DN) finding {
	c := s.Change
	switch c.Action {
	case models.SendResetMail:
		return finding{words: "whether the mail went out is not told"}
	case models.SyncDomain:
		return finding{sight: holds}
	case models.CreateUser, models.CreateGroup, models.CreateOU:
		return d.lookNew(ctx, c, newDN)
	case models.Rename, models.Move:
		return d.lookMoved(ctx, c, newDN)
	case models.AddMembers, models.RemoveMembers:
		return d.lookMembers(ctx, c)
	case models.Delete:
		return d.lookDeleted(ctx, s)
	case models.Modify:
		return d.lookModified(ctx, s, newDN)
	default:
		return d.lookAt(ctx, s)
	}
}

// lookDeleted reads that an object is gone. Where that takes a whole container
// to read, it asks whether the logon name is free first.
func (d *Desk) lookDeleted(ctx context.Context, s Step) finding {
	gone := finding{sight: holds, words: "is gone"}
	named := s.before.SAMAccountName != "" && (s.before.Category == models.Person || s.before.Category == models.Group)
	if checker, ok := Ability[NameChecker](d.backend); ok && named && !has[Getter](d.backend) {
		if taken, err := checker.NameTaken(ctx, s.before.SAMAccountName); err == nil && !taken {
			return gone
		}
	}
	_, there, err := d.exists(ctx, s.Change.DN)
	switch {
	case err != nil:
		return finding{err: err}
	case there:
		return finding{sight: differs, words: "it is still there"}
	default:
		return gone
	}
}

// lookAt is for actions that leave the object where it is.
func (d *Desk) lookAt(ctx context.Context, s Step) finding {
	c := s.Change
	if c.Action == models.SetPassword && !has[Getter](d.backend) {
		return finding{words: d.cannotShow("it")}
	}
	o, err := d.Read(ctx, c.DN)
	if err != nil {
		return finding{err: err}
	}
	switch c.Action {
	case models.Edit:
		return d.seeFields(o, c.Fields)
	case models.SetPassword:
		return d.seeOptions(d.seePassword(s, o), c, o)
	case models.Enable, models.Disable:
		return d.seeFlag(o.Disabled, models.FlagOf(c.Action == models.Disable), "enabled", "disabled")
	case models.Unlock:
		return d.seeFlag(o.Locked, models.No, "unlocked", "locked")
	case models.SetMustChange:
		return d.seeFlag(mustChange(o), c.MustChange, "free to keep the password", "due for a new password at the next logon")
	case models.SetExpiry:
		return d.seeExpiry(o.AccountExpiry, c.Expiry)
	default:
		return finding{words: d.cannotShow("it")}
	}
}

func (d *Desk) cannotShow(what string) string {
	if d.overDSM() {
		return "DSM cannot show " + what
	}
	return "this connection cannot show " + what
}

// seeFields compares the fields that can be read.
func (d *Desk) seeFields(o models.Object, fields []models.FieldChange) finding {
	var right, wrong, unseen []string
	for _, f := range fields {
		now, known := f.Field.Of(o)
		switch {
		case !known:
			unseen = append(unseen, f.Field.Words())
		case now == f.After:
			right = append(right, f.Field.Words()+" is now "+english.Quoted(now))
		case f.BeforeKnown && now == f.Before:
			wrong = append(wrong, f.Field.Words()+" is still "+english.Quoted(now))
		default:
			wrong = append(wrong, f.Field.Words()+" is "+english.Quoted(now)+" and not "+english.Quoted(f.After))
		}
	}
	found := finding{unseen: unseen, words: strings.Join(append(wrong, right...), ", ")}
	switch {
	case len(wrong) > 0:
		found.sight = differs
	case len(right) > 0:
		found.sight = holds
	default:
		found.words = d.cannotShow(strings.Join(unseen, ", "))
	}
	return found
}

// seeFlag compares a flag; no and yes are its words.
func (d *Desk) seeFlag(now, wished models.Flag, no, yes string) finding {
	words := no
	if now == models.Yes {
		words = yes
	}
	switch now {
	case models.Unknown:
		return finding{words: d.cannotShow("it")}
	case wished:
		return finding{sight: holds, words: "is now " + words}
	default:
		return finding{sight: differs, words: "is still " + words}
	}
}

func (d *Desk) seeExpiry(now, wished models.Expiry) finding {
	switch {
	case !now.Known():
		return finding{words: d.cannotShow("it")}
	case now == wished:
		return finding{sight: holds, words: "now " + expiryPhrase(now)}
	default:
		return finding{sight: differs, words: "still " + expiryPhrase(now)}
	}
}

func expiryPhrase(e models.Expiry) string {
	if e.IsNever() {
		return "never expires"
	}
	return "expires " + e.When(time.Local)
}

// seePassword tells by the moment at which the password was set last.
func (d *Desk) seePassword(s Step, o models.Object) finding {
	before, after := s.before.Account, o.Account
	if before == nil || after == nil {
		return finding{words: d.cannotShow("it")}
	}
	if s.Change.MustChange == models.Yes {
		// The moment is 0 from now on, so that a second reset cannot be told
		// from the first.
		switch {
		case after.MustChangePassword != models.Yes:
			return finding{sight: differs, words: "is still free to keep the old password"}
		case before.MustChangePassword == models.Yes:
			return finding{words: d.cannotShow("whether the password is another now")}
		default:
			return finding{sight: holds, words: "has a new password, to be changed at the next logon"}
		}
	}
	switch {
	case after.PasswordSet.After(before.PasswordSet):
		return finding{sight: holds, words: "has a new password"}
	case after.PasswordSet.IsZero():
		return finding{words: d.cannotShow("it")}
	default:
		return finding{sight: differs, words: "still has the old password"}
	}
}

// lookMoved reads a renamed or moved object at its new place.
func (d *Desk) lookMoved(ctx context.Context, c models.Change, newDN models.DN) finding {
	if newDN == "" {
		newDN = movedTo(c)
	}
	o, there, err := d.exists(ctx, newDN)
	if err != nil {
		return finding{err: err}
	}
	if there {
		words := "is now in " + english.Quoted(o.DN.Parent().RDN().Value)
		if c.Action == models.Rename {
			words = "is now called " + english.Quoted(o.DN.RDN().Value)
		}
		return finding{sight: holds, words: words, dn: o.DN}
	}
	_, still, err := d.exists(ctx, c.DN)
	switch {
	case err != nil:
		return finding{err: err}
	case still && c.Action == models.Rename:
		return finding{sight: differs, words: "is still called " + english.Quoted(c.DN.RDN().Value)}
	case still:
		return finding{sight: differs, words: "is still in " + english.Quoted(c.DN.Parent().RDN().Value)}
	default:
		return finding{sight: differs, words: "is neither at its old place nor at its new one"}
	}
}

// movedTo is the name that a renamed or moved object is to have.
func movedTo(c models.Change) models.DN {
	step := c.DN.RDN()
	if c.Action == models.Modify {
		name := newNameOf(c.Modification)
		if name == "" {
			return c.DN
		}
		return c.DN.Parent().Child(step.Type, name)
	}
	if c.Action == models.Rename {
		return c.DN.Parent().Child(step.Type, c.NewName)
	}
	return c.NewParent.Child(step.Type, step.Value)
}

// lookMembers reads a group's members, where they can be read.
func (d *Desk) lookMembers(ctx context.Context, c models.Change) finding {
	reader, ok := Ability[MemberReader](d.backend)
	if !ok {
		return finding{words: d.cannotList()}
	}
	present, err := reader.Members(ctx, c.DN)
	if errors.Is(err, models.ErrUnsupported) {
		return finding{words: d.cannotList()}
	}
	if err != nil {
		return finding{err: err}
	}
	there := keys(present)
	adding := c.Action == models.AddMembers
	var wrong []string
	for _, m := range c.Members {
		if there[m.Key()] != adding {
			wrong = append(wrong, english.Quoted(m.RDN().Value))
		}
	}
	names := strings.Join(wrong, ", ")
	switch {
	case len(wrong) > 0 && adding:
		return finding{sight: differs, words: "does not have " + names}
	case len(wrong) > 0:
		return finding{sight: differs, words: "still has " + names}
	case adding:
		return finding{sight: holds, words: "now has " + members(c)}
	default:
		return finding{sight: holds, words: "no longer has " + members(c)}
	}
}

func (d *Desk) cannotList() string {
	if d.overDSM() {
		return "DSM cannot list members"
	}
	return "this connection cannot list members"
}

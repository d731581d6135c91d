package desk

import (
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// option is one of the things that are set together with a password.
type option struct {
	field  string // in the journal
	label  string // in a plan
	before models.Flag
	wished models.Flag
	no     string // what it is when it is not so
	yes    string
}

// optionsOf are the options that a change sets, with what they are in an
// object.
func optionsOf(c models.Change, o models.Object) []option {
	cannot, never := models.Unknown, models.Unknown
	if o.Account != nil {
		cannot, never = o.Account.CannotChangePassword, o.Account.PasswordNeverExpires
	}
	var all []option
	if c.Options.CannotChange.Known() {
		all = append(all, option{valueCannotChange, "cannot change the password", cannot, c.Options.CannotChange, "free to change the password", "kept from changing the password"})
	}
	if c.Options.NeverExpires.Known() {
		all = append(all, option{valueNeverExpires, "password never expires", never, c.Options.NeverExpires, "due for a new password in time", "free to keep the password for ever"})
	}
	if c.Options.Unlock {
		all = append(all, option{valueLocked, "locked", o.Locked, models.No, "unlocked", "locked"})
	}
	return all
}

func optionLines(s Step) []Line {
	var all []Line
	for _, o := range optionsOf(s.Change, s.before) {
		all = append(all, Line{Label: o.label, Before: o.before.Words(), After: o.wished.Words()})
	}
	return all
}

func optionEntries(s Step) []journal.Field {
	var all []journal.Field
	for _, o := range optionsOf(s.Change, s.before) {
		all = append(all, flagEntry(o.field, o.before, o.wished))
	}
	return all
}

// seeOptions adds to what was seen of a password what was set with it.
func (d *Desk) seeOptions(found finding, c models.Change, o models.Object) finding {
	var wrong, right []string
	for _, option := range optionsOf(c, o) {
		switch seen := d.seeFlag(option.before, option.wished, option.no, option.yes); seen.sight {
		case blind:
			found.unseen = append(found.unseen, option.label)
		case differs:
			wrong = append(wrong, seen.words)
		default:
			right = append(right, seen.words)
		}
	}
	switch {
	case len(wrong) > 0 && found.sight == differs:
		found.words = strings.Join(append([]string{found.words}, wrong...), ", ")
	case len(wrong) > 0:
		found.sight, found.words = differs, strings.Join(wrong, ", ")
	case len(right) > 0 && found.sight == holds:
		found.words = strings.Join(append([]string{found.words}, right...), ", ")
	}
	return found
}

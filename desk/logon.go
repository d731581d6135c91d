package desk

import (
	"slices"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// mend is what would let a person sign in who could not after a step.
type mend struct {
	words   string               // "enable the account"
	change  models.Change        // a further one
	options func(*models.Change) // or this change differently
}

// sayWhoStaysOut looks, for each new password of a plan, whether its owner can
// sign in with it when all of the plan is done. Why not is said in a way that is
// not overlooked, with what would mend it.
func (d *Desk) sayWhoStaysOut(steps []Step) {
	for i := range steps {
		s := &steps[i]
		if s.Refused != nil || !s.known {
			continue
		}
		state := models.StateOf(&s.before, d.options.Now())
		for _, m := range []struct {
			condition models.Condition
			word      string
			mend      mend
		}{
			{models.Disabled, "DISABLED", mend{words: "enable the account", change: models.Change{Action: models.Enable}}},
			{models.AccountExpired, "EXPIRED", mend{words: "let the account never expire", change: models.Change{Action: models.SetExpiry, Expiry: models.Never()}}},
			{models.LockedOut, "LOCKED", mend{words: "unlock the account", change: models.Change{Action: models.Unlock}}},
		} {
			if s.Change.Password.Empty() || !state.Has(m.condition) || m.condition == models.LockedOut && s.Change.Options.Unlock {
				continue
			}
			ended := slices.ContainsFunc(steps, func(other Step) bool {
				return TraitsOf(other.Change.Action).ends == m.condition && other.Refused == nil && other.Change.DN.Equal(s.Change.DN)
			})
			if !ended {
				d.staysOut(s, m.word, m.mend)
			}
		}
		if s.Change.MustChange == models.Yes && passwordState(*s).cannot == models.Yes {
			s.alarm("nobody can sign in with it: the password must be changed at the next logon, and the account CANNOT CHANGE it")
			if !s.Change.Password.Empty() && d.CanSetPasswordWith() {
				s.mends = append(s.mends, mend{words: "let the account change its password", options: func(c *models.Change) { c.Options.CannotChange = models.No }})
			}
		}
	}
}

// staysOut says that the account of a step cannot sign in, and what would let it.
func (d *Desk) staysOut(s *Step, state string, m mend) {
	m.change = m.change.Of(s.before)
	text := "the account stays " + state + ": nobody can sign in with it"
	if cannot := d.Can(m.change.Action, s.before); cannot != "" {
		text = "the account stays " + state + ": " + cannot + ", and nobody can sign in with it"
	} else {
		s.mends = append(s.mends, m)
	}
	s.alarm(text)
}

func (s *Step) alarm(text string) { s.Alarms = append(s.Alarms, english.Own(text)) }

// flagsAfter are what else is said of a password, when a step is done.
type flagsAfter struct{ cannot, never models.Flag }

func passwordState(s Step) flagsAfter {
	var f flagsAfter
	f.cannot, f.never = passwordFlags(s.before)
	if wished := s.Change.Options.CannotChange; wished.Known() {
		f.cannot = wished
	}
	if wished := s.Change.Options.NeverExpires; wished.Known() {
		f.never = wished
	}
	return f
}

// neverExpires is why a password cannot have to be changed.
const neverExpires = "the password never expires, so it cannot have to be changed"

// Mends say what would let people sign in who cannot after this plan: "enable the
// account and unlock the account"; "" when there is nothing of the kind.
func (p Plan) Mends() string {
	var words []string
	for _, s := range p.Steps {
		for _, m := range s.mends {
			words = append(words, m.words)
		}
	}
	return english.And(words...)
}

// Mend gives the changes that a plan was made of with what its Mends say.
func (p Plan) Mend(changes []models.Change) []models.Change {
	mended := slices.Clone(changes)
	for i, s := range p.Steps {
		for _, m := range s.mends {
			if m.options != nil {
				m.options(&mended[i])
			} else {
				mended = append(mended, m.change)
			}
		}
	}
	return mended
}

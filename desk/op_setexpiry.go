package desk

import (
	"cmp"
	"context"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// setExpiry sets when an account ends.
type setExpiry struct{ inPlace }

func (setExpiry) about() description {
	return description{
		several: "set the expiry of", cannot: needing[ExpirySetter]("set when an account expires"), unfit: onlyA(models.Person, "only users expire"),
		malformed: func(c models.Change) english.Phrase { return english.Own(when(!c.Expiry.Known(), "no date was given")) },
	}
}

func (setExpiry) examine(_ context.Context, d *directory, s *Step, _ PlanOptions) error {
	c := &s.Change
	c.Before = s.before.AccountExpiry
	s.Nothing = c.Before.Known() && c.Before == c.Expiry
	if c.Expiry.Passed(d.options.Now()) && !s.Nothing {
		s.warn(english.Own(endsInPast))
	}
	return nil
}

func (setExpiry) mayNot(_ *directory, on, _ models.Rights, _ models.Change) string {
	return unwritable(on, "accountExpires")
}

func (setExpiry) title(s Step) string { return "set when " + s.name("expires") }

func (setExpiry) lines(s Step) []Line {
	return []Line{{Label: "expires", Before: expiryWords(s.before.AccountExpiry), After: expiryWords(s.Change.Expiry)}}
}

func (setExpiry) send(ctx context.Context, d *directory, s Step, _ PlanOptions) (models.DN, error) {
	return do(d.backend, func(b ExpirySetter) error { return b.SetExpiry(ctx, s.Change.Ref(), s.Change.Expiry) })
}

func (setExpiry) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	o, err := d.Read(ctx, s.Change.Ref())
	switch now := o.AccountExpiry; {
	case err != nil:
		return finding{err: err}
	case !now.Known():
		return finding{words: d.cannotShow("it")}
	case now == s.Change.Expiry:
		return finding{seen: match, words: "now " + expiryPhrase(now)}
	default:
		return finding{seen: mismatch, words: "still " + expiryPhrase(now)}
	}
}

func (setExpiry) note(e *journal.Entry, s Step) {
	before := s.before.AccountExpiry
	e.Fields = []journal.Field{{Field: valueExpires, Before: before.String(), Known: before.Known(), After: s.Change.Expiry.String()}}
}

func (setExpiry) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	c.Action = models.SetExpiry
	text := before(e, valueExpires)
	if text == models.Never().String() {
		c.Expiry = models.Never()
		return c, nil, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return c, nil, &CannotUndo{Words: "when the account was to expire before is not known"}
	}
	c.Expiry = models.ExpiryAt(t)
	return c, nil, nil
}

func expiryPhrase(e models.Expiry) string {
	if e.IsNever() {
		return "never expires"
	}
	return "expires " + e.When(time.Local)
}

func expiryWords(e models.Expiry) string { return cmp.Or(e.Words(time.Local), notKnown) }

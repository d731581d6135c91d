package browse

import (
	"cmp"
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// foot is the message at the foot. It stays until something newer is to be said,
// so that nobody has to be quick to read it.
type foot struct {
	tone    message.Tone
	text    string           // not safe to print yet
	what    string           // of a failure: what could not be done
	retry   func() tea.Cmd   // does again what failed
	trouble error            // what failed, for reading in full
	said    []models.Message // what the server said of the last change
	outcome string           // of a change, until a key says that it was seen
	hint    string           // in the place of the text until the next key
}

// pressed is told of a key.
func (f *foot) pressed() { f.outcome, f.hint = "", "" }

// say shows a message, behind the outcome of a change that nobody has seen. What
// failed before can still be read and done again.
func (s *state) say(t message.Tone, text string) {
	if s.foot.outcome != "" {
		t, text = max(t, s.foot.tone), s.foot.outcome+" "+text
	}
	s.foot.tone, s.foot.text, s.foot.what, s.foot.hint = t, text, "", ""
}

// fail says what went wrong, unless it was cancelled, and keeps how to do it again.
func (s *state) fail(f *loader.Failure) tea.Cmd {
	if errors.Is(f.Err, context.Canceled) {
		return nil
	}
	if f.What != "" {
		advice := models.AdviceFor(f.Err)
		if f.Again != nil && !errors.Is(f.Err, models.ErrCertificate) { // which does not change by trying again
			advice = s.key("view.refresh") + " tries again, " + s.key("view.error") + " tells more"
		}
		failed := foot{tone: message.Bad, text: trouble.Line(f.What, f.Err, advice), what: f.What, retry: f.Again, trouble: f.Err}
		if before := s.foot; before.outcome != "" {
			failed.outcome, failed.said = before.outcome, before.said
			failed.text = before.outcome + " " + failed.text
		}
		s.foot = failed
	}
	return message.IfLost(f.Err)
}

// Tell shows a message from outside the page.
func (p *Page) Tell(text string) { p.say(message.Plain, text) }

// Hint shows a message until the next key; what was said before comes back then.
func (p *Page) Hint(text string) { p.foot.hint = text }

// Report says what became of a change; the rest of it can be read in full. With stays
// it is shown until a key says that it was seen.
func (p *Page) Report(t message.Tone, text string, err error, said []models.Message, stays bool) tea.Cmd {
	p.say(t, text)
	p.foot.what = "The change"
	if stays {
		p.foot.outcome = p.foot.text
	}
	p.foot.said = said // of this change, and not of one before
	if err != nil || !p.foot.failed() {
		p.foot.trouble = err
	}
	if err == nil {
		return p.settle()
	}
	return tea.Batch(message.IfLost(err), p.settle())
}

// key is how the first key of an action is written.
func (s *state) key(id string) string { return cmp.Or(s.keys.Spell(id), ":") }

// failed reports whether something went wrong; waiting for an approval is not.
func (f *foot) failed() bool { return f.trouble != nil && !errors.Is(f.trouble, models.ErrPending) }

// errorWords are those of the key that tells more, for the foot and for the help.
func (f *foot) errorWords() (short, words string) {
	switch words = "tell more about the failure"; {
	case f.failed():
		return "why", words
	case f.hasMore():
		return "more", "tell what the server said of the last change"
	default:
		return "", words
	}
}

// hasMore reports whether there is more to be read than the message.
func (f *foot) hasMore() bool { return f.trouble != nil || len(f.said) > 0 }

package forms

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/models/moment"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// Expiry asks when an account ends.
func Expiry(env Env, o models.Object) Form {
	f := newSheet(env, "Account expiry: "+o.Called())
	clock := func() moment.Clock { return models.AccountClock(f.env.Now(), f.env.Zone) }
	preset := strings.TrimPrefix(o.AccountExpiry.Words(f.env.Zone), "end of ")
	if !o.AccountExpiry.Known() {
		preset = models.Never().String()
	}
	date := textRow(keyDate, "Last day", preset)
	date.line = prompt.Propose("", preset)
	date.hint = says(moment.Forms + ", or never.")
	read := func(text string) (models.Expiry, error) {
		if text == preset && o.AccountExpiry.Known() {
			return o.AccountExpiry, nil
		}
		return models.ParseExpiry(text, clock())
	}
	date.check = func(text string) string {
		if _, err := read(text); err != nil {
			return err.Error()
		}
		return ""
	}
	date.lines = func() []remark {
		expiry, err := read(date.value())
		if err != nil {
			return nil
		}
		return []remark{expiryWords(expiry, clock())}
	}
	f.rows = []*row{date}
	f.build = func() ([]models.Change, bool, string) {
		expiry, err := read(date.value())
		switch {
		case err != nil:
			return nil, false, err.Error()
		case o.AccountExpiry.Known() && o.AccountExpiry == expiry:
			return nil, false, "It ends then already."
		}
		return []models.Change{models.Change{Action: models.SetExpiry, Expiry: expiry, Before: o.AccountExpiry}.Of(o)}, false, ""
	}
	return f
}

// expiryWords spells out when an account ends.
func expiryWords(e models.Expiry, clock moment.Clock) remark {
	end, ok := e.Time()
	switch {
	case !ok:
		return remark{"The account never ends.", message.Good}
	case e.Passed(clock.Now):
		return remark{"It ends " + clock.Sentence(end) + ": nobody can sign in any more, from now on.", message.Bad}
	default:
		return remark{english.Stop("It ends " + clock.Sentence(end)), message.Good}
	}
}

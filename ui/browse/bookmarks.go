package browse

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/bookmarks"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/message"
)

// mostRecent is how many people are remembered.
const mostRecent = 20

// met notes whom the person had to do with.
func (s *state) met(o models.Object) {
	if o.Category != models.Person {
		return
	}
	m := bookmarks.MarkOf(o)
	others := slices.DeleteFunc(slices.Clone(s.recent), m.Same)
	s.recent = append([]bookmarks.Mark{m}, others[:min(len(others), mostRecent-1)]...)
}

// recentPlace is of those met in this session, of the bookmarks, and of those in the
// journal.
func (s *state) recentPlace() place.Place {
	session, book, journal := s.recent, s.env.Hooks.Bookmarks(), s.env.Hooks.Recent
	base := s.info.BaseDN
	return place.Recent(func() ([]bookmarks.Mark, error) {
		all := session
		if book != nil {
			marked, err := book.All()
			if err != nil {
				return nil, err
			}
			all = append(slices.Clip(all), marked...)
		}
		all = append(slices.Clip(all), journal(mostRecent)...)
		return once(all, base), nil
	})
}

// once leaves out whom somebody before is, and who is in another domain.
func once(all []bookmarks.Mark, base models.DN) (each []bookmarks.Mark) {
	for _, m := range all {
		if m.DN.IsBelow(base) && !slices.ContainsFunc(each, m.Same) {
			each = append(each, m)
		}
	}
	return each
}

func (p *Page) bookmarkActions(b *builder) {
	none := cmp.Or(p.notYet(), action.When(p.env.Hooks.Bookmarks() == nil, "no bookmarks are kept of this connection"))
	b.add("go.bookmark", cmp.Or(none, action.When(p.nav.Subject() == nil, "no object is under the cursor")), do(p.bookmark))
	b.add("go.bookmarks", none, func() tea.Cmd {
		book, base := p.env.Hooks.Bookmarks(), p.info.BaseDN
		return p.load.Open(place.Bookmarks(func() ([]bookmarks.Mark, error) {
			all, err := book.All()
			return once(all, base), err
		}), loader.Intent{Into: true})
	})
}

func (p *Page) bookmark() {
	o := *p.nav.Subject()
	set, err := p.env.Hooks.Bookmarks().Toggle(bookmarks.MarkOf(o))
	switch {
	case err != nil:
		p.say(message.Bad, "The bookmark could not be kept: "+err.Error())
	case set:
		p.say(message.Plain, place.Name(o.DN)+" has a bookmark now. "+p.key("go.bookmarks")+" lists the bookmarks.")
	default:
		p.say(message.Plain, place.Name(o.DN)+" has no bookmark any more.")
	}
}

// Leave notes where the person is, for the next time.
func (p *Page) Leave() error {
	book, v := p.env.Hooks.Bookmarks(), p.nav.Shown
	if book == nil || v == nil {
		return nil
	}
	at := v.Place
	if before := p.nav.Before(); before != nil && !place.IsLasting(at) {
		at = before.Place
	}
	if !place.IsLasting(at) {
		return nil
	}
	return book.Leave(at.Address())
}

// offerLast lets the person go back to where they were the last time.
func (p *Page) offerLast() {
	book := p.env.Hooks.Bookmarks()
	if book == nil {
		return
	}
	last := place.At(book.Last(), p.info.BaseDN)
	if last == nil {
		return
	}
	p.nav.Offer(last)
	if p.foot.text == "" {
		p.say(message.Plain, p.key("go.back")+" goes back to "+strings.Join(last.Path(), " › ")+", where you were the last time.")
	}
}

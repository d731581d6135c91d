package writes

import (
	"slices"

	"dirdesk/desk"
	"dirdesk/models"
)

// tickets are the texts for the tickets of this session's changes, the last of
// each object.
type tickets []desk.Ticket

// mostTickets bounds them: the oldest go first.
const mostTickets = 500

func (t *tickets) keep(all []desk.Ticket) {
	for _, one := range all {
		*t = slices.DeleteFunc(*t, func(old desk.Ticket) bool { return old.Of.Is(one.Of) })
		*t = append(*t, one)
	}
	*t = slices.Delete(*t, 0, max(len(*t)-mostTickets, 0))
}

func (t *tickets) of(o *models.Object) string {
	i := slices.IndexFunc(*t, func(one desk.Ticket) bool { return one.Of.Is(o.Ref()) })
	if i < 0 {
		return ""
	}
	return (*t)[i].Text
}

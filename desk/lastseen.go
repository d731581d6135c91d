package desk

import (
	"sync"

	"dirdesk/models"
)

// maxPlaces bounds what is remembered of places; one more, and all are forgotten.
const maxPlaces = 1 << 14

// lastSeen remembers at which place of its parent an object was seen.
type lastSeen struct {
	mu     sync.Mutex
	places map[string]int
}

func (l *lastSeen) remember(dn models.DN, offset int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.places == nil || len(l.places) >= maxPlaces {
		l.places = map[string]int{}
	}
	l.places[dn.Key()] = offset
}

func (l *lastSeen) placeOf(dn models.DN) (offset int, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	offset, known = l.places[dn.Key()]
	return offset, known
}

// Remember notes at which place of its parent an object was listed: read-back
// looks there first, where the backend cannot read one object.
func (l *lastSeen) Remember(o models.Object, offset int) { l.remember(o.DN, offset) }

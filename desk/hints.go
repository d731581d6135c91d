package desk

import (
	"sync"

	"dirdesk/models"
)

// maxHints bounds what is remembered of places; one more, and all are forgotten.
const maxHints = 1 << 14

// hints remember at which place of its parent an object was seen.
type hints struct {
	mu     sync.Mutex
	places map[string]int
}

func (h *hints) add(dn models.DN, offset int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.places == nil || len(h.places) >= maxHints {
		h.places = map[string]int{}
	}
	h.places[dn.Key()] = offset
}

func (h *hints) of(dn models.DN) (offset int, known bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	offset, known = h.places[dn.Key()]
	return offset, known
}

// Remember notes at which place of its parent an object was listed: read-back
// looks there first, where the backend cannot read one object.
func (d *Desk) Remember(o models.Object, offset int) { d.hints.add(o.DN, offset) }

package dsm

import (
	"strings"
	"sync"
	"time"

	"dirdesk/models"
)

// newcomers are the accounts made through this face, which DSM itself does not
// know before a domain update that began after they were made has finished.
type newcomers struct {
	mu  sync.Mutex
	all map[string]newcomer // by folded logon name
}

type newcomer struct {
	dn   string // its key
	made time.Time
}

func newNewcomers() *newcomers { return &newcomers{all: map[string]newcomer{}} }

func (n *newcomers) add(logon string, dn models.DN, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all[strings.ToLower(logon)] = newcomer{dn.Key(), now}
}

func (n *newcomers) remove(dn models.DN) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for logon, one := range n.all {
		if one.dn == dn.Key() {
			delete(n.all, logon)
		}
	}
}

// waiting reports whether an account was made after the last finished update
// began.
func (n *newcomers) waiting(logon string, updated time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	one, found := n.all[strings.ToLower(logon)]
	return found && updated.Before(one.made)
}

// Awaits reports whether an account was made through the API and may not use
// DSM yet, as no domain update has finished that began since.
func (h *Handler) Awaits(logon string) bool {
	return h.newcomers.waiting(logon, h.tasks.updatedAsOf(h.options.Now()))
}

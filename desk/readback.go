package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/models"
)

// readBack is what reading the directory after a write tells.
type readBack uint8

const (
	unseen   readBack = iota // it cannot be seen on this connection, or could not be read
	mismatch                 // it does not hold what was asked for
	match                    // it holds all of it
)

// finding is what was seen.
type finding struct {
	seen   readBack
	words  string    // "phone is now 555-0100", "phone is still 555-0199"
	hidden []string  // parts of what was asked for that this connection cannot show
	partly bool      // of a mismatch: some of it is as it was asked for
	dn     models.DN // where the object is now, of what was made, renamed or moved
	err    error     // why it could not be read

	accepted string // what the server took, where it cannot be seen; "" is "accepted"
	whole    string // the whole words where the server's yes is all there is to see
}

// sights gather what a look at several things tells.
type sights struct {
	right, wrong, hidden []string
	odd                  string // what is neither right nor wrong
}

func (v *sights) see(right bool, words string) {
	if right {
		v.right = append(v.right, words)
	} else {
		v.wrong = append(v.wrong, words)
	}
}

// finding sums up.
func (v *sights) finding(d *directory) finding {
	found := finding{hidden: v.hidden, words: strings.Join(slices.Concat(v.wrong, v.right), ", ")}
	switch {
	case len(v.wrong) > 0:
		found.seen, found.partly = mismatch, len(v.right) > 0
	case v.odd != "":
		found.words = strings.Join(append(v.right, v.odd), ", ")
	case len(v.right) > 0:
		found.seen = match
	default:
		found.words = d.cannotShow(strings.Join(v.hidden, ", "))
	}
	return found
}

// lookUntil looks until what was asked for is seen, a few times at most: a
// server may be at work still on what it did not answer.
func (d *directory) lookUntil(ctx context.Context, op operation, s Step, newDN models.DN) finding {
	found := op.look(ctx, d, s, newDN)
	for _, pause := range d.options.Settle {
		if found.seen == match || found.seen == unseen && found.err == nil {
			break
		}
		if sleep(ctx, pause) != nil {
			break
		}
		found = op.look(ctx, d, s, newDN)
	}
	return found
}

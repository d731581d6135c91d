package adaxes

import (
	"context"

	"dirdesk/models"
)

// A server that holds objects back says nothing of it: the answer only ends. So
// once for a connection it is asked for more objects of the whole domain than
// old servers give. What it gives then is what it gives at most, or the domain
// has no more: and no container of it has as many children as the whole.

// learnCap finds out how many objects the server gives at most, after an answer
// of n. A failure is no harm: it is asked again the next time.
func (b *Backend) learnCap(ctx context.Context, n int, action, object string) {
	if n == 0 || b.capKnown.Load() {
		return
	}
	if n > usualCap {
		b.capKnown.Store(true)
		return
	}
	b.mu.Lock()
	base := b.domain.dn
	b.mu.Unlock()
	got, err := b.search(ctx, searchBody{
		BaseObject: string(base), Select: selection{"name"}, SizeLimit: usualCap + 1,
	}, action, object)
	if err != nil || len(got) < n {
		b.logger.Info("adaxes: how many objects a search gives at most is not known", "error", err)
		return
	}
	if len(got) < usualCap {
		b.serverCap.Store(int64(len(got)))
	}
	b.capKnown.Store(true)
}

// mayBePart reports whether an answer of n objects may be a part only.
func (b *Backend) mayBePart(n int) bool { return int64(n) == b.serverCap.Load() }

// isPart is mayBePart for the members of a group.
func (b *Backend) isPart(ctx context.Context, n int, group models.DN) bool {
	b.learnCap(ctx, n, actionMembers, string(group))
	return b.mayBePart(n)
}

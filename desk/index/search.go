package index

import (
	"math/bits"
	"slices"
	"strings"

	"dirdesk/models"
)

// Found is an object that answers, and how well.
type Found struct {
	models.Object
	Rank Rank
}

// Search gives the objects that answer, the best first. more says that there are
// others beyond the limit.
func (x *Index) Search(req Request) (objects []models.Object, more bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if req.Query.IsEmpty() || len(x.s.at) == 0 {
		return nil, false
	}
	c := collecting{store: &x.s, Request: req, taken: x.s.fresh(), allowed: x.s.allowed(req)}
	if c.exact() && c.ranked(Whole) && c.ranked(Beginning) {
		c.ranked(Part)
	}
	return Arrange(c.found, req.Limit), c.more
}

// Arrange puts what was found into the order for a person: the best first, people
// before others, then by name.
func Arrange(found []Found, limit int) []models.Object {
	kinds := []models.Category{models.Person, models.Group, models.Computer}
	place := func(c models.Category) int {
		if i := slices.Index(kinds, c); i >= 0 {
			return i
		}
		return len(kinds)
	}
	slices.SortStableFunc(found, func(a, b Found) int {
		if a.Rank != b.Rank {
			return int(a.Rank) - int(b.Rank)
		}
		if k := place(a.Category) - place(b.Category); k != 0 {
			return k
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	objects := make([]models.Object, 0, len(found))
	for i := range found {
		if limit > 0 && i >= limit {
			break
		}
		objects = append(objects, found[i].Object)
	}
	return objects
}

// collecting is one search under way. Its steps report whether there is room for
// more.
type collecting struct {
	*store
	Request
	allowed func(uint32) bool
	taken   bitset
	found   []Found
	tokens  tokenizer
	more    bool
}

func (s *store) fresh() bitset { return make(bitset, len(s.dead)) }

// allowed is a test for kinds and containers.
func (s *store) allowed(req Request) func(uint32) bool {
	kinds, parents := make([]bool, len(s.kinds)), make([]bool, len(s.parents))
	for i, kind := range s.kinds {
		kinds[i] = len(req.Categories) == 0 || slices.Contains(req.Categories, kind)
	}
	for i, p := range s.parents {
		parents[i] = req.Base == "" || p.dn.Equal(req.Base) || p.dn.IsBelow(req.Base)
	}
	base, hasBase := s.find(req.Base)
	return func(id uint32) bool {
		return kinds[s.kind[id]] && (parents[s.parent[id]] || hasBase && id == base)
	}
}

// take adds an object, unless it was taken or is not wanted.
func (c *collecting) take(id uint32, rank Rank) (room bool) {
	i := int(id)
	if c.taken.has(i) || c.dead.has(i) || !c.allowed(id) {
		return true
	}
	if c.Limit > 0 && len(c.found) >= c.Limit {
		c.more = true
		return false
	}
	c.taken.set(i)
	c.found = append(c.found, Found{c.object(id), rank})
	return true
}

// exact takes those whose logon name or mail was typed.
func (c *collecting) exact() (room bool) {
	hash := c.hashFolded(c.Query.exact)
	for id, logon := range c.logon {
		if logon != hash && c.mail[id] != hash || c.dead.has(id) {
			continue
		}
		if o := c.object(uint32(id)); c.Query.isExact(&o) && !c.take(uint32(id), Exact) {
			return false
		}
	}
	return true
}

// ranked takes those all of whose words fit up to a rank.
func (c *collecting) ranked(rank Rank) (room bool) {
	for _, way := range c.Query.ways {
		if enough, all := c.stream(way, rank); enough {
			return false
		} else if all {
			continue
		}
		for i, word := range c.meeting(way, rank) {
			for ; word != 0; word &= word - 1 {
				if !c.take(uint32(i*64+bits.TrailingZeros64(word)), rank) {
					return false
				}
			}
		}
	}
	return true
}

// fewLookedAt is how many objects are looked at one by one before sets are made.
const fewLookedAt = 3000

// stream takes objects as they come by the rarest word, looking at each for the
// others. Where many answer that is soon enough; where they are too many and do
// not answer it is given up.
func (c *collecting) stream(way []word, rank Rank) (enough, all bool) {
	rarest := slices.MinFunc(way, func(a, b word) int { return c.words.commonness(a) - c.words.commonness(b) })
	if rank == Part && len(way) > 1 && slices.ContainsFunc(way, func(w word) bool { return c.below(w) != nil }) {
		return false, false // it may be the name of a container
	}
	looked := 0
	for id := range c.words.matching(rarest, rank) {
		for _, object := range c.words.having(id) {
			if len(way) > 1 {
				if looked++; looked > fewLookedAt {
					return false, false
				}
				if o := c.object(object); rankWay(way, c.tokens.own(&o), nil) > rank {
					continue
				}
			}
			if !c.take(object, rank) {
				return true, true
			}
		}
	}
	return false, true
}

// meeting is the set of the objects that have all words.
func (c *collecting) meeting(way []word, rank Rank) bitset {
	sets, own := make([]bitset, len(way)), c.fresh()
	for i, w := range way {
		set, any := c.fresh(), false
		for id := range c.words.matching(w, rank) {
			for _, object := range c.words.having(id) {
				set.set(int(object))
				any = true
			}
		}
		if rank == Part {
			for j, bits := range set {
				own[j] |= bits
			}
			any = c.addBelow(set, w) || any
		}
		if !any {
			return nil
		}
		sets[i] = set
	}
	all := sets[0]
	for _, set := range sets[1:] {
		for j, bits := range set {
			all[j] &= bits
		}
	}
	if rank == Part { // one word at least must be the object's own
		for j, bits := range own {
			all[j] &= bits
		}
	}
	return all
}

// below tells for each container whether a word names it, or one above; nil for
// none.
func (c *collecting) below(w word) []bool {
	named, any := make([]bool, len(c.parents)), false
	for i, p := range c.parents {
		named[i] = slices.ContainsFunc(p.path, func(token []byte) bool { return w.rank(token) < None })
		any = any || named[i]
	}
	if !any {
		return nil
	}
	return named
}

// addBelow adds the objects in containers that a word names.
func (c *collecting) addBelow(set bitset, w word) bool {
	named := c.below(w)
	if named == nil {
		return false
	}
	for id, parent := range c.parent {
		if named[parent] {
			set.set(id)
		}
	}
	return true
}

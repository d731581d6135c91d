package rows

import (
	"hash/maphash"
	"math/bits"

	"dirdesk/models"
)

// chunkSize is the number of places that are counted, copied and skipped
// together. A million places are 3,907 of them.
const chunkSize = 256

// chunk is a run of places, each an object, a gap that was not read yet (nil),
// or void: a place that holds no row.
type chunk struct {
	objects  [chunkSize]*models.Object
	void     bitset
	advanced bitset // objects of the advanced view
	loaded   int
	epoch    uint64 // of the listing when this copy was made
}

// rows is the number of rows that the first size places give. A nil chunk is
// all gaps.
func (c *chunk) rows(size int, advanced bool) int {
	if c == nil {
		return size
	}
	n := size
	for w := range c.void {
		n -= bits.OnesCount64(c.left(w, advanced))
	}
	return n
}

// left has a bit for each place of a word that gives no row.
func (c *chunk) left(word int, advanced bool) uint64 {
	if advanced {
		return c.void[word]
	}
	return c.void[word] | c.advanced[word]
}

// nth is the place of the n-th row, counted from 0.
func (c *chunk) nth(n int, advanced bool) int {
	if c == nil {
		return n
	}
	for w := range c.void {
		rows := ^c.left(w, advanced)
		count := bits.OnesCount64(rows)
		if n >= count {
			n -= count
			continue
		}
		for ; n > 0; n-- {
			rows &= rows - 1
		}
		return w*64 + bits.TrailingZeros64(rows)
	}
	return chunkSize - 1 // not reached: the caller counted
}

// rank is the number of rows before a place.
func (c *chunk) rank(place int, advanced bool) int {
	n := place
	for w := 0; w <= place/64; w++ {
		left := c.left(w, advanced)
		if w == place/64 {
			left &= 1<<(place%64) - 1
		}
		n -= bits.OnesCount64(left)
	}
	return n
}

// shows reports whether a place gives a row.
func (c *chunk) shows(place int, advanced bool) bool {
	return c.left(place/64, advanced)&(1<<(place%64)) == 0
}

// objectAt is the object at a place, nil for a gap or a void.
func objectAt(chunks []*chunk, place int) *models.Object {
	if c := chunks[place/chunkSize]; c != nil {
		return c.objects[place%chunkSize]
	}
	return nil
}

// bitset has a bit for each place of a chunk.
type bitset [chunkSize / 64]uint64

func (b *bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b *bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b *bitset) clear(i int)    { b[i/64] &^= 1 << (i % 64) }

// index finds the place of a name in a listing. It keeps hashes and not names:
// the names are in the objects already. Two names with one hash are told apart
// by looking at the object; the second of them goes to rare.
type index struct {
	places  map[uint64]int32
	rare    map[string]int32
	hash    func([]byte) uint64
	scratch []byte
}

func newIndex() index {
	seed := maphash.MakeSeed()
	return index{
		places: make(map[uint64]int32),
		hash:   func(key []byte) uint64 { return maphash.Bytes(seed, key) },
	}
}

// place is where the listing holds dn.
func (x *index) place(l *Listing, dn models.DN) (int, bool) {
	if dn == "" {
		return 0, false
	}
	x.scratch = dn.AppendKey(x.scratch[:0])
	place, ok := x.places[x.hash(x.scratch)]
	if ok && x.isAt(l, dn, int(place)) {
		return int(place), true
	}
	if len(x.rare) > 0 {
		place, ok = x.rare[string(x.scratch)]
		return int(place), ok
	}
	return 0, false
}

// add notes a name that is not in the index yet. A nameless object is not
// noted: it equals no other.
func (x *index) add(l *Listing, dn models.DN, place int) {
	if dn == "" {
		return
	}
	x.scratch = dn.AppendKey(x.scratch[:0])
	h := x.hash(x.scratch)
	if _, taken := x.places[h]; !taken {
		x.places[h] = int32(place)
		return
	}
	if x.rare == nil {
		x.rare = make(map[string]int32)
	}
	x.rare[string(x.scratch)] = int32(place)
}

// remove forgets the name at a place; the object is still there.
func (x *index) remove(l *Listing, dn models.DN, place int) {
	if dn == "" {
		return
	}
	x.scratch = dn.AppendKey(x.scratch[:0])
	h := x.hash(x.scratch)
	if at, ok := x.places[h]; ok && int(at) == place {
		delete(x.places, h)
		return
	}
	delete(x.rare, string(x.scratch))
}

func (x *index) isAt(l *Listing, dn models.DN, place int) bool {
	object := l.object(place)
	return object != nil && object.DN.Equal(dn)
}

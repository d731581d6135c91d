package rows

import (
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

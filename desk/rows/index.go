package rows

import (
	"hash/maphash"

	"dirdesk/models"
)

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

package desk

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
	x.scratch = appendKey(x.scratch[:0], dn)
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
	x.scratch = appendKey(x.scratch[:0], dn)
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
	x.scratch = appendKey(x.scratch[:0], dn)
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

// appendKey appends dn.Key(), without its cost for the plain names that nearly
// all are.
func appendKey(buf []byte, dn models.DN) []byte {
	start := len(buf)
	steps, afterType := 0, false
	for i := 0; i < len(dn); i++ {
		c := dn[i]
		switch {
		case c == ',':
			if !afterType || !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
			afterType = false
		case c == '=':
			if afterType || !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
			afterType = true
			steps++
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= 'a' && c <= 'z':
		case c >= '0' && c <= '9', c == '.', c == '-':
			if !afterType {
				return append(buf[:start], dn.Key()...)
			}
		case c == ' ', c == '_', c == '\'', c == '(', c == ')', c == '$', c == '@', c == '&', c == '/':
			if !afterType || c == ' ' && !plainBetween(dn, i) {
				return append(buf[:start], dn.Key()...)
			}
		default:
			return append(buf[:start], dn.Key()...)
		}
		buf = append(buf, c)
	}
	if steps == 0 || !afterType || dn[len(dn)-1] == '=' {
		return append(buf[:start], dn.Key()...)
	}
	return buf
}

// plainBetween reports whether the byte at i has a neighbour on both sides that
// is no separator and no space: only then does it mean just itself.
func plainBetween(dn models.DN, i int) bool {
	return i > 0 && i < len(dn)-1 && !isSeparator(dn[i-1]) && !isSeparator(dn[i+1])
}

func isSeparator(c byte) bool { return c == ' ' || c == ',' || c == '=' }

// Package index keeps what was read of a whole domain in memory and finds objects
// in it by what a person types. [Query] is the one matcher and the one ranking for
// every connection; [Index] answers it for a million objects within a frame.
package index

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"dirdesk/desk/fold"
	"dirdesk/models"
)

// Index holds objects, each as a record of bytes, and the words they are found by.
// The zero value is empty. It is safe for use by several goroutines.
type Index struct {
	mu      sync.RWMutex
	s       store
	written uint8 // counts readings of the whole: see [Index.Begin]
}

// store is the content of an index. An object that was changed is put in anew, and
// its old record is dead.
type store struct {
	started bool
	seed    maphash.Seed
	records arena
	at      []uint32 // position of each object's record
	parent  []uint32
	kind    []uint8
	reading []uint8  // in which of the readings it was seen last
	logon   []uint32 // hash of the logon name
	mail    []uint32
	dead    bitset
	died    int
	names   table // objects by DN
	words   words

	parents  []container
	byParent map[string]uint32
	kinds    []models.Category
	accounts map[uint32]*models.Account
	scratch  []byte
}

// container is what has objects.
type container struct {
	dn   models.DN
	path [][]byte // words of the names on the way to it
}

// Request is what is looked for, and how much of it.
type Request struct {
	Query      Query
	Categories []models.Category // none: all
	Base       models.DN         // only below it, itself included; "": everywhere
	Limit      int               // 0: no limit
}

// Len is how many objects there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.s.at) - x.s.died
}

// Add takes objects as they were read now.
func (x *Index) Add(objects []models.Object) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.s.start()
	for i := range objects {
		if objects[i].DN != "" {
			x.s.add(&objects[i], x.written)
		}
	}
	x.compact()
}

// Each goes through the objects from a place on, in the order in which they came,
// until goOn says no, and gives the place after the last.
func (x *Index) Each(from int, goOn func(*models.Object) bool) (next int, more bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if from > len(x.s.at) { // it was compacted
		from = 0
	}
	for id := from; id < len(x.s.at); id++ {
		if x.s.dead.has(id) {
			continue
		}
		if o := x.s.object(uint32(id)); !goOn(&o) {
			return id, false
		}
	}
	return len(x.s.at), true
}

// Begin says that everything is read anew; what [Index.End] then finds not to have
// been seen since is gone.
func (x *Index) Begin() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.written++
}

// End forgets what was not seen since [Index.Begin].
func (x *Index) End() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id := range x.s.at {
		if x.s.reading[id] != x.written {
			x.s.kill(uint32(id))
		}
	}
	x.compact()
}

// Remove forgets an object and what is below it.
func (x *Index) Remove(dn models.DN) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.s.removeBelow(dn)
	if id, ok := x.s.find(dn); ok {
		x.s.kill(id)
	}
	x.compact()
}

// Rename takes the new name of an object to it and to all below it.
func (x *Index) Rename(old, to models.DN) {
	x.mu.Lock()
	defer x.mu.Unlock()
	var moved []models.Object
	for id := range x.s.at {
		if x.s.dead.has(id) || !x.s.parents[x.s.parent[id]].dn.IsBelow(old) && !x.s.parents[x.s.parent[id]].dn.Equal(old) {
			continue
		}
		moved = append(moved, x.s.object(uint32(id)))
	}
	id, ok := x.s.find(old)
	if ok {
		o := x.s.object(id)
		o.Name = to.RDN().Value
		moved = append(moved, o)
	}
	for i := range moved {
		if id, ok := x.s.find(moved[i].DN); ok {
			x.s.kill(id)
		}
		moved[i].DN = moved[i].DN.Rebased(old, to)
		x.s.add(&moved[i], x.written)
	}
	x.compact()
}

// compact begins anew once most of what is held is dead.
func (x *Index) compact() {
	if x.s.died < 10_000 || x.s.died*2 < len(x.s.at) {
		return
	}
	var fresh store
	fresh.start()
	for id := range x.s.at {
		if !x.s.dead.has(id) {
			o := x.s.object(uint32(id))
			fresh.add(&o, x.s.reading[id])
		}
	}
	x.s = fresh
}

func (s *store) start() {
	if s.started {
		return
	}
	s.started, s.seed = true, maphash.MakeSeed()
	s.words.seed = maphash.MakeSeed()
	s.byParent = map[string]uint32{}
}

func (s *store) kill(id uint32) {
	if !s.dead.has(int(id)) {
		s.dead.set(int(id))
		s.died++
		delete(s.accounts, id)
	}
}

func (s *store) removeBelow(dn models.DN) {
	gone := make([]bool, len(s.parents))
	for i, p := range s.parents {
		gone[i] = p.dn.Equal(dn) || p.dn.IsBelow(dn)
	}
	if !slices.Contains(gone, true) {
		return
	}
	for id := range s.at {
		if gone[s.parent[id]] {
			s.kill(uint32(id))
		}
	}
}

// find is the live object of a name.
func (s *store) find(dn models.DN) (uint32, bool) {
	if !s.started {
		return 0, false
	}
	return s.names.find(s.hashName(dn), func(id uint32) bool { return !s.dead.has(int(id)) && s.dn(id).Equal(dn) })
}

func (s *store) hashName(dn models.DN) uint64 {
	s.scratch = dn.AppendKey(s.scratch[:0])
	return maphash.Bytes(s.seed, s.scratch)
}

// add puts an object in, in the place of the one with its name.
func (s *store) add(o *models.Object, reading uint8) {
	record := appendRecord(nil, o)
	parent := s.parentOf(o.DN.Parent())
	kind := s.kindOf(o.Category)
	if old, ok := s.find(o.DN); ok {
		if s.parent[old] == parent && s.kind[old] == kind && o.Account == nil && s.accounts[old] == nil && bytes.Equal(s.records.at(s.at[old]), record) {
			s.reading[old] = reading
			return
		}
		s.kill(old)
	}
	id := uint32(len(s.at))
	s.at = append(s.at, s.records.add(record))
	s.parent, s.kind, s.reading = append(s.parent, parent), append(s.kind, kind), append(s.reading, reading)
	s.logon, s.mail = append(s.logon, s.hashText(o.SAMAccountName)), append(s.mail, s.hashText(o.Mail))
	s.dead.grow(len(s.at))
	if o.Account != nil {
		if s.accounts == nil {
			s.accounts = map[uint32]*models.Account{}
		}
		s.accounts[id] = o.Account
	}
	s.names.add(s.hashName(o.DN), id)
	for _, token := range ownTokens(o) {
		s.words.add(token, id)
	}
}

// hashText is the hash by which a whole logon name or mail is found; 0 for none.
func (s *store) hashText(text string) uint32 {
	if text == "" {
		return 0
	}
	var scratch [128]byte
	return s.hashFolded(fold.Append(scratch[:0], text))
}

func (s *store) hashFolded(folded []byte) uint32 {
	return uint32(maphash.Bytes(s.seed, bytes.TrimSuffix(folded, []byte("$")))) | 1
}

func (s *store) parentOf(dn models.DN) uint32 {
	if id, ok := s.byParent[string(dn)]; ok {
		return id
	}
	id := uint32(len(s.parents))
	dn = models.DN(strings.Clone(string(dn)))
	s.parents = append(s.parents, container{dn: dn, path: pathTokens(dn)})
	s.byParent[string(dn)] = id
	return id
}

// kindOf numbers the categories; a server may send as many as it likes, and those
// after the first 255 are one.
func (s *store) kindOf(c models.Category) uint8 {
	i := slices.Index(s.kinds, c)
	if i < 0 && len(s.kinds) < 256 {
		i = len(s.kinds)
		s.kinds = append(s.kinds, models.Category(strings.Clone(string(c))))
	}
	return uint8(max(i, 0))
}

// bitset has a bit for each object.
type bitset []uint64

func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }

func (b *bitset) grow(n int) {
	for len(*b)*64 < n {
		*b = append(*b, 0)
	}
}

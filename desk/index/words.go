package index

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
)

// words are all words of the indexed objects, each once, with the objects that
// have it.
type words struct {
	groups  [1024][]byte // by the letters that a word begins with: its length, its number in four bytes, its text
	group   []uint16     // of each word
	at      []uint32     // position of each word's text in its group
	letters []uint32     // of each word: see sign
	pairs   []uint32
	objects []uint32 // the one object that has it, or many and an index into lists
	lists   [][]uint32
	table   table
	seed    maphash.Seed
}

// many marks a word that several objects have.
const many = 1 << 31

// head is what stands before the text of a word in its group.
const head = 5

// sign has a bit for each of a word's letters and pairs of letters: a word that is
// within another has no bit that the other has not.
func sign(text []byte) (letters, pairs uint32) {
	for i, c := range text {
		letters |= 1 << (c & 31)
		if i > 0 {
			pairs |= 1 << ((uint(text[i-1])*37 + uint(c)*11) >> 2 & 31)
		}
	}
	return letters, pairs
}

// groupOf numbers the two letters that a word begins with.
func groupOf(text []byte) uint16 {
	if len(text) == 1 {
		return uint16(text[0]&31) << 5
	}
	return uint16(text[0]&31)<<5 | uint16(text[1]&31)
}

func (w *words) word(id uint32) []byte {
	text := w.groups[w.group[id]][w.at[id]:]
	return text[head : head+text[0]]
}

// find gives the number of a word.
func (w *words) find(text []byte) (id uint32, ok bool) {
	return w.table.find(maphash.Bytes(w.seed, text), func(id uint32) bool { return bytes.Equal(w.word(id), text) })
}

// add notes that an object has a word.
func (w *words) add(text []byte, object uint32) {
	id, known := w.find(text)
	if !known {
		w.put(text, object)
		return
	}
	if w.objects[id]&many == 0 {
		if w.objects[id] == object {
			return
		}
		w.lists = append(w.lists, []uint32{w.objects[id], object})
		w.objects[id] = many | uint32(len(w.lists)-1)
		return
	}
	list := &w.lists[w.objects[id]&^many]
	if (*list)[len(*list)-1] != object {
		*list = append(*list, object)
	}
}

// put takes in a new word.
func (w *words) put(text []byte, object uint32) {
	id, group := uint32(len(w.at)), groupOf(text)
	w.group, w.at = append(w.group, group), append(w.at, uint32(len(w.groups[group])))
	in := append(w.groups[group], byte(len(text)))
	w.groups[group] = append(binary.LittleEndian.AppendUint32(in, id), text...)
	letters, pairs := sign(text)
	w.letters, w.pairs = append(w.letters, letters), append(w.pairs, pairs)
	w.objects = append(w.objects, object)
	w.table.add(maphash.Bytes(w.seed, text), id)
}

// having gives the objects that have a word.
func (w *words) having(id uint32) []uint32 {
	if w.objects[id]&many == 0 {
		return w.objects[id : id+1]
	}
	return w.lists[w.objects[id]&^many]
}

// matching gives the words that fit a wanted one up to a rank.
func (w *words) matching(wanted word, rank Rank) func(yield func(uint32) bool) {
	return func(yield func(uint32) bool) {
		switch rank {
		case Whole:
			if id, ok := w.find(wanted.text); ok {
				yield(id)
			}
		case Beginning:
			w.beginning(wanted.text, yield)
		case Part:
			if w.within(wanted.text, yield) && wanted.bare != nil {
				w.within(wanted.bare, yield)
			}
		}
	}
}

// beginning looks through the words that begin with the same letters.
func (w *words) beginning(text []byte, yield func(uint32) bool) {
	first := groupOf(text)
	last := first
	if len(text) == 1 {
		last += 31
	}
	for _, group := range w.groups[first : last+1] {
		for len(group) > 0 {
			end := head + int(group[0])
			if bytes.HasPrefix(group[head:end], text) && !yield(binary.LittleEndian.Uint32(group[1:])) {
				return
			}
			group = group[end:]
		}
	}
}

// within looks through all words. Most are passed over by their signature. It is
// false once nothing more is wanted.
func (w *words) within(text []byte, yield func(uint32) bool) bool {
	letters, pairs := sign(text)
	for id, signature := range w.pairs {
		if signature&pairs == pairs && w.letters[id]&letters == letters &&
			bytes.Contains(w.word(uint32(id)), text) && !yield(uint32(id)) {
			return false
		}
	}
	return true
}

// commonness estimates how many words a wanted one is within, from a few.
func (w *words) commonness(wanted word) (n int) {
	letters, pairs := sign(wanted.text)
	step := max(len(w.pairs)>>14, 1)
	for id := 0; id < len(w.pairs); id += step {
		if w.pairs[id]&pairs == pairs && w.letters[id]&letters == letters {
			n++
		}
	}
	return n
}

// arena holds many small texts without the cost of each.
type arena struct{ chunks [][]byte }

const chunkBits = 18

// add puts a text in and gives its position.
func (a *arena) add(text []byte) uint32 {
	need := len(text) + 4
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last])+need > 1<<chunkBits {
		a.chunks = append(a.chunks, make([]byte, 0, max(need, 1<<chunkBits)))
		last++
	}
	chunk := a.chunks[last]
	at := len(chunk)
	for n := len(text); ; n >>= 7 { // how long it is, as a varint
		if n < 0x80 {
			chunk = append(chunk, byte(n))
			break
		}
		chunk = append(chunk, byte(n)|0x80)
	}
	a.chunks[last] = append(chunk, text...)
	return uint32(last)<<chunkBits | uint32(at)
}

func (a *arena) at(position uint32) []byte {
	chunk := a.chunks[position>>chunkBits][position&(1<<chunkBits-1):]
	n, shift := 0, 0
	for i, c := range chunk {
		n |= int(c&0x7f) << shift
		if shift += 7; c < 0x80 {
			return chunk[i+1 : i+1+n]
		}
	}
	return nil
}

// table finds numbers by the hash of what they stand for. Nothing is taken out.
type table struct {
	slots []slot
	used  int
}

// slot is a part of a hash, and a number+1; 0 is free.
type slot struct{ hash, number uint32 }

func (t *table) find(hash uint64, is func(uint32) bool) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	short := uint32(hash)
	for i := t.first(short); t.slots[i].number != 0; i = t.next(i) {
		if s := t.slots[i]; s.hash == short && is(s.number-1) {
			return s.number - 1, true
		}
	}
	return 0, false
}

func (t *table) add(hash uint64, number uint32) {
	if t.used*4 >= len(t.slots)*3 {
		old := t.slots
		t.slots = make([]slot, max(1024, len(old)*3/2))
		for _, s := range old {
			if s.number != 0 {
				t.put(s)
			}
		}
	}
	t.used++
	t.put(slot{uint32(hash), number + 1})
}

func (t *table) put(s slot) {
	i := t.first(s.hash)
	for t.slots[i].number != 0 {
		i = t.next(i)
	}
	t.slots[i] = s
}

func (t *table) first(hash uint32) int { return int(uint64(hash) * uint64(len(t.slots)) >> 32) }

func (t *table) next(i int) int {
	if i++; i == len(t.slots) {
		return 0
	}
	return i
}

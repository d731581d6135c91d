package rows

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"dirdesk/desk/fold"
	"dirdesk/models"
)

// maxSortKey is how many bytes of a text count for its place.
const maxSortKey = 512

// sort orders places by the wanted column. Objects that are equal in it keep
// the order that they have, whichever way it is sorted; those without a text in it
// come last, whichever way too.
func (s *Snapshot) sort(ctx context.Context, sequence []int32, want Arrangement) error {
	type entry struct {
		start int // of the key in keys
		size  uint16
		place int32
		at    int32 // in the order until now
	}
	var keys []byte
	appendKey := want.sortKey()
	entries := make([]entry, len(sequence))
	for i, place := range sequence {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		start := len(keys)
		keys = appendKey(keys, objectAt(s.chunks, int(place)))
		entries[i] = entry{start, uint16(min(len(keys)-start, maxSortKey)), place, int32(i)}
		keys = keys[:start+int(entries[i].size)]
	}
	compared, cancelled := 0, false
	slices.SortFunc(entries, func(a, b entry) int {
		if compared++; compared%checkEvery == 0 && !cancelled {
			cancelled = ctx.Err() != nil
		}
		if cancelled {
			return 0 // ends the sort soon; its result is not used
		}
		empty, other := a.size == 0, b.size == 0
		if empty != other {
			if empty {
				return 1
			}
			return -1
		}
		if c := bytes.Compare(keys[a.start:a.start+int(a.size)], keys[b.start:b.start+int(b.size)]); c != 0 {
			if want.Descending {
				return -c
			}
			return c
		}
		return cmp.Compare(a.at, b.at)
	})
	for i, e := range entries {
		sequence[i] = e.place
	}
	return ctx.Err()
}

// sortKey gives what appends the folded text that an object is sorted by.
func (want Arrangement) sortKey() func(buf []byte, o *models.Object) []byte {
	column, ok := models.ColumnOf(string(want.Column))
	switch {
	case want.Column == ByKindAndName:
		return appendKindAndName
	case !ok:
		return func(buf []byte, _ *models.Object) []byte { return buf }
	case column.Number != nil:
		return func(buf []byte, o *models.Object) []byte {
			if n, known := column.Number(o); known {
				return binary.BigEndian.AppendUint64(buf, uint64(n))
			}
			return buf
		}
	case column.Rank != nil:
		return func(buf []byte, o *models.Object) []byte { return append(buf, column.Rank(o, want.Now)...) }
	default:
		return func(buf []byte, o *models.Object) []byte { return fold.Append(buf, column.Text(o, want.Now)) }
	}
}

func appendKindAndName(buf []byte, o *models.Object) []byte {
	buf = append(buf, kindRank(o.Category))
	buf = append(fold.Append(buf, o.Category.Label()), 0)
	return fold.Append(buf, o.Name)
}

// kindRank is the place of a kind of object among the others.
func kindRank(c models.Category) byte {
	kinds := append(models.ContainerCategories(), models.Person, models.Group, models.Computer)
	if i := slices.Index(kinds, c); i >= 0 {
		return byte(i)
	}
	return byte(len(kinds))
}

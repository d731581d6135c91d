package rows

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"dirdesk/models"
)

// maxSortKey is how many bytes of a text count for its place.
const maxSortKey = 512

// sort orders places by the wanted column. Objects that are equal in it keep
// the server's order, whichever way it is sorted; those without a text in it
// come last, whichever way too.
func (s *Snapshot) sort(ctx context.Context, sequence []int32, want Arrangement) error {
	type entry struct {
		start int // of the key in keys
		size  uint16
		place int32
	}
	var keys []byte
	entries := make([]entry, len(sequence))
	for i, place := range sequence {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		start := len(keys)
		keys = appendSortKey(keys, objectAt(s.chunks, int(place)), want)
		entries[i] = entry{start, uint16(min(len(keys)-start, maxSortKey)), place}
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
		return cmp.Compare(a.place, b.place)
	})
	for i, e := range entries {
		sequence[i] = e.place
	}
	return ctx.Err()
}

// appendSortKey appends what an object is sorted by, folded.
func appendSortKey(buf []byte, o *models.Object, want Arrangement) []byte {
	switch want.Column {
	case ByKind:
		return AppendFolded(buf, o.Category.Words())
	case ByLogonName:
		return AppendFolded(buf, o.SAMAccountName)
	case ByState:
		return append(buf, stateRank(o, want.Now)...)
	case ByDisplayName:
		return AppendFolded(buf, o.DisplayName)
	case ByMail:
		return AppendFolded(buf, o.Mail)
	case ByDescription:
		return AppendFolded(buf, o.Description)
	case ByKindAndName:
		buf = append(buf, kindRank(o.Category))
		buf = append(AppendFolded(buf, o.Category.Words()), 0)
		return AppendFolded(buf, o.Name)
	default:
		return AppendFolded(buf, o.Name)
	}
}

// kindRank is the place of a kind of object among the others.
func kindRank(c models.Category) byte {
	kinds := append(models.ContainerCategories(), models.Person, models.Group, models.Computer)
	if i := slices.Index(kinds, c); i >= 0 {
		return byte(i)
	}
	return byte(len(kinds))
}

// stateRank puts the accounts that something is wrong with first, as
// models.Condition ranks it, then those that are well, then those not known.
// What is no account has no rank.
func stateRank(o *models.Object, now time.Time) []byte {
	state := models.StateOf(o, now)
	switch conditions := state.Conditions(); {
	case !state.Applies():
		return nil
	case len(conditions) > 0:
		rank := make([]byte, len(conditions))
		for i, c := range conditions {
			rank[i] = byte(c)
		}
		return rank
	case state.OK():
		return []byte{math.MaxUint8 - 1}
	default:
		return []byte{math.MaxUint8}
	}
}

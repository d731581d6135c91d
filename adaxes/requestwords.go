package adaxes

import (
	"slices"
	"strings"
)

func isOneOf(word string, known []string) bool { return slices.Contains(known, word) }

// didYouMean names the known word that a wrong one is like: "; did you mean
// values?"; "" when there is none.
func didYouMean(wrong string, known []string) string {
	if like := alike(wrong, known); like != "" {
		return "; did you mean " + like + "?"
	}
	return ""
}

// alike gives the known word that differs from a wrong one in case only, or in no
// more than two letters and a third of it; "" when there is none.
func alike(wrong string, known []string) string {
	best, least := "", min(2, len(wrong)/3)+1
	for _, word := range known {
		if strings.EqualFold(wrong, word) {
			return word
		}
		if d := distance(strings.ToLower(wrong), strings.ToLower(word)); d < least {
			best, least = word, d
		}
	}
	return best
}

// distance counts the letters to add, take away, change, or swap with the next.
func distance(a, b string) int {
	const tooFar = 1 << 10
	if len(a) > 64 || len(b) > 64 {
		return tooFar
	}
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

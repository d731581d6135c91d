// Package number writes counts so that they can be read at a glance.
package number

import "strconv"

// Words groups the digits of a count in threes: "99,999".
func Words(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

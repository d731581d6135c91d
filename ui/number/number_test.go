package number_test

import (
	"testing"

	"dirdesk/ui/number"
)

func TestWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 999: "999", 1000: "1,000", 99999: "99,999", 1234567: "1,234,567", -1000: "-1,000", -999: "-999",
	} {
		if got := number.Words(n); got != want {
			t.Errorf("Words(%d) = %q, want %q", n, got, want)
		}
	}
}

package adaxes

import (
	"strings"
	"testing"
	"time"
)

// A container of 20,000 accounts, as it comes over the wire.
func BenchmarkEntries(b *testing.B) {
	const more = `"properties":{"name":["John Doe"],"displayName":["John Doe"],"mail":["jdoe@example.test"],"description":["on loan"],` +
		`"telephoneNumber":["123"],"userAccountControl":[512],"pwdLastSet":["2026-07-14T16:27:49Z"],"whenCreated":["2026-07-14T16:27:49Z"],`
	one := strings.Replace(goodUser, `"properties":{`, more, 1)
	body := "[" + strings.Repeat(one+",", 19_999) + one + "]"
	now := time.Now()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		err := decodeRows(strings.NewReader(body), 0, func(e entry) error {
			_ = objectOf(e, now)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

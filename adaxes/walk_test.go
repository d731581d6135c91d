package adaxes

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is walked is what encoding/json decodes.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{
		goodUser, goodDomains, `{}`, `[]`, `[ ]`, ` { "a" : [ 1 , "x]" , {"b":"}"} ] , "a":null } `, `["\\","\"",",",[[],{}]]`, `{"\u0061":1}`,
		`"x"`, `1`, `null`, `[1`, "[\"\xff\"]", `{"a":"\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var object map[string]json.RawMessage
		if walked, ok := membersOf(raw); first(raw) == '{' && json.Unmarshal(raw, &object) == nil {
			names := map[string]bool{}
			for name := range object {
				names[strings.ToLower(name)] = true
			}
			if !ok || len(walked) != len(names) {
				t.Fatalf("%q: %d members, want %d", raw, len(walked), len(names))
			}
			for name, value := range object {
				if len(names) == len(object) && string(walked[strings.ToLower(name)]) != string(value) {
					t.Errorf("%q: %s is %q, want %q", raw, name, walked[strings.ToLower(name)], value)
				}
			}
		} else if ok {
			t.Fatalf("%q is no object", raw)
		}
		var array []json.RawMessage
		if walked, ok := elementsOf(raw); first(raw) == '[' && json.Unmarshal(raw, &array) == nil {
			same := slices.EqualFunc(walked, array, func(a, b json.RawMessage) bool { return string(a) == string(b) })
			if !ok || !same {
				t.Fatalf("%q: %q, want %q", raw, walked, array)
			}
		} else if ok {
			t.Fatalf("%q is no array", raw)
		}
		var text string
		if first(raw) == '"' && json.Unmarshal(raw, &text) == nil && textOf(raw) != text {
			t.Errorf("%q is %q, want %q", raw, textOf(raw), text)
		}
	})
}

// A container of 20,000 accounts, as it comes over the wire.
func BenchmarkEntries(b *testing.B) {
	const more = `"properties":{"name":["John Doe"],"displayName":["John Doe"],"mail":["jdoe@example.test"],"description":["on loan"],` +
		`"telephoneNumber":["123"],"userAccountControl":[512],"pwdLastSet":["2026-07-14T16:27:49Z"],"whenCreated":["2026-07-14T16:27:49Z"],`
	one := strings.Replace(goodUser, `"properties":{`, more, 1)
	body := []byte("[" + strings.Repeat(one+",", 19_999) + one + "]")
	backend, now := &Backend{}, time.Now()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		entries, err := backend.entries(request{}, body)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range entries {
			_ = objectOf(e, now)
		}
	}
}

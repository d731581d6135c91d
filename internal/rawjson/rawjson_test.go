package rawjson

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
)

// What is taken for an object, an array and a text is what encoding/json takes for
// one, and has the same members, elements and letters.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{
		`{"dn":"CN=a,DC=x","properties":{"memberOf":["CN=b"]},"isLocked":false}`, `{}`, `[]`, `[ ]`, ` { "a" : [ 1 , "x]" , {"b":"}"} ] , "a":null } `,
		`["\\","\"",",",[[],{}]]`, `{"\u0061":1}`, `"x"`, `1`, `null`, `[1`, "[\"\xff\"]", `{"a":"\ud800"}`, "{\"\xff\":1}", `[1,]`, `{"a":1,}`, `{"a"}`,
		`[1e5,-0,0.5E-7,true]`, "\ufeff{}", "\u00a0[]", "[\v]", `{"A":1,"a":2}`, `"\ud83d\ude00\u0000"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		compareObject(t, raw)
		compareArray(t, raw)
		var text string
		if isText := First(raw) == '"' && json.Unmarshal(raw, &text) == nil; isText && Text(raw) != text {
			t.Errorf("%q is %q, want %q", raw, Text(raw), text)
		}
		if json.Valid(raw) {
			compareScalar(t, raw)
		}
	})
}

func compareObject(t *testing.T, raw []byte) {
	t.Helper()
	var want map[string]json.RawMessage
	isObject := json.Unmarshal(raw, &want) == nil && want != nil
	got, ok := ParseObject(raw)
	if ok != isObject {
		t.Fatalf("%q is an object: %v, want %v", raw, ok, isObject)
	}
	if !ok {
		return
	}
	walked := map[string]json.RawMessage{}
	for name, value := range Members(raw) {
		walked[name] = value
	}
	lower := map[string]bool{}
	for name, value := range want {
		if string(walked[name]) != string(value) {
			t.Errorf("%q: %s is %q, want %q", raw, name, walked[name], value)
		}
		lower[strings.ToLower(name)] = true
	}
	if len(walked) != len(want) || len(got) != len(lower) {
		t.Errorf("%q: %d members, want %d; %d in small letters, want %d", raw, len(walked), len(want), len(got), len(lower))
	}
}

func compareArray(t *testing.T, raw []byte) {
	t.Helper()
	var want []json.RawMessage
	isArray := json.Unmarshal(raw, &want) == nil && want != nil
	got, ok := ParseList(raw)
	same := slices.EqualFunc(got, want, func(a, b json.RawMessage) bool { return string(a) == string(b) })
	if ok != isArray || ok && !same {
		t.Errorf("%q: %q, %v; want %q, %v", raw, got, ok, want, isArray)
	}
}

// compareScalar wants the number, the boolean and the kind of a value to be those
// that encoding/json gives.
func compareScalar(t *testing.T, raw []byte) {
	t.Helper()
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return // a number that no float holds
	}
	var whole int64
	isWhole := json.Unmarshal(raw, &whole) == nil && value != nil
	switch value := value.(type) {
	case nil:
		if !IsNull(raw) || Scalar(raw) != "" {
			t.Errorf("%q is no null", raw)
		}
	case bool:
		if Flag(raw) != models.FlagOf(value) {
			t.Errorf("%q is %v", raw, Flag(raw))
		}
	case float64:
		if n, ok := Int(raw); isWhole && (!ok || n != whole) || ok && float64(n) != value {
			t.Errorf("%q is %d, %v", raw, n, ok)
		}
	case string:
		if Scalar(raw) != value {
			t.Errorf("%q is %q, want %q", raw, Scalar(raw), value)
		}
	default:
		if Scalar(raw) != "" || IsNull(raw) {
			t.Errorf("%q is a scalar", raw)
		}
	}
}

// What is encoded arrives as it was, and is refused when it cannot.
func FuzzEncode(f *testing.F) {
	for _, seed := range []string{"", "a", "\xff", "\ufffd", `\ufffd`, `\\ufffd`, "\\\xff", "<&>", "\u2028", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := Encode([]string{text, `\`})
		if (err == nil) != utf8.ValidString(text) {
			t.Fatalf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		elements, ok := ParseList(out)
		if !ok || Scalar(elements[0]) != text || Scalar(elements[1]) != `\` {
			t.Errorf("%q arrives as %s", text, out)
		}
	})
}

// Servers write the same value in several forms.
func TestForms(t *testing.T) {
	o, ok := ParseObject([]byte(` {"One":1,"two":"2","half":0.5,"big":1e3,"huge":1e300,"yes":"Yes","zero":0,"no":false,"odd":"maybe","none":null,"list":[1],"object":{"A":7}} `))
	if !ok {
		t.Fatal("no object")
	}
	for name, want := range map[string]int64{"one": 1, "two": 2, "big": 1000, "zero": 0} {
		if n, ok := o.Int(name); !ok || n != want {
			t.Errorf("%s: %d, %v", name, n, ok)
		}
	}
	for _, name := range []string{"half", "huge", "odd", "none", "list", "missing"} {
		if n, ok := o.Int(name); ok {
			t.Errorf("%s is %d", name, n)
		}
	}
	for name, want := range map[string]models.Flag{"yes": models.Yes, "one": models.Yes, "zero": models.No, "no": models.No, "odd": models.Unknown, "none": models.Unknown} {
		if got := o.Flag(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if list, ok := o.List("list"); !ok || len(list) != 1 {
		t.Errorf("list: %q, %v", list, ok)
	}
	if list, ok := o.List("object"); ok || len(list) != 0 {
		t.Errorf("an object taken for a list: %q", list)
	}
	if o.Object("object").Text("a") != "7" || o.Object("list").Text("a") != "" || o.Text("none") != "" {
		t.Error("members of members")
	}
}

package synology

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

func TestErrorShapes(t *testing.T) {
	for _, test := range []struct {
		body  string
		code  string
		words string
	}{
		{`{"error":{"code":105},"success":false}`, "105", ""},
		{`{"error":{"code":"105"},"success":false}`, "105", ""},
		{`{"error":{"code":105.0},"success":"false"}`, "105", ""},
		{`{"error":105,"success":0}`, "105", ""},
		{`{"error":"105","success":false}`, "105", ""},
		{`{"error":{"code":105}}`, "105", ""},
		{`{"success":false}`, "no code", ""},
		{`{"error":null,"success":false}`, "no code", ""},
		{`{"error":{},"success":false}`, "no code", ""},
		{`{"error":[],"success":false}`, "no code", ""},
		{`{"error":"locked for maintenance","success":false}`, "no code", "locked for maintenance"},
		{`{"error":{"code":"E_BUSY"},"success":false}`, "no code", "E_BUSY"},
		{`{"error":{"code":null,"errors":null},"success":false}`, "no code", ""},
		{`{"error":{"code":-5},"success":false}`, "no code", ""},
		{`{"error":{"code":1e99},"success":false}`, "no code", ""},
		{`{"error":{"code":10104,"errors":[{"code":10237,"msg":"ldb updaterecords: modify"}]},"success":false}`, "10104/10237", "ldb updaterecords: modify"},
		{`{"error":{"code":400,"errors":[{"code":408,"path":"/test/:"}]},"success":false}`, "400/408", "/test/:"},
		{`{"error":{"code":120,"errors":{"name":"additional","reason":"condition"}},"success":false}`, "120", "parameter additional: condition"},
		{`{"error":{"code":120,"errors":{"name":"additional"}},"success":false}`, "120", "parameter additional"},
		{`{"error":{"code":100,"errors":[1,2]},"success":false}`, "100/1/2", ""},
		{`{"error":{"code":100,"errors":7},"success":false}`, "100/7", ""},
		{`{"error":{"code":100,"errors":"why"},"success":false}`, "100", "why"},
		{`{"error":{"code":100,"errors":["a",{"msg":"b"},null,[],{"code":"x"}]},"success":false}`, "100", "a; b"},
		{`{"error":{"code":100,"errors":[{"code":[],"msg":"still read"}]},"success":false}`, "100", "still read"},
		{`{"error":{"code":100,"errors":true},"success":false}`, "100", ""},
		{`{"error":{"code":403,"errors":{"token":"secret","types":[{"type":"otp"}]}},"success":false}`, "403", ""},
	} {
		_, err := decodeEnvelope([]byte(test.body))
		var refused *failure
		if !errors.As(err, &refused) {
			t.Errorf("%s: got %v, want a failure", test.body, err)
			continue
		}
		if refused.Code() != test.code || refused.Words() != test.words {
			t.Errorf("%s: code %q, words %q; want %q, %q", test.body, refused.Code(), refused.Words(), test.code, test.words)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the token shows in %q", test.body, err)
		}
	}
}

func TestSuccessShapes(t *testing.T) {
	for body, want := range map[string]string{
		`{"data":{"a":1},"success":true}`: `{"a":1}`,
		`{"success":true}`:                ``,
		`{"success":1,"data":[]}`:         `[]`,
		`{"success":"true","data":null}`:  `null`,
		" {\"success\":true}\n":           ``,
	} {
		data, err := decodeEnvelope([]byte(body))
		if err != nil || string(data) != want {
			t.Errorf("%s: %q, %v; want %q", body, data, err, want)
		}
	}
}

func TestBodiesThatAreNoEnvelope(t *testing.T) {
	for body, words := range map[string]string{
		``:                        "empty",
		"  \n":                    "empty",
		`{"data":[1,2`:            "cut off",
		`{}`:                      "not DSM's",
		`{"success":null}`:        "not DSM's",
		`null`:                    "not DSM's",
		`"success"`:               "not DSM's",
		`<html>hello</html>`:      "not DSM's",
		"\x00\xff\xfe":            "not DSM's",
		`{"success":true} trails`: "not DSM's",
	} {
		_, err := decodeEnvelope([]byte(body))
		if !errors.Is(err, models.ErrProtocol) || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: got %v, want %q", body, err, words)
		}
	}
}

func TestExcerptIsShortValidAndOneLine(t *testing.T) {
	got := webclient.Scrubber(nil).Excerpt([]byte("<p>\n\t" + strings.Repeat("ä", 500) + "\xff"))
	if len(got) > 210 || !strings.HasPrefix(got, "<p> ä") || strings.ContainsAny(got, "\n\t\ufffd") {
		t.Errorf("got %q", got)
	}
}

func TestValuesAreJSONTexts(t *testing.T) {
	for _, test := range []struct {
		value       any
		json, plain string
	}{
		{"12345678", `"12345678"`, "12345678"},
		{"null", `"null"`, "null"},
		{"true", `"true"`, "true"},
		{"1e5", `"1e5"`, "1e5"},
		{`CN=Doe\, John,DC=x`, `"CN=Doe\\, John,DC=x"`, `CN=Doe\, John,DC=x`},
		{`say "hi" & <b>`, `"say \"hi\" & <b>"`, `say "hi" & <b>`},
		{"日本", `"日本"`, "日本"},
		{"", `""`, ""},
		{true, "true", "yes"},
		{false, "false", "no"},
		{40, "40", "40"},
		{[]string{"a", `b"`}, `["a","b\""]`, `["a","b\""]`},
		{[]models.Category{models.Person}, `["person"]`, `["person"]`},
	} {
		for format, want := range map[bool]string{true: test.json, false: test.plain} {
			if got, err := encodeValue(test.value, format); err != nil || got != want {
				t.Errorf("%v, JSON %v: %q, %v; want %q", test.value, format, got, err, want)
			}
		}
	}
	if _, err := encodeValue(make(chan int), true); err == nil {
		t.Error("a value that is no JSON was encoded")
	}
}

func TestCompoundResults(t *testing.T) {
	const good = `{"success":true,"data":1}`
	const bad = `{"success":false,"error":{"code":112}}`
	for _, test := range []struct {
		name, data string
		want       int
		failed     []int // nil: none; the whole is refused when refused is set
		refused    bool
	}{
		{"all well", `{"has_fail":false,"result":[` + good + `,` + good + `]}`, 2, nil, false},
		{"one failed", `{"has_fail":true,"result":[` + good + `,` + bad + `]}`, 2, []int{1}, false},
		{"failed though has_fail says no", `{"has_fail":false,"result":[` + bad + `]}`, 1, []int{0}, false},
		{"failed without an error", `{"has_fail":true,"result":[{"success":false}]}`, 1, []int{0}, false},
		{"success missing", `{"has_fail":false,"result":[{"data":{}}]}`, 1, []int{0}, false},
		{"has_fail without a failed item", `{"has_fail":true,"result":[` + good + `]}`, 1, []int{0}, false},
		{"too few", `{"has_fail":false,"result":[` + good + `]}`, 2, nil, true},
		{"too many", `{"has_fail":false,"result":[` + good + `,` + good + `]}`, 1, nil, true},
		{"none", `{"has_fail":false}`, 1, nil, true},
		{"no object", `[]`, 1, nil, true},
	} {
		results, err := decodeCompound([]byte(test.data), test.want)
		if test.refused {
			if !errors.Is(err, models.ErrProtocol) {
				t.Errorf("%s: got %v, want ErrProtocol", test.name, err)
			}
			continue
		}
		var failed []int
		for i, result := range results {
			if result.err != nil {
				failed = append(failed, i)
			}
		}
		if err != nil || !slices.Equal(failed, test.failed) {
			t.Errorf("%s: failed %v, %v; want %v", test.name, failed, err, test.failed)
		}
	}
}

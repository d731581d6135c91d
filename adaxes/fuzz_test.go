package adaxes

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dirdesk/models"
)

// Whatever a server sends as an answer is read without harm, and no secret comes
// out of it.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		goodUser, goodResult, goodDomains, goodSession, goodToken, failedFor, suspended, strange, warned, told400, told403, told401,
		`{"message":"x","innerError":{"code":"invalidCredentials","attemptsLeft":2}}`, `{"completed":true,"operationResult":{}}`,
		`[]`, `{}`, `null`, `"7a42-1"`, `{"properties":{"a":[1,true,null,{},[]]},"dn":"CN=x"}`, "<html>", "\xff",
		`{"innerMessages":[{"innerMessages":[{"innerMessages":[{}]}]}],"resultType":0}`,
	} {
		f.Add(seed, 200)
		f.Add(seed, 403)
	}
	secret := models.NewSecret("s3cret-Word")
	f.Fuzz(func(t *testing.T, body string, status int) {
		clean := newScrubber(secret)
		if e, ok := parseEntry([]byte(body)); ok {
			o := objectOf(e, time.Unix(0, 0))
			_ = models.StateOf(&o, time.Unix(0, 0)).Sentences(time.UTC)
		}
		if r, ok := parseResult([]byte(body), clean); ok {
			said := r.failure + gist(r.messages)
			if err := r.err(); err != nil {
				said += err.Error()
			}
			if strings.Contains(said, secret.Reveal()) {
				t.Errorf("a result tells the secret: %q", said)
			}
		}
		_ = operationID([]byte(body))
		_, _, _ = operationState([]byte(body))
		_, _, _ = tokenAnswer([]byte(body))
		_, _ = searchEntries([]byte(body))
		failed := parseFailure(&http.Response{StatusCode: status, Header: http.Header{}}, []byte(body), clean)
		if words := failed.Error(); strings.Contains(words, secret.Reveal()) || utf8.ValidString(body) && !utf8.ValidString(words) {
			t.Errorf("a failure says %q", words)
		}
		b := &Backend{}
		b.base, _ = parseBase("adaxes://host")
		for _, r := range []request{{verb: "GET", action: "read", object: "x"}, {verb: "PATCH", write: true}, {anonymous: true}} {
			if err := b.explain(r, failed); err == nil || err.Error() == "" {
				t.Error("nothing is said")
			}
		}
	})
}

// What is encoded arrives as it was, and is refused when it cannot.
func FuzzEncode(f *testing.F) {
	for _, seed := range []string{"", "a", "\xff", "\ufffd", `\ufffd`, `\\ufffd`, "\\\xff", "<&>", "\u2028", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := encode([]string{text, `\`})
		if (err == nil) != utf8.ValidString(text) {
			t.Fatalf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		elements, ok := elementsOf(out)
		if !ok || textOf(elements[0]) != text || textOf(elements[1]) != `\` {
			t.Errorf("%q arrives as %s", text, out)
		}
	})
}

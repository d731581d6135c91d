package adaxes

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dirdesk/internal/webclient"
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
	b, err := newConnection(Options{URL: "adaxes://host"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(b.sessions.Close)
	f.Fuzz(func(t *testing.T, body string, status int) {
		clean := webclient.NewScrubber(secret.Reveal())
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
		_ = decodeRows(strings.NewReader(body), 0, func(entry) error { return nil })
		failed := parseFailure(webclient.Answer{Status: status, Body: []byte(body)}, clean)
		if words := failed.Error(); strings.Contains(words, secret.Reveal()) || utf8.ValidString(body) && !utf8.ValidString(words) {
			t.Errorf("a failure says %q", words)
		}
		for _, r := range []request{{verb: "GET", action: "read", object: "x"}, {verb: "PATCH", write: true}, {anonymous: true}} {
			if err := b.explain(r, failed); err == nil || err.Error() == "" {
				t.Error("nothing is said")
			}
		}
	})
}

package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
)

// Whatever a certificate says of itself, the lines about it are ours, and their number
// is always the same.
func FuzzCertificateText(f *testing.F) {
	for _, seed := range []string{"", "CN=nas", "CN=a\nSHA-256  00", "\r\n", "\u2028x", "\x1b[2J", "\x00", "\u202e", "a\vb\fc\u0085d", strings.Repeat("x", 5000), "\xff"} {
		f.Add(seed, seed)
	}
	lines := func(subject, reason string) (count int, said string) {
		var complaints bytes.Buffer
		p := newProgram(Streams{Out: io.Discard, Err: &complaints, Getenv: func(string) string { return "C.UTF-8" }}, connectionFlags{})
		p.report(&models.CertificateError{
			Host: "nas:5001", Subject: subject, Issuer: subject, Reason: reason, Fingerprint: "sha256:" + strings.Repeat("ab", 32), NotAfter: time.Unix(0, 0),
		})
		return strings.Count(complaints.String(), "\n"), complaints.String()
	}
	want, _ := lines("x", "x")
	f.Fuzz(func(t *testing.T, subject, reason string) {
		count, said := lines(subject, reason)
		if count != want || strings.ContainsAny(said, "\r\x1b\x00\v\f\u0085\u2028\u2029\u202e") {
			t.Errorf("%d lines: %q", count, said)
		}
	})
}

package cli

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// hostile is text as somebody might write it into a directory.
var hostile = rapid.OneOf(
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune("a=+-@'\",;\t\r\n\x1b[31m\x7f\u009b\u202e\u200b\ufeff\u0301世"))),
)

// By itself csv holds nothing that a spreadsheet or a terminal obeys; with --raw it
// gives the exact values back.
func TestCSVObeysNothingAndRoundTripsRaw(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := strings.ReplaceAll(strings.ToValidUTF8(hostile.Draw(r, "text"), "\ufffd"), "\r", "") // csv reads CRLF as LF
		cellOf := func(raw bool) string {
			var out bytes.Buffer
			p := newProgram(Streams{Out: &out, Getenv: func(string) string { return "C" }}, connectionFlags{})
			p.rawCSV = raw
			if err := p.printCSV([][]string{{"x", text}}); err != nil {
				r.Fatal(err)
			}
			rows, err := csv.NewReader(&out).ReadAll()
			if err != nil || len(rows) != 1 || len(rows[0]) != 2 {
				r.Fatalf("%q: %v, %v", text, rows, err)
			}
			return rows[0][1]
		}
		if got := cellOf(true); got != text {
			r.Fatalf("raw, %q came back as %q", text, got)
		}
		cell := cellOf(false)
		if i := strings.IndexFunc(cell, func(c rune) bool { return unicode.IsControl(c) || c == '\u202e' }); i >= 0 {
			r.Fatalf("a terminal would obey %q", cell[i:])
		}
		for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return strings.ContainsRune(",;|\t\n\"", c) }) {
			if strings.Contains("=+-@", part[:1]) && !strings.Contains(cell, "\""+part) {
				r.Fatalf("a spreadsheet would run %q", cell)
			}
		}
	})
}

// Text of others makes no line of ours: neither a certificate's nor a server's.
func TestTextOfOthersMakesNoLine(t *testing.T) {
	const lie = "x\nSHA-256  0000\r\n\u2028dirdesk: done"
	var complaints bytes.Buffer
	p := newProgram(Streams{Err: &complaints, Out: io.Discard, Getenv: func(string) string { return "C.UTF-8" }}, connectionFlags{})
	p.report(&models.CertificateError{Host: "h:1", Subject: "CN=" + lie, Issuer: lie, Reason: "made out to " + lie, Fingerprint: "sha256:ab"})
	p.report(&models.Error{Kind: models.InWords("no "+lie, models.ErrPolicy), Action: "set", Object: "CN=" + lie, Server: lie, Advice: "Ask " + lie})
	p.complain(lie)
	for line := range strings.Lines(complaints.String()) {
		if strings.HasPrefix(strings.TrimSpace(line), "SHA-256  0000") || strings.HasPrefix(line, "dirdesk: done") {
			t.Errorf("a false line in\n%s", complaints.String())
		}
	}
	if got := p.messageTree([]models.Message{{Text: lie}}); strings.Count(got, "\n") != 1 {
		t.Errorf("a message of several lines: %q", got)
	}
}

// With --raw a program gets the values exactly.
func TestRawCSVIsExact(t *testing.T) {
	var out bytes.Buffer
	p := newProgram(Streams{Out: &out, Getenv: func(string) string { return "C.UTF-8" }}, connectionFlags{})
	p.rawCSV = true
	if err := p.printCSV([][]string{{"=1", "a;+2", "\t-3"}}); err != nil || out.String() != "=1,a;+2,\"\t-3\"\n" {
		t.Errorf("the row is %q, %v", out.String(), err)
	}
}

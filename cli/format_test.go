package cli

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// person has every field that a listing gives.
var person = models.Object{
	DN: "CN=Doe\\, Jane,OU=Staff,DC=example,DC=com", Name: "Doe, Jane", Category: models.Person,
	SAMAccountName: "jdoe", DisplayName: "Jane Doe", Mail: "jdoe@example.com", Description: `says "hi"`,
	TelephoneNumber: "+49 30 1234", Office: "B 2", Disabled: models.No, Locked: models.Yes,
	PasswordExpired: models.No, AccountExpiry: models.ExpiryAt(time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)),
	Deletable: models.Yes, Movable: models.Yes, Renamable: models.No, AdvancedOnly: models.No,
}

func render(t *testing.T, format string, runs ...[]models.Object) string {
	t.Helper()
	var out bytes.Buffer
	p := newProgram(Streams{Out: &out, Getenv: func(string) string { return "C.UTF-8" }}, connectionFlags{})
	printer := p.newPrinter(format)
	if err := printer.begin(); err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		if err := printer.objects(run); err != nil {
			t.Fatal(err)
		}
	}
	if err := printer.end(""); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestJSONHasEveryFieldUnderTheDirectorysName(t *testing.T) {
	const want = `[
{"dn":"CN=Doe\\, Jane,OU=Staff,DC=example,DC=com","name":"Doe, Jane","objectCategory":"person","sAMAccountName":"jdoe",` +
		`"displayName":"Jane Doe","mail":"jdoe@example.com","description":"says \"hi\"","telephoneNumber":"+49 30 1234",` +
		`"physicalDeliveryOfficeName":"B 2","disabled":false,"locked":true,"passwordExpired":false,"password_expired":false,` +
		`"accountExpiryTime":"2027-03-01T12:00:00Z","account_expiry_time":"2027-03-01T12:00:00Z","deletable":true,"movable":true,"renamable":false,"showInAdvancedViewOnly":false}
]
`
	if got := render(t, formatJSON, []models.Object{person}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONLeavesOutWhatIsUnknown(t *testing.T) {
	group := models.Object{DN: "CN=g", Name: "g", Category: models.Group, PrimaryGroupToken: 513, AccountExpiry: models.Never()}
	const want = `{"dn":"CN=g","name":"g","objectCategory":"group","accountExpiryTime":"never","account_expiry_time":"never","primaryGroupToken":513}`
	if got := render(t, formatJSON, []models.Object{group}); !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestJSONIsOneArrayHoweverItArrives(t *testing.T) {
	a, b := models.Object{DN: "CN=a"}, models.Object{DN: "CN=b"}
	for _, runs := range [][][]models.Object{
		{}, {nil}, {{a}, {b}}, {nil, {a, b}}, {{a}, nil, {b}, nil},
	} {
		var got []map[string]any
		if err := json.Unmarshal([]byte(render(t, formatJSON, runs...)), &got); err != nil {
			t.Fatalf("%v: %v", runs, err)
		}
		want := 0
		for _, run := range runs {
			want += len(run)
		}
		if len(got) != want {
			t.Errorf("%d objects, want %d", len(got), want)
		}
	}
}

// hostile is text as somebody might write it into a directory.
var hostile = rapid.OneOf(
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune("a=+-@'\",;\t\r\n\x1b[31m\x7f\u009b\u202e\u200b\ufeff\u0301世"))),
)

func TestJSONRoundTripsAndObeysNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := strings.ToValidUTF8(hostile.Draw(r, "text"), "\ufffd")
		out := render(t, formatJSON, []models.Object{{DN: "CN=a", Description: text}})
		var got []struct{ Description string }
		if err := json.Unmarshal([]byte(out), &got); err != nil || got[0].Description != text {
			r.Fatalf("%q came back as %+v, %v", text, got, err)
		}
		if i := strings.IndexFunc(out, func(c rune) bool {
			return c < ' ' && c != '\n' || c >= 0x7f && c <= 0x9f || c == '\u202e' || c == '\u200b'
		}); i >= 0 {
			r.Fatalf("the output holds %q", out[i:i+1])
		}
	})
}

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

// A name in a script that needs joiners is not harmed in a file, whatever the locale.
func TestNamesStayWhatTheyAreInAFile(t *testing.T) {
	const name = "می\u200cخواهم 👨\u200d👩\u200d👧 Łukasz"
	for _, format := range allFormats() {
		if got := render(t, format, []models.Object{{DN: "CN=a", Name: name}}); !strings.Contains(strings.NewReplacer(`\u200c`, "\u200c", `\u200d`, "\u200d").Replace(got), name) {
			t.Errorf("%s: %+q", format, got)
		}
	}
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

func TestCSVCells(t *testing.T) {
	for cell, want := range map[string]string{
		"":                       "",
		"plain":                  "plain",
		"a=b":                    "a=b",
		"=HYPERLINK(\"x\")":      "'=HYPERLINK(\"x\")",
		"+49 30 1234":            "'+49 30 1234",
		"-1":                     "'-1",
		"@SUM(A1)":               "'@SUM(A1)",
		"\t=1":                   "'\t'=1",
		"\r=1":                   "'\r'=1",
		"a;=1":                   "a;'=1",
		"a,@SUM(A1);\"+2":        "a,'@SUM(A1);\"'+2",
		"a\n-1\tb\t=2|=3":        "a\n'-1\tb\t'=2|'=3",
		"a, -b = c":              "a, -b = c",
		"CN=a,OU=b":              "CN=a,OU=b",
		"\xff;=1":                "\xff;'=1",
		"'=1 with an apostrophe": "'=1 with an apostrophe",
	} {
		if got := spreadsheetSafe(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

func TestCSVHasARowForEachObject(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(render(t, formatCSV, []models.Object{person}, []models.Object{{DN: "CN=x"}}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		string(person.DN), "Doe, Jane", "person", "jdoe", "Jane Doe", "jdoe@example.com", `says "hi"`, "'+49 30 1234", "B 2",
		"false", "true", "false", "2027-03-01T12:00:00Z", "", "true", "true", "false", "false",
	}
	if len(rows) != 3 || !reflect.DeepEqual(rows[1], want) {
		t.Errorf("got  %q\nwant %q", rows, want)
	}
}

// Whatever the directory holds, a table line is as wide as the terminal at most
// and holds nothing that a terminal obeys.
func TestTableLinesFitAndAreSafe(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(5, 160).Draw(r, "width")
		text := func(name string) string { return hostile.Draw(r, name) }
		var objects []models.Object
		for range rapid.IntRange(1, 6).Draw(r, "objects") {
			objects = append(objects, models.Object{
				DN: models.DN("CN=" + text("dn")), Name: text("name"), Category: models.Category(text("category")),
				SAMAccountName: text("logon"), Mail: text("mail"), Description: text("description"),
			})
		}
		var out bytes.Buffer
		table := &tablePrinter{columns: models.Printed(), out: bufio.NewWriter(&out), width: width, clean: terminaltext.Sanitizer{ASCII: rapid.Bool().Draw(r, "ascii")}}
		if err := table.objects(objects); err != nil {
			r.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != len(objects)+1 {
			r.Fatalf("%d lines for %d objects and a header", len(lines), len(objects))
		}
		for _, line := range lines {
			if w := terminaltext.Width(line); w > width {
				r.Fatalf("%d cells on %d: %q", w, width, line)
			}
			if line != terminaltext.Safe(line) {
				r.Fatalf("not safe: %q", line)
			}
		}
	})
}

func TestTableOffATerminalCutsNothing(t *testing.T) {
	long := models.Object{DN: "CN=a,DC=example,DC=com", Name: strings.Repeat("long ", 40) + "end", Category: models.Person}
	out := render(t, formatTable, []models.Object{long})
	if !strings.Contains(out, long.Name) || !strings.Contains(out, string(long.DN)) {
		t.Errorf("something was cut:\n%s", out)
	}
}

// One long description must not pad every line; who needs all of it has json.
func TestTableOffATerminalKeepsProseShort(t *testing.T) {
	long := person
	long.Description = strings.Repeat("word ", 200)
	out := render(t, formatTable, []models.Object{long, person})
	if !strings.Contains(out, "word…") && !strings.Contains(out, "word …") || !strings.Contains(out, string(long.DN)) {
		t.Errorf("not shortened, or too much:\n%s", out)
	}
	for line := range strings.Lines(out) {
		if w := terminaltext.Width(strings.TrimSuffix(line, "\n")); w > 200 {
			t.Errorf("a line of %d cells", w)
		}
	}
	if !strings.Contains(render(t, formatJSON, []models.Object{long}), long.Description) {
		t.Error("json is cut")
	}
}

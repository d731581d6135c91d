package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

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

// hostile is text as somebody might write it into a directory.
var hostile = rapid.OneOf(
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune("a=+-@'\",;\t\r\n\x1b[31m\x7f\u009b\u202e\u200b\ufeff\u0301世"))),
)

func render(t *testing.T, format Format, runs ...[]models.Object) string {
	return written(t, Options{Format: format, Clean: terminaltext.Sanitizer{Unmeasured: true}}, "", runs...)
}

func written(t *testing.T, o Options, cut string, runs ...[]models.Object) string {
	t.Helper()
	var out bytes.Buffer
	w := New(&out, o)
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		if err := w.Objects(run); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(cut); err != nil {
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
	if got := render(t, JSON, []models.Object{person}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONLeavesOutWhatIsUnknown(t *testing.T) {
	group := models.Object{DN: "CN=g", Name: "g", Category: models.Group, PrimaryGroupToken: 513, AccountExpiry: models.Never()}
	const want = `{"dn":"CN=g","name":"g","objectCategory":"group","accountExpiryTime":"never","account_expiry_time":"never","primaryGroupToken":513}`
	if got := render(t, JSON, []models.Object{group}); !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestJSONIsOneArrayHoweverItArrives(t *testing.T) {
	a, b := models.Object{DN: "CN=a"}, models.Object{DN: "CN=b"}
	for _, runs := range [][][]models.Object{
		{}, {nil}, {{a}, {b}}, {nil, {a, b}}, {{a}, nil, {b}, nil},
	} {
		var got []map[string]any
		if err := json.Unmarshal([]byte(render(t, JSON, runs...)), &got); err != nil {
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

func TestJSONRoundTripsAndObeysNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := strings.ToValidUTF8(hostile.Draw(r, "text"), "\ufffd")
		out := render(t, JSON, []models.Object{{DN: "CN=a", Description: text}})
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
	rows, err := csv.NewReader(strings.NewReader(render(t, CSV, []models.Object{person}, []models.Object{{DN: "CN=x"}}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		string(person.DN), "Doe, Jane", "person", "jdoe", "Jane Doe", "jdoe@example.com", `says "hi"`, "'+49 30 1234", "B 2",
		"false", "true", "false", "2027-03-01T12:00:00Z", "", "true", "true", "false", "false", "",
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
		o := Options{Terminal: true, Width: width, Clean: terminaltext.Sanitizer{ASCII: rapid.Bool().Draw(r, "ascii")}}
		table := &tableWriter{columns: models.Printed(), out: bufio.NewWriter(&out), options: o}
		if err := table.Objects(objects); err != nil {
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
	out := render(t, Table, []models.Object{long})
	if !strings.Contains(out, long.Name) || !strings.Contains(out, string(long.DN)) {
		t.Errorf("something was cut:\n%s", out)
	}
}

// One long description must not pad every line; who needs all of it has json.
func TestTableOffATerminalKeepsProseShort(t *testing.T) {
	long := person
	long.Description = strings.Repeat("word ", 200)
	out := render(t, Table, []models.Object{long, person})
	if !strings.Contains(out, "word…") && !strings.Contains(out, "word …") || !strings.Contains(out, string(long.DN)) {
		t.Errorf("not shortened, or too much:\n%s", out)
	}
	for line := range strings.Lines(out) {
		if w := terminaltext.Width(strings.TrimSuffix(line, "\n")); w > 200 {
			t.Errorf("a line of %d cells", w)
		}
	}
	if !strings.Contains(render(t, JSON, []models.Object{long}), long.Description) {
		t.Error("json is cut")
	}
}

// A name in a script that needs joiners is not harmed in a file, whatever the locale.
func TestNamesStayWhatTheyAreInAFile(t *testing.T) {
	const name = "می\u200cخواهم 👨\u200d👩\u200d👧 Łukasz"
	for _, format := range []Format{Table, JSON, CSV, HTML} {
		if got := render(t, format, []models.Object{{DN: "CN=a", Name: name}}); !strings.Contains(strings.NewReplacer(`\u200c`, "\u200c", `\u200d`, "\u200d").Replace(got), name) {
			t.Errorf("%s: %+q", format, got)
		}
	}
}

// A name that is HTML, Markdown or LDIF stays a name.
func TestNamesAreNoMarkup(t *testing.T) {
	const name = `<img src=x onerror=alert(1)> | **b** [l](http://x) & "q"`
	objects := []models.Object{{DN: "CN=a,DC=x", Name: name, Category: models.Person}}
	page := render(t, HTML, objects)
	if strings.Contains(page, "<img") || !strings.Contains(page, "&lt;img src=x onerror=alert(1)&gt;") {
		t.Errorf("the page holds the name as markup:\n%s", page)
	}
	table := render(t, Markdown, objects)
	if !strings.Contains(table, `\<img src=x onerror=alert\(1\)\> \| \*\*b\*\* \[l\]\(http\:\/\/x\) \& "q"`) && !strings.Contains(table, `\<img src=x onerror=alert\(1\)\> \| \*\*b\*\* \[l\]\(http\://x\) \& "q"`) {
		t.Errorf("the table holds the name as markup:\n%s", table)
	}
}

// LDIF of RFC 2849: what is not plain is base64, long lines go on behind a blank, and
// a reader gets the values back.
func TestLDIF(t *testing.T) {
	long := strings.Repeat("long ", 30) + "end"
	text := written(t, Options{Format: LDIF}, "too\nmany", []models.Object{
		{DN: "CN=Jörg,DC=x", Name: "Jörg", Category: models.Person, SAMAccountName: "joerg", Description: long, Disabled: models.No},
		{DN: "CN=b,DC=x", Name: ":b", Category: models.Group, Description: "ends "},
	})
	unfolded := strings.ReplaceAll(text, "\n ", "")
	for _, want := range []string{
		"version: 1\n", "\ndn:: Q049SsO2cmcsREM9eA==\n", "\nname:: SsO2cmc=\n", "\nsAMAccountName: joerg\n", "\ndescription: " + long + "\n",
		"\ndn: CN=b,DC=x\nname:: OmI=\ndescription:: ZW5kcyA=\n", "\n# INCOMPLETE: too many\n",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if len(line) > ldifWidth+1 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
	if strings.Contains(text, "disabled") {
		t.Errorf("LDIF has what is no attribute:\n%s", text)
	}
}

// Whoever takes a part for the whole reads that it is one, in each format.
func TestAPartSaysSo(t *testing.T) {
	for _, format := range Formats() {
		switch got := written(t, Options{Format: format}, "the server stopped", []models.Object{person}); {
		case format == Table || format == CSV: // the command says it beside
		case !strings.Contains(strings.ToLower(got), "incomplete") || !strings.Contains(got, "the server stopped"):
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestColumnsThatWereAskedFor(t *testing.T) {
	columns, err := ParseColumns([]string{"user", "Logon", "TELEPHONENUMBER", "state", "user"})
	if err != nil {
		t.Fatal(err)
	}
	o := person
	o.Account = &models.Account{LastLogon: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)}
	got := written(t, Options{Format: JSON, Columns: columns, Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)}, "", []models.Object{o})
	if want := `{"sAMAccountName":"jdoe","lastLogonTimestamp":"2026-11-01T08:00:00Z","telephoneNumber":"+49 30 1234","state":"locked"}`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := written(t, Options{Format: CSV, Columns: columns, NoHeaders: true}, "", []models.Object{o}); strings.HasPrefix(got, "sAM") {
		t.Errorf("without headers: %s", got)
	}
	if _, err := ParseColumns([]string{"offise"}); err == nil || !strings.Contains(err.Error(), "office") {
		t.Errorf("an unknown column: %v", err)
	}
}

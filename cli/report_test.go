package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// Of several outcomes the worst counts: what nobody knows, then what failed,
// then what waits for an approval.
func TestExitOfSeveralOutcomes(t *testing.T) {
	for _, test := range []struct {
		verdicts []verdict.Verdict
		code     int
	}{
		{nil, 0},
		{[]verdict.Verdict{verdict.Done, verdict.Done}, 0},
		{[]verdict.Verdict{verdict.Done, verdict.Pending}, 5},
		{[]verdict.Verdict{verdict.Pending, verdict.Failed, verdict.Done}, 1},
		{[]verdict.Verdict{verdict.NotTried, verdict.Pending}, 1},
		{[]verdict.Verdict{verdict.Failed, verdict.Unknown, verdict.Pending}, 4},
		{[]verdict.Verdict{verdict.Pending, verdict.Unknown}, 4},
		{[]verdict.Verdict{verdict.Partly, verdict.Pending, verdict.Done}, 1},
		{[]verdict.Verdict{verdict.Partly, verdict.Unknown}, 4},
	} {
		var out, err bytes.Buffer
		p := newProgram(Streams{Out: &out, Err: &err, Getenv: func(string) string { return "" }}, connectionFlags{})
		r := p.newChange().newReport(len(test.verdicts))
		for _, v := range test.verdicts {
			r.add(desk.Outcome{Verdict: v, Words: "x"})
		}
		if code := p.report(r.verdict()); code != test.code {
			t.Errorf("%v: exit code %d, want %d", test.verdicts, code, test.code)
		}
	}
}

// What a server says is printed below the outcome as a tree, harmlessly.
func TestMessagesAreATree(t *testing.T) {
	messages := []models.Message{
		{Kind: models.MessageInformation, Source: "Business Rules", Text: "done", Inner: []models.Message{
			{Kind: models.MessageWarning, Text: "two\nlines\x1b[31m", Inner: []models.Message{{Kind: models.MessageApproval, Source: "Rule", Text: "sent"}}},
		}},
		{Kind: models.MessageError, Text: "last"},
	}
	var out, complaints bytes.Buffer
	p := newProgram(Streams{Out: &out, Err: &complaints, Getenv: func(string) string { return "en.UTF-8" }}, connectionFlags{})
	r := p.newChange().newReport(1)
	r.add(desk.Outcome{Verdict: verdict.Done, Words: "jdoe: phone is now 1, verified", Messages: messages})
	want := `jdoe: phone is now 1, verified
  information  Business Rules: done
    warning  two / linesESC
      approval  Rule: sent
  error  last
`
	want = strings.Replace(want, "ESC", p.safe("\x1b[31m"), 1)
	if got := out.String(); strings.Contains(got, "\x1b") || got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	if complaints.Len() > 0 {
		t.Errorf("complained %s", complaints.String())
	}
}

// cutShort is a server that holds back all but two objects.
type cutShort struct{ desk.Backend }

func (cutShort) About() models.About { return models.About{} }

func (cutShort) List(_ context.Context, r models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		page := models.Page{Objects: []models.Object{{DN: "CN=a,DC=x", Name: "a"}, {DN: "CN=b,DC=x", Name: "b"}}, Total: models.UnknownTotal}
		if r.Limit == 0 || r.Limit > 2 {
			page.Cut = "the server gives at most 2 objects at once"
		}
		if yield(page, nil) && r.Limit > 1000 {
			yield(models.Page{}, &models.Error{Kind: models.ErrUnreachable, Action: "read", Object: "DC=x"})
		}
	}
}

// What was read before the connection broke is printed and marked.
func TestListingThatBreaksOff(t *testing.T) {
	var out, complaints bytes.Buffer
	p := newProgram(Streams{Out: &out, Err: &complaints, Getenv: func(string) string { return "en.UTF-8" }}, connectionFlags{})
	ls := &lsCommand{program: p, listing: listing{format: formatJSON}, limit: 1000}
	var exit exitError
	if err := ls.list(t.Context(), cutShort{}, models.ListRequest{Limit: 1000}); !errors.As(err, &exit) || exit.code != models.ExitIncomplete {
		t.Errorf("ended with %v", err)
	}
	var printed []map[string]any
	if err := json.Unmarshal(out.Bytes(), &printed); err != nil || len(printed) != 3 || printed[2]["incomplete"] == nil {
		t.Errorf("%v: printed\n%s", err, out.String())
	}
	if !strings.Contains(complaints.String(), "INCOMPLETE, these 2 are not all: read DC=x: not reachable") {
		t.Errorf("said %s", complaints.String())
	}
}

// A listing that the server cuts is never taken for the whole.
func TestCutListing(t *testing.T) {
	for _, test := range []struct {
		format string
		limit  int
		cut    bool
		ends   string
	}{
		{formatJSON, 0, true, "{\"incomplete\":\"the server gives at most 2 objects at once\"}\n]\n"},
		{formatJSON, 200, true, "{\"incomplete\":\"the server gives at most 2 objects at once\"}\n]\n"},
		{formatJSON, 2, false, "person\"}\n]\n"},
		{formatTable, 0, true, "\n"},
		{formatCSV, 0, true, "\n"},
	} {
		var out, complaints bytes.Buffer
		p := newProgram(Streams{Out: &out, Err: &complaints, Getenv: func(string) string { return "en.UTF-8" }}, connectionFlags{})
		ls := &lsCommand{program: p, listing: listing{format: test.format}, limit: defaultLimit, all: test.limit == 0}
		err := ls.list(t.Context(), cutShort{}, models.ListRequest{Limit: test.limit})
		var exit exitError
		if errors.As(err, &exit) != test.cut || test.cut && exit.code != models.ExitIncomplete {
			t.Errorf("%s, %d: %v", test.format, test.limit, err)
		}
		if strings.Contains(complaints.String(), "INCOMPLETE, there are more than these 2: the server gives at most 2") != test.cut {
			t.Errorf("%s, %d: said %s", test.format, test.limit, complaints.String())
		}
		if test.cut && !strings.HasSuffix(out.String(), test.ends) || strings.Contains(out.String(), "incomplete") != (test.cut && test.format == formatJSON) {
			t.Errorf("%s, %d: printed\n%s", test.format, test.limit, out.String())
		}
	}
}

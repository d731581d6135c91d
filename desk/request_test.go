package desk

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// expert takes requests.
type expert struct {
	*world
	err error
}

func (e *expert) Request(_ context.Context, request []byte) ([]byte, error) {
	e.sent = append(e.sent, string(request))
	return []byte(`{"echo":` + string(request) + `}`), e.err
}

func TestRequest(t *testing.T) {
	const typed = `[{"api":"SYNO.ActiveDirectory.User","method":"set","version":2,"userList":[{"password":"Hush-Hush-1"}]}]`
	refused := &models.Error{Kind: models.ErrPolicy, Action: "set", Server: "Hush-Hush-1 is weak"}
	for _, c := range []struct {
		name string
		err  error
		want verdict.Verdict
	}{
		{"answered", nil, verdict.Done},
		{"refused", refused, verdict.Failed},
		{"lost", models.ErrUnknownOutcome, verdict.Unknown},
	} {
		e, j := &expert{world: newWorld(), err: c.err}, newJournal(t)
		answer, err := journaled(e, j).Request(t.Context(), []byte(typed))
		if !errors.Is(err, c.err) || !strings.Contains(string(answer), "echo") || len(e.sent) != 1 {
			t.Errorf("%s: %s, %v after %d requests", c.name, answer, err, len(e.sent))
		}
		if got := last(t, j); got.Outcome != c.want || got.Action != rawRequest || got.Name != "SYNO.ActiveDirectory.User.set" {
			t.Errorf("%s: the journal says %+v", c.name, got)
		}
		if text, err := os.ReadFile(j.Path()); err != nil || strings.Contains(string(text), "Hush") {
			t.Errorf("%s: a secret is in the journal: %s, %v", c.name, text, err)
		}
	}
}

func TestRequestIsNotSent(t *testing.T) {
	e := &expert{world: newWorld()}
	for _, c := range []struct {
		mode  Mode
		typed string
		kind  error
	}{
		{Ask, `[{"api":"a","method":"b"}]`, ErrReadOnly},
		{Never, `[{"api":"a","method":"b"}]`, ErrReadOnly},
	} {
		if _, err := New(e, Options{Mode: c.mode}).Request(t.Context(), []byte(c.typed)); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", c.typed, err, c.kind)
		}
	}
	if _, err := open(newWorld()).Request(t.Context(), []byte(`[{"api":"a","method":"b"}]`)); !errors.Is(err, models.ErrUnsupported) {
		t.Errorf("without the ability: %v", err)
	}
	if len(e.sent) != 0 {
		t.Errorf("sent %q", e.sent)
	}
}

package trouble_test

import (
	"errors"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/trouble"
)

func TestLineSaysWhatWhyAndWhatToDo(t *testing.T) {
	err := &models.Error{Kind: models.ErrUnreachable, Action: "list", Object: "OU=Sales", Code: "timeout"}
	got := trouble.Line("Could not open Sales", err, "r tries again")
	want := "Could not open Sales: not reachable (timeout). r tries again."
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFullKeepsTheServersWords(t *testing.T) {
	err := &models.Error{Kind: models.ErrServer, Code: "500", Server: "disk full", Err: errors.New("HTTP 500")}
	var texts []string
	for _, f := range trouble.Full("Could not open Sales", err) {
		texts = append(texts, f.Label+"="+f.Text)
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{"Server says=disk full", "Cause=HTTP 500", "Code=500", "What to do="} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing from:\n%s", want, all)
		}
	}
}

func TestAdviceOfTheBackendComesFirst(t *testing.T) {
	if got := models.AdviceFor(&models.Error{Kind: models.ErrDenied, Advice: "ask Anna"}); got != "ask Anna" {
		t.Errorf("advice is %q", got)
	}
	if models.AdviceFor(models.ErrUnreachable) == "" {
		t.Error("no advice for a server that cannot be reached")
	}
}

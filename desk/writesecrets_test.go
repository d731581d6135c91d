package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"dirdesk/models"
)

// Nothing that a change leaves behind shows the password: not the journal, not
// the outcome, not the error, even when the server repeats it.
func TestNoPasswordIsLeftBehind(t *testing.T) {
	// One with characters that JSON and URLs write in another way.
	const password = `Q7"\né &+Zebra`
	escaped, err := json.Marshal(password)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{password, strings.Trim(string(escaped), `"`), "Zebra"}
	for _, trouble := range []trouble{fine, deny, dropBefore, dropAfter, pretend} {
		for _, backend := range []func(*world) Backend{func(w *world) Backend { return w }, func(w *world) Backend { return newDSM(w) }} {
			w, j := newWorld(), newJournal(t)
			w.trouble = trouble
			d := journaled(backend(w), j)
			create := everyChange()[0]
			create.Password = models.NewSecret(password)
			outcomes := apply(t, d, create, models.Change{Action: models.SetPassword, DN: doe, Password: models.NewSecret(password)})
			text, err := os.ReadFile(j.Path())
			if err != nil {
				t.Fatal(err)
			}
			left := string(text)
			for _, out := range outcomes {
				left += fmt.Sprintf("%v %+v %#v %s", out, out, out, allOf(out.Err))
				if !out.Change.Password.Empty() {
					t.Errorf("%q: the outcome of %s carries the password", trouble, out.Change.Action)
				}
				if trouble == deny && (!errors.Is(out.Err, models.ErrDenied) || !strings.Contains(out.Words, "you may not set [secret]")) {
					t.Errorf("the server's words are gone: %s, %v", out.Words, out.Err)
				}
			}
			for _, secret := range secrets {
				if strings.Contains(left, secret) {
					t.Errorf("%q: %s is in %s", trouble, secret, left)
				}
			}
		}
	}
}

// allOf is every text of an error and of what lies below it.
func allOf(err error) string {
	text := fmt.Sprintf("%v %+v", err, err)
	var e *models.Error
	if errors.As(err, &e) {
		text += e.Server + e.Advice + e.Object
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		text += allOf(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, below := range e.Unwrap() {
			text += allOf(below)
		}
	}
	return text
}

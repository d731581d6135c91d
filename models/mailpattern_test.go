package models_test

import (
	"testing"

	"dirdesk/models"
)

func TestMailPattern(t *testing.T) {
	for _, fine := range []models.MailPattern{"", "{first}.{last}@example.com", "{f}{last}@example.com", "x-{logon}@example.com"} {
		if words := fine.Check(); words != "" {
			t.Errorf("%q: %s", fine, words)
		}
	}
	for _, wrong := range []models.MailPattern{"{first}.{last}", "{name}@example.com", "all@example.com", "{first}@", "{first@example.com", "{first} {last}@example.com", "{f}@a@b"} {
		if wrong.Check() == "" {
			t.Errorf("%q is taken", wrong)
		}
	}
}

package forms

import (
	"errors"
	"strings"

	"dirdesk/models"
)

// Keys of the rows that refusals are about.
const (
	keyGiven     = "given"
	keySurname   = "surname"
	keyLogon     = "logon"
	keyMail      = "mail"
	keyLocation  = "location"
	keyName      = "name"
	keyPassword  = "password"
	keyTyped     = "typed"
	keyAgain     = "again"
	keyMust      = "must"
	keyCannot    = "cannot"
	keyNever     = "never"
	keyDisabled  = "disabled"
	keyUnlock    = "unlock"
	keyDate      = "date"
	keyScope     = "scope"
	keyType      = "type"
	keyDescribed = "description"
)

// Refuse implements Form.
func (f *sheet) Refuse(err error) {
	f.submitted, f.leaving = false, false
	f.refusal = f.env.Refusal(err)
	if f.refused != nil {
		f.refused()
	}
	for _, key := range f.suspects(err) {
		if f.focusKey(key) {
			return
		}
	}
}

// serverWords is what the server itself said.
func serverWords(err error) string {
	var known *models.Error
	if errors.As(err, &known) && known.Server != "" {
		return "The server says: " + known.Server
	}
	return ""
}

// suspects are the rows that a refusal may be about, the likeliest first: an
// attribute that the server names says more than the kind of the error.
func (f *sheet) suspects(err error) []string {
	var keys []string
	said := strings.ToLower(serverWords(err))
	for _, a := range []struct{ word, key string }{
		{"samaccountname", keyLogon},
		{"userprincipalname", keyLogon},
		{"mail", keyMail},
		{"givenname", keyGiven},
		{"description", keyDescribed},
		{"grouptype", keyScope},
		{"password", keyTyped},
	} {
		if strings.Contains(said, a.word) {
			keys = append(keys, a.key)
		}
	}
	for _, field := range models.Fields() {
		if name := strings.ToLower(string(field)); len(name) > 2 && strings.Contains(said, name) {
			keys = append(keys, string(field)) // "sn" stands in many a sentence
		}
	}
	switch {
	case errors.Is(err, models.ErrExists):
		keys = append(keys, keyLogon, keyName)
	case errors.Is(err, models.ErrPolicy):
		keys = append(keys, keyTyped, keyPassword)
	case errors.Is(err, models.ErrNotFound):
		keys = append(keys, keyLocation)
	case errors.Is(err, models.ErrInvalid):
		keys = append(keys, keyLogon, keyDate, keyName)
	}
	return keys
}

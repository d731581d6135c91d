package models_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"dirdesk/models"
)

const password = "Tr0ub4dor&3"

// holder has secrets wherever a struct may have one, an unexported field
// included: fmt does not call methods there.
type holder struct {
	Plain   models.Secret
	Pointer *models.Secret
	List    []models.Secret
	Map     map[string]models.Secret
	Any     any
	hidden  models.Secret
	SignIn  models.SignIn
}

func held() holder {
	s := models.NewSecret(password)
	return holder{s, &s, []models.Secret{s}, map[string]models.Secret{"k": s}, s, s, models.SignIn{Password: s, Code: s}}
}

func leaks(text string) bool {
	for _, form := range []string{
		password, fmt.Sprintf("%q", password), fmt.Sprintf("%x", password), fmt.Sprintf("%X", password),
		fmt.Sprintf("% x", password), fmt.Sprint([]byte(password)), fmt.Sprintf("%U", []rune(password)[0]),
		strings.Trim(fmt.Sprintf("%#v", []byte(password)), "[]byte{}"),
	} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

func TestASecretIsNeverPrinted(t *testing.T) {
	s := models.NewSecret(password)
	for _, value := range []any{s, &s, held(), []any{s}, errors.Join(fmt.Errorf("sign in with %v", s))} {
		for _, flag := range []string{"", "+", "#", "-", " ", "0", "20", ".3", "#+"} {
			for _, verb := range "vTtbcdoOqxXUeEfFgGsp" {
				if text := fmt.Sprintf("%"+flag+string(verb), value); leaks(text) {
					t.Errorf("%%%s%c of a %T shows it: %s", flag, verb, value, text)
				}
			}
		}
		if text := fmt.Sprint(value); leaks(text) {
			t.Errorf("Sprint of a %T shows it: %s", value, text)
		}
	}
	if got := fmt.Sprintf("%s %v %q", s, s, s); got != "[secret] [secret] [secret]" {
		t.Errorf("a secret prints as %q", got)
	}
}

func TestASecretIsNeverEncodedOrLogged(t *testing.T) {
	for _, value := range []any{held(), models.NewSecret(password)} {
		text, err := json.Marshal(value)
		if err != nil || leaks(string(text)) || !strings.Contains(string(text), "[secret]") {
			t.Errorf("JSON: %s, %v", text, err)
		}
	}
	if text, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"holder"`
		S       models.Secret
	}{S: models.NewSecret(password)}); err != nil || leaks(string(text)) {
		t.Errorf("XML: %s, %v", text, err)
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		logger := slog.New(handler).With("with", models.NewSecret(password))
		logger.Info("signing in", "secret", models.NewSecret(password), "in", held(), slog.Group("g", "s", models.NewSecret(password)))
	}
	if leaks(log.String()) || !strings.Contains(log.String(), "[secret]") {
		t.Errorf("the log shows it:\n%s", &log)
	}
}

func TestAPanicDoesNotShowASecret(t *testing.T) {
	defer func() {
		if text := fmt.Sprint(recover()); leaks(text) || text == "<nil>" {
			t.Errorf("recovered %s", text)
		}
	}()
	panic(held())
}

func TestASecretCanBeRevealed(t *testing.T) {
	var none models.Secret
	if !none.Empty() || none.Reveal() != "" || !models.NewSecret("").Empty() {
		t.Error("no secret is not empty")
	}
	if s := models.NewSecret(password); s.Empty() || s.Reveal() != password {
		t.Error("the secret got lost")
	}
}

package synology

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"dirdesk/models"
)

// params are a method's own parameters: string, bool, int, or anything that
// marshals to JSON. A models.Secret in it, at any depth of params, is revealed
// when it is encoded and not before.
type params map[string]any

// reveal replaces secrets by their text.
func reveal(value any) any {
	switch v := value.(type) {
	case models.Secret:
		return v.Reveal()
	case params:
		plain := make(map[string]any, len(v))
		for name, member := range v {
			plain[name] = reveal(member)
		}
		return plain
	case []params:
		plain := make([]any, len(v))
		for i, element := range v {
			plain[i] = reveal(element)
		}
		return plain
	}
	return value
}

var errNotUTF8 = errors.New("not UTF-8")

// isText reports that all texts in value are UTF-8. JSON can hold no others: a
// password in another encoding would be stored as another password.
func isText(value any) bool {
	switch v := value.(type) {
	case string:
		return utf8.ValidString(v)
	case models.Secret:
		return utf8.ValidString(v.Reveal())
	case []models.DN:
		return !slices.ContainsFunc(v, func(dn models.DN) bool { return !utf8.ValidString(string(dn)) })
	case []params:
		return !slices.ContainsFunc(v, func(p params) bool { return !isText(p) })
	case params:
		for _, member := range v {
			if !isText(member) {
				return false
			}
		}
	}
	return true
}

// encode writes the parameters into a form. On a JSON API each value is a JSON
// text of its own, so that "12345678" stays a text and a DN keeps its
// backslashes; elsewhere texts are bare and booleans are yes and no (docs/dsm.md
// section 1; public client, official guide).
func (p params) encode(form url.Values, jsonFormat bool) error {
	for name, value := range p {
		if jsonFormat && !isText(value) {
			return fmt.Errorf("parameter %s: %w", name, errNotUTF8)
		}
		text, err := encodeValue(reveal(value), jsonFormat)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", name, err)
		}
		form.Set(name, text)
	}
	return nil
}

func encodeValue(value any, jsonFormat bool) (string, error) {
	if !jsonFormat {
		switch v := value.(type) {
		case string:
			return v, nil
		case bool:
			if v {
				return "yes", nil
			}
			return "no", nil
		case int:
			return strconv.Itoa(v), nil
		}
	}
	if raw, ok := value.(json.RawMessage); ok {
		return string(raw), nil // as it was typed
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(text.Bytes(), []byte("\n"))), nil
}

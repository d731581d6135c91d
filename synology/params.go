package synology

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"dirdesk/internal/rawjson"
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

// encode writes the parameters into a form. On a JSON API each value is a JSON
// text of its own, so that "12345678" stays a text and a DN keeps its
// backslashes; elsewhere texts are bare and booleans are yes and no (docs/dsm.md
// section 1; public client, official guide).
func (p params) encode(form url.Values, jsonFormat bool) error {
	for name, value := range p {
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
	text, err := rawjson.Encode(value)
	return string(text), err
}

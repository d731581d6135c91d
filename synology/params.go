package synology

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// params are a method's own parameters: string, bool, int, or anything that
// marshals to JSON.
type params map[string]any

// encode writes the parameters into a form. On a JSON API each value is a JSON
// text of its own, so that "12345678" stays a text and a DN keeps its
// backslashes; elsewhere texts are bare and booleans are yes and no (dsm.md
// section 1; public client, official guide).
func (p params) encode(form url.Values, jsonFormat bool) error {
	for name, value := range p {
		text, err := encodeValue(value, jsonFormat)
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
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(text.Bytes(), []byte("\n"))), nil
}

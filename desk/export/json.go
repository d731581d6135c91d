package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode"

	"dirdesk/models"
)

// jsonWriter writes one array, an object a line, as the objects come.
type jsonWriter struct {
	out     *bufio.Writer
	columns []models.Column
	now     time.Time
	wrote   bool
}

func (j *jsonWriter) Begin() error {
	_, err := j.out.WriteString("[")
	return err
}

func (j *jsonWriter) Objects(objects []models.Object) error {
	for i := range objects {
		line, err := Object(j.columns, &objects[i], j.now)
		if err != nil {
			return err
		}
		if err := j.element(line); err != nil {
			return err
		}
	}
	return j.out.Flush()
}

func (j *jsonWriter) element(text string) error {
	lead := ",\n"
	if !j.wrote {
		lead, j.wrote = "\n", true
	}
	_, err := j.out.WriteString(lead + text)
	return err
}

func (j *jsonWriter) End(cut string) error {
	if cut != "" {
		words, err := Encode(cut)
		if err != nil {
			return err
		}
		if err := j.element(`{"incomplete":` + words + "}"); err != nil {
			return err
		}
	}
	tail := "]\n"
	if j.wrote {
		tail = "\n]\n"
	}
	if _, err := j.out.WriteString(tail); err != nil {
		return err
	}
	return j.out.Flush()
}

// Object is one object as JSON, its members in the order of the columns. What the
// server did not say is left out.
func Object(columns []models.Column, o *models.Object, now time.Time) (string, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, f := range columns {
		value := f.ForPrograms(o, now)
		if value == nil {
			continue
		}
		text, err := Encode(value)
		if err != nil {
			return "", err
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", f.Name(), text)
		if f.NextKey != "" {
			fmt.Fprintf(&b, ",%q:%s", f.NextKey, text)
		}
	}
	b.WriteByte('}')
	return b.String(), nil
}

// Encode is JSON that also looks harmless to a terminal: besides the control
// characters that JSON forbids, it escapes DEL, the second set of controls
// (U+009B starts an escape sequence) and the invisible format characters (which
// turn text around). Whoever parses it gets them as they were.
func Encode(value any) (string, error) {
	if text, ok := value.(string); ok && isPlain(text) {
		return `"` + text + `"`, nil // nearly all of them; a hundred thousand objects make two million
	}
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", err
	}
	var safe bytes.Buffer
	for _, r := range string(bytes.TrimSuffix(plain.Bytes(), []byte("\n"))) {
		switch {
		case r >= 0x7f && r <= 0x9f || unicode.Is(unicode.Cf, r) && r <= 0xffff:
			fmt.Fprintf(&safe, `\u%04x`, r)
		default:
			safe.WriteRune(r)
		}
	}
	return safe.String(), nil
}

// isPlain reports whether text stands in JSON as it is: printable ASCII without
// quotation marks and backslashes.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

package export

import (
	"bufio"
	"encoding/base64"
	"strings"
	"time"

	"dirdesk/models"
)

// ldifWriter writes an entry for each object (RFC 2849) with those of its columns that
// are texts of the directory. What is told in other words there is left out.
type ldifWriter struct {
	out     *bufio.Writer
	columns []models.Column
}

func (l *ldifWriter) Begin() error { return l.line("version: 1") }

func (l *ldifWriter) Objects(objects []models.Object) error {
	for i := range objects {
		o := &objects[i]
		if err := l.line("\n" + ldifValue("dn", string(o.DN))); err != nil {
			return err
		}
		for _, c := range l.columns {
			attribute, value := c.Name(), ""
			if !c.IsAttribute() {
				continue
			}
			if text, ok := c.ForPrograms(o, time.Time{}).(string); ok {
				value = text
			}
			if value == "" {
				continue
			}
			if err := l.line(ldifValue(attribute, value)); err != nil {
				return err
			}
		}
	}
	return l.out.Flush()
}

func (l *ldifWriter) End(cut string) error {
	if cut != "" {
		if err := l.line("\n# INCOMPLETE: " + strings.Join(strings.Fields(cut), " ")); err != nil {
			return err
		}
	}
	return l.out.Flush()
}

func (l *ldifWriter) line(text string) error {
	_, err := l.out.WriteString(text + "\n")
	return err
}

// ldifWidth is how long a line gets; the rest of a value follows on lines that begin
// with a blank.
const ldifWidth = 76

// ldifValue is an attribute and its value; one that is not plain ASCII is base64.
func ldifValue(attribute, value string) string {
	line := attribute + ": " + value
	if !isSafeInLDIF(value) {
		line = attribute + ":: " + base64.StdEncoding.EncodeToString([]byte(value))
	}
	var b strings.Builder
	for width := ldifWidth; len(line) > width; width = ldifWidth - 1 {
		b.WriteString(line[:width] + "\n ")
		line = line[width:]
	}
	return b.String() + line
}

func isSafeInLDIF(value string) bool {
	if value == "" || strings.IndexByte(" :<", value[0]) >= 0 || strings.HasSuffix(value, " ") {
		return false
	}
	return strings.IndexFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

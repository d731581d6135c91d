package adaxes

import (
	"fmt"
	"regexp"
	"strings"

	"dirdesk/models"
)

// Naming is the way in which a text names an object.
type Naming uint8

// The ways. Logon names and user principal names are none of them (official).
const (
	NoObject Naming = iota
	ByDN
	ByGUID
	BySID
)

var (
	guidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	// S-1, the authority, and one to fifteen numbers.
	sidForm = regexp.MustCompile(`^S-1-[0-9]{1,15}(-[0-9]{1,10}){1,15}$`)
)

// ObjectKind says how a directoryObject names its object; NoObject when it names
// none. GUIDs stand without braces, as in all the examples of the document.
func ObjectKind(text string) Naming {
	switch {
	case strings.TrimSpace(text) != text:
		return NoObject
	case isGUID(text):
		return ByGUID
	case sidForm.MatchString(text):
		return BySID
	}
	if _, err := models.ParseDN(text); err != nil {
		return NoObject
	}
	return ByDN
}

func isGUID(text string) bool { return guidForm.MatchString(text) }

func wrongObject(text string) string {
	bare := strings.Trim(strings.TrimSpace(text), "{}")
	switch {
	case strings.TrimSpace(text) == "":
		return "empty; it names the object by DN, GUID or SID"
	case isGUID(bare) && strings.ContainsAny(text, "{}"):
		return "a GUID stands without braces: write " + bare
	case ObjectKind(strings.TrimSpace(text)) != NoObject:
		return "there are spaces around it"
	case strings.Contains(text, "="):
		_, err := models.ParseDN(text)
		return fmt.Sprintf("%v", err)
	default:
		return fmt.Sprintf("%q is no DN, GUID or SID; a logon name does not name an object here", shorten(text))
	}
}

// shorten keeps a text of a request short enough for one line of a problem.
func shorten(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "..."
}

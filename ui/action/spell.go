package action

import (
	"strings"

	"dirdesk/internal/english"
)

// Spell writes a key as a person reads it: "ctrl+d" as "Ctrl-D", "pgdown" as
// "PgDn", letters as they are.
func Spell(key string, ascii bool) string {
	if arrow := spellArrow(key); arrow != "" && !ascii {
		return arrow
	}
	if modifier, rest, ok := strings.Cut(key, "+"); ok && rest != "" {
		return english.Own(modifier).Capital() + "-" + english.Own(Spell(rest, ascii)).Capital()
	}
	switch key {
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "up", "down", "left", "right", "home", "end", "enter", "esc", "tab", "backspace", "space", "f1", "f2":
		return english.Own(key).Capital()
	}
	return key
}

func spellArrow(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return ""
}

package action

import "strings"

// Spell writes a key as a person reads it: "ctrl+d" as "Ctrl-D", "pgdown" as
// "PgDn", letters as they are.
func Spell(key string, ascii bool) string {
	if arrow := spellArrow(key); arrow != "" && !ascii {
		return arrow
	}
	if modifier, rest, ok := strings.Cut(key, "+"); ok && rest != "" {
		return strings.ToUpper(modifier[:1]) + modifier[1:] + "-" + capital(Spell(rest, ascii))
	}
	switch key {
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "up", "down", "left", "right", "home", "end", "enter", "esc", "tab", "backspace", "space", "f1", "f2":
		return capital(key)
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

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

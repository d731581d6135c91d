package keymap

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// named are the keys that have a name, as they are spelled and as a person
// reads them.
var named = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End",
		"pgup": "PgUp", "pgdown": "PgDn", "enter": "Enter", "esc": "Esc", "tab": "Tab", "space": "Space",
		"backspace": "Backspace", "delete": "Delete", "insert": "Insert",
	}
})

var arrows = sync.OnceValue(func() map[string]string {
	return map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}
})

// modifiers are in the order in which a key is spelled with several.
func modifiers() []string { return []string{"ctrl", "alt", "shift", "meta", "hyper", "super"} }

// Spell writes a key as a person reads it: "ctrl+d" as "Ctrl-D", "pgdown" as
// "PgDn", letters as they are.
func Spell(key string, ascii bool) string {
	if arrow := arrows()[key]; arrow != "" && !ascii {
		return arrow
	}
	if modifier, rest, ok := strings.Cut(key, "+"); ok && rest != "" {
		rest = Spell(rest, ascii)
		if utf8.RuneCountInString(rest) == 1 {
			rest = strings.ToUpper(rest)
		}
		return strings.ToUpper(modifier[:1]) + modifier[1:] + "-" + rest
	}
	if name := named()[key]; name != "" {
		return name
	}
	if isFunction(key) {
		return strings.ToUpper(key)
	}
	return key
}

// SpellAll writes several keys, with blanks between them.
func SpellAll(keys []string, ascii bool) string {
	spelled := make([]string, len(keys))
	for i, key := range keys {
		spelled[i] = Spell(key, ascii)
	}
	return strings.Join(spelled, " ")
}

// Types reports whether a key is part of a text where one is typed.
func Types(key string) bool { return key == "space" || utf8.RuneCountInString(key) == 1 }

func isFunction(key string) bool {
	number, ok := strings.CutPrefix(key, "f")
	n, err := strconv.Atoi(number)
	return ok && err == nil && n >= 1 && n <= 63 && strconv.Itoa(n) == number
}

// isKey reports whether a key is spelled as the terminal's keys are.
func isKey(key string) bool {
	base, last := key, -1
	for {
		modifier, rest, ok := strings.Cut(base, "+")
		at := slices.Index(modifiers(), modifier)
		if !ok || rest == "" || at <= last {
			break
		}
		base, last = rest, at
	}
	if named()[base] != "" || isFunction(base) {
		return true
	}
	r, size := utf8.DecodeRuneInString(base)
	return size == len(base) && size > 0 && unicode.IsGraphic(r) && r != ' ' && (last < 0 || !unicode.IsUpper(r))
}

// Spell writes the first key of an action as a person reads it; "" when it has
// none.
func (k Keys) Spell(id string) string {
	if keys := k.keys[id]; len(keys) > 0 {
		return Spell(keys[0], true)
	}
	return ""
}

// Short is Spell for where room is short: "^S" for "Ctrl-S".
func (k Keys) Short(id string) string {
	if rest, ok := strings.CutPrefix(k.Spell(id), "Ctrl-"); ok {
		return "^" + rest
	}
	return k.Spell(id)
}

// Hints writes keys and what they do as one line for the foot of a page: pairs
// of an action and its words, with gap between them. An action without a key is
// left out; words may begin with a colon. An action "one|another" stands for
// two, "one or another", and "^one" has its key written short.
func (k Keys) Hints(gap string, pairs ...string) string {
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		var keys []string
		for id := range strings.SplitSeq(pairs[i], "|") {
			key := k.Spell(id)
			if short, ok := strings.CutPrefix(id, "^"); ok {
				key = k.Short(short)
			}
			if key != "" {
				keys = append(keys, key)
			}
		}
		if len(keys) == 0 {
			continue
		}
		words := pairs[i+1]
		if !strings.HasPrefix(words, ":") {
			words = " " + words
		}
		all = append(all, strings.Join(keys, " or ")+words)
	}
	return strings.Join(all, gap)
}

package property

import (
	"slices"
	"strings"

	"dirdesk/internal/terminaltext"
)

// keys are those that do something just now.
func (e *Editor) keys() string {
	it := e.list.under()
	switch {
	case e.reading && len(e.items) == 0:
		return "Esc leave"
	case len(e.items) == 0:
		return "r read again  Esc leave"
	case e.list.filtering:
		return "Enter to the list  Esc all"
	}
	var keys []string
	if it != nil && e.locked(it) == "" {
		keys = append(keys, "Enter edit")
		if it.flags() == nil && (len(it.property.Values) > 0 || !it.known) {
			keys = append(keys, "x clear")
		}
	}
	if it != nil && it.change != nil {
		keys = append(keys, "u undo")
	}
	if it != nil {
		keys = append(keys, "v view")
	}
	keys = append(keys, "/ filter")
	if e.list.setOnly {
		keys = append(keys, "s all")
	} else {
		keys = append(keys, "s set only")
	}
	if e.sheet.Partial != "" {
		keys = append(keys, "+ another")
	}
	if len(e.refusal) > 0 {
		keys = append(keys, "r read anew")
	}
	if len(e.changed()) > 0 {
		keys = append(keys, "^S review")
	}
	leave := "Esc leave"
	if e.list.filter.Value() != "" {
		leave = "Esc all"
	}
	return fitting(append(keys, leave), e.env.Width)
}

// fitting joins as many keys as there is room for. Those that can be guessed,
// and that nobody is lost without, are left out first.
func fitting(keys []string, width int) string {
	for _, spare := range []string{
		"s all", "s set only", "v view", "x clear", "+ another", "r read anew", "/ filter", "u undo",
		"^U empty", "z UTC", "c column",
	} {
		if terminaltext.Width(strings.Join(keys, "  ")) <= width {
			break
		}
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == spare })
	}
	return strings.Join(keys, "  ")
}

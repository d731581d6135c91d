package keymap

// formScopes are those of forms.
func formScopes() []Scope {
	return []Scope{
		{Name: Form, Title: "Forms", Typing: true, Uses: []ScopeName{Line}, Actions: []Action{
			act("form.next", "go to the next field", "tab", "down"),
			act("form.prev", "go to the field before", "shift+tab", "up"),
			act("form.enter", "go to the next text, at the last one go on", "enter"),
			act("form.submit", "go on", "ctrl+s"),
			act("form.leave", "leave, changing nothing", "esc").out(),
			act("form.pick", "pick it from the directory", "ctrl+o"),
			act("form.empty", "empty the field", "ctrl+x"),
			act("form.show", "show or hide the password", "ctrl+t"),
			act("form.make", "make another password", "ctrl+g"),
		}},
		{Name: Choice, Title: "Fields in which nothing is typed", Uses: []ScopeName{Form, Move}, Actions: []Action{
			act("choice.prev", "choose the one before", "left", "h"),
			act("choice.next", "choose the next", "right", "l"),
			act("choice.toggle", "switch it, or choose the next", "space"),
		}},
		{Name: Picker, Title: "Picking objects", Typing: true, Uses: []ScopeName{Find}, Actions: []Action{
			act("picker.mark", "pick it, or take that back", "tab"),
			act("picker.done", "go on with those that are picked", "ctrl+s"),
		}},
		{Name: Photo, Title: "Photo", Uses: []ScopeName{Form}, Actions: []Action{
			act("photo.set", "set it from a file", "s"),
			act("photo.clear", "clear it", "x", "delete"),
			act("photo.back", "take that back", "u", "backspace"),
			act("photo.refresh", "refresh", "r"),
		}},
	}
}

// propertyScopes are those of the sheet of all properties and its editors.
func propertyScopes() []Scope {
	return []Scope{
		{Name: Properties, Title: "All properties", Uses: []ScopeName{Move}, Actions: []Action{
			act("property.edit", "edit the property", "enter", "e"),
			act("property.clear", "clear it", "x", "delete"),
			act("property.back", "take a change of it back", "u", "backspace"),
			act("property.view", "show all of it", "v"),
			act("property.filter", "narrow the list by typing", "/"),
			act("property.set", "show only those that are set, or all", "s"),
			act("property.refresh", "refresh", "r"),
			act("property.another", "name one that is not in the list", "+"),
			act("property.submit", "go on", "ctrl+s"),
			act("property.leave", "leave, changing nothing", "esc").out(),
		}},
		{Name: Filter, Title: "Narrowing the properties", Typing: true, Uses: []ScopeName{Line, Move}, Actions: []Action{
			act("filter.keep", "go to the list", "enter", "tab"),
			act("filter.submit", "go on", "ctrl+s"),
		}},
		{
			Name: Viewer, Title: "Values of a property", Uses: []ScopeName{Overlay},
			OpenedBy: []string{"property.view"}, Closes: "overlay.close",
		},
		{Name: Value, Title: "A value", Typing: true, Uses: []ScopeName{Line}, Actions: []Action{
			act("value.accept", "take it", "enter", "ctrl+s"),
			act("value.leave", "leave it as it was", "esc").out(),
			act("value.break", "begin a new line", "ctrl+j"),
		}},
		{Name: Area, Title: "A value of several lines", Typing: true, Uses: []ScopeName{Text, Value}},
		{Name: Bytes, Title: "A value of bytes", Typing: true, Uses: []ScopeName{Value}, Actions: []Action{
			act("bytes.other", "type it, or name a file", "tab", "shift+tab", "down", "up"),
		}},
		{Name: Answer, Title: "Yes, no or not set", Uses: []ScopeName{Move, Value}, Actions: []Action{
			act("answer.next", "choose the next", "space", "tab"),
			act("answer.prev", "choose the one before", "shift+tab"),
			act("answer.yes", "yes", "y"),
			act("answer.no", "no", "n"),
			act("answer.unset", "not set", "-"),
		}},
		{Name: Flags, Title: "Flags", Uses: []ScopeName{Move, Value}, Actions: []Action{
			act("flags.toggle", "switch it", "space", "x"),
			act("flags.back", "take a change of it back", "u", "backspace"),
		}},
		{Name: Values, Title: "A property of several values", Uses: []ScopeName{Move}, Actions: []Action{
			act("values.add", "add one", "+", "a", "insert"),
			act("values.edit", "change it", "enter", "e"),
			act("values.remove", "remove it, or take that back", "x", "d", "space", "delete", "backspace"),
			act("values.all", "remove all", "X"),
			act("values.replace", "replace all, or change what is there", "r"),
			act("values.find", "find a value", "/"),
			act("values.next", "find the next", "n"),
			act("values.submit", "take them", "ctrl+s"),
			act("values.leave", "leave them as they were", "esc").out(),
		}},
		{Name: Hours, Title: "Logon hours", Uses: []ScopeName{Move, Value}, Actions: []Action{
			act("hours.left", "go an hour back", "left", "h"),
			act("hours.right", "go an hour on", "right", "l"),
			act("hours.first", "go to the first hour", "home"),
			act("hours.last", "go to the last hour", "end"),
			act("hours.toggle", "switch the hour, or the range", "space"),
			act("hours.range", "begin a range, or end it", "v"),
			act("hours.rangeup", "extend the range up", "shift+up"),
			act("hours.rangedown", "extend the range down", "shift+down"),
			act("hours.rangeleft", "extend the range to the left", "shift+left"),
			act("hours.rangeright", "extend the range to the right", "shift+right"),
			act("hours.day", "switch the day", "d"),
			act("hours.column", "switch the hour of all days", "c"),
			act("hours.all", "allow all", "a"),
			act("hours.none", "allow none", "n"),
			act("hours.zone", "show them in UTC, or in local time", "z"),
		}},
	}
}

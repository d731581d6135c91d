package keymap

// overlayScopes are those of what lies over the page, and what several share.
func overlayScopes() []Scope {
	return []Scope{
		{Name: Line, Title: "Typing a line", Typing: true, Actions: []Action{
			act("line.accept", "go on with what is typed", "enter"),
			act("line.leave", "leave the line", "esc").out(),
			act("line.left", "go left", "left", "ctrl+b"),
			act("line.right", "go right", "right", "ctrl+f"),
			act("line.home", "go to the start", "home", "ctrl+a"),
			act("line.end", "go to the end", "end", "ctrl+e"),
			act("line.wordleft", "go a word left", "ctrl+left", "alt+b"),
			act("line.rub", "delete the character before", "backspace", "ctrl+h"),
			act("line.delete", "delete the character under the cursor", "delete", "ctrl+d"),
			act("line.word", "delete the word before, of a DN a step", "ctrl+w", "alt+backspace"),
			act("line.clear", "delete all before the cursor", "ctrl+u"),
			act("line.cut", "delete all after the cursor", "ctrl+k"),
		}},
		{Name: Text, Title: "Typing several lines", Typing: true, Uses: []ScopeName{Line}, Actions: []Action{
			act("text.break", "begin a new line", "enter", "ctrl+j"),
			act("text.up", "go a line up", "up"),
			act("text.down", "go a line down", "down"),
		}},
		{Name: Find, Title: "Finding in a list", Typing: true, Uses: []ScopeName{Line, Move}, Actions: []Action{
			act("find.down", "choose the next", "ctrl+n", "tab"),
			act("find.up", "choose the one before", "ctrl+p", "shift+tab"),
		}},
		{Name: Overlay, Title: "Reading", Uses: []ScopeName{Move}, Actions: []Action{
			act("overlay.close", "close", "esc", "q", "enter").out(),
			act("overlay.page", "move a page down", "space"),
		}},
		{Name: Question, Title: "Questions", Uses: []ScopeName{Move}, Actions: []Action{
			act("question.yes", "yes", "y", "Y"),
			act("question.no", "no", "esc", "n", "N", "q").out(),
			act("question.default", "what is written as a capital letter", "enter"),
		}},
		{Name: Review, Title: "A plan that leaves somebody out", Uses: []ScopeName{Question}, Actions: []Action{
			act("review.mend", "switch on what lets them sign in, or tick that the caller was verified; or off", "space", "m"),
			act("review.next", "go to the next that can be switched", "tab"),
		}},
		{Name: Narrowing, Title: "Narrowing the rows", Typing: true, Uses: []ScopeName{Line, Move}},
		{Name: Seeking, Title: "Finding anywhere", Typing: true, Uses: []ScopeName{Line, Move}, Actions: []Action{
			act("find.kinds", "people, groups, computers, or all", "tab"),
		}},
		{Name: Copying, Title: "Copying", Actions: []Action{
			act("copy.dn", "copy the DN", "y", "d"),
			act("copy.logon", "copy the logon name", "l"),
			act("copy.mail", "copy the mail address", "m"),
			act("copy.ticket", "copy the text for the ticket of its last change", "t"),
			act("copy.leave", "copy nothing", "esc").out(),
		}},
		{
			Name: Facts, Title: "About the domain or a failure", Uses: []ScopeName{Overlay},
			OpenedBy: []string{"view.error", "view.domain"}, Closes: "overlay.close",
		},
		{
			Name: Help, Title: "Help", Typing: true, Uses: []ScopeName{Find},
			Actions:  []Action{act("help.close", "close, while nothing is typed").bare()},
			OpenedBy: []string{"app.help"}, Closes: "help.close",
		},
		{Name: Palette, Title: "Palette", Typing: true, Uses: []ScopeName{Find}},
		{
			Name: Journal, Title: "Journal", Uses: []ScopeName{Overlay}, Actions: []Action{
				act("journal.open", "show all of the entry, or the list again", "enter"),
				act("journal.show", "show all of the entry", "right", "l"),
				act("journal.back", "go back to the list", "left", "h", "backspace"),
				act("journal.undo", "take the change back", "u"),
				act("journal.find", "search all of the entries", "/"),
				act("journal.object", "only the changes of this object, or all again", "f"),
				act("journal.settle", "look what became of what was begun", "s"),
			}, OpenedBy: []string{"change.journal"}, Closes: "overlay.close",
		},
		{
			Name: Members, Title: "Members", Uses: []ScopeName{Overlay}, Actions: []Action{
				act("members.go", "go to the member", "enter"),
				act("members.other", "with those through other groups, or without", "tab", "t", "shift+tab"),
				act("members.refresh", "refresh", "r"),
			}, OpenedBy: []string{"view.members"}, Closes: "overlay.close",
		},
		{Name: Request, Title: "Raw request", Typing: true, Uses: []ScopeName{Text}, Actions: []Action{
			act("request.send", "send it", "ctrl+s"),
			act("request.leave", "close", "esc").out(),
		}},
		{Name: Menu, Title: "Menus", Uses: []ScopeName{Overlay}, Actions: []Action{
			act("menu.choose", "choose what is under the cursor", "enter"),
		}},
		{Name: New, Title: "What is to be made", Uses: []ScopeName{Menu}, Actions: []Action{
			act("new.user", "a user", "u"),
			act("new.group", "a group", "g"),
			act("new.ou", "an organizational unit (OU)", "o"),
		}},
		{Name: Number, Title: "Typing the number of objects", Typing: true, Uses: []ScopeName{Line, Move}, Actions: []Action{
			act("number.mend", "switch on what lets them sign in, or off", "ctrl+t"),
			act("number.next", "go to the next that can be switched", "tab"),
		}},
		{Name: Planning, Title: "While a change is looked at", Actions: []Action{
			act("planning.leave", "go back, changing nothing", "esc").out(),
		}},
		{
			Name: Writing, Title: "While a change is written", Actions: []Action{
				act("writing.leave", "go on working meanwhile", "esc").out(),
			}, OpenedBy: []string{"change.resume"}, Closes: "writing.leave",
		},
		{Name: Password, Title: "Made password", Actions: []Action{
			act("password.show", "show or hide it", "v"),
			act("password.copy", "copy it", "y"),
			act("password.ticket", "copy the text for the ticket, which never holds the password", "t"),
			act("password.next", "go to the next of several", "tab", "right", "n"),
			act("password.prev", "go to the one before", "shift+tab", "left"),
			act("password.done", "close and forget it; pressed twice where it was neither shown nor copied for certain", "esc").out(),
		}},
		{Name: SignIn, Title: "Sign-in", Typing: true, Actions: []Action{
			act("signin.accept", "go to the next field, at the last one go on", "enter"),
			act("signin.next", "go to the next field", "tab", "down"),
			act("signin.prev", "go to the field before", "shift+tab", "up"),
			act("signin.leave", "go a step back", "esc").out(),
			act("signin.scroll", "read on", "pgdown"),
			act("signin.scrollup", "read what was before", "pgup"),
			act("signin.nopaste", "nothing: paste with the terminal", "ctrl+v"),
		}},
		{Name: Choose, Title: "Choosing, while signing in", Uses: []ScopeName{Move, SignIn}},
		{Name: Failed, Title: "Sign-in that failed", Uses: []ScopeName{Move}, Actions: []Action{
			act("failed.again", "try again", "enter", "r"),
			act("failed.change", "change the answers", "e"),
			act("failed.leave", "go back", "esc").out(),
		}},
	}
}

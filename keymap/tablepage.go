package keymap

// pageScopes are those of the page on which the directory is walked.
func pageScopes() []Scope {
	return []Scope{
		{Name: Page, Title: "Page", Uses: []ScopeName{Panes, Move, Go, View, Change, Program}},
		{Name: Panes, Title: "Panes", Actions: []Action{
			act("go.open", "open what is under the cursor", "enter").foot("open").object(),
			act("pane.next", "go to the next pane", "tab").foot("pane"),
			act("pane.prev", "go to the previous pane", "shift+tab"),
			act("view.details", "show or hide the details", "i").foot("details").also("information properties"),
		}},
		{Name: Move, Title: "Move", Actions: []Action{
			act("move.down", "move down", "down", "j"),
			act("move.up", "move up", "up", "k"),
			act("move.page", "move a page down", "pgdown", "ctrl+f"),
			act("move.pageup", "move a page up", "pgup", "ctrl+b"),
			act("move.half", "move half a page down", "ctrl+d"),
			act("move.halfup", "move half a page up", "ctrl+u"),
			act("move.first", "go to the first", "g", "home"),
			act("move.last", "go to the last", "G", "end"),
		}},
		{Name: Go, Title: "Go", Actions: []Action{
			act("go.up", "go up to the parent", "backspace", "-").foot("up"),
			act("go.find", "find people, groups and computers anywhere", "f").foot("find").also("search look who caller"),
			act("go.object", "go to the object in its container; in a container, to a DN", "o").foot("go to").also("jump"),
			act("go.dn", "go to a DN, typed or pasted", "ctrl+g").also("jump"),
			act("go.back", "go back", "["),
			act("go.forward", "go forward", "]"),
			act("go.home", "go to the top of the domain", "~"),
			act("go.right", "open the container under the cursor", "right", "l"),
			act("go.left", "go up to the parent", "left", "h"),
		}},
		{Name: View, Title: "View", Actions: []Action{
			act("view.narrow", "narrow the loaded rows by typing", "/").foot("narrow").also("find search filter look"),
			act("view.sort", "sort by the next column", "s").foot("sort").also("order"),
			act("view.reverse", "reverse the order", "S"),
			act("view.load", "load the rest of this container", "L"),
			act("view.copy", "copy DN, logon name or mail", "y").foot("copy").also("clipboard yank").object(),
			act("view.export", "tell the command that exports these rows").also("csv json save file report"),
			act("view.advanced", "show the advanced objects", "a").also("hidden"),
			act("view.refresh", "refresh", "r").foot("refresh").also("reload again"),
			act("view.domain", "tell about the domain and the connection", "I").also("server about"),
			act("view.error", "tell more about the failure", "!").also("error why"),
			act("view.escape", "stop what is loading", "esc").also("cancel"),
			act("view.members", "list the members of the group", "v").object(),
		}},
		{Name: Change, Title: "Change", Actions: changes()},
		{Name: Program, Title: "Program", Actions: []Action{
			act("app.help", "list every key that works here", "?", "f1").foot("help").also("help"),
			act("app.palette", "run any action by its name", ":"),
			act("app.mouse", "mouse on: wheel and clicks", "T"),
			act("app.redraw", "draw the screen anew", "ctrl+l"),
			act("app.suspend", "stop dirdesk and go to the shell; fg comes back", "ctrl+z"),
			act("app.quit", "quit", "q", "ctrl+c").foot("quit").also("exit leave close"),
		}},
	}
}

func changes() []Action {
	return []Action{
		act("mark.toggle", "mark the row, or take its mark away", "space").foot("mark").object(),
		act("mark.clear", "take all marks away"),
		act("change.new", "make a new user, group or OU here", "n").foot("new").also("create add"),
		act("change.edit", "edit the values", "e").foot("edit").also("change modify").object(),
		act("change.all", "see and change all properties", "A").foot("all").also("attributes").object(),
		act("change.photo", "see, set or clear the photo", "F").object(),
		act("change.licences", "assign and revoke Microsoft 365 licences", "M").object(),
		act("change.password", "set a password", "p").foot("password").also("reset pw").object(),
		act("change.rescue", "rescue the account: a made password, to be changed at once, and unlocked", "R").foot("rescue").also("reset pw").object(),
		act("change.unlock", "unlock", "U").foot("unlock").object(),
		act("change.enable", "disable the account", "X").object(),
		act("change.join", "add to groups", "+").object(),
		act("change.part", "remove from groups", "_").object(),
		act("change.move", "move to another container", "m").object(),
		act("change.rename", "rename", "N", "f2").object(),
		act("change.expiry", "set when the account expires", "E").also("expiry expiration").object(),
		act("change.mail", "mail a link to set a new password", "P").also("reset send").object(),
		act("change.mustchange", "make them change the password at the next logon").object(),
		act("change.protect", "protect from deletion").also("lift protection unprotect accidental lock").object(),
		act("change.delete", "delete", "D").foot("delete").object(),
		act("change.undo", "take the last change back", "u").also("undo revert"),
		act("change.journal", "read the journal of changes", "J").also("log history"),
		act("change.resume", "go back to the change that is not finished, or see what became of the last", "w"),
		act("change.allow", "allow changes for a while", "W").also("write read-only"),
		act("change.sync", "sync the domain's accounts to DSM", "Y"),
		act("change.request", "send a raw request to DSM, for experts"),
	}
}

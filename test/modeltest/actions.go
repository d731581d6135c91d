package modeltest

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
)

// Actions is a table as a page might have it: several groups, keys of all
// sorts, one action that cannot run, and one that quotes a hostile directory.
func Actions() []action.Action {
	run := func() tea.Cmd { return nil }
	return []action.Action{
		{ID: "move.down", Keys: []string{"j", "down"}, Name: "one row down", Group: "Move", Run: run},
		{ID: "move.up", Keys: []string{"k", "up"}, Name: "one row up", Group: "Move", Run: run},
		{ID: "move.last", Keys: []string{"G", "end"}, Name: "last row", Group: "Move", Run: run},
		{ID: "view.refresh", Keys: []string{"r"}, Name: "refresh this container", Short: "refresh", Group: "View", Run: run},
		{ID: "view.advanced", Keys: []string{"ctrl+a"}, Name: "show advanced objects", Group: "View", Run: run},
		{ID: "go.back", Keys: []string{"["}, Name: "back to the container before", Group: "Move", Unavailable: "nowhere to go back to"},
		{ID: "copy.mail", Keys: []string{"y"}, Name: "copy the mail address", Group: "Copy", Unavailable: "Ren\x1b[31mé has no mail address"},
		{ID: "connection.close", Name: "close this connection", Group: "Connection", Run: run},
		{ID: "app.quit", Keys: []string{"q", "ctrl+c"}, Name: "quit", Short: "quit", Group: "Connection", Run: run},
	}
}

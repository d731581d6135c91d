package list_test

import (
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"dirdesk/keymap"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
	"dirdesk/ui/prompt"
)

func moves() []string {
	return []string{
		"move.up", "move.down", "move.page", "move.pageup", "move.half", "move.halfup", "move.first", "move.last", "overlay.page",
	}
}

// Whatever is pressed and however the list and the room for it change, the
// cursor is on a row, and that row is in sight.
func TestTheCursorStaysInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l list.List
		for range rapid.IntRange(1, 20).Draw(t, "keys") {
			all, room := rapid.IntRange(0, 30).Draw(t, "all"), rapid.IntRange(1, 12).Draw(t, "room")
			if id := rapid.SampledFrom(moves()).Draw(t, "key"); !l.Key(id, all) {
				t.Fatalf("%s does not move", id)
			}
			first, last := l.Window(all, room)
			if all == 0 && (first != 0 || last != 0) || all > 0 && (l.At() < first || l.At() >= last || last > all) {
				t.Fatalf("of %d rows %d to %d are in sight, and the cursor is on %d", all, first, last, l.At())
			}
			if all >= room && last-first != room {
				t.Fatalf("%d of %d rows are drawn in %d", last-first, all, room)
			}
		}
	})
}

func TestAListMovesByRowsPagesAndToItsEnds(t *testing.T) {
	var l list.List
	l.Window(100, 10)
	for _, c := range []struct {
		id   string
		want int
	}{
		{"move.down", 1},
		{"move.page", 10},
		{"move.half", 15},
		{"move.pageup", 6},
		{"move.halfup", 1},
		{"move.last", 99},
		{"move.down", 99},
		{"move.first", 0},
		{"move.up", 0},
	} {
		if l.Key(c.id, 100); l.At() != c.want {
			t.Errorf("after %s the cursor is on %d, want %d", c.id, l.At(), c.want)
		}
	}
	if l.Key("view.sort", 100) {
		t.Error("an action of the page moves the cursor")
	}
}

func TestATextScrollsToItsEndAndNoFurther(t *testing.T) {
	lines := make([]string, 30)
	for i := range lines {
		lines[i] = fmt.Sprint(i)
	}
	var text list.Text
	pane := frame.Pane{}
	text.Draw(&pane, lines, 10, 2)
	if !pane.Scroll || pane.Thumb[0] != 2 {
		t.Errorf("the scroll bar says %v", pane.Thumb)
	}
	text.Key("move.last")
	if seen := text.Window(lines, 10); !slices.Equal(seen, lines[20:]) || text.Rest() != 0 {
		t.Errorf("at the end one sees %v, with %d below", seen, text.Rest())
	}
	text.Key("move.up")
	if seen := text.Window(lines, 10); seen[0] != "19" || text.Rest() != 1 {
		t.Errorf("one line up one sees %v, with %d below", seen, text.Rest())
	}
	if seen := text.Window(lines[:4], 10); len(seen) != 4 || text.Rest() != 0 {
		t.Errorf("of a text that is short now one sees %v", seen)
	}
}

func TestAFinderWalksAndTakesText(t *testing.T) {
	f := list.Finder{Line: prompt.New("Find", ""), Keys: keymap.Default().In(keymap.Find)}
	f.Window(5, 3)
	for _, c := range []struct {
		key  tea.KeyPressMsg
		want prompt.Outcome
		at   int
	}{
		{tea.KeyPressMsg{Code: tea.KeyDown}, prompt.Moved, 1},
		{tea.KeyPressMsg{Code: tea.KeyTab}, prompt.Moved, 2},
		{tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl}, prompt.Moved, 1},
		{tea.KeyPressMsg{Code: 'j', Text: "j"}, prompt.Changed, 1},
		{tea.KeyPressMsg{Code: tea.KeyEnter}, prompt.Entered, 1},
		{tea.KeyPressMsg{Code: tea.KeyEscape}, prompt.Left, 1},
	} {
		if got := f.Update(c.key, 5); got != c.want || f.At() != c.at {
			t.Errorf("%s gives %v on row %d, want %v on %d", c.key, got, f.At(), c.want, c.at)
		}
	}
	if f.Line.Value() != "j" {
		t.Errorf("%q is typed", f.Line.Value())
	}
}

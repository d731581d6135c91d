package frame_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"dirdesk/theme"
	"dirdesk/ui/frame"
)

func TestDrawIsExact(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 60).Draw(t, "width"), rapid.IntRange(0, 20).Draw(t, "height")
		text := rapid.SampledFrom([]string{"", "Staff", "Отдел", strings.Repeat("long ", 20), "山田太郎"})
		p := frame.Pane{
			Title: text.Draw(t, "title"), Note: text.Draw(t, "note"), Foot: text.Draw(t, "foot"),
			Slim: rapid.Bool().Draw(t, "slim"), Active: rapid.Bool().Draw(t, "active"), Scroll: true,
		}
		inner, room := p.Inner(width, height)
		block := p.Draw(&th, width, height, frame.Fill(nil, inner, room+3))
		if width > 0 && len(block) != height {
			t.Fatalf("%d lines, want %d", len(block), height)
		}
		for _, line := range block {
			if got := ansi.StringWidth(line); got != width {
				t.Fatalf("a line is %d wide, want %d: %q", got, width, ansi.Strip(line))
			}
		}
	})
}

func TestThumb(t *testing.T) {
	for _, c := range []struct {
		top, room, all int
		want           [2]int
		scroll         bool
	}{
		{0, 10, 10, [2]int{}, false},
		{0, 10, 20, [2]int{0, 4}, true},
		{10, 10, 20, [2]int{5, 9}, true},
		{0, 20, 1_000_000, [2]int{0, 0}, true},
		{999_980, 20, 1_000_000, [2]int{19, 19}, true},
	} {
		if got, scroll := frame.Thumb(c.top, c.room, c.all); got != c.want || scroll != c.scroll {
			t.Errorf("Thumb(%d, %d, %d) = %v, %v; want %v, %v", c.top, c.room, c.all, got, scroll, c.want, c.scroll)
		}
	}
}

func TestOverCutsWideCharactersCleanly(t *testing.T) {
	page := []string{"山田山田山田山田", "山田山田山田山田", "山田山田山田山田"}
	for width := 1; width < 16; width++ {
		out := frame.Over(page, []string{strings.Repeat("x", width)}, 16)
		for _, line := range out {
			if got := ansi.StringWidth(line); got != 16 {
				t.Errorf("with a box of %d a line is %d wide: %q", width, got, ansi.Strip(line))
			}
		}
	}
}

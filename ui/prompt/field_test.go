package prompt_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"dirdesk/theme"
	"dirdesk/ui/prompt"
)

func TestFieldFillsItsCells(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		p := prompt.New("", rapid.String().Draw(t, "text"))
		for range rapid.IntRange(0, 5).Draw(t, "left") {
			press(p, "left")
		}
		width := rapid.IntRange(0, 30).Draw(t, "width")
		masked := rapid.Bool().Draw(t, "masked")
		if got := ansi.StringWidth(p.Field(&th, width, masked)); got != width {
			t.Errorf("%q takes %d cells, not %d", p.Value(), got, width)
		}
	})
}

func TestMaskedFieldShowsNothing(t *testing.T) {
	th := theme.New(theme.Options{})
	p := prompt.New("", "Geheim1")
	if got := ansi.Strip(p.Field(&th, 20, true)); strings.TrimSpace(got) != "*******" {
		t.Errorf("the field shows %q", got)
	}
	if got := ansi.Strip(p.Field(&th, 20, false)); strings.TrimSpace(got) != "Geheim1" {
		t.Errorf("without the mask it shows %q", got)
	}
}

func TestSetAndWipe(t *testing.T) {
	p := prompt.New("", "before")
	p.Set("after\n")
	p.Update(tea.KeyPressMsg{Code: '!', Text: "!"}, line())
	if p.Value() != "after\n!" {
		t.Errorf("the text is %q", p.Value())
	}
	p.Wipe()
	if p.Value() != "" {
		t.Errorf("%q is left", p.Value())
	}
	press(p, "x", "backspace", "y")
	if p.Value() != "y" {
		t.Errorf("what is typed after is %q", p.Value())
	}
}

package prompt_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/prompt"
)

// line are the keys of a line, as the built-in map has them.
func line() keymap.Keys { return keymap.Default().In(keymap.Line) }

func press(p *prompt.Prompt, keys ...string) (last prompt.Outcome) {
	named := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "left": {Code: tea.KeyLeft},
		"backspace": {Code: tea.KeyBackspace}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+a": {Code: 'a', Mod: tea.ModCtrl},
		"delete": {Code: tea.KeyDelete}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
	}
	for _, key := range keys {
		msg, ok := named[key]
		if !ok {
			msg = tea.KeyPressMsg{Code: []rune(key)[0], Text: key}
		}
		last = p.Update(msg, line())
	}
	return last
}

func TestEditing(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"typed at the end":        {[]string{"x"}, "OU=a,DC=bx"},
		"backspace":               {[]string{"backspace"}, "OU=a,DC="},
		"a step of the DN":        {[]string{"ctrl+w"}, "OU=a,"},
		"two steps":               {[]string{"ctrl+w", "ctrl+w"}, ""},
		"all before":              {[]string{"left", "ctrl+u"}, "b"},
		"all after":               {[]string{"ctrl+a", "ctrl+k"}, ""},
		"in the middle":           {[]string{"left", "é"}, "OU=a,DC=éb"},
		"delete at the end":       {[]string{"delete"}, "OU=a,DC=b"},
		"nothing before to erase": {[]string{"ctrl+a", "backspace"}, "OU=a,DC=b"},
	} {
		t.Run(name, func(t *testing.T) {
			p := prompt.New("Go to", "OU=a,DC=b")
			press(p, c.keys...)
			if p.Value() != c.want {
				t.Errorf("the text is %q, want %q", p.Value(), c.want)
			}
		})
	}
}

func TestPastedLinesAreJoinedAndLoseEscapes(t *testing.T) {
	p := prompt.New("Go to", "")
	p.Update(tea.PasteMsg{Content: "OU=Ä,\r\nDC=b\x1b\n"}, line())
	if p.Value() != "OU=Ä, DC=b" {
		t.Errorf("pasted %q", p.Value())
	}
}

// What is proposed goes when something is typed or pasted, and stays when a key
// goes on with it.
func TestAProposalIsReplaced(t *testing.T) {
	for want, act := range map[string]func(p *prompt.Prompt){
		"never":     func(*prompt.Prompt) {},
		"y":         func(p *prompt.Prompt) { press(p, "y") },
		"yes":       func(p *prompt.Prompt) { press(p, "y", "e", "s") },
		"tomorrow":  func(p *prompt.Prompt) { p.Update(tea.PasteMsg{Content: "tomorrow\n"}, line()) },
		"neve":      func(p *prompt.Prompt) { press(p, "backspace") },
		"nevexr":    func(p *prompt.Prompt) { press(p, "left", "x") },
		"set later": func(p *prompt.Prompt) { p.Set("set"); press(p, " ", "l", "a", "t", "e", "r") },
	} {
		p := prompt.Propose("Until", "never")
		if act(p); p.Value() != want {
			t.Errorf("the text is %q, want %q", p.Value(), want)
		}
	}
}

// A value of several lines keeps them, and shows them on its one line.
func TestLineBreaksOfAValueStay(t *testing.T) {
	th := theme.New(theme.Options{})
	p := prompt.New("", "a\r\nb\tc")
	press(p, "!")
	if p.Value() != "a\r\nb\tc!" {
		t.Errorf("the text is %q", p.Value())
	}
	if shown := strings.TrimRight(ansi.Strip(p.Field(&th, 20, false)), " "); shown != "a / b c!" {
		t.Errorf("it is shown as %q", shown)
	}
}

func TestAnErrorStandsUntilTheTextChanges(t *testing.T) {
	p := prompt.New("Go to", "x")
	p.Error = "no DN"
	if press(p, "left"); p.Error == "" {
		t.Error("moving the cursor took the error away before it could be acted on")
	}
	if press(p, "y"); p.Error != "" {
		t.Error("the error stands beside a text that it was not about")
	}
}

func TestEnterAndEscape(t *testing.T) {
	p := prompt.New("Go to", "x")
	if got := press(p, "enter"); got != prompt.Entered {
		t.Errorf("Enter gives %v", got)
	}
	if got := press(p, "esc"); got != prompt.Left || p.Value() != "x" {
		t.Errorf("Esc gives %v and leaves %q", got, p.Value())
	}
}

// Whatever is typed or pasted, the line is exactly as wide as it was told.
func TestViewIsAsWideAsTold(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		p := prompt.New(rapid.String().Draw(t, "label"), rapid.String().Draw(t, "text"))
		p.Error = rapid.SampledFrom([]string{"", "not a DN", strings.Repeat("long ", 30)}).Draw(t, "error")
		for range rapid.IntRange(0, 5).Draw(t, "left") {
			press(p, "left")
		}
		width := rapid.IntRange(0, 60).Draw(t, "width")
		view := p.View(&th, width)
		if got := ansi.StringWidth(view); got != width {
			t.Fatalf("the line %q is %d wide, not %d", view, got, width)
		}
	})
}

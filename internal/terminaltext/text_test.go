package terminaltext

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestFit(t *testing.T) {
	for _, c := range []struct {
		text     string
		width    int
		ellipsis string
		want     string
	}{
		{"Doe", 5, "…", "Doe  "},
		{"Doe", 3, "…", "Doe"},
		{"Doering", 5, "…", "Doer…"},
		{"Doering", 5, "...", "Do..."},
		{"Doering", 2, "...", "Do"},
		{"Doering", 1, "…", "…"},
		{"Doering", 0, "…", ""},
		{"Doering", -3, "…", ""},
		{"", 2, "…", "  "},
		{"山田太郎", 8, "…", "山田太郎"},
		{"山田太郎", 7, "…", "山田太…"},
		{"山田太郎", 6, "…", "山田… "},
		{"山田太郎", 1, "", " "},
		{"Ame\u0301lie", 4, "…", "Ame\u0301…"},
		{"🇩🇪🇫🇷", 3, "…", "🇩🇪…"},
		{"a\x1b[31mb", 4, "…", "a\uFFFD[…"},
	} {
		if got := Fit(c.text, c.width, c.ellipsis); got != c.want {
			t.Errorf("Fit(%q, %d, %q) = %+q, want %+q", c.text, c.width, c.ellipsis, got, c.want)
		}
		if got := Cut(c.text, c.width, c.ellipsis); got != strings.TrimRight(c.want, " ") {
			t.Errorf("Cut(%q, %d, %q) = %+q", c.text, c.width, c.ellipsis, got)
		}
	}
}

func TestFitIsExactForEveryInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := hostile().Draw(t, "text")
		width := rapid.IntRange(-1, 40).Draw(t, "width")
		ellipsis := rapid.SampledFrom([]string{"…", "~", "...", "", "漢"}).Draw(t, "ellipsis")
		fitted := Fit(text, width, ellipsis)
		if ansi.StringWidth(fitted) != max(width, 0) || ansi.StringWidthWc(fitted) != max(width, 0) {
			t.Fatalf("Fit(%+q, %d, %q) = %+q takes %d or %d cells", text, width, ellipsis, fitted,
				ansi.StringWidth(fitted), ansi.StringWidthWc(fitted))
		}
		kept, _ := strings.CutSuffix(strings.TrimRight(fitted, " "), ellipsis)
		kept = strings.TrimRight(kept, " ")
		if !slices.Contains(prefixes(Safe(text)), kept) {
			t.Fatalf("Fit(%+q, %d, %q) = %+q splits a cluster", text, width, ellipsis, fitted)
		}
	})
}

// prefixes are the starts of text that end between two clusters, without spaces
// at their ends.
func prefixes(text string) []string {
	all := []string{""}
	for end := 0; end < len(text); {
		cluster, _ := ansi.FirstGraphemeCluster(text[end:], ansi.GraphemeWidth)
		end += len(cluster)
		all = append(all, strings.TrimRight(text[:end], " "))
	}
	return all
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"the quick brown fox", 10, []string{"the quick", "brown fox"}},
		{"the quick brown fox", 9, []string{"the quick", "brown fox"}},
		{"a verylongword b", 5, []string{"a", "veryl", "ongwo", "rd b"}},
		{"  spaces   go ", 20, []string{"spaces go"}},
		{"山田太郎", 5, []string{"山田", "太郎"}},
		{"山a", 1, []string{"a"}},
		{"", 5, nil},
		{"x", 0, nil},
		{"CN=Ivana Dvorak,OU=Old Vienna,DC=corp,DC=test", 24, []string{"CN=Ivana Dvorak,", "OU=Old Vienna,DC=corp,", "DC=test"}},
		{"in OU=Odd Names,DC=test now", 14, []string{"in", "OU=Odd Names,", "DC=test now"}},
		{"CN=a name that is too long,DC=test", 10, []string{"CN=a name", "that is", "too long,", "DC=test"}},
		{`CN=a\, b,OU=x,DC=test`, 12, []string{`CN=a\, b,`, "OU=x,DC=test"}},
		{"CN=a,DC=test, and OU=b,DC=test,", 20, []string{"CN=a,DC=test, and", "OU=b,DC=test,"}},
		{"one\ntwo", 20, []string{"one\uFFFDtwo"}},
	} {
		if got := Wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestWrapStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := hostile().Draw(t, "text")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		lines := Wrap(text, width)
		for _, line := range lines {
			if w := Width(line); w < 1 || w > width {
				t.Fatalf("Wrap(%+q, %d): line %+q takes %d cells", text, width, line, w)
			}
		}
		joined := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		if want := strings.Join(strings.Fields(Safe(text)), ""); joined != want {
			t.Fatalf("Wrap(%+q, %d) lost something: %+q", text, width, lines)
		}
	})
}

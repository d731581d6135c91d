package table

import (
	"testing"

	"dirdesk/models"
)

// titles are the columns at a width.
func titles(width int) []string {
	var names []string
	for _, c := range layoutFor(width, false, false, false).columns {
		names = append(names, c.Title)
	}
	return names
}

func TestColumnsFillTheWidthExactly(t *testing.T) {
	for width := 1; width <= 300; width++ {
		l := layoutFor(width, false, false, false)
		used := -l.gap
		for _, c := range l.columns {
			used += l.gap + c.width
		}
		if used > width || len(l.columns) > 1 && used < width {
			t.Errorf("at %d the columns take %d cells", width, used)
		}
	}
}

func TestColumnsComeInOrderOfImportance(t *testing.T) {
	before := 0
	for width := 1; width <= 300; width++ {
		n := len(titles(width))
		if n < before {
			t.Errorf("at %d cells there are %d columns, fewer than at one cell less", width, n)
		}
		before = n
	}
	if before != len(models.OnScreen(false)) {
		t.Errorf("at 300 cells %d of %d columns are shown", before, len(models.OnScreen(false)))
	}
}

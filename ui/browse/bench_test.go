package browse_test

import (
	"fmt"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

// BenchmarkKeyAndView is one key and the screen after it, with a container of
// so many rows that are all loaded. It must not grow with them.
func BenchmarkKeyAndView(b *testing.B) {
	for _, rows := range []int{100, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			s := loaded(b, rows)
			down, up := uitest.Key("pgdown"), uitest.Key("pgup")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				key := down
				if i/3%2 == 1 { // a few pages down, the same pages up
					key = up
				}
				s.Root, _ = s.Root.Update(key)
				if len(s.Root.View().Content) == 0 {
					b.Fatal("nothing is drawn")
				}
			}
		})
	}
}

// loaded starts with a container of n people on the screen, every one of them
// loaded, the cursor in the middle.
func loaded(b *testing.B, n int) *uitest.Screen {
	b.Helper()
	d := uitest.NewDirectory()
	d.Facts.Seekable = false
	d.Chunk = 1 << 20
	some := make([]models.Object, 1000)
	for i := range some {
		some[i] = uitest.Person(uitest.Large, fmt.Sprintf("User %05d", i), fmt.Sprintf("user%05d", i))
	}
	d.FillFrom(uitest.Large, n, func(i int) models.Object {
		o := some[i%len(some)]
		o.DN = models.DN(fmt.Sprintf("CN=%d,%s", i, uitest.Large))
		return o
	})
	s := uitest.New(b, uitest.Options{Backend: d, Width: 120, Height: 40})
	s.Send(connect.Opened{Backend: d})
	s.Press("j", "enter", "G")
	for range n / 2 / 40 {
		s.Root, _ = s.Root.Update(uitest.Key("pgup"))
	}
	s.Fire()
	return s
}

// The same as a test: a key costs at most a little more with a hundred thousand
// rows than with a hundred.
func TestKeyAndViewAllocateTheSameWhateverTheRows(t *testing.T) {
	measure := func(rows int) float64 {
		d := uitest.NewDirectory()
		d.Facts.Seekable = false
		d.Chunk = 1 << 20
		d.Fill(uitest.Large, rows)
		s := uitest.Start(t, uitest.Options{Backend: d, Width: 120, Height: 40})
		s.Press("j", "enter", "pgdown")
		s.Fire()
		keys := []string{"pgdown", "pgup"}
		i := 0
		return testing.AllocsPerRun(20, func() {
			s.Root, _ = s.Root.Update(uitest.Key(keys[i%2]))
			_ = s.Root.View()
			i++
		})
	}
	few, many := measure(200), measure(50_000)
	if many > few*1.2 {
		t.Errorf("a key costs %.0f allocations with 200 rows and %.0f with 50,000", few, many)
	}
}

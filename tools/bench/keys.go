package main

import (
	"context"
	"fmt"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// measureKeys presses cursor-down and page-down in containers of several sizes,
// all of whose rows are loaded.
func measureKeys(_ context.Context, r *report) error {
	first := map[string]float64{}
	for _, rows := range []int{100, 10_000, 100_000, 1_000_000} {
		for _, key := range []string{"j", "pgdown"} {
			result := testing.Benchmark(func(b *testing.B) { pressKey(b, rows, key) })
			if result.N == 0 {
				return fmt.Errorf("%s at %d rows was not measured", key, rows)
			}
			took := float64(result.NsPerOp())
			name := fmt.Sprintf("%s, %d rows", key, rows)
			r.figure(name, took, "ns")
			r.figure(name, float64(result.AllocsPerOp()), "allocations")
			if first[key] == 0 {
				first[key] = took
			} else {
				r.figure(name, took/first[key], "times the cost at 100 rows")
			}
		}
	}
	return nil
}

func pressKey(b *testing.B, rows int, key string) {
	directory := uitest.NewDirectory()
	large := uitest.Base.Child("OU", "Large")
	directory.Add(uitest.Base, uitest.Container("OU", uitest.Base, "Large"))
	directory.Fill(large, rows)
	screen := uitest.Start(b, uitest.Options{Backend: directory, Width: 120, Height: 40})
	openContainer(screen, large)
	screen.Press("L") // the rest of the container
	message := uitest.Key(key)
	top := uitest.Key("g")
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if i%50 == 49 { // stay away from the end of the smallest container
			screen.Send(top)
			continue
		}
		screen.Send(message)
	}
}

func openContainer(screen *uitest.Screen, dn models.DN) {
	screen.Press("o")
	screen.Press("ctrl+u")
	screen.Type(string(dn))
	screen.Press("enter")
}

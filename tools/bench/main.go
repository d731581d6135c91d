// Command bench measures what a person at a slow link, or in front of a big
// container, has to wait for. It prints plain lines: a name, a figure, a unit.
// Ratios and counts hold on any machine; times are of this one.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

// section is a group of figures with what they are about.
type section struct {
	name    string
	about   string
	measure func(context.Context, *report) error
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures the sections named, or all.
func run(ctx context.Context, only []string) error {
	sections := []section{
		{"keys", "one key and the screen after it, by rows in the container (120x40); it must not grow with them", measureKeys},
		{"memory", "what a loaded object takes, read over DSM's protocol from the simulator", measureMemory},
		{"bytes", "bytes written to the terminal per key, in a pty at 120x40", measureBytes},
		{"start", "from the start of the process to the first painted page of the demo", measureStart},
		{"walk", "reading a container of 99,999 objects from the simulator, beside pages of 40 one after the other", measureWalk},
		{"index", "a letter typed to find somebody among what was read, the first 200, and what an object takes there", measureIndex},
		{"ldap", "a container of 20,000 objects over LDAPS from the simulator, and the memory of its server", measureLDAP},
	}
	known := make([]string, len(sections))
	for i, s := range sections {
		known[i] = s.name
	}
	for _, name := range only {
		if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+name+" ") {
			return fmt.Errorf("no section %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	for _, s := range sections {
		if len(only) > 0 && !strings.Contains(" "+strings.Join(only, " ")+" ", " "+s.name+" ") {
			continue
		}
		fmt.Printf("# %s: %s\n", s.name, s.about)
		if err := s.measure(ctx, &report{section: s.name}); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// report prints figures, one a line.
type report struct{ section string }

func (r *report) figure(name string, value float64, unit string) {
	format := "%-8s %-52s %12.0f %s\n"
	if value < 100 && value != float64(int(value)) {
		format = "%-8s %-52s %12.2f %s\n"
	}
	fmt.Printf(format, r.section, name, value, unit)
}

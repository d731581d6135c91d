package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyFlag calls f with each flag of each command.
func everyFlag(c *cobra.Command, f func(*cobra.Command, *pflag.Flag)) {
	visit := func(flag *pflag.Flag) { f(c, flag) }
	c.Flags().VisitAll(visit)
	c.PersistentFlags().VisitAll(visit)
	for _, below := range c.Commands() {
		everyFlag(below, f)
	}
}

// Each flag of each verb may stand before the verb, between its words and behind it.
func TestFlagsStandBeforeAndBehindTheVerb(t *testing.T) {
	root := newRootCommand(newProgram(Streams{}, connectionFlags{}))
	valued := valuedFlags(root)
	everyFlag(root, func(c *cobra.Command, flag *pflag.Flag) {
		words := strings.Fields(c.CommandPath())[1:]
		written := [][]string{{"--" + flag.Name + "=v"}, {"--" + flag.Name}}
		if flag.Shorthand != "" {
			written = append(written, []string{"-" + flag.Shorthand})
		}
		value := "user" // the name of a verb
		if _, sometimes := valued["--"+flag.Name]; sometimes && !valued["--"+flag.Name] {
			value = "yes"
		}
		for _, w := range written {
			if flag.NoOptDefVal == "" && !strings.Contains(w[0], "=") {
				w = append(w, value)
			}
			for at := range words {
				args := slices.Concat(words[:at], w, words[at:], []string{"X"})
				want := slices.Concat(words, w, []string{"X"})
				if got := verbFirst(root, args); !slices.Equal(got, want) {
					t.Errorf("%q became %q, want %q", args, got, want)
				}
			}
		}
	})
}

// Two flags take a value of one verb, and none of another.
func TestAFlagThatHasAValueInOneVerbOnly(t *testing.T) {
	root := newRootCommand(newProgram(Streams{}, connectionFlags{}))
	for args, want := range map[string]string{
		"--cannot-change user create X":        "user create --cannot-change X",
		"--cannot-change yes user passwd X":    "user passwd --cannot-change yes X",
		"user --never-expires no passwd X":     "user passwd --never-expires no X",
		"user --never-expires create X --demo": "user create --never-expires X --demo",
	} {
		if got := strings.Join(verbFirst(root, strings.Fields(args)), " "); got != want {
			t.Errorf("%q became %q, want %q", args, got, want)
		}
	}
}

func TestWhatIsNoVerbStaysInItsPlace(t *testing.T) {
	root := newRootCommand(newProgram(Streams{}, connectionFlags{}))
	for _, args := range [][]string{
		{"--demo", "office"}, {"-c", "user"}, {"--nonsense", "hunter2", "ls"}, {"--", "--demo", "ls"}, {"ls", "--", "-c"}, {"modify", "-", "--yes"}, nil,
	} {
		if got := verbFirst(root, args); !slices.Equal(got, args) {
			t.Errorf("%q became %q", args, got)
		}
	}
}

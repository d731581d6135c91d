// Package cli is the command line of dirdesk: commands and flags, the choice of
// a backend for a connection, and everything that is printed without a screen.
package cli

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/internal/keyring"
	"dirdesk/internal/undumpable"
	"dirdesk/models"
)

// Streams are what a run of the program reads, writes and asks its
// surroundings for.
type Streams struct {
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
	Getenv func(string) string
	// Keyring keeps access tokens; nil: there is none.
	Keyring Keyring
	Pauses  Pauses
}

// Pauses are how long a run waits before it looks again; what is zero is as
// usual. Tests shorten them.
type Pauses struct {
	Settle []time.Duration // at an object whose write got no answer: desk.Options
	Sync   time.Duration   // at a sync, for the first time: desk.Options
	AtWork time.Duration   // the server may take this long before it answers that it is at work: adaxes.Options
}

// System gives the process's own streams.
func System() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Keyring: keyring.System{}}
}

// program is one run, with what every command shares.
type program struct{ access }

func newProgram(streams Streams, flags connectionFlags) *program {
	if streams.Keyring == nil {
		streams.Keyring = noKeyring{}
	}
	return &program{access{console: console{Streams: streams}, flags: flags}}
}

// access finds what to connect to, completes what signing in needs, and opens
// the connection.
type access struct {
	console
	flags connectionFlags
	// keptToken says that the access token came from the keyring.
	keptToken bool
}

// console is what a person reads and types.
type console struct {
	Streams
	rawCSV bool // csv holds the values as they are
}

// Main runs the command line and gives the exit code: 0 fine, 1 the directory
// said no, 2 usage, 3 could not connect or sign in, 4 a change was sent and
// nobody knows what became of it, 5 a change was sent for approval, 6 not all
// could be read. Of several, 4 weighs most, then 1, 5 and 6.
func Main(args []string, streams Streams) int {
	undumpable.Make()
	// With TEA_TRACE set, bubbletea writes every keystroke into a file, and a
	// password is made of keystrokes. TEA_DEBUG is its smaller sister.
	_ = os.Unsetenv("TEA_TRACE")
	_ = os.Unsetenv("TEA_DEBUG")
	// net/http writes what it finds odd to the package's own log, into the screen.
	log.SetOutput(io.Discard)

	// Whatever ends the program, it signs out first: a closed terminal window
	// ends the context, a reader that has seen enough fails the next write.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT)
	defer stop()
	signal.Ignore(syscall.SIGPIPE)
	p := newProgram(streams, connectionFlags{})
	root := newRootCommand(p)
	root.SetArgs(verbFirst(root, withPastDates(args)))
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	return p.report(root.ExecuteContext(models.WithListener(ctx, models.Listener{Quiet: p.complain})))
}

// newRootCommand builds the whole tree of commands.
func newRootCommand(p *program) *cobra.Command {
	root := newBrowseCommand(p)
	root.AddCommand(
		newInfoCommand(p),
		newLsCommand(p),
		newFindCommand(p), newAuditCommand(p),
		newWhyCommand(p),
		newShowCommand(p),
		newRescueCommand(p.newChange()),
		newUserCommand(p),
		newGroupCommand(p),
		newPropertiesCommand(p),
		newPhotoCommand(p),
		newLicencesCommand(p),
		newSetCommand(p),
		newModifyCommand(p),
		newMvCommand(p),
		newRenameCommand(p),
		newEachCommand(p, models.Protect, "protect OBJECT...", "Protect objects from deletion", protection),
		newEachCommand(p, models.Unprotect, "unprotect OBJECT...", "Lift the protection of objects from deletion", protection),
		newRmCommand(p),
		newSyncCommand(p),
		newExistsCommand(p),
		newRequestCommand(p),
		newJournalCommand(&p.access),
		newKeysCommand(p),
		newUndoCommand(p),
		newTokenCommand(p),
		newTrustCommand(&p.access),
		newDeviceCommand(&p.access),
		newSimulateCommand(p),
		newVersionCommand(&p.console),
	)
	return root
}

func newVersionCommand(p *console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "dirdesk %s, %s, %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// version is what the Go toolchain noted at build time: a release, a commit, or
// "development".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "development"
	}
	return info.Main.Version
}

// unicode reports whether the locale's characters are UTF-8: the first of
// LC_ALL, LC_CTYPE and LANG that is set decides, as POSIX has it. With none set
// the locale is "C": ASCII.
func (p *console) unicode() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(p.Getenv(name)); value != "" {
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return runtime.GOOS == "windows"
}

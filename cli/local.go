package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/export"
	"dirdesk/desk/journal"
	"dirdesk/internal/config"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
)

func newJournalCommand(p *access) *cobra.Command {
	var ticket, format, object, since string
	command := &cobra.Command{
		Use:   "journal",
		Short: "Print what was changed, by whom and when",
		Long: `Print the journal: every change that dirdesk made for this user, the oldest
first. It is JSON Lines in $XDG_STATE_HOME/dirdesk/journal.jsonl, readable by its
owner alone, and holds no secrets. Each line carries the hash of the one before;
dirdesk journal verify finds lines that are missing or were altered.

json and csv have all of an entry; the table has one line of it.`,
		Example: "  dirdesk journal --ticket INC-1234\n  dirdesk journal --object jdoe --since 7d\n  dirdesk journal --format csv > changes.csv\n  dirdesk journal verify",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			from, err := sinceWhen(since, time.Now())
			if err != nil {
				return err
			}
			about := func(journal.Entry) bool { return true }
			if object != "" {
				if about, err = p.aboutObject(command, object); err != nil {
					return err
				}
			}
			entries, faults := p.readJournal(func(e journal.Entry) bool {
				return (!command.Flags().Changed("ticket") || e.Ticket == ticket) && about(e) && !e.Time.Before(from)
			})
			if err := p.printJournal(format, entries); err != nil {
				return err
			}
			if faults != nil {
				p.complainIn(faults.Error())
				return exitError{models.ExitRefused}
			}
			return nil
		},
	}
	command.Flags().StringVar(&ticket, "ticket", "", "only the changes for the ticket `T`")
	command.Flags().StringVar(&object, "object", "", "only the changes of the object `NAME`, as a member too; with -c it is looked up by any name, else by what the journal has")
	command.Flags().StringVar(&since, "since", "", "only the changes since `WHEN`: 2026-03-01, a time like 2026-03-01T17:00:00Z, 7d or 12h")
	p.registerFormat(command, &format, allFormats())
	command.AddCommand(newJournalVerifyCommand(p), newJournalSettleCommand(p), newJournalSealCommand(p))
	return command
}

func newJournalVerifyCommand(p *access) *cobra.Command {
	seal, signers := "", ""
	command := &cobra.Command{
		Use:   "verify",
		Short: "Find missing and altered lines of the journal",
		Long: `Read the journal from its start to its end and name the lines that are missing,
were altered, or are broken; what dirdesk once found missing is named for ever.
With --seal it is held against seals that were kept elsewhere, too. Exit code 0:
it is whole; 1: it is not.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			return p.verifyJournal(command.Context(), seal, signers)
		},
	}
	command.Flags().StringVar(&seal, "seal", "", "hold it against the seals in `FILE`")
	command.Flags().StringVar(&signers, "signers", "", "who may have signed them: a `FILE` as ssh-keygen's allowed signers")
	return command
}

// sinceWhen reads a day, a time, or how long ago; "" is ever.
func sinceWhen(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		return day, nil
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(text, "d")); err == nil && n >= 0 && strings.HasSuffix(text, "d") {
		return now.AddDate(0, 0, -n), nil
	}
	if ago, err := time.ParseDuration(text); err == nil && ago >= 0 {
		return now.Add(-ago), nil
	}
	return time.Time{}, usagef("--since: %q is no day like 2026-03-01, no time like 2026-03-01T17:00:00Z, and not how long ago, like 7d or 12h", text)
}

// printCheck says what a check found.
func (p *console) printCheck(path string, check journal.Check, seals int) error {
	if check.Whole() {
		words := fmt.Sprintf("whole: %s changes", english.Number(check.Lines))
		if check.Begun > 0 {
			words += fmt.Sprintf("; %s more were begun, and nobody wrote down how they ended", english.Number(check.Begun))
		}
		if seals > 0 {
			words += "; as sealed, " + english.Count(seals, "seal")
		}
		_, err := fmt.Fprintln(p.Out, words)
		return err
	}
	for _, problem := range check.Problems {
		if _, err := fmt.Fprintln(p.Out, p.safe(problem)); err != nil {
			return err
		}
	}
	p.complain(path + " is not as dirdesk wrote it")
	return exitError{models.ExitRefused}
}

// readJournal gives the entries that are wanted, and what could not be read.
func (p *access) readJournal(wanted func(journal.Entry) bool) (entries []journal.Entry, faults error) {
	for e, err := range journal.Read(config.FindPaths(p.Getenv).Journal) {
		switch {
		case err != nil:
			faults = errors.Join(faults, err)
		case wanted(e):
			entries = append(entries, e)
		}
	}
	return entries, faults
}

// journalEntry is an entry, as json gives it: as in the file, and what the file
// says of it elsewhere.
type journalEntry struct {
	journal.Entry
	UndoneBy string `json:"undone_by,omitempty"`
}

func (p *console) printJournal(format string, entries []journal.Entry) error {
	all := make([]journalEntry, 0, len(entries))
	cells := [][]string{{
		"time", "entry", "account", "local_user", "ssh_peer", "backend", "server", "realm", "ticket",
		"action", "dn", "new_dn", "changes", "outcome", "verified", "words", "error", "undoes", "undone_by",
	}}
	rows := [][]string{{"TIME", "ENTRY", "WHO", "TICKET", "OUTCOME", "WHAT"}}
	for _, e := range entries {
		all = append(all, journalEntry{e, e.UndoneBy})
		cells = append(cells, []string{
			e.Time.Format(time.RFC3339), e.ID, e.Operator.Account, e.Operator.LocalUser, e.Operator.SSHPeer, e.Backend,
			e.Server, e.Realm, e.Ticket, string(e.Action), string(e.DN), string(e.NewDN), changedWords(e),
			string(e.Outcome), strconv.FormatBool(e.Verified), e.Words, e.Error, e.Undoes, e.UndoneBy,
		})
		who := e.Operator.Account
		if e.Operator.LocalUser != "" && e.Operator.LocalUser != who {
			who += " (" + e.Operator.LocalUser + ")"
		}
		what := string(e.Action) + " " + e.Name
		if e.Words != "" {
			what = string(e.Action) + ": " + e.Words
		}
		if e.UndoneBy != "" {
			what += " (undone by " + e.UndoneBy + ")"
		}
		rows = append(rows, []string{e.Time.Local().Format(time.DateTime), e.ID, who, e.Ticket, string(e.Outcome), what})
	}
	return p.printAnswer(format, all, cells, rows)
}

// changedWords are the values of an entry, before and after.
func changedWords(e journal.Entry) string {
	var all []string
	for _, f := range desk.EntryValues(e) {
		before := f.Before
		if !f.Known {
			before = "(not known)"
		}
		all = append(all, fmt.Sprintf("%s: %s -> %s", f.Field, before, f.After))
	}
	for _, m := range e.Members {
		all = append(all, "member: "+string(m))
	}
	return strings.Join(all, "; ")
}

// printAligned writes rows whose columns are as wide as they need to be; one in
// which nothing stands below its title is left out.
func (p *console) printAligned(rows [][]string) error {
	widths := make([]int, len(rows[0]))
	for i, row := range rows {
		for n := range row {
			row[n] = p.safe(row[n])
			if i > 0 && row[n] != "" {
				widths[n] = max(widths[n], terminaltext.Width(rows[0][n]), terminaltext.Width(row[n]))
			}
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for n, cell := range row {
			if widths[n] > 0 {
				line += cell + strings.Repeat(" ", widths[n]-terminaltext.Width(cell)+export.Gap)
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := p.Out.Write([]byte(b.String()))
	return err
}

func newKeysCommand(p *program) *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:   "keys",
		Short: "List the keys of the screen",
		Long: `List every key of the screen: where it holds, the action it runs and what that
does, with the person's own keys. In config.toml a list of keys replaces the
default of an action:

  [keys]
  "move.down" = ["n", "down"]

A key that this takes from another action is said on standard error.`,
		Example: "  dirdesk keys\n  dirdesk keys --format json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			settings, err := p.settings()
			if err != nil {
				return err
			}
			keys, taken, err := keymap.Default().With(settings.Keys)
			if err != nil {
				return usagef("%v", err)
			}
			for _, words := range keymap.Said(taken) {
				p.complain(words)
			}
			return p.printKeys(format, keys)
		},
	}
	p.registerFormat(command, &format, allFormats())
	return command
}

// shownKey is an action as json gives it.
type shownKey struct {
	Where  string   `json:"where"`
	Action string   `json:"action"`
	Keys   []string `json:"keys"`
	Words  string   `json:"words"`
	Own    bool     `json:"own"` // the person's, and not the default
}

func (p *console) printKeys(format string, keys keymap.Map) error {
	var all []shownKey
	rows := [][]string{{"WHERE", "ACTION", "KEYS", "WHAT IT DOES"}}
	var page []keymap.ScopeName
	for _, s := range keymap.Scopes() {
		held := keys.In(s.Name)
		if s.Name == keymap.Page {
			page = s.Uses
		} else if s.Name != keymap.Move && slices.Contains(page, s.Name) {
			held = keys.In(keymap.Page) // all of these hold at once
		}
		for _, a := range s.Actions {
			key := shownKey{s.Title, a.ID, append([]string{}, held.Keys(a.ID)...), a.Words, !slices.Equal(keys[a.ID], a.Keys)}
			all = append(all, key)
			rows = append(rows, []string{key.Where, key.Action, strings.Join(key.Keys, " "), key.Words})
		}
	}
	cells := append([][]string{{"where", "action", "keys", "words"}}, rows[1:]...)
	return p.printAnswer(format, all, cells, rows)
}

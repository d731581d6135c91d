package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/keymap"
)

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

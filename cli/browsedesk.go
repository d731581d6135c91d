package cli

import (
	"errors"
	"os"
	"path/filepath"

	"dirdesk/desk"
	"dirdesk/models"
)

// newDesk opens the door through which the screen changes a directory. A real
// connection is for reading until the person allows changes, and what they
// change is written down; the demo is open, and its journal goes with it.
func (b *browseCommand) newDesk(backend desk.Backend, profile models.Profile) (*desk.Desk, error) {
	options := desk.Options{Mode: desk.Ask, Demo: b.demo.on, Operator: b.operator(profile), Ticket: b.ticket}
	var err error
	switch {
	case b.flags.readOnly || profile.ReadOnly:
		options.Mode = desk.Never
	case b.demo.on:
		options.Mode = desk.Open
		options.Journal, err = b.demoJournal()
	default:
		options.Journal, err = b.openJournal()
	}
	if err != nil {
		return nil, err
	}
	return desk.New(backend, options), nil
}

// demoJournal is a journal of the demo's own, which is removed at the end.
func (b *browseCommand) demoJournal() (*desk.Journal, error) {
	if b.scratch == "" {
		scratch, err := os.MkdirTemp("", "dirdesk-demo-")
		if err != nil {
			return nil, errors.Join(errJournal, err)
		}
		b.scratch = scratch
	}
	return desk.OpenJournal(filepath.Join(b.scratch, "journal.jsonl"), nil)
}

// clean removes what the demo wrote.
func (b *browseCommand) clean() error {
	if b.scratch == "" {
		return nil
	}
	return os.RemoveAll(b.scratch)
}

package cli

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
)

// doors opens the way for changes on the connections of a screen.
type doors struct {
	*program
	ticket  string
	demo    string // URL of the demo; "" when there is none
	scratch string // directory of the demo's journal, which ends with it
}

// open makes the desk of a connection: the demo's is open, a real one asks
// before the first change, and one for reading stays that.
func (d *doors) open(backend desk.Backend, profile models.Profile) (*desk.Desk, error) {
	isDemo := d.demo != "" && profile.URL == d.demo
	options := desk.Options{Mode: desk.Ask, Demo: isDemo, Operator: d.operator(profile, backend), Ticket: d.ticket}
	switch {
	case d.flags.readOnly || profile.ReadOnly:
		options.Mode = desk.Never
		return desk.New(backend, options), nil
	case isDemo:
		options.Mode = desk.Open
	}
	var err error
	if options.Journal, err = d.journal(isDemo); err != nil {
		return nil, err
	}
	return desk.New(backend, options), nil
}

func (d *doors) journal(isDemo bool) (*journal.Journal, error) {
	if !isDemo {
		return d.openJournal()
	}
	if d.scratch == "" {
		directory, err := os.MkdirTemp("", "dirdesk-demo-")
		if err != nil {
			return nil, err
		}
		d.scratch = directory
	}
	return journal.Open(filepath.Join(d.scratch, "journal.jsonl"), nil)
}

// close removes what the demo wrote down.
func (d *doors) close() error {
	if d.scratch == "" {
		return nil
	}
	return os.RemoveAll(d.scratch)
}

// operator is who makes the changes of this run, for the journal: the account
// in the directory, the user of this computer, and where that person came from.
func (p *access) operator(profile models.Profile, backend desk.Backend) journal.Operator {
	o := journal.Operator{Account: profile.Account, LocalUser: localUser(p.Getenv)}
	if o.Account == "" && backend != nil {
		o.Account = backend.About().Account // of an access token nobody says whose it is
	}
	// "CLIENT-ADDRESS CLIENT-PORT SERVER-ADDRESS SERVER-PORT", as sshd sets it.
	if peer := strings.Fields(p.Getenv("SSH_CONNECTION")); len(peer) > 0 {
		o.SSHPeer = peer[0]
	}
	return o
}

// localUser is the user of this computer, and who became that user with sudo.
func localUser(getenv func(string) string) string {
	name := ""
	if current, err := user.Current(); err == nil {
		name = current.Username
	}
	if name == "" {
		name = getenv("USER") // a container whose user has no entry anywhere
	}
	if behind := getenv("SUDO_USER"); behind != "" && behind != name {
		return behind + " (as " + name + ")"
	}
	return name
}

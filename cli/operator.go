package cli

import (
	"os/user"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
)

// operator is who makes the changes of this run, for the journal: the account
// in the directory, the user of this computer, and where that person came from.
func (p *program) operator(profile models.Profile, backend desk.Backend) journal.Operator {
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

//go:build linux

package sambatest

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Tool runs samba-tool on the domain's own database, past LDAP, and gives what
// it said: Tool(ctx, "group", "listmembers", "Sales").
func (s *Server) Tool(ctx context.Context, arguments ...string) (string, error) {
	database := filepath.Join(s.domainDir(), "private", "sam.ldb")
	command := exec.CommandContext(ctx, s.tool, append(arguments, "-H", database, "--configfile="+s.config())...)
	command.Env = quickly()
	said, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("samba-tool %v: %w\n%s", arguments, err, lastLines(said, 10))
	}
	return string(said), nil
}

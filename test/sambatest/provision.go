//go:build linux

package sambatest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"dirdesk/models"
)

const hostName = "dc1"

// provision makes the domain in s.dir/domain and learns the administrator's
// password from what samba-tool says of it.
func (s *Server) provision(ctx context.Context) error {
	empty := filepath.Join(s.dir, "empty.conf") // the machine's own smb.conf must not be mixed in
	if err := os.WriteFile(empty, []byte("[global]\n"), 0o600); err != nil {
		return err
	}
	command := exec.CommandContext(ctx, s.tool, "domain", "provision",
		"--configfile="+empty, "--targetdir="+s.domainDir(),
		"--realm="+strings.ToUpper(s.options.Realm), "--domain="+s.options.Workgroup,
		"--host-name="+hostName, "--host-ip="+s.claim.address,
		"--server-role=dc", "--use-rfc2307", "--dns-backend=NONE", "--backend-store=tdb")
	command.Env = quickly()
	said, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("provision a domain: %w\n%s", err, lastLines(withoutPassword(said), 15))
	}
	password := saidPassword(said)
	if password == "" {
		return errors.New("provision a domain: samba-tool did not tell the administrator's password")
	}
	s.password = models.NewSecret(password)
	return nil
}

const passwordLabel = "Admin password:        " // provision/__init__.py pads it to this width

func saidPassword(said []byte) string {
	for line := range bytes.Lines(said) {
		if _, password, ok := strings.Cut(string(line), passwordLabel); ok {
			return strings.TrimRight(password, "\r\n")
		}
	}
	return ""
}

func withoutPassword(said []byte) []byte {
	if password := saidPassword(said); password != "" {
		said = bytes.ReplaceAll(said, []byte(password), []byte("[secret]"))
	}
	return said
}

func lastLines(text []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// configure writes the server's own smb.conf: nothing outside s.dir is touched,
// and no service runs that a directory does not need.
func (s *Server) configure() error {
	domain := s.domainDir()
	settings := []string{
		"netbios name = " + strings.ToUpper(hostName),
		"realm = " + strings.ToUpper(s.options.Realm),
		"workgroup = " + s.options.Workgroup,
		"server role = active directory domain controller",
		"server services = ldap, cldap, kdc",
		"interfaces = " + s.claim.address + "/8",
		"bind interfaces only = yes",
		"private dir = " + filepath.Join(domain, "private"),
		"state directory = " + filepath.Join(domain, "state"),
		"binddns dir = " + filepath.Join(domain, "bind-dns"),
		"tls keyfile = " + filepath.Join(s.dir, "key.pem"),
		"tls certfile = " + filepath.Join(s.dir, "cert.pem"),
		"tls cafile = " + filepath.Join(s.dir, "ca.pem"),
		"nsupdate command = /bin/true",
		"dns update command = /bin/true",
		"spn update command = /bin/true",
		"idmap_ldb:use rfc2307 = yes",
	}
	for setting, name := range map[string]string{
		"cache directory": "cache", "lock directory": "lock", "pid directory": "pid", "ncalrpc dir": "ncalrpc",
		"winbindd socket directory": "winbindd", "ntp signd socket directory": "ntp_signd",
	} {
		path := filepath.Join(s.dir, name)
		if err := os.MkdirAll(path, 0o750); err != nil {
			return err
		}
		settings = append(settings, setting+" = "+path)
	}
	settings = append(settings, "log file = "+filepath.Join(s.dir, "samba.log"))
	return os.WriteFile(s.config(), []byte("[global]\n\t"+strings.Join(settings, "\n\t")+"\n"), 0o600)
}

func (s *Server) domainDir() string { return filepath.Join(s.dir, "domain") }
func (s *Server) config() string    { return filepath.Join(s.dir, "smb.conf") }

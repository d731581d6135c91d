//go:build linux

package sambatest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Packages are the Debian packages that a server needs, installed without
// recommended ones.
func Packages() []string {
	return []string{
		"samba", "samba-ad-dc", "samba-ad-provision", "samba-dsdb-modules", "samba-vfs-modules",
		"winbind", "ldb-tools", "krb5-user", "ldap-utils", "python3-samba", "smbclient",
	}
}

// ErrMissing says that this machine cannot run a server. The error that wraps it
// tells what is missing.
var ErrMissing = errors.New("cannot run a Samba domain controller here")

// python is Debian's own: python3-samba belongs to it and to no other.
const python = "/usr/bin/python3"

// requirements finds the commands, or says all that is missing.
func requirements() (samba, tool string, err error) {
	var missing []string
	if os.Geteuid() != 0 {
		missing = append(missing, "root rights (Samba binds ports 389 and 636)")
	}
	samba = findCommand("samba", "samba-ad-dc", &missing)
	tool = findCommand("samba-tool", "samba", &missing)
	for _, need := range []struct{ pattern, from string }{
		{"/usr/share/samba/setup/provision.ldif", "samba-ad-provision"},
		{"/usr/lib/*/samba/ldb/acl.so", "samba-dsdb-modules"},
		{"/usr/lib/python3/dist-packages/samba/samdb.py", "python3-samba"},
		{python, "python3"},
	} {
		if found, _ := filepath.Glob(need.pattern); len(found) == 0 {
			missing = append(missing, fmt.Sprintf("%s (Debian package %s)", need.pattern, need.from))
		}
	}
	if len(missing) > 0 {
		return "", "", fmt.Errorf("%w: missing %s; install with: apt-get install --no-install-recommends %s",
			ErrMissing, strings.Join(missing, ", "), strings.Join(Packages(), " "))
	}
	return samba, tool, nil
}

// findCommand looks in the usual places of root as well, which a PATH may lack.
func findCommand(name, from string, missing *[]string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, dir := range []string{"/usr/sbin", "/usr/bin", "/usr/local/sbin"} {
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path
		}
	}
	*missing = append(*missing, fmt.Sprintf("the command %s (Debian package %s)", name, from))
	return ""
}

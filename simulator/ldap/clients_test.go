//go:build samba

package ldap_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// OpenLDAP's command line programs hold the server from outside, where the tests
// with Samba run: its packages bring them.

// tool runs one of them and gives what it printed.
func (s *site) tool(input, name string, arguments ...string) (string, error) {
	s.t.Helper()
	file, err := s.server.CAFile()
	must(s.t, err)
	all := []string{"-x"}
	if !slices.Contains(arguments, "-H") {
		all = append(all, "-H", s.server.LDAPURL())
	}
	if !slices.Contains(arguments, "-D") {
		all = append(all, "-D", s.server.LDAPName(), "-w", s.server.LDAPPassword(false).Reveal())
	}
	all = append(all, arguments...)
	command := exec.CommandContext(s.t.Context(), name, all...)
	command.Env = append(os.Environ(), "LDAPTLS_CACERT="+file)
	command.Stdin = strings.NewReader(input)
	out, err := command.CombinedOutput()
	return string(out), err
}

func TestOpenLDAPsProgramsGetAlong(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	const bo, moved = "CN=Bo Ek," + staff, "CN=Bo Lind,CN=Users," + base
	password := base64.StdEncoding.EncodeToString([]byte(unicode("Second-Kettle-2")))
	for _, step := range []struct {
		input, tool string
		arguments   []string
		wants       string // in the output
		code        int
	}{
		{"", "ldapwhoami", nil, `u:EXAMPLE\Administrator`, 0},
		{"", "ldapsearch", []string{"-LLL", "-s", "base", "-b", ""}, "defaultNamingContext: " + base, 0},
		{"dn: " + bo + "\nobjectClass: user\nsAMAccountName: boek\nunicodePwd:: " + password + "\nuserAccountControl: 512\n", "ldapadd", nil, "adding new entry", 0},
		{"", "ldapwhoami", []string{"-D", "boek@example.test", "-w", "Second-Kettle-2"}, `u:EXAMPLE\boek`, 0},
		{"", "ldapwhoami", []string{"-D", "boek@example.test", "-w", "wrong"}, "data 52e", 49},
		{"dn: " + bo + "\nchangetype: modify\nadd: otherTelephone\notherTelephone: 1\notherTelephone: 2\n-\nreplace: title\ntitle: Clerk\n", "ldapmodify", nil, "modifying entry", 0},
		{"dn: " + bo + "\nchangetype: modify\nadd: otherTelephone\notherTelephone: 1\n", "ldapmodify", nil, "already exists", 20},
		{"dn: " + team + "\nchangetype: modify\nadd: member\nmember: " + bo + "\n", "ldapmodify", nil, "", 0},
		{"", "ldapsearch", []string{"-LLL", "-b", base, "-E", "pr=1/noprompt", "(memberOf=" + team + ")", "sAMAccountName"}, "sAMAccountName: boek", 0},
		{"", "ldapsearch", []string{"-LLL", "-o", "ldif-wrap=no", "-b", bo, "-s", "base", "(anr=bo)", "memberOf", "canonicalName"}, "canonicalName: example.test/Staff/Bo Ek", 0},
		{"", "ldapcompare", []string{bo, "title:clerk"}, "TRUE", 6},
		{"", "ldapmodrdn", []string{"-r", "-s", "CN=Users," + base, bo, "CN=Bo Lind"}, "", 0},
		{"", "ldapsearch", []string{"-LLL", "-o", "ldif-wrap=no", "-b", team, "-s", "base", "member"}, "member: " + moved, 0},
		{"", "ldapdelete", []string{staff}, "non-leaf", 66},
		{"", "ldapdelete", []string{moved}, "", 0},
		{"", "ldapsearch", []string{"-LLL", "-b", base, "-E", "!1.2.840.113556.1.4.417", "(sAMAccountName=boek)", "lastKnownParent"}, "lastKnownParent: CN=Users," + base, 0},
		{"", "ldapsearch", []string{"-LLL", "-b", moved, "-s", "base"}, "No such object", 32},
		{"", "ldapsearch", []string{"-LLL", "-ZZ", "-H", "ldap" + strings.TrimPrefix(s.server.LDAPURL(), "ldaps"), "-b", anna, "-s", "base", "cn"}, "cn: Anna Berg", 0},
	} {
		out, err := s.tool(step.input, step.tool, step.arguments...)
		code := 0
		if err != nil {
			code = -1
			if exit, ok := err.(*exec.ExitError); ok {
				code = exit.ExitCode()
			}
		}
		if code != step.code || !strings.Contains(out, step.wants) {
			t.Errorf("%s %q ended with %d, %v, and said\n%s\nwant %d and %q", step.tool, step.arguments, code, err, out, step.code, step.wants)
		}
	}
}

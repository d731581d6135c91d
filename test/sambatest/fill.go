//go:build linux

package sambatest

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"unicode/utf16"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Entry is an object to add. Attributes go by their AD names; objectClass is
// made of Class.
type Entry struct {
	DN         models.DN
	Class      string
	Attributes map[string][]string
}

//go:embed load.py
var loadScript string

// Load adds many entries while the controller is down, at some 600 a second
// against some 100 over LDAP, and starts it again. Parents come before children.
func (s *Server) Load(ctx context.Context, entries []Entry) error {
	if err := s.Stop(); err != nil {
		return err
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, entry := range entries {
		attributes := map[string][]string{"objectClass": {entry.Class}}
		for name, values := range entry.Attributes {
			attributes[name] = values
		}
		if err := encoder.Encode(map[string]any{"dn": entry.DN, "attributes": attributes}); err != nil {
			return err
		}
	}
	command := exec.CommandContext(ctx, python, "-c", loadScript, s.config(), filepath.Join(s.domainDir(), "private", "sam.ldb"))
	command.Stdin, command.Env = &lines, quickly()
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("load %d entries: %w\n%s", len(entries), err, lastLines(said, 10))
	}
	return s.Resume(ctx)
}

// later are attributes that Samba takes in a modification only, or whose add it
// ignores.
func later() []string {
	return []string{"userAccountControl", "pwdLastSet", "lockoutTime", "accountExpires"}
}

// Add adds one entry over LDAP as the administrator, in two steps where Samba
// wants it so.
func Add(c *ldap.Conn, entry Entry) error {
	add := ldap.NewAddRequest(string(entry.DN), nil)
	add.Attribute("objectClass", []string{entry.Class})
	modify := ldap.NewModifyRequest(string(entry.DN), nil)
	for name, values := range entry.Attributes {
		if !slices.Contains(later(), name) {
			add.Attribute(name, values)
		}
	}
	for _, name := range later() {
		if values, ok := entry.Attributes[name]; ok {
			modify.Replace(name, values)
		}
	}
	if err := c.Add(add); err != nil {
		return fmt.Errorf("add %s: %w", entry.DN, err)
	}
	if len(modify.Changes) == 0 {
		return nil
	}
	if err := c.Modify(modify); err != nil {
		return fmt.Errorf("set the state of %s: %w", entry.DN, err)
	}
	return nil
}

// SetPassword sets an account's password as an administrator does.
func SetPassword(c *ldap.Conn, dn models.DN, password string) error {
	modify := ldap.NewModifyRequest(string(dn), nil)
	modify.Replace("unicodePwd", []string{quotedUTF16(password)})
	return c.Modify(modify)
}

// ChangePassword changes a password as its owner does, who is signed in on c.
func ChangePassword(c *ldap.Conn, dn models.DN, before, after string) error {
	modify := ldap.NewModifyRequest(string(dn), nil)
	modify.Delete("unicodePwd", []string{quotedUTF16(before)})
	modify.Add("unicodePwd", []string{quotedUTF16(after)})
	return c.Modify(modify)
}

// Set replaces one attribute; no values remove it.
func Set(c *ldap.Conn, dn models.DN, attribute string, values ...string) error {
	modify := ldap.NewModifyRequest(string(dn), nil)
	modify.Replace(attribute, values)
	return c.Modify(modify)
}

// quotedUTF16 is the form of unicodePwd (MS-ADTS 3.1.1.3.1.5).
func quotedUTF16(password string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(`"` + password + `"`)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

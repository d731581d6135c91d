//go:build samba

package directory_test

import (
	"crypto/tls"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"

	"github.com/go-ldap/ldap/v3"
)

// Operations that take LDAP, for both domains.

func plain(o overLDAP) (*ldap.Conn, error) {
	return ldap.DialURL("ldap" + strings.TrimPrefix(o.at.url, "ldaps"))
}

func startTLS(o overLDAP) error {
	c, err := plain(o)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if err := c.StartTLS(o.at.tls); err != nil {
		return err
	}
	return c.Bind("aberg@example.test", first)
}

func clearBind(o overLDAP) error {
	c, err := plain(o)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	return c.Bind("aberg@example.test", first)
}

func anonymous(base string) func(overLDAP) error {
	return func(o overLDAP) error {
		c, err := ldap.DialURL(o.at.url, ldap.DialWithTLSConfig(o.at.tls))
		if err != nil {
			return err
		}
		defer func() { _ = c.Close() }()
		return overLDAP{c, o.at}.search(models.DN(base), ldap.ScopeBaseObject)
	}
}

func whoAmI(o overLDAP) error {
	_, err := o.Conn.WhoAmI(nil)
	return err
}

func changing(dn string, how uint, attribute string, values ...string) func(overLDAP) error {
	return func(o overLDAP) error {
		r := ldap.NewModifyRequest(dn, nil)
		r.Changes = append(r.Changes, ldap.Change{Operation: how, Modification: ldap.PartialAttribute{Type: attribute, Vals: values}})
		return o.Conn.Modify(r)
	}
}

func modrdn(dn, rdn string, drop bool, parent string) func(overLDAP) error {
	return func(o overLDAP) error { return o.ModifyDN(ldap.NewModifyDNRequest(dn, rdn, drop, parent)) }
}

// asAnna does an operation as a user without rights.
func asAnna(password string, do func(overLDAP) error) func(overLDAP) error {
	return func(o overLDAP) error {
		c, err := ldap.DialURL(o.at.url, ldap.DialWithTLSConfig(o.at.tls))
		if err != nil {
			return err
		}
		defer func() { _ = c.Close() }()
		if err := c.Bind(anna, password); err != nil {
			return fmt.Errorf("sign in: %w", err)
		}
		return do(overLDAP{c, o.at})
	}
}

// finding searches OU=Staff; what it finds is part of the answer.
func finding(filter string, controls ...ldap.Control) func(overLDAP) error {
	return func(o overLDAP) error {
		found, err := o.Search(ldap.NewSearchRequest(staff, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, 0, false, filter, []string{"cn"}, controls))
		if err != nil {
			return err
		}
		if len(found.Entries) > 0 {
			return fmt.Errorf("%d found", len(found.Entries))
		}
		return nil
	}
}

// holding reads attributes of one entry; which of them are there is the answer.
func holding(dn string, attributes ...string) func(overLDAP) error {
	return func(o overLDAP) error {
		found, err := o.Search(ldap.NewSearchRequest(dn, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", attributes,
			[]ldap.Control{&ldap.ControlMicrosoftSDFlags{ControlValue: 4}}))
		if err != nil {
			return err
		}
		for _, name := range attributes {
			if len(found.Entries[0].GetEqualFoldAttributeValues(name)) == 0 {
				return fmt.Errorf("no %s", name)
			}
		}
		return nil
	}
}

func treeDelete(dn string) func(overLDAP) error {
	return func(o overLDAP) error {
		return o.Del(ldap.NewDelRequest(dn, []ldap.Control{ldap.NewControlSubtreeDelete()}))
	}
}

func controlOperations() []operation {
	all := map[string]func(overLDAP) error{
		"paged search":                  finding("(objectClass=*)", ldap.NewControlPaging(2)),
		"server-side sort control":      finding("(objectClass=*)", ldap.NewControlServerSideSortingWithSortKeys([]*ldap.SortKey{{AttributeType: "cn"}})),
		"matching rule bit-and":         finding("(userAccountControl:1.2.840.113556.1.4.803:=512)"),
		"matching rule in chain":        finding("(memberOf:1.2.840.113556.1.4.1941:=" + team + ")"),
		"ANR filter":                    finding("(anr=anna)"),
		"ANR filter, both names":        finding("(anr=anna berg)"),
		"show deleted control":          finding("(objectClass=*)", ldap.NewControlMicrosoftShowDeleted()),
		"SD flags control":              holding(anna, "nTSecurityDescriptor"),
		"constructed: allowed":          holding(anna, "allowedAttributes", "allowedAttributesEffective", "sDRightsEffective"),
		"constructed: tokenGroups":      holding(anna, "tokenGroups", "memberOf", "primaryGroupID", "canonicalName"),
		"negated unknown attribute":     finding("(&(cn=Anna Berg)(!(noSuch=x)))"),
		"substring":                     finding("(cn=*nna*B*g)"),
		"substring of a DN":             finding("(memberOf=CN=Te*)"),
		"member by name":                finding("(member=" + strings.ToLower(anna) + ")"),
		"object category by short name": finding("(objectCategory=person)"),
		"number at most":                finding("(userAccountControl<=512)"),
		"moment at least":               finding("(whenCreated>=20200101000000.0Z)"),
	}
	var out []operation
	for _, name := range sortedNames(all) {
		out = append(out, only(noFilters, name, all[name]))
	}
	return out
}

func sortedNames(all map[string]func(overLDAP) error) (names []string) {
	for name := range all {
		names = append(names, name)
	}
	for i := range names {
		for j := i; j > 0 && names[j] < names[j-1]; j-- {
			names[j], names[j-1] = names[j-1], names[j]
		}
	}
	return names
}

// byGUID does an operation on Anna by one of the forms of her GUID.
func byGUID(form string, do func(string) func(overLDAP) error) func(overLDAP) error {
	return func(o overLDAP) error {
		found, err := o.Search(ldap.NewSearchRequest(anna, ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", []string{"objectGUID"}, nil))
		if err != nil {
			return fmt.Errorf("read the GUID: %w", err)
		}
		b := found.Entries[0].GetRawAttributeValue("objectGUID")
		text := hex.EncodeToString(b)
		if form == "text" {
			text = directory.GUIDText(b)
		}
		return do("<GUID=" + text + ">")(o)
	}
}

func identityOperations() []operation {
	const noGUIDs = "names by GUID are LDAP's"
	read := func(dn string) func(overLDAP) error { return holding(dn, "cn") }
	set := func(dn string) func(overLDAP) error {
		return changing(dn, ldap.ReplaceAttribute, "description", "by GUID")
	}
	remove := func(dn string) func(overLDAP) error {
		return func(o overLDAP) error { return o.Delete(models.DN(dn)) }
	}
	under := func(dn string) func(overLDAP) error {
		return func(o overLDAP) error { return o.Add(models.DN("CN=x,"+dn), "container", nil) }
	}
	rename := func(parent string) func(string) func(overLDAP) error {
		return func(dn string) func(overLDAP) error { return modrdn(dn, "CN=Anna Berg", true, parent) }
	}
	value := func(attribute string) func(string) func(overLDAP) error {
		return func(dn string) func(overLDAP) error { return changing(team, ldap.ReplaceAttribute, attribute, dn) }
	}
	unknown := "<GUID=11111111-2222-3333-4444-555555555555>"
	return []operation{
		only(noGUIDs, "base search, text", byGUID("text", read)), only(noGUIDs, "base search, hex", byGUID("hex", read)),
		only(noGUIDs, "modify", byGUID("text", set)), only(noGUIDs, "value of managedBy", byGUID("text", value("managedBy"))),
		only(noGUIDs, "modrdn without newsuperior", byGUID("text", rename(""))), only(noGUIDs, "modrdn with newsuperior", byGUID("text", rename(staff))),
		only(noGUIDs, "add below a GUID", byGUID("text", under)),
		only(noGUIDs, "unknown GUID", read(unknown)), only(noGUIDs, "modify an unknown GUID", set(unknown)),
		only(noValues, "a first value", changing(anna, ldap.ReplaceAttribute, "telephoneNumber", "Abc")),
		only(noValues, "delete it in other capitals", changing(anna, ldap.DeleteAttribute, "telephoneNumber", "aBC")),
		only(noValues, "delete what is not there", changing(anna, ldap.DeleteAttribute, "telephoneNumber", "1")),
		only(noValues, "delete another control", changing(anna, ldap.DeleteAttribute, "userAccountControl", "514")),
		only(noGUIDs, "delete", byGUID("text", remove)),
	}
}

func limitOperations() []operation {
	const noLimits = "it is tried over LDAP"
	group := func(rid string) func(overLDAP) error {
		return changing(anna, ldap.ReplaceAttribute, "primaryGroupID", rid)
	}
	add := func(classes ...string) func(overLDAP) error {
		return func(o overLDAP) error {
			r := ldap.NewAddRequest("CN=Odd,"+staff, nil)
			r.Attribute("description", []string{"x"})
			if len(classes) > 0 {
				r.Attribute("objectClass", classes)
			}
			return o.Conn.Add(r)
		}
	}
	return []operation{
		op("a password", setting(anna, first)),
		only(noLimits, "no hour of the week", changing(anna, ldap.ReplaceAttribute, "logonHours", string(make([]byte, 21)))),
		op("bind out of hours", signOn(anna, first)), op("bind out of hours, wrong password", signOn(anna, "wrong")),
		only(noLimits, "any hour", changing(anna, ldap.DeleteAttribute, "logonHours")),
		only(noLimits, "certain computers", changing(anna, ldap.ReplaceAttribute, "userWorkstations", "PC9")),
		op("bind from elsewhere", signOn(anna, first)),
		only(noLimits, "any computer", changing(anna, ldap.DeleteAttribute, "userWorkstations")),
		op("bind again", signOn(anna, first)),
		only(noLimits, "primary group that she is not in", group("512")), only(noLimits, "primary group that is none", group("99999")),
		op("into the group", join("CN=Domain Admins,"+users, anna)), only(noLimits, "primary group that she is in", group("512")),
		only(noLimits, "which group she left", finding("(&(cn=Anna Berg)(memberOf=CN=Domain Users,"+users+"))")),
		only(noLimits, "constructed attribute (canonicalName)", changing(anna, ldap.AddAttribute, "canonicalName", "x")),
		only(noLimits, "add without a class", add()), only(noLimits, "add of an unknown class", add("user", "nosuch")),
		only(noLimits, "add of classes that belong together", add("top", "person", "organizationalPerson", "user")),
	}
}

// meantOverLDAP are the operations to which this server is to answer in another
// way than Samba, and why.
func meantOverLDAP() map[string]string {
	all := map[string]string{
		"WhoAmI extended operation": "public clients ask it first, and Microsoft's controllers answer it",
	}
	for name, why := range meant() {
		if !strings.Contains(name, "sAMAccountName") {
			all[name] = why
		}
	}
	return all
}

// served is the simulator over LDAP as a domain, signed in to.
func served(t *testing.T) overLDAP {
	t.Helper()
	d := directory.New(directory.Options{Realm: "example.test", Workgroup: "EXAMPLE"})
	server, err := simulator.Start(simulator.Options{Directory: d, LDAP: &simulator.LDAPOptions{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	var config *tls.Config
	if config, err = (certificates.Config{Host: strings.TrimPrefix(server.LDAPURL(), "ldaps://"), Fingerprint: server.Fingerprint()}).TLS(); err != nil {
		t.Fatal(err)
	}
	c, err := ldap.DialURL(server.LDAPURL(), ldap.DialWithTLSConfig(config))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Bind(server.LDAPName(), server.LDAPPassword(false).Reveal()); err != nil {
		t.Fatal(err)
	}
	return overLDAP{c, target{server.LDAPURL(), config}}
}

// The operations that were measured, sent over LDAP to Samba and to the simulator.
func TestOperationsOverLDAPAgreeWithSamba(t *testing.T) {
	theirs := connect(t)
	defer func() {
		theirs.restore(t)
		if err := theirs.LockAfter(0); err != nil {
			t.Error(err)
		}
	}()
	agreed, tried := 0, 0
	for _, s := range operations() {
		theirs.restore(t)
		prepareForWrites(t, theirs)
		ours := served(t)
		prepareForWrites(t, ours)
		for _, operation := range s.operations {
			do := func(o overLDAP) error {
				if operation.raw != nil {
					return operation.raw(o)
				}
				return operation.do(o)
			}
			if operation.raw == nil && operation.do == nil {
				t.Logf("%s: not compared: %s", operation.name, operation.absent)
				continue
			}
			tried++
			err, own := do(theirs), do(ours)
			switch why := meantOverLDAP()[operation.name]; {
			case answer(err) == answer(own):
				agreed++
			case why != "":
				t.Logf("%s: %s: Samba %q, here %q: %s", s.name, operation.name, answer(err), answer(own), why)
			default:
				t.Errorf("%s: %s: Samba %q (%v), here %q (%v)", s.name, operation.name, answer(err), err, answer(own), own)
			}
		}
	}
	t.Logf("Samba and the simulator over LDAP agree on %d of %d operations, in result and refusal", agreed, tried)
}

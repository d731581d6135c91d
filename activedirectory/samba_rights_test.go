//go:build samba

package activedirectory_test

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/models"
)

// What an entry of an access list grants (MS-ADTS 5.1.3.2).
const (
	createChild, deleteChild, writeProperty, controlAccess = 0x1, 0x2, 0x20, 0x100
	deleteIt, deleteTree, fullControl                      = 0x10000, 0x40, 0xF01FF

	below, onlyBelow = 0x02, 0x0A // inherited, the second by what lies below only

	userGUID  = "bf967aba-0de6-11d0-a285-00aa003049e2"
	resetGUID = "00299570-246d-11d0-a768-00aa006e0529"
)

// grant is an entry of an access list for one SID.
type grant struct {
	deny          bool
	flags         byte
	mask          uint32
	object, class string // GUIDs; "": all
	sid           []byte
}

func (g grant) entry() []byte {
	var guids []byte
	parts := uint32(0)
	for i, text := range []string{g.object, g.class} {
		if text != "" {
			parts |= 1 << i
			guids = append(guids, wire(text)...)
		}
	}
	kind := byte(5)
	body := binary.LittleEndian.AppendUint32(nil, g.mask)
	if parts != 0 {
		body = append(binary.LittleEndian.AppendUint32(body, parts), guids...)
	} else {
		kind = 0
	}
	if g.deny {
		kind++
	}
	body = append(body, g.sid...)
	return append(binary.LittleEndian.AppendUint16([]byte{kind, g.flags}, uint16(4+len(body))), body...)
}

// wire is a GUID as it travels.
func wire(text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil {
		panic(err)
	}
	slices.Reverse(b[0:4])
	slices.Reverse(b[4:6])
	slices.Reverse(b[6:8])
	return b
}

// entered puts entries at the head of an object's access list; alone, in its place,
// so that nothing is inherited, as AdminSDHolder does.
func entered(t *testing.T, c *ldap.Conn, dn models.DN, alone bool, grants ...grant) {
	t.Helper()
	part := []ldap.Control{&ldap.ControlMicrosoftSDFlags{Criticality: true, ControlValue: 4}}
	found, err := c.Search(ldap.NewSearchRequest(string(dn), 0, 0, 0, 0, false, "(objectClass=*)", []string{"nTSecurityDescriptor"}, part))
	must(t, err)
	sd := found.Entries[0].GetRawAttributeValue("nTSecurityDescriptor")
	start := binary.LittleEndian.Uint32(sd[16:])
	list := sd[start:]
	old, count := list[8:binary.LittleEndian.Uint16(list[2:])], int(binary.LittleEndian.Uint16(list[4:]))
	if alone {
		old, count = nil, 0
		binary.LittleEndian.PutUint16(sd[2:], binary.LittleEndian.Uint16(sd[2:])|0x1000)
	}
	var added []byte
	for _, g := range grants {
		added = append(added, g.entry()...)
	}
	head := slices.Clone(list[:8])
	head[0] = 4
	binary.LittleEndian.PutUint16(head[2:], uint16(8+len(added)+len(old)))
	binary.LittleEndian.PutUint16(head[4:], uint16(count+len(grants)))
	request := ldap.NewModifyRequest(string(dn), part)
	request.Replace("nTSecurityDescriptor", []string{string(slices.Concat(sd[:start], head, added, old))})
	must(t, c.Modify(request))
}

// guidOf is the GUID of an attribute, as the schema has it.
func guidOf(t *testing.T, c *ldap.Conn, attribute string) string {
	t.Helper()
	found, err := c.Search(ldap.NewSearchRequest("CN=Schema,CN=Configuration,"+string(samba.BaseDN()), 1, 0, 0, 0, false,
		"(lDAPDisplayName="+attribute+")", []string{"schemaIDGUID"}, nil))
	must(t, err)
	return models.GUIDText(found.Entries[0].GetRawAttributeValue("schemaIDGUID"))
}

func sidOf(t *testing.T, c *ldap.Conn, dn models.DN) []byte {
	t.Helper()
	found, err := c.Search(ldap.NewSearchRequest(string(dn), 0, 0, 0, 0, false, "(objectClass=*)", []string{"objectSid"}, nil))
	must(t, err)
	return found.Entries[0].GetRawAttributeValue("objectSid")
}

// delegation is a domain in which a help desk may do a little in some OUs.
type delegation struct {
	admin  *activedirectory.Backend
	conn   *ldap.Conn
	ous    map[string]models.DN
	helper models.DN
	made   int
}

func delegate(t *testing.T) *delegation {
	admin := open(t, asAdministrator())
	c, err := samba.Connect()
	must(t, err)
	t.Cleanup(func() { c.Close() })
	d := &delegation{admin: admin, conn: c, ous: map[string]models.DN{}}
	top := workshop(t, admin)
	for _, name := range []string{"Desk", "Other", "Full", "Target"} {
		d.ous[name], err = admin.CreateOU(t.Context(), models.Ref{DN: top}, name, "")
		must(t, err)
	}
	d.helper = newUser(t, admin, top, "helper")
	team := d.newGroup(t, top, "Desk Team")
	inner := d.newGroup(t, top, "Night Shift")
	must(t, admin.AddMembers(t.Context(), models.Ref{DN: inner}, models.Refs(d.helper)))
	must(t, admin.AddMembers(t.Context(), models.Ref{DN: team}, models.Refs(inner)))
	own, nested := sidOf(t, c, d.helper), sidOf(t, c, team)
	property := func(name string) grant {
		return grant{flags: onlyBelow, mask: writeProperty, object: guidOf(t, c, name), class: userGUID, sid: own}
	}
	entered(t, c, d.ous["Desk"], false,
		grant{flags: onlyBelow, mask: controlAccess, object: resetGUID, class: userGUID, sid: own},
		property("lockoutTime"), property("telephoneNumber"))
	entered(t, c, d.ous["Full"], false, grant{flags: below, mask: fullControl, sid: nested})
	entered(t, c, d.ous["Target"], false, grant{mask: createChild | deleteChild, object: userGUID, sid: nested})
	return d
}

func (d *delegation) newGroup(t *testing.T, container models.DN, name string) models.DN {
	t.Helper()
	dn, err := d.admin.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: name, Scope: models.ScopeGlobal, Type: models.TypeSecurity})
	must(t, err)
	return dn
}

// kind is an object of the matrix, made anew for each action.
type kind struct {
	in    string
	group bool
	ou    bool
	marks func(t *testing.T, d *delegation, dn models.DN)
}

func (d *delegation) fresh(t *testing.T, k kind) models.Ref {
	t.Helper()
	d.made++
	name := "matrix" + string(rune('a'+d.made/676)) + string(rune('a'+d.made/26%26)) + string(rune('a'+d.made%26))
	var dn models.DN
	var err error
	switch {
	case k.ou:
		dn, err = d.admin.CreateOU(t.Context(), models.Ref{DN: d.ous[k.in]}, name, "")
		must(t, err)
	case k.group:
		dn = d.newGroup(t, d.ous[k.in], name)
	default:
		dn = newUser(t, d.admin, d.ous[k.in], name)
	}
	if k.marks != nil {
		k.marks(t, d, dn)
	}
	return read(t, d.admin, dn).Ref()
}

// What we say beforehand is what the server then does, for every action and kind of
// object.
func TestRightsAreWhatTheServerDoes(t *testing.T) {
	d := delegate(t)
	as := asAdministrator()
	as.Account, as.Password = "helper@"+samba.BaseDN().Realm(), models.NewSecret(userPassword)
	desk := open(t, as)
	everyone := []byte{1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}
	admins := sidOf(t, d.conn, "CN=Domain Admins,CN=Users,"+samba.BaseDN())
	protected := func(t *testing.T, d *delegation, dn models.DN) {
		mark := ldap.NewModifyRequest(string(dn), nil)
		mark.Replace("adminCount", []string{"1"})
		must(t, d.conn.Modify(mark))
		entered(t, d.conn, dn, true, grant{mask: fullControl, sid: admins}, grant{mask: 0x20094, sid: []byte{1, 1, 0, 0, 0, 0, 0, 5, 11, 0, 0, 0}})
	}
	kept := func(t *testing.T, d *delegation, dn models.DN) {
		entered(t, d.conn, dn, false, grant{deny: true, mask: deleteIt | deleteTree, sid: everyone})
	}
	owned := func(t *testing.T, d *delegation, dn models.DN) {
		entered(t, d.conn, dn, false, grant{deny: true, mask: writeProperty, object: guidOf(t, d.conn, "telephoneNumber"), sid: everyone},
			grant{mask: deleteIt, sid: sidOf(t, d.conn, d.helper)})
	}
	kinds := map[string]kind{
		"a user of the desk": {in: "Desk"}, "a protected user": {in: "Desk", marks: protected}, "a user elsewhere": {in: "Other"},
		"a user under full control": {in: "Full"}, "one kept from deletion": {in: "Full", marks: kept}, "one with entries of its own": {in: "Other", marks: owned},
		"a group of the desk": {in: "Desk", group: true}, "a group under full control": {in: "Full", group: true},
		"an OU of the desk": {in: "Desk", ou: true}, "an OU under full control": {in: "Full", ou: true},
		"a user where users may come and go": {in: "Target"}, "a group where users may come and go": {in: "Target", group: true},
	}
	ctx := t.Context()
	set := func(name, value string) func(models.Ref) error {
		return func(r models.Ref) error {
			request := ldap.NewModifyRequest("<GUID="+r.GUID+">", nil)
			request.Replace(name, []string{value})
			c := dial(t, as)
			defer c.Close()
			return c.Modify(request)
		}
	}
	write := func(name string) func(models.Rights) models.Flag {
		return func(r models.Rights) models.Flag { return r.Write(name) }
	}
	type attempt struct {
		says  func(models.Rights) models.Flag
		does  func(models.Ref) error
		users bool
	}
	move := func(to string) attempt {
		target, err := desk.Rights(ctx, models.Ref{DN: d.ous[to]})
		must(t, err)
		return attempt{
			func(r models.Rights) models.Flag { return min(r.Rename, r.Delete, target.Create(r.Class)) },
			func(r models.Ref) error { _, err := desk.Move(ctx, r, models.Ref{DN: d.ous[to]}); return err }, false,
		}
	}
	actions := map[string]attempt{
		"reset": {func(r models.Rights) models.Flag { return r.Reset }, func(r models.Ref) error {
			return desk.SetPassword(ctx, r, models.NewSecret("Other-Kettle-22"), models.Unknown)
		}, true},
		"unlock":      {write("lockoutTime"), func(r models.Ref) error { return desk.Unlock(ctx, r) }, true},
		"must change": {write("pwdLastSet"), func(r models.Ref) error { return desk.SetMustChange(ctx, r, true) }, true},
		"disable":     {write("userAccountControl"), func(r models.Ref) error { return desk.SetEnabled(ctx, r, false) }, true},
		"expiry": {write("accountExpires"), func(r models.Ref) error {
			return desk.SetExpiry(ctx, r, models.ExpiryAt(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)))
		}, true},
		"telephone":       {write("telephoneNumber"), set("telephoneNumber", "1"), false},
		"description":     {write("description"), set("description", "x"), false},
		"display name":    {write("displayName"), set("displayName", "x"), false},
		"the access list": {write("nTSecurityDescriptor"), func(r models.Ref) error { return rewrite(t, as, r) }, false},
		"rename":          {func(r models.Rights) models.Flag { return r.Rename }, func(r models.Ref) error { _, err := desk.Rename(ctx, r, "Another "+r.DN.RDN().Value); return err }, false},
		"move to Target":  move("Target"),
		"move to Full":    move("Full"),
		"delete":          {func(r models.Rights) models.Flag { return r.Delete }, func(r models.Ref) error { return deleteOne(desk, r) }, false},
		"a user in it":    {func(r models.Rights) models.Flag { return r.Create("user") }, func(r models.Ref) error { return add(t, as, r, "user") }, false},
		"an OU in it":     {func(r models.Rights) models.Flag { return r.Create("organizationalUnit") }, func(r models.Ref) error { return add(t, as, r, "organizationalUnit") }, false},
		"a member of it":  {write("member"), func(r models.Ref) error { return desk.AddMembers(ctx, r, models.Refs(d.helper)) }, false},
	}
	compared := 0
	for name, k := range kinds {
		for action, a := range actions {
			if a.users && (k.group || k.ou) || action == "move to "+k.in || action == "a member of it" && !k.group || strings.HasSuffix(action, "in it") && !k.ou {
				continue
			}
			ref := d.fresh(t, k)
			rights, err := desk.Rights(ctx, ref)
			must(t, err)
			says, did := a.says(rights), a.does(ref)
			compared++
			switch {
			case did != nil && !denied(did):
				t.Errorf("%s, %s: not judged by rights: %v", name, action, did)
			case says != models.FlagOf(did == nil):
				t.Errorf("%s, %s: we say %s, the server: %v", name, action, says.Label(), did)
			}
		}
	}
	t.Logf("%d compared", compared)
	self, err := desk.Rights(ctx, read(t, d.admin, d.helper).Ref())
	must(t, err)
	if self.Write("telephoneNumber") != models.Yes || self.Write("description") != models.No || self.Reset != models.No || self.Delete != models.No {
		t.Errorf("its own entry: %+v", self)
	}
	if err := set("telephoneNumber", "2")(models.Ref{GUID: read(t, d.admin, d.helper).Ref().GUID}); err != nil {
		t.Errorf("its own telephone number: %v", err)
	}
	all, err := d.admin.Rights(ctx, d.fresh(t, kinds["a user of the desk"]))
	must(t, err)
	if all.Reset != models.Yes || all.Delete != models.Yes || all.Rename != models.Yes || all.Write("description") != models.Yes {
		t.Errorf("the administrator: %+v", all)
	}
}

func denied(err error) bool {
	return errors.Is(err, models.ErrDenied) || ldap.IsErrorWithCode(err, ldap.LDAPResultInsufficientAccessRights)
}

func dial(t *testing.T, as activedirectory.Options) *ldap.Conn {
	t.Helper()
	c, err := ldap.DialURL(as.URL, ldap.DialWithTLSConfig(as.TLS))
	must(t, err)
	must(t, c.Bind(as.Account, as.Password.Reveal()))
	return c
}

func deleteOne(b *activedirectory.Backend, r models.Ref) (result error) {
	err := b.Delete(context.Background(), []models.Ref{r}, false, func(_ models.DN, err error) { result = err })
	return errors.Join(err, result)
}

// add makes an object with nothing but what it needs.
func add(t *testing.T, as activedirectory.Options, in models.Ref, class string) error {
	c := dial(t, as)
	defer c.Close()
	naming := map[string]string{"user": "CN"}[class]
	if naming == "" {
		naming = "OU"
	}
	request := ldap.NewAddRequest(naming+"=child,"+string(in.DN), nil)
	request.Attribute("objectClass", []string{class})
	return c.Add(request)
}

// rewrite writes an object's access list as it is.
func rewrite(t *testing.T, as activedirectory.Options, r models.Ref) error {
	c := dial(t, as)
	defer c.Close()
	part := []ldap.Control{&ldap.ControlMicrosoftSDFlags{Criticality: true, ControlValue: 4}}
	found, err := c.Search(ldap.NewSearchRequest(string(r.DN), 0, 0, 0, 0, false, "(objectClass=*)", []string{"nTSecurityDescriptor"}, part))
	must(t, err)
	request := ldap.NewModifyRequest(string(r.DN), part)
	request.Replace("nTSecurityDescriptor", []string{string(found.Entries[0].GetRawAttributeValue("nTSecurityDescriptor"))})
	return c.Modify(request)
}

package ldap

import (
	"io"
	"net"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// FuzzOperation does what decodes, with every right: nothing may break the server.
func FuzzOperation(f *testing.F) {
	const base = "DC=example,DC=test"
	dn := func(name string) []byte { return text(nil, tagOctets, name) }
	list := func(tag byte, parts ...[]byte) []byte {
		var all []byte
		for _, part := range parts {
			all = append(all, part...)
		}
		return element(nil, tag, all)
	}
	attribute := func(name, value string) []byte {
		return list(tagSequence, text(nil, tagOctets, name), list(tagSet, text(nil, tagOctets, value)))
	}
	change := func(kind int64, name, value string) []byte {
		return list(tagSequence, number(nil, tagEnumerated, kind), attribute(name, value))
	}
	zero := func(tag byte) []byte { return number(nil, tag, 0) }
	for _, seed := range [][]byte{
		list(0x66, dn("CN=Guest,CN=Users,"+base), list(tagSequence, change(2, "description", "x"), change(1, "userAccountControl", "546"))),
		list(0x66, dn("CN=Deleted Objects,"+base), list(tagSequence, change(1, "isDeleted", ""), change(2, "distinguishedName", base))),
		list(0x66, dn(base), list(tagSequence, change(2, "nTSecurityDescriptor", "\x01\x00\x04\x80"), change(0, "member", "<GUID=x>"))),
		list(0x68, dn("CN=x,CN=Users,"+base), list(tagSequence, attribute("objectClass", "user"), attribute("unicodePwd", "\"\x00"))),
		list(0x6c, dn("CN=Guest,CN=Users,"+base), dn("CN=y"), []byte{0x01, 0x01, 0xff}),
		list(0x6c, dn("CN=Configuration,"+base), dn("CN=y"), []byte{0x01, 0x01, 0xff}, text(nil, 0x80, base)),
		list(0x6e, dn(base), list(tagSequence, dn("dc"), dn("example"))),
		list(0x63, dn(base), number(nil, tagEnumerated, 2), zero(tagEnumerated), zero(tagInteger), zero(tagInteger), []byte{0x01, 0x01, 0x00},
			text(nil, 0x87, "objectClass"), list(tagSequence, dn("member;range=0-1"), dn("tokenGroups"), dn("allowedAttributesEffective"))),
		list(0x63, dn("CN=Schema,CN=Configuration,"+base), number(nil, tagEnumerated, 1), zero(tagEnumerated), zero(tagInteger), zero(tagInteger), []byte{0x01, 0x01, 0x00},
			list(0xa3, dn("lDAPDisplayName"), dn("cn")), list(tagSequence, dn("*"), dn("+"))),
		text(nil, 0x4a, "CN=Guest,CN=Users,"+base),
	} {
		f.Add(list(tagSequence, number(nil, tagInteger, 1), seed))
	}
	d := directory.New(directory.Options{Realm: "example.test"})
	secret := models.NewSecret("First-Kettle-1")
	if err := d.SetPassword("CN=Administrator,CN=Users,"+base, secret, false); err != nil {
		f.Fatal(err)
	}
	caller, err := d.SignIn(0, "Administrator@example.test", secret)
	if err != nil {
		f.Fatal(err)
	}
	server := New(Options{Directory: d})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := read(b)
		if err != nil {
			return
		}
		id, op, ok := envelope(p)
		if !ok {
			return
		}
		m, known := methodOf(op.Tag)
		if !known || m.name == "bind" {
			return
		}
		near, far := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, far) }()
		c := newConn(server, near, 0)
		c.caller = caller
		r := c.dispatch(operation{id: id, packet: p, ctx: t.Context()}, m)
		_ = r.encode()
		_ = near.Close()
	})
}

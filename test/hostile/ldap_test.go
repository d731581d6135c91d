//go:build linux

package hostile

import (
	"crypto/tls"
	"encoding/binary"
	"net"
	"strconv"
	"strings"
	"testing"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"
)

const base = "DC=example,DC=test"

// ldapServer takes any sign-in; what it answers to a search below the base is a case's.
type ldapServer struct {
	startTLS []byte // the answer to StartTLS; nil: the port speaks TLS at once
	rootDSE  func(w *writer, id byte)
	search   func(w *writer, id byte)
}

// writer sends until the client has gone.
type writer struct {
	net.Conn
	gone bool
}

func (w *writer) send(raw []byte) {
	if _, err := w.Write(raw); err != nil {
		w.gone = true
	}
}

// forever sends messages made by next until the client has gone.
func (w *writer) forever(next func(i int) []byte) {
	for i := 0; !w.gone; {
		var batch []byte
		for len(batch) < 64<<10 {
			batch = append(batch, next(i)...)
			i++
		}
		w.send(batch)
	}
}

// wraps is one BER element.
func wraps(tag byte, content ...[]byte) []byte {
	size := 0
	for _, c := range content {
		size += len(c)
	}
	all := binary.BigEndian.AppendUint32(append(make([]byte, 0, size+6), tag, 0x84), uint32(size))
	for _, c := range content {
		all = append(all, c...)
	}
	return all
}

func message(id byte, op byte, content ...[]byte) []byte {
	return wraps(0x30, []byte{2, 1, id}, wraps(op, content...))
}

func text(s string) []byte { return wraps(4, []byte(s)) }

func entry(id byte, dn string, attributes ...[]byte) []byte {
	return message(id, 0x64, text(dn), wraps(0x30, attributes...))
}

func attribute(name string, values ...[]byte) []byte {
	return wraps(0x30, text(name), wraps(0x31, values...))
}

func done(id byte) []byte { return message(id, 0x65, []byte{10, 1, 0, 4, 0, 4, 0}) }

func repeat(part []byte, times int) []byte { return []byte(strings.Repeat(string(part), times)) }

func row(id byte, i int) []byte {
	name := "u" + strconv.Itoa(i)
	return entry(id, "CN="+name+","+base, attribute("name", text(name)), attribute("objectGUID", text("0123456789"+string(binary.BigEndian.AppendUint32(nil, uint32(i)))+"zz")))
}

// serve starts the server and gives its URL.
func (s ldapServer) serve(t *testing.T, config *tls.Config) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go s.answer(c, config)
		}
	}()
	if s.startTLS != nil {
		return "ldap://" + listener.Addr().String()
	}
	return "ldaps://" + listener.Addr().String()
}

func (s ldapServer) answer(raw net.Conn, config *tls.Config) {
	defer raw.Close()
	if s.startTLS != nil {
		_, _ = raw.Read(make([]byte, 4096))
		w := &writer{Conn: raw}
		w.send(s.startTLS)
		w.forever(func(int) []byte { return make([]byte, 64<<10) })
		return
	}
	w := &writer{Conn: tls.Server(raw, config)}
	for !w.gone {
		asked, err := ber.ReadPacket(w)
		if err != nil || len(asked.Children) < 2 {
			return
		}
		number, _ := asked.Children[0].Value.(int64)
		id, op := byte(number), asked.Children[1]
		switch {
		case op.Tag == ldap.ApplicationBindRequest:
			w.send(message(id, 0x61, []byte{10, 1, 0, 4, 0, 4, 0}))
		case op.Tag != ldap.ApplicationSearchRequest:
			return
		case op.Children[0].Value == "" && s.rootDSE != nil:
			s.rootDSE(w, id)
		case op.Children[0].Value == "":
			w.send(entry(id, "", attribute("defaultNamingContext", text(base)), attribute("configurationNamingContext", text("CN=Configuration,"+base)),
				attribute("schemaNamingContext", text("CN=Schema,CN=Configuration,"+base))))
			w.send(done(id))
		case op.Children[1].Value == int64(ldap.ScopeBaseObject) && strings.HasPrefix(op.Children[0].Value.(string), "OU=victim"):
			w.send(entry(id, op.Children[0].Value.(string))) // the container itself is there
			w.send(done(id))
		case strings.Contains(op.Children[0].Value.(string), "victim"):
			s.search(w, id)
		default:
			w.send(entry(id, base, attribute("lockoutDuration", text("-18000000000"))))
			w.send(done(id))
		}
	}
}

// ldapTrials are the servers of LDAP.
func ldapTrials() []trial {
	const big = 200 << 20
	long := func(tag byte, size int) []byte {
		return binary.BigEndian.AppendUint32([]byte{tag, 0x84}, uint32(size))
	}
	show, list := []string{"properties", "CN=victim," + base}, []string{"ls", "OU=victim," + base, "--all"}
	values := func(value []byte, times int) func(*writer, byte) {
		return func(w *writer, id byte) {
			w.send(entry(id, "CN=victim,"+base, attribute("description", repeat(value, times))))
			w.send(done(id))
		}
	}
	return []trial{
		{name: "StartTLS: an answer without end", ldap: &ldapServer{startTLS: long(0x30, big)}, args: show, words: "too large"},
		{name: "StartTLS: elements without end", ldap: &ldapServer{startTLS: append(long(0x30, 60_000), []byte{2, 1, 1, 0x78}...)}, args: show, words: "not LDAP"},
		{name: "before sign-in: a value of 200 MB", long: true, ldap: &ldapServer{rootDSE: values(make([]byte, 1000), big/1000)}, args: show, words: "too large"},
		{name: "before sign-in: entries without end", ldap: &ldapServer{rootDSE: func(w *writer, id byte) { w.forever(func(i int) []byte { return row(id, i) }) }}, args: show, words: "several objects"},
		{name: "a base search without end", ldap: &ldapServer{search: func(w *writer, id byte) { w.forever(func(i int) []byte { return row(id, i) }) }}, args: show, words: "several objects"},
		{name: "1,000,000 values", ldap: &ldapServer{search: values(text("v"), 1_000_000)}, args: show, words: "more rows"},
		{name: "1,000,000 attributes", ldap: &ldapServer{search: func(w *writer, id byte) {
			w.send(entry(id, "CN=victim,"+base, repeat(attribute("a", text("v")), 1_000_000)))
		}}, args: show, words: "too large"},
		{name: "a value of 200 MB", long: true, ldap: &ldapServer{search: func(w *writer, id byte) {
			w.send(entry(id, "CN=victim,"+base, attribute("description", wraps(4, make([]byte, big)))))
		}}, args: show, words: "too large"},
		{name: "a value of 20 MB", ldap: &ldapServer{search: func(w *writer, id byte) {
			w.send(entry(id, "CN=victim,"+base, attribute("description", wraps(4, repeat([]byte("x"), 20<<20)))))
			w.send(done(id))
		}}, args: show},
		{name: "a list without end", ldap: &ldapServer{search: func(w *writer, id byte) { w.forever(func(i int) []byte { return row(id, i) }) }}, args: list, words: "max_rows"},
		{name: "the same row without end", ldap: &ldapServer{search: func(w *writer, id byte) { w.forever(func(int) []byte { return row(id, 1) }) }}, args: list, words: "the same objects"},
		{name: "rows of 200 kB without end", long: true, ldap: &ldapServer{search: func(w *writer, id byte) {
			w.forever(func(i int) []byte {
				return entry(id, "CN=u"+strconv.Itoa(i)+","+base, attribute("description", wraps(4, repeat([]byte("x"), 200_000))))
			})
		}}, args: list, words: "too large"},
		{name: "references without end", ldap: &ldapServer{search: func(w *writer, id byte) {
			w.forever(func(int) []byte { return message(id, 0x73, text("ldap://x")) })
		}}, args: list, words: "without end"},
	}
}

package activedirectory

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

const (
	testAccount  = "anna@example.test"
	testPassword = "Pa55-word"
	testBase     = models.DN("DC=example,DC=test")
)

// fake is a little LDAP server that answers what a test wants, in whatever order
// and however broken: a proper server cannot be made to fail in the right place.
type fake struct {
	t        *testing.T
	address  string
	tls      *tls.Config
	roots    *x509.CertPool
	startTLS bool // plain at first

	refuseStartTLS bool

	// The test's answers; a nil one stands for the usual.
	onBind   func(name, password string) (code uint16, diagnostic string)
	onSearch func(s *session, r searchRequest) (handled bool)
	onWrite  func(s *session, w writeRequest)

	abandoned chan int64 // the searches that a client abandoned; made by the test

	writes writes

	binds   atomic.Int32
	plain   atomic.Int32 // binds that came without TLS
	accepts atomic.Int32

	serving  sync.Once
	mu       sync.Mutex
	listener net.Listener
	sessions map[*session]struct{}
	group    sync.WaitGroup
}

// newFake makes the server; it serves from the first call of options or open on.
// Set the answers before, or between stop and start.
func newFake(t *testing.T) *fake {
	t.Helper()
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	f := &fake{t: t, tls: certified.TLS.Clone(), roots: x509.NewCertPool(), sessions: make(map[*session]struct{})}
	f.tls.NextProtos = nil
	f.roots.AddCert(certified.Certificate())
	f.address = "127.0.0.1:0"
	f.listen()
	t.Cleanup(f.stop)
	return f
}

func (f *fake) start() {
	f.listen()
	f.serveAll()
}

func (f *fake) listen() {
	listener, err := net.Listen("tcp", f.address)
	if err != nil {
		f.t.Fatal(err)
	}
	f.address = listener.Addr().String()
	f.mu.Lock()
	f.listener = listener
	f.mu.Unlock()
}

func (f *fake) serveAll() {
	listener := f.listener
	f.group.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			f.accepts.Add(1)
			f.group.Go(func() { f.serve(c) })
		}
	})
}

// stop closes the listener, pulls the plug on all connections, and waits until
// none is served any more.
func (f *fake) stop() {
	f.mu.Lock()
	_ = f.listener.Close()
	f.mu.Unlock()
	f.dropAll()
	f.group.Wait()
}

func (f *fake) dropAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.sessions {
		_ = s.raw.Close()
	}
}

func (f *fake) options() Options {
	f.serving.Do(f.serveAll)
	scheme := "ldaps://"
	if f.startTLS {
		scheme = "ldap://"
	}
	return Options{
		URL: scheme + f.address, TLS: &tls.Config{RootCAs: f.roots, ServerName: "example.com"},
		Account: testAccount, Password: models.NewSecret(testPassword),
	}
}

func (f *fake) open() *Backend {
	f.t.Helper()
	backend, err := Open(f.t.Context(), f.options())
	if err != nil {
		f.t.Fatalf("open: %v", err)
	}
	f.t.Cleanup(func() { _ = backend.Close(f.t.Context()) })
	return backend
}

// session is one connection, seen from the server.
type session struct {
	fake      *fake
	raw       net.Conn // the TCP connection
	conn      net.Conn // what messages travel on
	out       *bufio.Writer
	encrypted bool
}

// searchRequest is what of a search the answers depend on.
type searchRequest struct {
	id         int64
	base       string
	scope      int64
	filter     string
	attributes []string
	paging     *ldap.ControlPaging
}

func (f *fake) serve(raw net.Conn) {
	s := &session{fake: f, raw: raw, conn: raw, out: bufio.NewWriterSize(raw, 1<<16)}
	f.mu.Lock()
	f.sessions[s] = struct{}{}
	f.mu.Unlock()
	defer func() {
		_ = raw.Close()
		f.mu.Lock()
		delete(f.sessions, s)
		f.mu.Unlock()
	}()
	if !f.startTLS {
		s.encrypt()
	}
	for {
		p, err := ber.ReadPacket(s.conn)
		if err != nil {
			return
		}
		s.handle(p)
	}
}

func (s *session) encrypt() {
	s.conn = tls.Server(s.raw, s.fake.tls)
	s.out.Reset(s.conn)
	s.encrypted = true
}

func (s *session) handle(p *ber.Packet) {
	id, op := p.Children[0].Value.(int64), p.Children[1]
	switch op.Tag {
	case ldap.ApplicationBindRequest:
		s.fake.binds.Add(1)
		if !s.encrypted {
			s.fake.plain.Add(1)
		}
		name, password := op.Children[1].Value.(string), op.Children[2].Data.String()
		check := s.fake.onBind
		if check == nil {
			check = checkPassword
		}
		code, words := check(name, password)
		s.result(id, ldap.ApplicationBindResponse, code, words)
	case ldap.ApplicationExtendedRequest:
		if s.fake.startTLS && !s.fake.refuseStartTLS {
			s.result(id, ldap.ApplicationExtendedResponse, 0, "")
			s.encrypt()
		} else {
			s.result(id, ldap.ApplicationExtendedResponse, ldap.LDAPResultProtocolError, "Extended Operation not supported")
		}
	case ldap.ApplicationSearchRequest:
		s.search(searchOf(id, op, p))
	case ldap.ApplicationAbandonRequest:
		if s.fake.abandoned != nil {
			search, _ := ber.ParseInt64(op.Data.Bytes())
			s.fake.abandoned <- search
		}
	case ldap.ApplicationAddRequest, ldap.ApplicationModifyRequest, ldap.ApplicationModifyDNRequest, ldap.ApplicationDelRequest:
		s.write(writeOf(id, op, p))
	}
}

func checkPassword(name, password string) (code uint16, words string) {
	if name == testAccount && password == testPassword {
		return 0, ""
	}
	return ldap.LDAPResultInvalidCredentials, diagnostic("52e")
}

func diagnostic(data string) string {
	return "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data " + data + ", v1db1"
}

func (s *session) search(r searchRequest) {
	if s.fake.onSearch != nil && s.fake.onSearch(s, r) {
		return
	}
	switch {
	case r.base == "":
		s.entry(r.id, "", map[string][]string{
			"defaultNamingContext":       {string(testBase)},
			"configurationNamingContext": {"CN=Configuration," + string(testBase)},
			"schemaNamingContext":        {"CN=Schema,CN=Configuration," + string(testBase)},
		})
		s.done(r.id, 0, "", nil)
	case r.base == string(testBase) && r.scope == ldap.ScopeBaseObject:
		s.entry(r.id, r.base, map[string][]string{"lockoutDuration": {"-18000000000"}, "maxPwdAge": {"-36288000000000"}})
		s.done(r.id, 0, "", nil)
	default:
		s.done(r.id, ldap.LDAPResultNoSuchObject, "00002030: No such Base DN: "+r.base, nil)
	}
}

func searchOf(id int64, op, message *ber.Packet) searchRequest {
	r := searchRequest{id: id, base: op.Children[0].Value.(string), scope: op.Children[1].Value.(int64)}
	r.filter, _ = ldap.DecompileFilter(op.Children[6])
	for _, attribute := range op.Children[7].Children {
		r.attributes = append(r.attributes, attribute.Value.(string))
	}
	if len(message.Children) > 2 {
		for _, child := range message.Children[2].Children {
			if control, err := ldap.DecodeControl(child); err == nil {
				if paging, ok := control.(*ldap.ControlPaging); ok {
					r.paging = paging
				}
			}
		}
	}
	return r
}

func (s *session) send(id int64, op *ber.Packet, controls ...ldap.Control) error {
	message := ber.NewSequence("LDAPMessage")
	message.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, id, "messageID"))
	message.AppendChild(op)
	if len(controls) > 0 {
		list := ber.Encode(ber.ClassContext, ber.TypeConstructed, 0, nil, "controls")
		for _, control := range controls {
			list.AppendChild(control.Encode())
		}
		message.AppendChild(list)
	}
	_, err := s.out.Write(message.Bytes())
	return err
}

func octets(text string) *ber.Packet {
	return ber.NewString(ber.ClassUniversal, ber.TypePrimitive, ber.TagOctetString, text, "")
}

func (s *session) entry(id int64, dn string, values map[string][]string) error {
	op := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationSearchResultEntry, nil, "entry")
	op.AppendChild(octets(dn))
	list := ber.NewSequence("attributes")
	for name, texts := range values {
		attribute := ber.NewSequence("attribute")
		attribute.AppendChild(octets(name))
		set := ber.Encode(ber.ClassUniversal, ber.TypeConstructed, ber.TagSet, nil, "values")
		for _, text := range texts {
			set.AppendChild(octets(text))
		}
		attribute.AppendChild(set)
		list.AppendChild(attribute)
	}
	op.AppendChild(list)
	return s.send(id, op)
}

func (s *session) reference(id int64, url string) {
	op := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationSearchResultReference, nil, "reference")
	op.AppendChild(octets(url))
	_ = s.send(id, op)
}

func (s *session) done(id int64, code uint16, words string, cookie []byte) {
	var controls []ldap.Control
	if cookie != nil {
		paging := ldap.NewControlPaging(0)
		paging.SetCookie(cookie)
		controls = append(controls, paging)
	}
	s.result(id, ldap.ApplicationSearchResultDone, code, words, controls...)
}

func (s *session) result(id int64, tag ber.Tag, code uint16, words string, controls ...ldap.Control) {
	op := ber.Encode(ber.ClassApplication, ber.TypeConstructed, tag, nil, "result")
	op.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagEnumerated, uint64(code), "resultCode"))
	op.AppendChild(octets(""))
	op.AppendChild(octets(words))
	_ = s.send(id, op, controls...)
	s.flush()
}

// flush sends what has gathered; a result does so too.
func (s *session) flush() { _ = s.out.Flush() }

func child(name string) string { return "CN=" + name + ",OU=Staff," + string(testBase) }

const staff = "OU=Staff,DC=example,DC=test"

func isStaff(r searchRequest) bool {
	return r.scope == ldap.ScopeSingleLevel && strings.EqualFold(r.base, staff)
}

func user(name string) map[string][]string {
	return map[string][]string{
		"name": {name}, "objectCategory": {"CN=Person,CN=Schema,CN=Configuration," + string(testBase)},
		"userAccountControl": {"512"},
	}
}

// connections is how many clients are connected.
func (f *fake) connections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.sessions)
}

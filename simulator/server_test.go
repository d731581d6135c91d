package simulator_test

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// start runs a simulator for a test.
func start(t *testing.T, o simulator.Options) *simulator.Server {
	t.Helper()
	server, err := simulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return server
}

// foreign is a client that nobody here wrote: plain net/http, trusting the
// simulator's certificate.
func foreign(t testing.TB, server *simulator.Server) *http.Client {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(server.CertificatePEM()) {
		t.Fatal("the certificate is no PEM")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// answer is DSM's envelope.
type answer struct {
	Success bool            `json:"success"`
	Data    json.RawMessage `json:"data"`
	Error   struct {
		Code   int             `json:"code"`
		Errors json.RawMessage `json:"errors"`
	} `json:"error"`
}

// get sends a GET with a query as it stands, and reads the envelope.
func get(t testing.TB, c *http.Client, url string) answer {
	t.Helper()
	response, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t testing.TB, response *http.Response) answer {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", response.StatusCode, err, body)
	}
	return a
}

// signIn gives the sid of a version 6 login by GET.
func signIn(t testing.TB, c *http.Client, server *simulator.Server, account string) string {
	t.Helper()
	a := get(t, c, server.URL()+"/webapi/auth.cgi?api=SYNO.API.Auth&version=6&method=login&format=sid&session=webui&account="+
		account+"&passwd="+url.QueryEscape(server.Password().Reveal()))
	var data struct{ Sid string }
	if err := json.Unmarshal(a.Data, &data); err != nil || data.Sid == "" {
		t.Fatalf("sign in: %+v", a)
	}
	return data.Sid
}

func TestAForeignClientSignsInAndLists(t *testing.T) {
	server := start(t, simulator.Options{Objects: 50, Seed: 1})
	client := foreign(t, server)
	sid := signIn(t, client, server, server.Account())

	info := get(t, client, server.URL()+"/webapi/entry.cgi?api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="+sid)
	if !strings.Contains(string(info.Data), `"realm":"corp.example.com"`) || !strings.Contains(string(info.Data), `"status":"running"`) {
		t.Errorf("info: %s", info.Data)
	}
	list := get(t, client, server.URL()+"/webapi/entry.cgi?api=SYNO.ActiveDirectory.Directory&method=list&version=3&limit=7&offset=40&_sid="+sid+
		"&basedn="+url.QueryEscape(string(server.LargeDN())))
	var page struct {
		Data []struct {
			DN, ObjectCategory string
		}
		Total int
	}
	if err := json.Unmarshal(list.Data, &page); err != nil {
		t.Fatalf("%v: %+v", err, list)
	}
	if len(page.Data) != 7 || page.Total != 50 {
		t.Errorf("%d of %d", len(page.Data), page.Total)
	}
	for _, o := range page.Data {
		if o.ObjectCategory != "person" || !models.DN(o.DN).Parent().Equal(server.LargeDN()) {
			t.Errorf("%+v", o)
		}
	}
}

func TestEveryStartHasItsOwnSecrets(t *testing.T) {
	empty := directory.New(directory.Options{})
	one := start(t, simulator.Options{Directory: empty, OTP: true})
	two := start(t, simulator.Options{Directory: empty, OTP: true})
	if len(one.Password().Reveal()) < 16 || one.Password() == two.Password() {
		t.Error("passwords are short or the same")
	}
	if one.OTPSecret().Empty() || one.OTPSecret() == two.OTPSecret() {
		t.Error("one-time secrets are missing or the same")
	}
	if one.Fingerprint() == two.Fingerprint() {
		t.Error("certificates are the same")
	}
	if chosen := start(t, simulator.Options{Directory: empty, Password: models.NewSecret("x")}); chosen.Password().Reveal() != "x" || !chosen.OTPSecret().Empty() {
		t.Error("the options were not kept to")
	}
}

func TestTheUnprivilegedAccountIsRefusedTheDirectory(t *testing.T) {
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{}), OTP: true})
	client := foreign(t, server)
	sid := signIn(t, client, server, server.Unprivileged())
	if got := get(t, client, server.URL()+"/webapi/entry.cgi?api=SYNO.ActiveDirectory.Info&method=get&version=3&_sid="+sid); got.Error.Code != 105 {
		t.Errorf("%+v", got)
	}
}

func TestTheCertificateVerifiesByNameAndFingerprint(t *testing.T) {
	server := start(t, simulator.Options{Directory: directory.New(directory.Options{})})
	address := strings.TrimPrefix(server.URL(), "https://")
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(server.CertificatePEM())
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		c, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots, ServerName: name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sum := sha256.Sum256(c.ConnectionState().PeerCertificates[0].Raw)
		if got := "sha256:" + hex.EncodeToString(sum[:]); got != server.Fingerprint() {
			t.Errorf("fingerprint %s, shown %s", server.Fingerprint(), got)
		}
		_ = c.Close()
	}
	if c, err := tls.Dial("tcp", address, &tls.Config{ServerName: "127.0.0.1"}); err == nil {
		_ = c.Close()
		t.Error("the system's roots trust it")
	}
	before := server.Fingerprint()
	if err := server.NewCertificate(); err != nil {
		t.Fatal(err)
	}
	if server.Fingerprint() == before {
		t.Error("the certificate did not change")
	}
	if c, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}); err == nil {
		_ = c.Close()
		t.Error("the new certificate is not shown")
	}
}

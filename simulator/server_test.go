package simulator_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dirdesk/simulator"
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
func foreign(t *testing.T, server *simulator.Server) *http.Client {
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
func get(t *testing.T, c *http.Client, url string) answer {
	t.Helper()
	response, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) answer {
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
func signIn(t *testing.T, c *http.Client, server *simulator.Server, account string) string {
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
		Data  []map[string]any
		Total int
	}
	if err := json.Unmarshal(list.Data, &page); err != nil {
		t.Fatalf("%v: %+v", err, list)
	}
	t.Logf("%d of %d", len(page.Data), page.Total)
}

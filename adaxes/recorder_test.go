package adaxes

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/directory"
	"dirdesk/test/webtest"
)

const (
	johnSmith   = models.DN("CN=John Smith,CN=Users,DC=example,DC=com")
	johnRaymond = models.DN("CN=John Raymond,CN=Users,DC=example,DC=com")
	myGroup     = models.DN("CN=My group,OU=Groups,DC=example,DC=com")
)

// recorder passes requests on to the simulator and keeps what it saw of them.
type recorder struct {
	server *simulator.Server
	next   *http.Client

	// instead answers a request in the simulator's place, and says whether it did;
	// nil: none.
	instead func(w http.ResponseWriter, r *http.Request) bool

	mu   sync.Mutex
	seen []recorded
}

// recorded is one request as it came over the wire.
type recorded struct {
	verb, path string
	query      url.Values
	header     http.Header
	body       []byte
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.mu.Lock()
	r.seen = append(r.seen, recorded{in.Method, in.URL.Path, in.URL.Query(), in.Header.Clone(), body})
	r.mu.Unlock()
	if r.instead != nil && r.instead(w, in) {
		return
	}
	out, err := http.NewRequestWithContext(in.Context(), in.Method, r.server.URL()+in.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	out.Header = in.Header.Clone()
	answer, err := r.next.Do(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body) // a client that went away is not our concern
}

// patches are the bodies of what was sent to be changed since the last call.
func (r *recorder) patches() [][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	var bodies [][]byte
	for _, one := range r.seen {
		if one.verb == http.MethodPatch && one.path == "/restApi"+pathObjects {
			bodies = append(bodies, one.body)
		}
	}
	r.seen = nil
	return bodies
}

// openExamples starts a simulator of the domain in which the document's examples can
// be run, and connects to it through a recorder.
func openExamples(t testing.TB, options adaxes.Options) (*Backend, *recorder) {
	t.Helper()
	server, err := simulator.Start(simulator.Options{
		Directory: directory.New(directory.Options{Realm: "example.com"}), Examples: true, Adaxes: options,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	r := &recorder{server: server, next: &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: poolOf(server.CertificatePEM())}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	front := webtest.Serve(t, r)
	b, err := Open(t.Context(), Options{
		URL: front.URL + "/restApi", TLS: webtest.Roots(front), Token: server.AdaxesToken(), PollEvery: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close(t.Context()) })
	return b, r
}

func poolOf(pem []byte) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return pool
}

// holds are an object's attributes in the directory itself.
func (r *recorder) holds(t testing.TB, dn models.DN) map[string][]string {
	t.Helper()
	attributes, err := r.server.Directory().Attributes(dn)
	if err != nil {
		t.Fatalf("%s: %v", dn, err)
	}
	return attributes
}

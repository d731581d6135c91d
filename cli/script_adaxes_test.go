package cli_test

import (
	"bytes"
	"crypto/tls"
	"encoding/csv"
	"errors"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"dirdesk/internal/certificates"
)

// announcedAdaxes is the Adaxes side of what dirdesk simulate --json says.
type announcedAdaxes struct{ URL, Token, Username, Password string }

// setAdaxes sets AURL, AACCOUNT and AFINGERPRINT, and writes the access token and
// the password into the files token and apassword.
func setAdaxes(ts *testscript.TestScript, said announcedAdaxes) {
	if said.URL == "" || said.Token == "" || said.Username == "" || said.Password == "" {
		ts.Fatalf("the simulator does not say how to reach its Adaxes side: %+v", said)
	}
	ts.Setenv("ABASE", said.URL)
	ts.Setenv("AURL", strings.Replace(said.URL, "https://", "adaxes://", 1))
	ts.Setenv("AACCOUNT", said.Username)
	ts.Setenv("TOKEN", said.Token)
	ts.Setenv("AFINGERPRINT", ts.Getenv("FINGERPRINT"))
	examples, err := filepath.Abs(filepath.Join("..", "adaxes", "testdata"))
	ts.Check(err)
	ts.Setenv("EXAMPLES", examples)
	ts.Check(os.WriteFile(ts.MkAbs("token"), []byte(said.Token+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("apassword"), []byte(said.Password+"\n"), 0o600))
}

// runAdaxes is "adaxes CODE ARGUMENT...": main, signed in to the Adaxes side with
// the access token.
func runAdaxes(ts *testscript.TestScript, neg bool, args []string) {
	args = append(args, "-c", ts.Getenv("AURL"), "--fingerprint", ts.Getenv("AFINGERPRINT"), "--token-file", ts.MkAbs("token"))
	callMain(ts, neg, args)
	for _, stream := range []string{"stdout", "stderr"} {
		if strings.Contains(ts.ReadFile(stream), ts.Getenv("TOKEN")) {
			ts.Fatalf("the token is on %s", stream)
		}
	}
}

// recorded is one exchange that went through a recorder.
type recorded struct {
	method, path string
	request      []byte
	answer       []byte
}

// recorder is a proxy that keeps what went over the wire.
type recorder struct {
	mu        sync.Mutex
	exchanges []recorded
	answer    []byte // of the change that was looked at last
	pull      bool   // after the next change nothing goes through any more
	pulled    bool
}

var errPulled = errors.New("the plug is pulled")

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	var body []byte
	if request.Body != nil {
		body, _ = io.ReadAll(request.Body) // what is missing is missing in the comparison
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	r.mu.Lock()
	at, pulled := len(r.exchanges), r.pulled
	e := recorded{request.Method, request.URL.Path, body, nil}
	r.exchanges = append(r.exchanges, e)
	r.pulled = r.pulled || r.pull && e.changes()
	lost := r.pulled
	r.mu.Unlock()
	if pulled {
		return nil, errPulled
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true} // our own simulator, next door
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(response.Body)
	response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(answer))
	r.mu.Lock()
	defer r.mu.Unlock()
	if at < len(r.exchanges) {
		r.exchanges[at].answer = answer
	}
	if lost {
		return nil, errPulled
	}
	return response, err
}

// changes reports whether an exchange changes something: a search is a POST too.
func (e recorded) changes() bool {
	return e.method != http.MethodGet && !strings.HasSuffix(e.path, "/search") && !strings.Contains(e.path, "/api/auth")
}

// changes are the exchanges that changed something.
func (r *recorder) changes() []recorded {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []recorded
	for _, e := range r.exchanges {
		if e.changes() {
			all = append(all, e)
		}
	}
	return all
}

type recorderKey struct{}

// startRecorder is "recorder": from now on the Adaxes side is reached through a
// proxy that keeps what passes.
func startRecorder(ts *testscript.TestScript, neg bool, args []string) {
	target, err := url.Parse(ts.Getenv("ABASE"))
	ts.Check(err)
	kept := ts.Value(recorderKey{}).(*recorder)
	proxy := httptest.NewTLSServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host },
		Transport: kept,
		// A connection that was cut is cut for the client too.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	})
	ts.Defer(proxy.Close)
	ts.Setenv("AURL", strings.Replace(proxy.URL, "https://", "adaxes://", 1)+target.Path)
	ts.Setenv("AFINGERPRINT", certificates.Fingerprint(proxy.Certificate()))
}

// pullPlug is "pull": the next change is made, its answer lost, and nothing goes
// through the recorder after it. "pull back" puts the plug back.
func pullPlug(ts *testscript.TestScript, neg bool, args []string) {
	kept := ts.Value(recorderKey{}).(*recorder)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	kept.pull, kept.pulled = len(args) == 0, false
}

// checkSent is "sent METHOD FILE [compact]": the only change since the last look
// was that request, with the bytes of the file for its body; compact without the
// line break that the archive of a script ends each of its files with, and with
// the object's GUID, which the server told before, in the place of its DN. "sent none": there was none; "sent
// whatever" forgets what there was.
func checkSent(ts *testscript.TestScript, neg bool, args []string) {
	kept := ts.Value(recorderKey{}).(*recorder)
	changes := kept.changes()
	kept.mu.Lock()
	before := kept.exchanges
	kept.exchanges = nil
	kept.mu.Unlock()
	if len(args) == 1 && args[0] == "whatever" {
		return
	}
	if len(args) == 1 && args[0] == "none" {
		if len(changes) > 0 {
			ts.Fatalf("%d changes were sent, the first %s %s", len(changes), changes[0].method, changes[0].path)
		}
		return
	}
	if neg || len(args) != 2 && (len(args) != 3 || args[2] != "compact") {
		ts.Fatalf("usage: sent METHOD FILE [compact], sent none or sent whatever")
	}
	if len(changes) != 1 {
		ts.Fatalf("%d changes were sent, want 1", len(changes))
	}
	if changes[0].method != args[0] {
		ts.Fatalf("a %s was sent, want %s", changes[0].method, args[0])
	}
	want, sent := []byte(ts.ReadFile(args[1])), changes[0].request
	if len(args) == 3 {
		want = bytes.TrimSuffix(want, []byte("\n"))
		sent = byName(sent, before)
	}
	if !bytes.Equal(sent, want) {
		ts.Fatalf("sent:\n%s\nwant:\n%s", sent, want)
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	kept.answer = changes[0].answer
}

var objectGUID = regexp.MustCompile(`"directoryObject":"([0-9a-f-]{36})"`)

// byName is a request with the object's DN in the place of its GUID. The server
// tells both, one after the other, whenever the object is read.
func byName(request []byte, exchanges []recorded) []byte {
	found := objectGUID.FindSubmatch(request)
	if found == nil {
		return request
	}
	told := regexp.MustCompile(`"guid":"` + string(found[1]) + `","dn":("[^"]+")`)
	for _, e := range exchanges {
		if dn := told.FindSubmatch(e.answer); dn != nil {
			return bytes.Replace(request, found[0], append([]byte(`"directoryObject":`), dn[1]...), 1)
		}
	}
	return request
}

// checkAnswered is "answered", after sent: stdout is the body that the server
// answered with, as it came.
func checkAnswered(ts *testscript.TestScript, neg bool, args []string) {
	kept := ts.Value(recorderKey{}).(*recorder)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	want := strings.TrimRight(string(kept.answer), "\r\n") + "\n"
	if got := ts.ReadFile("stdout"); got != want || want == "\n" {
		ts.Fatalf("stdout is\n%s\nand the server answered\n%s", got, want)
	}
}

// keepThird is "third NAME": the third cell of the last row of stdout, which is
// csv, becomes the variable NAME.
func keepThird(ts *testscript.TestScript, neg bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile("stdout"))).ReadAll()
	ts.Check(err)
	if len(rows) < 2 || len(rows[len(rows)-1]) < 3 || len(args) != 1 {
		ts.Fatalf("usage: third NAME, after a row with three cells")
	}
	ts.Setenv(args[0], rows[len(rows)-1][2])
}

// dot is the smallest photo.
func dot() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

package webclient

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dirdesk/models"
)

// says is what an API says to a change that it refuses.
type says struct{ settled bool }

func (says) Error() string   { return "no" }
func (says) Code() string    { return "7" }
func (says) Words() string   { return "words" }
func (s says) Settled() bool { return s.settled }

func serve(t *testing.T, handler http.HandlerFunc) (*Client, string) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	t.Cleanup(server.Close)
	client, err := New(Options{
		Host: server.Listener.Addr().String(), TLS: server.Client().Transport.(*http.Transport).TLSClientConfig,
		Logger: slog.New(slog.DiscardHandler), Name: "api", Describe: func(*http.Request) []any { return nil },
		Advice: Advice{TooLarge: "ask for less"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client, server.URL
}

// Whatever becomes of an exchange, a change whose answer is no word of the API is
// open, and never looks like one that was not made.
func TestOutcomesOfAnExchange(t *testing.T) {
	body := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "{")
	}
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		read    error // what Sending.Read makes of it
		reads   error
		changes error
	}{
		{"good", body(200, "{}"), nil, nil, nil},
		{"settled refusal", body(200, "{}"), says{true}, says{true}, says{true}},
		{"breakdown", body(500, "{}"), says{false}, says{false}, models.ErrUnknownOutcome},
		{"turned away", body(403, "{}"), says{false}, says{false}, says{false}},
		{"not understood", body(200, "{}"), Fault(models.ErrProtocol, "odd", ""), models.ErrProtocol, models.ErrUnknownOutcome},
		{"cut", cut, nil, models.ErrUnreachable, models.ErrUnknownOutcome},
		{"too large", body(200, strings.Repeat(" ", 2<<20)), nil, models.ErrProtocol, models.ErrUnknownOutcome},
		{"dropped", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil, models.ErrUnreachable, models.ErrUnknownOutcome},
	} {
		client, url := serve(t, c.handler)
		for write, want := range map[bool]error{false: c.reads, true: c.changes} {
			wire, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("x"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Do(wire, Sending{Write: write, Once: true, Timeout: time.Minute, Most: 1 << 20, Read: func(Answer) error { return c.read }})
			if !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("%s, a change %v: %v, want %v", c.name, write, err, want)
			}
			if errors.Is(err, models.ErrUnknownOutcome) && (errors.Is(err, models.ErrUnreachable) || errors.Is(err, context.DeadlineExceeded)) {
				t.Errorf("%s: %v can be read as not done", c.name, err)
			}
		}
		if !strings.HasPrefix(client.TLS(), "TLS 1.3") && c.name != "dropped" {
			t.Errorf("%s: TLS %q", c.name, client.TLS())
		}
	}
}

func TestLostKeepsTheServersWords(t *testing.T) {
	for _, err := range []error{says{false}, &models.Error{Kind: models.ErrServer, Code: "7", Server: "words"}} {
		var told *models.Error
		if lost := Lost(err); !errors.Is(lost, models.ErrUnknownOutcome) || !errors.As(lost, &told) || told.Code != "7" || told.Server != "words" {
			t.Errorf("%v becomes %+v", err, lost)
		}
	}
	if err := Lost(nil); err != nil {
		t.Error(err)
	}
	for err, words := range map[error]string{context.Canceled: "cancelled", context.DeadlineExceeded: "no answer in time", io.EOF: "EOF"} {
		if lost := Lost(err); !strings.Contains(lost.Error(), words) || errors.Is(lost, err) {
			t.Errorf("%v becomes %v", err, lost)
		}
	}
}

// A secret never eats into another word, and no gap tells where a short one would match.
func TestScrubbingLeavesOtherWordsAlone(t *testing.T) {
	for _, c := range []struct{ secret, said, want string }{
		{"plex", "the complexity requirements", "the complexity requirements"},
		{"plex", "the word plex is too short", Redacted},
		{"plex", "the complexity of plex", Redacted},
		{"plex", "a%3Dplex%26", Redacted},
		{"plex", `{"a":"x\nplex"}`, Redacted},
		{"1234", "error 012345", "error 012345"},
		{"1234", "code 1234.", Redacted},
		{"pl3x!", "compl3x!ity", Redacted},
		{"correct-horse-battery", "no: correct-horse-battery is bad", "no: " + Redacted + " is bad"},
		{"", "nothing", "nothing"},
	} {
		if got := NewScrubber(c.secret).Text(c.said); got != c.want {
			t.Errorf("%q in %q leaves %q, want %q", c.secret, c.said, got, c.want)
		}
	}
	body := `{"message":"plex is bad","code":"complexity","n":1234}`
	if got := string(NewScrubber("plex", "1234").Bytes([]byte(body))); got != `{"message":"[redacted]","code":"complexity","n":[redacted]}` {
		t.Errorf("the body is %s", got)
	}
}

func TestScrubberTakesSecretsOutInEveryForm(t *testing.T) {
	const secret = `pa"ss <x> 1+2%`
	clean := NewScrubber("", secret, "pa")
	said := `plain pa"ss <x> 1+2%; JSON pa\"ss <x> 1+2% and pa\"ss \u003cx\u003e 1+2%; form pa%22ss+%3Cx%3E+1%2B2%25; path pa%22ss%20%3Cx%3E%201+2%25`
	for _, got := range []string{clean.Text(said), string(clean.Bytes([]byte(said))), clean.Excerpt([]byte(said))} {
		if strings.Contains(got, "ss") || !strings.Contains(got, Redacted) {
			t.Errorf("left is %s", got)
		}
	}
	long := clean.Excerpt([]byte(strings.Repeat("ä\n", 500) + "\xff"))
	if len(long) > 210 || strings.Contains(long, "\n") || !utf8.ValidString(long) {
		t.Errorf("an excerpt of %d bytes: %s", len(long), long)
	}
	if !slices.IsSortedFunc(clean, func(a, b string) int { return len(b) - len(a) }) {
		t.Error("a short secret is taken out of a longer one first")
	}
}

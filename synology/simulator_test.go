package synology

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"dirdesk/internal/certificates"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

// calls is a request log of the simulator.
type calls struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (c *calls) Write(line []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(line)
}

// loggedCall is one line of it.
type loggedCall struct {
	HTTP, URL, API, Method, Outcome string
}

func (c *calls) of(t *testing.T, method string) []loggedCall {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []loggedCall
	for line := range bytes.Lines(c.text.Bytes()) {
		var call loggedCall
		if err := json.Unmarshal(line, &call); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if call.Method == method {
			found = append(found, call)
		}
	}
	return found
}

func startSimulator(t *testing.T, options simulator.Options) (*simulator.Server, *calls) {
	t.Helper()
	log := &calls{}
	options.RequestLog = log
	if options.Directory == nil && options.Objects == 0 {
		options.Directory = smallDirectory(t)
	}
	server, err := simulator.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server, log
}

// awkward are the values of names that are easily spoiled on the way.
func awkward() []string {
	return []string{
		"Doe, John", `quoted "name"`, `back\slash`, "plus + equals = semi;colon", "#hash", "12345678", "null", "true", "1e5",
		"Größe & 100% <b>", "日本 太郎", "مرحبا", "a/b?c=d&e", "\u202eevil", "esc \x1b[31mred",
	}
}

func smallDirectory(t *testing.T) *directory.Directory {
	t.Helper()
	d := directory.New(directory.Options{Realm: "corp.example.com"})
	for i, name := range awkward() {
		unit := d.BaseDN().Child("OU", name)
		if err := d.Add(unit, "organizationalUnit", nil); err != nil {
			t.Fatalf("make %q: %v", unit, err)
		}
		if err := d.Add(unit.Child("CN", name), "user", map[string][]string{"sAMAccountName": {fmt.Sprint("u", i)}}); err != nil {
			t.Fatalf("make a user in %q: %v", unit, err)
		}
	}
	return d
}

func simulatorOptions(t *testing.T, server *simulator.Server) Options {
	t.Helper()
	host := strings.TrimPrefix(server.URL(), "https://")
	config, err := certificates.Config{Host: host, Fingerprint: server.Fingerprint()}.TLS()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Host: host, TLS: config, Account: server.Account(), Password: server.Password()}
}

func openSimulator(t *testing.T, server *simulator.Server) *Backend {
	t.Helper()
	client, err := Open(t.Context(), simulatorOptions(t, server))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestSimulatorEveryLoginVersion(t *testing.T) {
	server, log := startSimulator(t, simulator.Options{})
	for version := 3; version <= 7; version++ {
		c, err := newConnection(simulatorOptions(t, server))
		if err != nil {
			t.Fatal(err)
		}
		client := &Backend{c}
		if err := client.discover(t.Context()); err != nil {
			t.Fatal(err)
		}
		m := methodLogin
		m.versions = []int{version}
		if err := client.signInWith(t.Context(), m, version, models.Secret{}, false); err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		if info, err := client.Info(t.Context()); err != nil || info.BaseDN != "DC=corp,DC=example,DC=com" {
			t.Errorf("version %d: %+v, %v", version, info, err)
		}
		if err := client.Close(t.Context()); err != nil {
			t.Errorf("version %d: %v", version, err)
		}
	}
	for _, call := range log.of(t, "login") {
		if call.HTTP != "POST" || strings.Contains(call.URL, "?") || call.Outcome != "ok" {
			t.Errorf("%+v", call)
		}
	}
}

// Names survive the way there and back, whatever they hold, strict or not.
func TestSimulatorAwkwardNames(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{false, true} {
		server, _ := startSimulator(t, simulator.Options{Strict: strict})
		backend := openSimulator(t, server)
		found := map[string]bool{}
		for page, err := range backend.List(t.Context(), models.ListRequest{Base: server.BaseDN()}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, unit := range page.Objects {
				if unit.Category != models.OrganizationalUnit {
					continue
				}
				for below, err := range backend.List(t.Context(), models.ListRequest{Base: unit.DN, Limit: 1}) {
					if err != nil {
						t.Fatalf("strict %v: below %q: %v", strict, unit.DN, err)
					}
					if len(below.Objects) == 1 && below.Objects[0].Name == unit.Name {
						found[unit.Name] = true
					}
				}
			}
		}
		for _, name := range awkward() {
			if !found[name] {
				t.Errorf("strict %v: the user below %q was not found", strict, name)
			}
		}
		client := backend
		for name, want := range map[string]bool{"U1": true, "12345678": false, "null": false, `"`: false} {
			if got, err := client.NameTaken(t.Context(), name); err != nil || got != want {
				t.Errorf("strict %v: %q taken %v, %v; want %v", strict, name, got, err, want)
			}
		}
	}
}

func TestSimulatorMissingBase(t *testing.T) {
	server, _ := startSimulator(t, simulator.Options{Strict: true})
	client := openSimulator(t, server)
	for base, want := range map[models.DN]error{
		server.BaseDN().Child("OU", "Nowhere"): models.ErrNotFound,
		"DC=other,DC=test":                     models.ErrNotFound,
	} {
		_, err := client.page(t.Context(), models.ListRequest{Base: base}, 0, 10)
		if !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", base, err, want)
			continue
		}
		checkForPeople(t, err, client.host, string(base), "")
	}
}

func TestSimulatorOneTimeCode(t *testing.T) {
	var elapsed atomic.Int64 // in nanoseconds
	start := time.Now()
	now := func() time.Time { return start.Add(time.Duration(elapsed.Load())) }
	server, _ := startSimulator(t, simulator.Options{OTP: true, Now: now})
	code := func() models.Secret {
		t.Helper()
		elapsed.Add(int64(30 * time.Second)) // each code works once
		text, err := totp.GenerateCode(server.OTPSecret().Reveal(), now())
		if err != nil {
			t.Fatal(err)
		}
		return models.NewSecret(text)
	}
	options := simulatorOptions(t, server)
	options.DeviceName = "helpdesk-3"
	refused := func(want error) {
		t.Helper()
		if _, err := Open(t.Context(), options); !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
	}
	refused(models.ErrCodeRequired)
	options.Code = models.NewSecret("000000")
	refused(models.ErrCodeRejected)

	options.Code, options.RememberDevice = code(), true
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	token := client.DeviceToken()
	if token.Empty() {
		t.Fatal("no device token")
	}
	refused(models.ErrCodeRejected) // the same code again

	options.Code, options.RememberDevice, options.DeviceID = models.Secret{}, false, token
	if _, err := Open(t.Context(), options); err != nil {
		t.Errorf("with the token: %v", err)
	}
	server.ExpireSessions()
	if _, err := client.Info(t.Context()); err != nil {
		t.Errorf("a lost session with a token at hand: %v", err)
	}
	options.DeviceName = "another"
	refused(models.ErrCodeRequired)
	server.ForgetDevices()
	options.DeviceName = "helpdesk-3"
	refused(models.ErrCodeRequired)

	options.Code = code()
	client, err = Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if !client.DeviceToken().Empty() {
		t.Error("a token that nobody asked for")
	}
	server.ExpireSessions()
	for range 2 {
		_, err = client.Info(t.Context())
		if !errors.Is(err, models.ErrSession) || !errors.Is(err, models.ErrCodeRequired) {
			t.Errorf("a lost session that only a code can renew: %v", err)
		}
	}
}

func TestSimulatorWrongPasswordAndRights(t *testing.T) {
	server, log := startSimulator(t, simulator.Options{})
	options := simulatorOptions(t, server)
	options.Password = models.NewSecret("wrong")
	if _, err := Open(t.Context(), options); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("a wrong password: %v", err)
	}
	options = simulatorOptions(t, server)
	options.Account = server.Unprivileged()
	client, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Info(t.Context()); !errors.Is(err, models.ErrDenied) {
		t.Errorf("without the right: %v", err)
	}
	if n := len(log.of(t, "login")); n != 2 {
		t.Errorf("%d sign-ins, want 2", n)
	}
}

// Sessions end in the middle of many reads at once: nobody notices, and there
// is one more sign-in for each time it happened.
func TestSimulatorSessionsExpireMidRun(t *testing.T) {
	t.Parallel()
	const readers, reads, expiries = 12, 10, 3
	server, log := startSimulator(t, simulator.Options{})
	client := openSimulator(t, server)
	base := server.BaseDN()
	for range expiries {
		var group sync.WaitGroup
		for reader := range readers {
			group.Go(func() {
				for read := range reads {
					if reader == 0 && read == reads/2 {
						server.ExpireSessions()
					}
					if _, err := client.page(t.Context(), models.ListRequest{Base: base}, 0, 5); err != nil {
						t.Errorf("reader %d: %v", reader, err)
						return
					}
				}
			})
		}
		group.Wait()
	}
	if n := len(log.of(t, "login")); n != 1+expiries {
		t.Errorf("%d sign-ins, want %d", n, 1+expiries)
	}
}

func TestSimulatorFaults(t *testing.T) {
	t.Parallel()
	const call = "@SYNO.ActiveDirectory.Directory.list"
	server, log := startSimulator(t, simulator.Options{})
	for text, want := range map[string]error{
		"html-502": models.ErrServer, "truncate": models.ErrProtocol, "deny=105": models.ErrDenied, "deny=117": models.ErrBusy,
		"deny=120": models.ErrInvalid, "drop-before": models.ErrUnreachable, "drop-after": models.ErrUnreachable,
		"slow=1h": models.ErrUnreachable, "expire#1": nil, "deny=119#1": nil, "deny=107#1": nil, "deny=106": models.ErrSession,
	} {
		t.Run(text, func(t *testing.T) {
			options := simulatorOptions(t, server)
			client, err := Open(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(text, "slow") {
				client.options.Timeout = 200 * time.Millisecond
			}
			kind, nth, once := strings.Cut(text, "#")
			if once {
				nth = "#" + nth
			}
			spec, err := fault.Parse(kind + call + nth)
			if err != nil {
				t.Fatal(err)
			}
			before := len(log.of(t, "list"))
			server.Inject(spec)
			defer server.ClearFaults()
			_, err = client.page(t.Context(), models.ListRequest{Base: server.BaseDN()}, 0, 5)
			if !errors.Is(err, want) {
				t.Fatalf("got %v, want %v", err, want)
			}
			if n := len(log.of(t, "list")) - before; n > 2 {
				t.Errorf("%d requests: more than one repetition", n)
			}
			server.ClearFaults()
			client.options.Timeout = 10 * time.Second
			if _, err := client.page(t.Context(), models.ListRequest{Base: server.BaseDN()}, 0, 5); err != nil {
				t.Errorf("when the fault is over: %v", err)
			}
		})
	}
}

func TestSimulatorPullingThePlug(t *testing.T) {
	server, _ := startSimulator(t, simulator.Options{})
	client := openSimulator(t, server)
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Info(t.Context()); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("without the server: %v", err)
	}
	if err := server.Resume(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Info(t.Context()); err != nil {
		t.Errorf("with the server back: %v", err)
	}
	if err := errors.Join(server.Stop(), server.NewCertificate(), server.Resume()); err != nil {
		t.Fatal(err)
	}
	_, err := client.Info(t.Context())
	if !errors.Is(err, models.ErrCertChanged) {
		t.Errorf("with another certificate: %v", err)
	}
}

func TestSimulatorDomainUpdate(t *testing.T) {
	server, _ := startSimulator(t, simulator.Options{DomainUpdate: time.Millisecond})
	client := openSimulator(t, server)
	task, err := client.StartSync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for status := (models.SyncStatus{}); !status.Done; {
		if status, err = client.SyncStatus(ctx, task); err != nil {
			t.Fatal(err)
		}
		if !status.Known {
			t.Fatalf("status %+v", status)
		}
	}
	if _, err := client.SyncStatus(ctx, "@administrators/none"); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("an unknown task: %v", err)
	}
	if _, err := client.task(ctx, "@administrators/none"); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("an unknown task in a compound: %v", err)
	}
}

func TestSimulatorBigWalk(t *testing.T) {
	t.Parallel()
	const pages = (walkObjects + pageSize - 1) / pageSize
	server, log := startSimulator(t, simulator.Options{Objects: walkObjects, Seed: 1})
	backend := openSimulator(t, server)
	seen := make(map[models.DN]bool, walkObjects)
	for page, err := range backend.List(t.Context(), models.ListRequest{Base: server.LargeDN()}) {
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != walkObjects {
			t.Fatalf("total %d", page.Total)
		}
		for _, object := range page.Objects {
			seen[object.DN] = true
		}
	}
	if len(seen) != walkObjects {
		t.Errorf("%d different objects, want %d", len(seen), walkObjects)
	}
	if n := len(log.of(t, "list")); n != pages {
		t.Errorf("%d requests, want %d", n, pages)
	}
	last := models.ListRequest{Base: server.LargeDN(), Offset: walkObjects - 3, Limit: 40}
	for page, err := range backend.List(t.Context(), last) {
		if err != nil || len(page.Objects) != 3 {
			t.Errorf("the last of them: %d, %v", len(page.Objects), err)
		}
	}
	if n := len(log.of(t, "list")); n != pages+1 {
		t.Errorf("%d requests for the last page, want 1", n-pages)
	}
}

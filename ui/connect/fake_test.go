package connect

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
)

var goldens = modeltest.UpdateFlag()

// wire is a Connector that answers as the test says.
type wire struct {
	profiles []models.Profile
	answers  []any // each an error, or a desk.Backend; the last repeats
	asked    []models.SignIn
	trusted  []string
	saved    []models.Profile
	saveErr  error
	trustErr error
	ctx      context.Context // of the last attempt
}

func (w *wire) Profiles() []models.Profile { return w.profiles }

func (w *wire) Schemes() Schemes { return onOffer }

// onOffer are schemes of every sort that there is.
var onOffer = Schemes{
	{Name: "synology", Title: "Synology DSM", Port: "5001", Hint: "a DSM account, as on DSM's own sign-in page", Browser: "https"},
	{Name: "ldaps", Title: "Active Directory (LDAPS)", Port: "636", Hint: `user@domain, DOMAIN\user, a logon name or a DN`},
	{Name: "ldap", Title: "Active Directory (LDAP + StartTLS)", Port: "389", Hint: `user@domain, DOMAIN\user, a logon name or a DN`},
	{Name: "adaxes", Title: "Adaxes", Port: "443", Hint: `user@domain or DOMAIN\user; not needed with a token`, Token: true, Directory: "/restApi", Browser: "https"},
}

func (w *wire) Open(ctx context.Context, in models.SignIn) (desk.Backend, error) {
	w.asked, w.ctx = append(w.asked, in), ctx
	answer := w.answers[min(len(w.asked), len(w.answers))-1]
	if err, ok := answer.(error); ok {
		return nil, err
	}
	return answer.(desk.Backend), nil
}

func (w *wire) Trust(c *models.CertificateError) error {
	if w.trustErr == nil {
		w.trusted = append(w.trusted, c.Host+" "+c.Fingerprint)
	}
	return w.trustErr
}

func (w *wire) Save(p models.Profile) error {
	if w.saveErr == nil {
		w.saved = append(w.saved, p)
	}
	return w.saveErr
}

// host is a connection that only knows whether it was closed.
type host struct{ closed bool }

func (*host) About() models.About { return models.About{} }
func (*host) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{}, nil
}
func (*host) List(context.Context, models.ListRequest) iter.Seq2[models.Page, error] { return nil }
func (h *host) Close(context.Context) error                                          { h.closed = true; return nil }

var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const secret = "Tr0ub4dor&3"

func start(t *testing.T, w *wire, o Options) (*Model, *modeltest.Driver) {
	t.Helper()
	return startWith(t, w, o)
}

func startWith(t *testing.T, w Connector, o Options) (*Model, *modeltest.Driver) {
	t.Helper()
	o.Connector, o.Now = w, func() time.Time { return today }
	if o.Theme == nil {
		th := theme.New(theme.Options{})
		o.Theme = &th
	}
	if o.Width == 0 {
		o.Width, o.Height = 80, 24
	}
	m := New(o)
	m.tick = func() tea.Cmd { return nil }
	return m, modeltest.Start(t, m, m.Init())
}

func expect(t *testing.T, d *modeltest.Driver, texts ...string) {
	t.Helper()
	screen := d.Screen()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(screen), " "), text) {
			t.Errorf("the screen does not say %q:\n%s", text, screen)
		}
	}
	if strings.Contains(screen, secret) {
		t.Errorf("the screen shows the password:\n%s", screen)
	}
}

func opened(t *testing.T, d *modeltest.Driver) Opened {
	t.Helper()
	o, ok := modeltest.Caught[Opened](d)
	if !ok {
		t.Fatalf("nothing was opened; the screen is\n%s", d.Screen())
	}
	return o
}

func dsm() models.Profile {
	return models.Profile{Name: "office", URL: "synology://nas:5001", Account: "admin"}
}

func credentials() error {
	return &models.Error{Kind: models.ErrCredentials, Action: "sign in", Object: "admin", Code: "400", Server: "No such account or incorrect password"}
}

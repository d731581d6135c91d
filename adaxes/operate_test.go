package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// heard gathers what a listener hears.
type heard struct {
	messages []models.Message
	progress []string
	answers  []string
}

func (h *heard) listen(ctx context.Context) context.Context {
	return models.WithListener(ctx, models.Listener{
		Message:  func(m models.Message) { h.messages = append(h.messages, m) },
		Progress: func(words string) { h.progress = append(h.progress, words) },
		Answer:   func(body []byte) { h.answers = append(h.answers, string(body)) },
	})
}

// The messages of an operation reach who listens, as a tree, whatever came of it.
func TestMessagesAreHeard(t *testing.T) {
	t.Parallel()
	const messages = `[
	 {"source":"Business Rules","text":"Before the operation","messageType":2,"innerMessages":[
	  {"source":null,"text":"A rule ran","messageType":"TriggeredOperation","innerMessages":[{"text":"inside","messageType":0}]}]},
	 {"Source":null,"Text":"The password was not set","MessageType":1,"InnerMessages":[]},
	 {"text":"of a kind that nobody knows","messageType":77},
	 "not a message"]`
	want := []models.Message{
		{Source: "Business Rules", Text: "Before the operation", Kind: models.MessageInformation, Inner: []models.Message{
			{Text: "A rule ran", Kind: models.MessageTriggered, Inner: []models.Message{{Text: "inside", Kind: models.MessageError}}},
		}},
		{Text: "The password was not set", Kind: models.MessageWarning},
		{Text: "of a kind that nobody knows", Kind: models.MessageInformation},
	}
	for kind, wanted := range map[string]error{`0`: nil, `1`: models.ErrServer, `2`: models.ErrPending, `"Succeeded"`: nil, `"suspended"`: models.ErrPending} {
		server := newCanned(t)
		b := server.open()
		server.answer(wireUnlock, `{"resultType":`+kind+`,"innerMessages":`+messages+`,"exception":null}`)
		var h heard
		err := b.Unlock(h.listen(t.Context()), models.Ref{DN: testUser})
		if !errors.Is(err, wanted) || wanted == nil && err != nil {
			t.Errorf("result %s: %v, want %v", kind, err, wanted)
		}
		if !reflect.DeepEqual(h.messages, want) {
			t.Errorf("result %s: heard %+v", kind, h.messages)
		}
	}
}

// The body of the answer reaches who listens as it came, once, whatever it is,
// but for secrets that it says again.
func TestAnswersAreHeard(t *testing.T) {
	for name, c := range map[string]struct {
		answers []http.HandlerFunc
		want    string
	}{
		"a result":            {[]http.HandlerFunc{text(200, " "+goodResult+"\n")}, " " + goodResult + "\n"},
		"failed":              {[]http.HandlerFunc{text(200, failedFor)}, failedFor},
		"an HTTP error":       {[]http.HandlerFunc{text(400, told400)}, told400},
		"a page":              {[]http.HandlerFunc{text(500, "<h1>500</h1>")}, "<h1>500</h1>"},
		"after a new sign-in": {[]http.HandlerFunc{text(401, told401), text(200, goodResult)}, goodResult},
		"of a running one":    {[]http.HandlerFunc{text(202, `"7a42-1"`)}, goodResult},
		"with a secret":       {[]http.HandlerFunc{text(403, `{"message":"`+testToken+`"}`)}, `{"message":"[redacted]"}`},
		"nothing":             {[]http.HandlerFunc{drop}, ""},
	} {
		server := newCanned(t)
		b := server.open()
		server.inTurn(wireUnlock, c.answers...)
		server.answer(wireOperation, `{"completed":true,"operationResult":`+goodResult+`}`)
		var h heard
		_ = b.Unlock(h.listen(t.Context()), models.Ref{DN: testUser})
		if got := strings.Join(h.answers, "|"); got != c.want {
			t.Errorf("%s: heard %q, want %q", name, got, c.want)
		}
	}
}

// What an operation that failed says decides of what kind the error is.
func TestFailedOperations(t *testing.T) {
	t.Parallel()
	for words, kind := range map[string]error{
		"The object already exists. (Exception from HRESULT: 0x80071392)":                      models.ErrExists,
		"Das Objekt ist bereits vorhanden. (Ausnahme von HRESULT: 0x80071392)":                 models.ErrExists,
		"Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))":              models.ErrDenied,
		"Zugriff verweigert (0x80070005)":                                                      models.ErrDenied,
		"There is no such object on the server.":                                               models.ErrNotFound,
		"Objet introuvable. 0x80072030":                                                        models.ErrNotFound,
		"00002035: LdapErr: DSID-0C0903A9, comment: ...":                                       models.ErrPolicy,
		"The server is unwilling to process the request.":                                      models.ErrPolicy,
		"The password does not meet the password policy requirements.":                         models.ErrPolicy,
		"Das Kennwort entspricht nicht den Richtlinien. (0x800708C5)":                          models.ErrPolicy,
		"The directory service can perform the requested operation only on a leaf object.":     models.ErrNotEmpty,
		"There is a naming violation. (0x80072037)":                                            models.ErrInvalid,
		"The attribute syntax specified to the directory service is invalid. (0x8007200B)":     models.ErrInvalid,
		"The operation was cancelled by a business rule: no contractors in this department.":   models.ErrPolicy,
		"Something that nobody has thought of":                                                 models.ErrServer,
		"Attribute 'x' does not exist in the object classes, a constraint violation occurred.": models.ErrPolicy,
	} {
		server := newCanned(t)
		b := server.open()
		quoted, err := rawjson.Encode(words)
		if err != nil {
			t.Fatal(err)
		}
		server.answer(wireModify, `{"resultType":1,"innerMessages":[],"exception":{"message":`+string(quoted)+`,"stack":"x"}}`)
		err = b.SetMustChange(t.Context(), models.Ref{DN: testUser}, true)
		var told *models.Error
		if !errors.Is(err, kind) || !errors.As(err, &told) || told.Server != words || errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%q: %v (%+v), want %v", words, err, told, kind)
		}
	}
}

// An operation that goes on after its answer is followed to its end, and sent
// once.
func TestRunningOperation(t *testing.T) {
	t.Parallel()
	const running, through = `{"completed":false,"operationResult":null}`, `{"completed":true,"operationResult":` + goodResult + `}`
	for _, c := range []struct {
		name  string
		id    string // the body of the 202
		polls []http.HandlerFunc
		want  error
		words string
	}{
		{"bare text", `"7a42-1"`, []http.HandlerFunc{text(200, running), text(200, running), text(200, through)}, nil, ""},
		{"an object", `{"operationId":"7a42-1"}`, []http.HandlerFunc{text(200, through)}, nil, ""},
		{"trouble on the way", `"7a42-1"`, []http.HandlerFunc{text(502, "<h1>502</h1>"), drop, text(503, "<h1>503</h1>"), text(200, through)}, nil, ""},
		{"a new token on the way", `"7a42-1"`, []http.HandlerFunc{text(401, told401), text(200, through)}, nil, ""},
		{"failed", `"7a42-1"`, []http.HandlerFunc{text(200, `{"completed":true,"operationResult":`+failedFor+`}`)}, models.ErrServer, "it failed"},
		{"for approval", `"7a42-1"`, []http.HandlerFunc{text(200, `{"completed":true,"operationResult":`+suspended+`}`)}, models.ErrPending, "approval"},
		{"forgotten", `"7a42-1"`, []http.HandlerFunc{text(200, running), text(404, told404)}, models.ErrUnknownOutcome, "does not tell how that ended"},
		{"through without a word", `"7a42-1"`, []http.HandlerFunc{text(200, `{"completed":true,"operationResult":null}`)}, models.ErrUnknownOutcome, "does not say what came of it"},
		{"no word on how it goes", `"7a42-1"`, []http.HandlerFunc{text(200, `[]`)}, models.ErrUnknownOutcome, "not understood"},
		{"gone for good", `"7a42-1"`, []http.HandlerFunc{text(502, "<h1>502</h1>")}, models.ErrUnknownOutcome, "does not tell how that ended"},
		{"a name that leads elsewhere", `"../auth"`, nil, models.ErrUnknownOutcome, "does not say how to ask"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			b := server.open()
			server.on(wireUnlock, text(202, c.id))
			if c.polls != nil {
				server.inTurn(wireOperation, c.polls...)
			}
			var h heard
			err := b.Unlock(h.listen(t.Context()), models.Ref{DN: testUser})
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil {
				checkForPeople(t, err, "", string(testUser), c.words)
			}
			if n := len(server.seen(wireUnlock)); n != 1 {
				t.Errorf("the change was sent %d times", n)
			}
			if c.want == nil && (len(h.progress) == 0 || !strings.Contains(h.progress[0], "at work")) {
				t.Errorf("heard %q", h.progress)
			}
			if wait := server.only(wireUnlock).header.Get("Adm-Wait"); wait != "5" {
				t.Errorf("Adm-Wait %q", wait)
			}
		})
	}
}

// Who stops waiting for an operation that goes on does not learn what becomes of
// it.
func TestRunningOperationIsLeft(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	ctx, cancel := context.WithCancel(t.Context())
	server.on(wireUnlock, text(202, `"7a42-1"`))
	server.on(wireOperation, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		text(200, `{"completed":false,"operationResult":null}`)(w, r)
	})
	err := b.Unlock(ctx, models.Ref{DN: testUser})
	if !errors.Is(err, models.ErrUnknownOutcome) || errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// What each call sends, to the letter: bodies are the contract with the server.
func TestBodies(t *testing.T) {
	lastDay := time.Date(2027, 5, 31, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, wire, body, query string
		run                     func(context.Context, *Backend) error
	}{
		{"enable", wireEnable, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test"}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetEnabled(ctx, models.Ref{DN: testUser}, true)
		}},
		{"expiry", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"accountExpires","propertyType":"Timestamp","values":["2027-05-31T00:00:00Z"]}]}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetExpiry(ctx, models.Ref{DN: testUser}, models.ExpiryAt(lastDay))
		}},
		{"never expires", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"accountExpires","propertyType":"Timestamp","values":["Never"]}]}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetExpiry(ctx, models.Ref{DN: testUser}, models.Never())
		}},
		{"must change", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"userAccountControl","propertyType":"Integer","values":[-2147483648],"mask":-2147483648}]}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetMustChange(ctx, models.Ref{DN: testUser}, true)
		}},
		{"need not change", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"userAccountControl","propertyType":"Integer","values":[0],"mask":-2147483648}]}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetMustChange(ctx, models.Ref{DN: testUser}, false)
		}},
		{"fields", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"mail","propertyType":"CaseIgnoreString","values":["<a&b>@x"]},{"propertyName":"sn","propertyType":"CaseIgnoreString","values":[]}]}`, "", func(ctx context.Context, b *Backend) error {
			return b.EditFields(ctx, models.Ref{DN: testUser}, []models.FieldChange{
				{Field: models.FieldMail, After: "<a&b>@x"},
				{Field: models.FieldOffice, Before: "1", BeforeKnown: true, After: "1"},
				{Field: models.FieldSurname, Before: "x", BeforeKnown: true},
			})
		}},
		{"rename", wireModify, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","properties":[{"propertyName":"name","propertyType":"CaseIgnoreString","values":["Doe, \"J\""]}]}`, "", func(ctx context.Context, b *Backend) error {
			_, err := b.Rename(ctx, models.Ref{DN: testUser}, `Doe, "J"`)
			return err
		}},
		{"move", wireMove, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","targetContainer":"OU=New,DC=example,DC=test"}`, "", func(ctx context.Context, b *Backend) error {
			_, err := b.Move(ctx, models.Ref{DN: testUser}, models.Ref{DN: "OU=New,DC=example,DC=test"})
			return err
		}},
		{"password", wireReset, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","password":"` + `n\"ew\\pa,ss=&<wörd> 7+7%` + `","unlockAccount":false}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetPassword(ctx, models.Ref{DN: testUser}, models.NewSecret(chosenSecret), models.Unknown)
		}},
		{"password with options", wireReset, `{"directoryObject":"CN=John Doe,CN=Users,DC=example,DC=test","password":"x-1","options":{"cannotChangePassword":false,"mustChangePassword":true,"passwordNeverExpires":null},"unlockAccount":true}`, "", func(ctx context.Context, b *Backend) error {
			return b.SetPasswordWith(ctx, models.Ref{DN: testUser}, models.NewSecret("x-1"), models.Yes, models.PasswordOptions{CannotChange: models.No, Unlock: true})
		}},
		{"delete", wireDelete, "", "directoryobject=CN%3DJohn+Doe%2CCN%3DUsers%2CDC%3Dexample%2CDC%3Dtest", func(ctx context.Context, b *Backend) error {
			return b.Delete(ctx, models.Refs(testUser), false, func(models.DN, error) {})
		}},
		{"member in", wireAdd, `{"group":"CN=Sales,CN=Users,DC=example,DC=test","newMember":"CN=John Doe,CN=Users,DC=example,DC=test"}`, "", func(ctx context.Context, b *Backend) error {
			return b.AddMembers(ctx, models.Ref{DN: testGroup}, models.Refs(testUser))
		}},
		{"member out", wireRemove, "", "group=CN%3DSales%2CCN%3DUsers%2CDC%3Dexample%2CDC%3Dtest&member=CN%3DJohn+Doe%2CCN%3DUsers%2CDC%3Dexample%2CDC%3Dtest", func(ctx context.Context, b *Backend) error {
			return b.RemoveMembers(ctx, models.Ref{DN: testGroup}, models.Refs(testUser))
		}},
		{
			"user", wireCreate, `{"createIn":"CN=Users,DC=example,DC=test","objectType":"user","properties":[` +
				`{"propertyName":"cn","propertyType":"CaseIgnoreString","values":["Jane Doe"]},` +
				`{"propertyName":"sAMAccountName","propertyType":"CaseIgnoreString","values":["jane"]},` +
				`{"propertyName":"userPrincipalName","propertyType":"CaseIgnoreString","values":["jane@example.test"]},` +
				`{"propertyName":"givenName","propertyType":"CaseIgnoreString","values":["Jane"]},` +
				`{"propertyName":"sn","propertyType":"CaseIgnoreString","values":["Doe"]},` +
				`{"propertyName":"unicodePwd","propertyType":"CaseIgnoreString","values":["x-1"]},` +
				`{"propertyName":"userAccountControl","propertyType":"Integer","values":[-2147483134]}]}`, "",
			func(ctx context.Context, b *Backend) error {
				_, err := b.CreateUser(ctx, models.NewUser{
					Container: models.Ref{DN: testUsers}, LogonName: "jane", GivenName: "Jane", Surname: "Doe", Disabled: true, MustChange: true,
				}, models.NewSecret("x-1"))
				return err
			},
		},
		{
			"group", wireCreate, `{"createIn":"CN=Users,DC=example,DC=test","objectType":"group","properties":[` +
				`{"propertyName":"cn","propertyType":"CaseIgnoreString","values":["All"]},` +
				`{"propertyName":"sAMAccountName","propertyType":"CaseIgnoreString","values":["All"]},` +
				`{"propertyName":"groupType","propertyType":"Integer","values":[8]},` +
				`{"propertyName":"description","propertyType":"CaseIgnoreString","values":["d"]}]}`, "",
			func(ctx context.Context, b *Backend) error {
				_, err := b.CreateGroup(ctx, models.NewGroup{
					Container: models.Ref{DN: testUsers}, Name: "All", Description: "d", Scope: models.ScopeUniversal, Type: models.TypeDistribution,
				})
				return err
			},
		},
		{"OU", wireCreate, `{"createIn":"DC=example,DC=test","objectType":"organizationalUnit","properties":[{"propertyName":"ou","propertyType":"CaseIgnoreString","values":["New"]}]}`, "", func(ctx context.Context, b *Backend) error {
			_, err := b.CreateOU(ctx, models.Ref{DN: testBase}, "New", "")
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			b := server.open()
			if err := c.run(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			got := server.only(c.wire)
			if got.body != c.body || got.query != c.query {
				t.Errorf("sent %s\n%s\nwant %s\n%s", got.body, got.query, c.body, c.query)
			}
			if c.body != "" && got.header.Get("Content-Type") != "application/json" {
				t.Errorf("content type %q", got.header.Get("Content-Type"))
			}
		})
	}
}

// IIS has a page for addresses that are too long, and it says 404.
func TestNamesTooLongForAnAddress(t *testing.T) {
	for _, status := range []int{404, 414} {
		server := newCanned(t)
		b := server.open()
		server.on(wireGet, text(status, "<h1>404.15</h1>"))
		server.on(wireDelete, text(status, "<h1>404.15</h1>"))
		long := testUsers
		for range 6 {
			long = long.Child("OU", strings.Repeat("ж", 60))
		}
		_, err := b.Get(t.Context(), models.Ref{DN: long})
		if !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), "too long") {
			t.Errorf("%d: %v", status, err)
		}
		deleted := b.Delete(t.Context(), models.Refs(long), false, func(_ models.DN, why error) { err = why })
		if deleted != nil || !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%d, deleting: %v, %v", status, deleted, err)
		}
	}
}

// What cannot be right is refused before anything is sent.
func TestRefusedBeforeSending(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	before := len(server.requests)
	bad := models.NewSecret("\xff\xfe")
	good := models.NewSecret("x-1")
	ctx := t.Context()
	creation := func(user models.NewUser, password models.Secret) error {
		_, err := b.CreateUser(ctx, user, password)
		return err
	}
	placed := func(_ models.DN, err error) error { return err }
	for name, test := range map[string]struct{ err, kind error }{
		"a password that is not UTF-8":   {b.SetPassword(ctx, models.Ref{DN: testUser}, bad, models.Unknown), models.ErrInvalid},
		"no password":                    {b.SetPassword(ctx, models.Ref{DN: testUser}, models.Secret{}, models.Unknown), models.ErrInvalid},
		"must change and cannot":         {b.SetPasswordWith(ctx, models.Ref{DN: testUser}, good, models.Yes, models.PasswordOptions{CannotChange: models.Yes}), models.ErrInvalid},
		"a new password not UTF-8":       {creation(models.NewUser{Container: models.Ref{DN: testUsers}, LogonName: "x"}, bad), models.ErrInvalid},
		"a new user without password":    {creation(models.NewUser{Container: models.Ref{DN: testUsers}, LogonName: "x"}, models.Secret{}), models.ErrPolicy},
		"a new user without logon name":  {creation(models.NewUser{Container: models.Ref{DN: testUsers}}, good), models.ErrInvalid},
		"a new user nowhere":             {creation(models.NewUser{LogonName: "x"}, good), models.ErrInvalid},
		"a new user who must and cannot": {creation(models.NewUser{Container: models.Ref{DN: testUsers}, LogonName: "x", MustChange: true, CannotChange: true}, good), models.ErrInvalid},
		"a field that is none":           {b.EditFields(ctx, models.Ref{DN: testUser}, []models.FieldChange{{Field: "unicodePwd", After: "x"}}), models.ErrUnsupported},
		"an expiry that is not known":    {b.SetExpiry(ctx, models.Ref{DN: testUser}, models.Expiry{}), models.ErrInvalid},
		"below itself":                   {placed(b.Move(ctx, models.Ref{DN: testUsers}, models.Ref{DN: testUser})), models.ErrInvalid},
		"no name":                        {placed(b.Rename(ctx, models.Ref{DN: testUser}, " ")), models.ErrInvalid},
		"nobody enabled":                 {b.SetEnabled(ctx, models.Ref{DN: ""}, true), models.ErrInvalid},
		"nobody read":                    {func() error { _, err := b.Get(ctx, models.Ref{DN: ""}); return err }(), models.ErrInvalid},
		"a whole branch":                 {b.Delete(ctx, models.Refs(testUser), true, nil), models.ErrUnsupported},
		"a group of no scope":            {placed(b.CreateGroup(ctx, models.NewGroup{Container: models.Ref{DN: testUsers}, Name: "x", Scope: "wide"})), models.ErrInvalid},
		"an OU without a name":           {placed(b.CreateOU(ctx, models.Ref{DN: testBase}, "", "")), models.ErrInvalid},
	} {
		if !errors.Is(test.err, test.kind) {
			t.Errorf("%s: %v, want %v", name, test.err, test.kind)
		}
		noSecrets(t, fmt.Errorf("%w", test.err))
	}
	if n := len(server.requests) - before; n != 0 {
		t.Errorf("%d requests went out", n)
	}
}

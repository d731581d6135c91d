package adaxes

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"dirdesk/models"
)

const warned = `{"resultType":0,"innerMessages":[{"source":null,"text":"The password was not set: too short.","messageType":1,"innerMessages":[]}],"exception":null,"actualObjectDN":"CN=John Doe,CN=Users,DC=example,DC=test","extraInfo":{}}`

// A user may be made without its password, and the server calls that a success
// with warnings: what is there is read, and said.
func TestUserMadeInPart(t *testing.T) {
	made := func(disabled, whenChanged, properties string) string {
		return `{"accountStatus":{"isDisabled":` + disabled + `,"isLocked":false,"expirationDate":null},"passwordStatus":{"whenChanged":` + whenChanged + `,"expirationStatus":1,"expirationDate":null},` +
			`"guid":"7a42","dn":"CN=John Doe,CN=Users,DC=example,DC=test","objectType":"user","properties":{` + properties + `}}`
	}
	for _, c := range []struct {
		name   string
		user   models.NewUser
		there  http.HandlerFunc
		lacks  []string // nil: all is as it was wanted
		reads  int
		result string
	}{
		{"no warnings", models.NewUser{}, nil, nil, 0, goodResult},
		{"password and option missing", models.NewUser{}, text(200, made("true", "null", "")), []string{"its password was not set", "it is disabled"}, 1, warned},
		{"password missing", models.NewUser{Disabled: true}, text(200, made("true", "null", `"pwdLastSet":[0]`)), []string{"its password was not set"}, 1, warned},
		{"nothing missing after all", models.NewUser{}, text(200, made("false", `"2026-07-14T16:27:49Z"`, `"pwdLastSet":["2026-07-14T16:27:49Z"]`)), nil, 1, warned},
		{"cannot be seen", models.NewUser{MustChange: true}, text(200, made("false", "null", `"userAccountControl":[512],"pwdLastSet":["Never"]`)), []string{"cannot be seen whether its password was set"}, 1, warned},
		{"expires after all", models.NewUser{NeverExpires: true}, text(200, made("false", `"2026-07-14T16:27:49Z"`, `"userAccountControl":[512]`)), []string{"its password expires"}, 1, warned},
		{"cannot be read", models.NewUser{}, text(500, "<h1>500</h1>"), []string{"could not be read back"}, 1, warned},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			b := server.open()
			server.answer(wireCreate, c.result)
			if c.there != nil {
				server.on(wireGet, c.there)
			}
			c.user.Container, c.user.LogonName = models.Ref{DN: testUsers}, "jdoe"
			dn, err := b.CreateUser(t.Context(), c.user, models.NewSecret(chosenSecret))
			if dn != testUser {
				t.Errorf("made %q, though it is there", dn)
			}
			if n := len(server.seen(wireGet)); n != c.reads {
				t.Errorf("read %d times, want %d", n, c.reads)
			}
			if c.lacks == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, models.ErrPolicy) || errors.Is(err, models.ErrUnknownOutcome) {
				t.Fatalf("got %v", err)
			}
			for _, words := range append(c.lacks, "the account was made") {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
			var told *models.Error
			if errors.As(err, &told); !strings.Contains(told.Server, "too short") {
				t.Errorf("the server's words are lost: %+v", told)
			}
			noSecrets(t, err)
		})
	}
}

// In the middle of several members something goes wrong: the error says what
// became of each.
func TestMembersAddedInPart(t *testing.T) {
	one, two, three, four := models.DN("CN=1,DC=example,DC=test"), models.DN("CN=2,DC=example,DC=test"), models.DN("CN=3,DC=example,DC=test"), models.DN("CN=4,DC=example,DC=test")
	all := []models.DN{one, two, three, four}
	good := text(200, goodResult)
	for _, c := range []struct {
		name    string
		answers []http.HandlerFunc
		kind    error
		object  string
		words   []string
		sent    int
	}{
		{"all", []http.HandlerFunc{good}, nil, "", nil, 4},
		{
			"one refused",
			[]http.HandlerFunc{good, text(403, told403), good},
			models.ErrDenied, "1 of 4 members",
			[]string{"added: CN=1,DC=example,DC=test; CN=3,DC=example,DC=test; CN=4,DC=example,DC=test", "CN=2,DC=example,DC=test: this account may not"},
			4,
		},
		{
			"one for approval",
			[]http.HandlerFunc{good, text(200, suspended), text(200, failedFor), good},
			models.ErrPending, "2 of 4 members",
			[]string{"added: CN=1,DC=example,DC=test; CN=4,DC=example,DC=test", "approval", "A rule of this company"},
			4,
		},
		{
			"an answer lost",
			[]http.HandlerFunc{good, drop, good},
			models.ErrUnknownOutcome, "3 of 4 members",
			[]string{"added: CN=1,DC=example,DC=test", "not tried: CN=3,DC=example,DC=test; CN=4,DC=example,DC=test"},
			2,
		},
		{
			"members already", []http.HandlerFunc{text(200, `{"resultType":1,"exception":{"message":"(0x80070562)"}}`), good}, nil, "", nil, 4,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			b := server.open()
			server.inTurn(wireAdd, c.answers...)
			server.answer(wireGet, strings.Replace(goodUser, `"memberOf"`, `"x"`, 1))
			err := b.AddMembers(t.Context(), models.Ref{DN: testGroup}, models.Refs(all...))
			if n := len(server.seen(wireAdd)); n != c.sent {
				t.Errorf("%d requests, want %d", n, c.sent)
			}
			if c.kind == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var told *models.Error
			if !errors.Is(err, c.kind) || !errors.As(err, &told) || told.Object != c.object || models.AdviceFor(told) == "" {
				t.Fatalf("got %v: %+v", err, told)
			}
			for _, words := range c.words {
				if !strings.Contains(told.Server, words) {
					t.Errorf("%q does not say %q", told.Server, words)
				}
			}
		})
	}
}

// A server that speaks another language says in no known words that a member was
// one already, or was none: the member itself is asked.
func TestMembershipThatIsSoAlready(t *testing.T) {
	const failed = `{"resultType":1,"exception":{"message":"Das geht nicht."}}`
	member := func(groups, primary string) string {
		return `{"dn":"CN=John Doe,CN=Users,DC=example,DC=test","guid":"7a42","objectType":"user","properties":{"memberOf":[` + groups + `],"primaryGroupID":[` + primary + `]}}`
	}
	const group = `{"dn":"CN=Sales,CN=Users,DC=example,DC=test","guid":"7a43","objectType":"group","properties":{"objectSid":["S-1-5-21-1-2-3-1111"]}}`
	const in = `"cn=sales,cn=users,dc=example,dc=test"`
	for _, c := range []struct {
		name   string
		out    bool
		member string
		words  string // "": no error
	}{
		{"is in already", false, member(in, "513"), ""},
		{"is not in", false, member("", "513"), "failed"},
		{"is out already", true, member("", "513"), ""},
		{"is in still", true, member(in, "513"), "failed"},
		{"is in by its primary group", true, member("", "1111"), "John Doe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := newCanned(t)
			b := server.open()
			server.answer(wireAdd, failed)
			server.answer(wireRemove, failed)
			server.answer(wireGet, c.member, group)
			change := b.AddMembers
			if c.out {
				change = b.RemoveMembers
			}
			err := change(t.Context(), models.Ref{DN: testGroup}, models.Refs(testUser))
			if (err == nil) != (c.words == "") || err != nil && !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Whatever holds objects is not deleted: that the server would refuse it is not
// documented.
func TestDeleteLeavesWhatIsNotEmpty(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	server.answer(wireSearch, "["+goodUser+"]", "[]")
	results := map[models.DN]error{}
	err := b.Delete(t.Context(), models.Refs(testUsers, testUser), false, func(dn models.DN, err error) { results[dn] = err })
	if err != nil || !errors.Is(results[testUsers], models.ErrNotEmpty) || results[testUser] != nil || len(results) != 2 {
		t.Errorf("%v, %v", err, results)
	}
	if sent := server.only(wireDelete); !strings.Contains(sent.query, "John") {
		t.Errorf("deleted %s", sent.query)
	}
}

// A deletion that cannot reach the server is not reported for those that were
// never tried.
func TestDeleteStopsWithoutAServer(t *testing.T) {
	server := newCanned(t)
	b := server.open()
	ctx, cancel := context.WithCancel(t.Context())
	var reported []models.DN
	server.on(wireDelete, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		text(200, goodResult)(w, r)
	})
	err := b.Delete(ctx, models.Refs(testUser, testGroup), false, func(dn models.DN, _ error) { reported = append(reported, dn) })
	if !errors.Is(err, context.Canceled) || len(reported) != 1 {
		t.Errorf("%v, reported %v", err, reported)
	}
}

// An answer to a creation that was lost says of no object that it is the new one:
// who has the name by then may be somebody else.
func TestALostCreationNamesNobody(t *testing.T) {
	for name, create := range map[string]func(context.Context, *Backend) (models.DN, error){
		"user": func(ctx context.Context, b *Backend) (models.DN, error) {
			return b.CreateUser(ctx, models.NewUser{Container: models.Ref{DN: testUsers}, LogonName: "jdoe"}, models.NewSecret(chosenSecret))
		},
		"group": func(ctx context.Context, b *Backend) (models.DN, error) {
			return b.CreateGroup(ctx, models.NewGroup{Container: models.Ref{DN: testUsers}, Name: "Sales"})
		},
		"OU": func(ctx context.Context, b *Backend) (models.DN, error) {
			return b.CreateOU(ctx, models.Ref{DN: testBase}, "New", "")
		},
	} {
		server := newCanned(t)
		b := server.open()
		server.on(wireCreate, drop)
		if dn, err := create(t.Context(), b); dn != "" || !errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%s: %q, %v", name, dn, err)
		}
	}
}

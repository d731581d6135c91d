package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

var (
	_ desk.UserCreator     = (*Backend)(nil)
	_ desk.CreationLimiter = (*Backend)(nil)
	_ desk.GroupCreator    = (*Backend)(nil)
	_ desk.FieldEditor     = (*Backend)(nil)
	_ desk.PasswordSetter  = (*Backend)(nil)
	_ desk.ResetMailer     = (*Backend)(nil)
	_ desk.MemberAdder     = (*Backend)(nil)
	_ desk.Deleter         = (*Backend)(nil)
	_ desk.DomainSyncer    = (*Backend)(nil)
	_ desk.NameChecker     = (*Backend)(nil)
	_ desk.Requester       = (*Backend)(nil)
)

// What DSM's documented calls cannot do must not look as if it could.
func TestNoUndocumentedAbility(t *testing.T) {
	backend := any(&Backend{})
	if _, can := backend.(desk.Unlocker); can {
		t.Error("unlock")
	}
	if _, can := backend.(desk.Enabler); can {
		t.Error("enable")
	}
	if _, can := backend.(desk.ExpirySetter); can {
		t.Error("expire")
	}
	if _, can := backend.(desk.MemberRemover); can {
		t.Error("remove members")
	}
	if _, can := backend.(desk.Renamer); can {
		t.Error("rename")
	}
	if _, can := backend.(desk.Mover); can {
		t.Error("move")
	}
	if _, can := backend.(desk.OUCreator); can {
		t.Error("create OU")
	}
}

// parameters are those of a request apart from the credentials, decoded as
// strictly as JSON can be.
func (s seen) parameters(t *testing.T) map[string]any {
	t.Helper()
	got := map[string]any{}
	for name, values := range s.form {
		switch name {
		case "_sid", "SynoToken", "api", "method":
			continue
		}
		var value any
		if err := json.Unmarshal([]byte(values[0]), &value); err != nil || len(values) != 1 {
			t.Errorf("%s=%q is no JSON text: %v", name, values, err)
		}
		got[name] = value
	}
	return got
}

func TestWhatGoesOut(t *testing.T) {
	inCompound := func(call map[string]any) map[string]any {
		return map[string]any{"compound": []any{call}, "mode": "sequential", "stop_when_error": true, "version": 1.0}
	}
	user := models.NewUser{
		Container: models.Ref{DN: `OU=a\,b,DC=example,DC=test`}, LogonName: "12345678", Mail: "true", Description: "null",
		Disabled: true, CannotChange: true, NeverExpires: true,
	}
	group := models.NewGroup{
		Container: models.Ref{DN: "CN=Users,DC=x"}, Name: `"1e5"`, Mail: "m@x", Description: `\`, Scope: models.ScopeLocal, Type: models.TypeDistribution,
	}
	for _, test := range []struct {
		name, wire, good string
		run              func(context.Context, *Backend) error
		want             map[string]any
	}{
		{"user", wireCreateUser, goodCreation, func(ctx context.Context, c *Backend) error {
			dn, err := c.CreateUser(ctx, user, models.NewSecret(newPassword))
			if dn != userDN {
				t.Errorf("got the name %q", dn)
			}
			return err
		}, map[string]any{
			"version": 1.0, "logon_name": "12345678", "email": "true", "located_dn": `OU=a\,b,DC=example,DC=test`,
			"password": newPassword, "description": "null", "account_is_disabled": true, "cannot_change_password": true,
			"change_password_next_logon": false, "password_never_expire": true,
		}},
		{"user who must change", wireCreateUser, goodCreation, func(ctx context.Context, c *Backend) error {
			user := newUser()
			user.MustChange = true
			_, err := c.CreateUser(ctx, user, models.NewSecret("12345678"))
			return err
		}, map[string]any{
			"version": 1.0, "logon_name": "jdoe", "email": "", "located_dn": "CN=Users,DC=example,DC=test",
			"password": "12345678", "description": "", "account_is_disabled": false, "cannot_change_password": false,
			"change_password_next_logon": true, "password_never_expire": false,
		}},
		{"group", wireCreateGroup, goodCreation, func(ctx context.Context, c *Backend) error {
			_, err := c.CreateGroup(ctx, group)
			return err
		}, map[string]any{
			"version": 1.0, "name": `"1e5"`, "located_dn": "CN=Users,DC=x", "email": "m@x", "description": `\`,
			"type": "distribution", "scope": "local",
		}},
		{"only the changed fields", wireCompound, goodSet, func(ctx context.Context, c *Backend) error {
			return c.EditFields(ctx, models.Ref{DN: userDN}, []models.FieldChange{
				{Field: models.FieldGivenName, Before: "J", BeforeKnown: true, After: `Jo"hn`},
				{Field: models.FieldTelephone, After: ""},
			})
		}, inCompound(map[string]any{
			"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2.0,
			"userList": []any{map[string]any{"dn": userDN, "firstName": `Jo"hn`, "telephoneNumber": ""}},
		})},
		{"all fields", wireCompound, goodSet, func(ctx context.Context, c *Backend) error {
			var changes []models.FieldChange
			for _, field := range models.Fields() {
				changes = append(changes, models.FieldChange{Field: field, After: "new " + string(field)})
			}
			return c.EditFields(ctx, models.Ref{DN: userDN}, changes)
		}, inCompound(map[string]any{
			"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2.0,
			"userList": []any{map[string]any{
				"dn": userDN, "firstName": "new givenName", "lastName": "new sn", "displayName": "new displayName",
				"initials": "new initials", "description": "new description", "mail": "new mail", "web": "new wWWHomePage",
				"physicalDeliveryOfficeName": "new physicalDeliveryOfficeName", "telephoneNumber": "new telephoneNumber",
			}},
		})},
		{"password", wireCompound, goodSet, func(ctx context.Context, c *Backend) error {
			return c.SetPassword(ctx, models.Ref{DN: `CN=Doe\, John,DC=x`}, models.NewSecret(newPassword), models.Unknown)
		}, inCompound(map[string]any{
			"api": "SYNO.ActiveDirectory.User", "method": "set", "version": 2.0,
			"userList": []any{map[string]any{"dn": `CN=Doe\, John,DC=x`, "enbl_change_password": true, "password": newPassword}},
		})},
		{"members", wireCompound, strings.Replace(goodMembers, `["`, `["CN=b,DC=x","`, 1), func(ctx context.Context, c *Backend) error {
			return c.AddMembers(ctx, models.Ref{DN: groupDN}, models.Refs(userDN, "cn=B,dc=x"))
		}, inCompound(map[string]any{
			"api": "SYNO.ActiveDirectory.Group.Member", "method": "add", "version": 1.0,
			"dn": groupDN, "members": []any{userDN, "cn=B,dc=x"},
		})},
		{"deletion", wireDelete, goodStart, func(ctx context.Context, c *Backend) error {
			return c.Delete(ctx, models.Refs("CN=a,DC=x", "cn=A, dc=x"), false, nil)
		}, map[string]any{"version": 2.0, "dnList": []any{"CN=a,DC=x"}}},
		{"reset mail", wireResetMail, `{"data":{"msg":3},"success":true}`, func(ctx context.Context, c *Backend) error {
			var log strings.Builder
			c.options.Logger = slog.New(slog.NewTextHandler(&log, nil))
			err := c.SendResetMail(ctx, "007")
			if !strings.Contains(log.String(), " account=007 msg=3\n") {
				t.Errorf("the log says %s", log.String())
			}
			return err
		}, map[string]any{"version": 1.0, "user": "007"}},
		{"domain update", wireDomainStart, goodStart, func(ctx context.Context, c *Backend) error {
			task, err := c.StartSync(ctx)
			if task != "@administrators/Task1" {
				t.Errorf("task %q", task)
			}
			return err
		}, map[string]any{"version": 1.0, "domain_name": "@all"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(test.wire, test.good)
			if err := test.run(t.Context(), server.open()); err != nil {
				t.Fatal(err)
			}
			sent := server.only(test.wire)
			if got := sent.parameters(t); !reflect.DeepEqual(got, test.want) {
				t.Errorf("sent %v\nwant %v", got, test.want)
			}
			if sent.verb != http.MethodPost || strings.Contains(sent.url, "?") {
				t.Errorf("%s %s: parameters belong in the body", sent.verb, sent.url)
			}
			if _, offered := sent.header["Idempotency-Key"]; offered {
				t.Error("the key that allows a repetition is on the wire")
			}
		})
	}
}

func TestWhatIsWrongIsSaidBeforeSending(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	before := len(server.requests)
	user := func(change func(*models.NewUser)) error {
		u := newUser()
		change(&u)
		_, err := client.CreateUser(t.Context(), u, models.NewSecret("x"))
		return err
	}
	group := func(change func(*models.NewGroup)) error {
		g := newGroup()
		change(&g)
		_, err := client.CreateGroup(t.Context(), g)
		return err
	}
	_, noPassword := client.CreateUser(t.Context(), newUser(), models.Secret{})
	noAccount := client.SendResetMail(t.Context(), "")
	for name, test := range map[string]struct {
		err, want error
		words     string
	}{
		"must and cannot change": {user(func(u *models.NewUser) { u.MustChange, u.CannotChange = true, true }), models.ErrInvalid, "cannot change"},
		"must and never expires": {user(func(u *models.NewUser) { u.MustChange, u.NeverExpires = true, true }), models.ErrInvalid, "never expires"},
		"no logon name":          {user(func(u *models.NewUser) { u.LogonName = "" }), models.ErrInvalid, "logon name"},
		"no container":           {user(func(u *models.NewUser) { u.Container = models.Ref{DN: ""} }), models.ErrInvalid, "container"},
		"no password":            {noPassword, models.ErrPolicy, "password"},
		"first name":             {user(func(u *models.NewUser) { u.GivenName = "J" }), models.ErrUnsupported, "first, last and display name"},
		"last name":              {user(func(u *models.NewUser) { u.Surname = "D" }), models.ErrUnsupported, "first, last and display name"},
		"display name":           {user(func(u *models.NewUser) { u.DisplayName = "J D" }), models.ErrUnsupported, "first, last and display name"},
		"group without a name":   {group(func(g *models.NewGroup) { g.Name = "" }), models.ErrInvalid, "name"},
		"group nowhere":          {group(func(g *models.NewGroup) { g.Container = models.Ref{DN: ""} }), models.ErrInvalid, "container"},
		"scope":                  {group(func(g *models.NewGroup) { g.Scope = "world" }), models.ErrInvalid, "world"},
		"type":                   {group(func(g *models.NewGroup) { g.Type = "x" }), models.ErrInvalid, "type"},
		"password in Latin-1":    {client.SetPassword(t.Context(), models.Ref{DN: userDN}, models.NewSecret("gr\xfc\xdfe"), models.Unknown), models.ErrInvalid, "not UTF-8"},
		"member in Latin-1":      {client.AddMembers(t.Context(), models.Ref{DN: groupDN}, models.Refs(userDN, "CN=gr\xfc\xdfe")), models.ErrInvalid, "not UTF-8"},
		"empty new password":     {client.SetPassword(t.Context(), models.Ref{DN: userDN}, models.Secret{}, models.Unknown), models.ErrInvalid, "no new password"},
		"must change on a reset": {client.SetPassword(t.Context(), models.Ref{DN: userDN}, models.NewSecret("x"), models.Yes), models.ErrUnsupported, "must be changed"},
		"subtree":                {client.Delete(t.Context(), models.Refs(userDN), true, nil), models.ErrUnsupported, "below"},
		"nobody to edit":         {client.EditFields(t.Context(), models.Ref{DN: ""}, []models.FieldChange{{Field: models.FieldMail}}), models.ErrInvalid, "no user"},
		"unknown field":          {client.EditFields(t.Context(), models.Ref{DN: userDN}, []models.FieldChange{{Field: "manager"}}), models.ErrUnsupported, "manager"},
		"no group":               {client.AddMembers(t.Context(), models.Ref{DN: ""}, models.Refs(userDN)), models.ErrInvalid, "no group"},
		"nobody to mail":         {noAccount, models.ErrInvalid, "no account"},
	} {
		var told *models.Error
		if !errors.Is(test.err, test.want) || !errors.As(test.err, &told) || !strings.Contains(test.err.Error(), test.words) {
			t.Errorf("%s: %v, want %v with %q", name, test.err, test.want, test.words)
		} else if told.Action == "" || told.Object == "" || models.AdviceFor(told) == "" {
			t.Errorf("%s: not said well: %+v", name, told)
		}
	}
	nothing := errors.Join(client.EditFields(t.Context(), models.Ref{DN: userDN}, nil), client.AddMembers(t.Context(), models.Ref{DN: groupDN}, nil), client.Delete(t.Context(), nil, false, nil))
	if nothing != nil {
		t.Errorf("nothing to do: %v", nothing)
	}
	if len(server.requests) != before {
		t.Errorf("%d requests went out", len(server.requests)-before)
	}
}

// An answer with success around it may still say that nothing was done.
func TestCompoundResultsAreLookedAt(t *testing.T) {
	t.Parallel()
	result := func(item string) string { return `{"data":{"has_fail":false,"result":[` + item + `]},"success":true}` }
	for name, test := range map[string]struct {
		answer string
		want   error
		code   string
		words  string // of the server, in the detail
	}{
		"refused": {
			`{"data":{"has_fail":true,"result":[{"error":{"code":10104,"errors":[{"code":10237,"msg":"ldb updaterecords: modify"}]},"success":false}]},"success":true}`,
			models.ErrServer, "10104/10237", "ldb updaterecords: modify",
		},
		"refused, without has_fail": {result(`{"error":{"code":10104,"errors":[{"msg":"Constraint violation - the password is too short"}]},"success":false}`), models.ErrPolicy, "10104", "too short"},
		"success missing":           {result(`{"data":[{"code":0}]}`), models.ErrServer, "no code", ""},
		"has_fail alone":            {`{"data":{"has_fail":true,"result":[{"data":[{"code":0}],"success":true}]},"success":true}`, models.ErrServer, "", ""},
		"code of a record":          {result(`{"data":[{"code":10237,"msg":"ldb: no such object"}],"success":true}`), models.ErrNotFound, "10237", "no such object"},
		"LDAP code of a record":     {result(`{"data":[{"code":"19","msg":"weak"}],"success":true}`), models.ErrPolicy, "19", "weak"},
		"record without a code":     {result(`{"data":[{"msg":"odd"}],"success":true}`), models.ErrServer, "", "odd"},
		"record of no known shape":  {result(`{"data":[{"state":"odd"}],"success":true}`), models.ErrServer, "", "odd"},
		"one of two records":        {result(`{"data":[{"code":0},{"code":7,"msg":"second"}],"success":true}`), models.ErrServer, "7", "second"},
		"no record":                 {result(`{"data":[],"success":true}`), models.ErrUnknownOutcome, "", ""},
		"no data":                   {result(`{"success":true}`), models.ErrUnknownOutcome, "", ""},
		"data of another kind":      {result(`{"data":{"code":0},"success":true}`), models.ErrUnknownOutcome, "", ""},
		"no result":                 {`{"data":{"has_fail":false,"result":[]},"success":true}`, models.ErrUnknownOutcome, "", ""},
		"two results":               {result(`{"data":[{"code":0}],"success":true},{"success":true}`), models.ErrUnknownOutcome, "", ""},
		"skipped":                   {result(`{"error":{"code":112},"success":false}`), models.ErrServer, "112", ""},
		"out of time":               {result(`{"error":{"code":125},"success":false}`), models.ErrUnknownOutcome, "125", ""},
		"not allowed":               {result(`{"error":{"code":105},"success":false}`), models.ErrDenied, "105", ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireCompound, test.answer)
			err := server.open().SetPassword(t.Context(), models.Ref{DN: userDN}, models.NewSecret(newPassword), models.Unknown)
			var told *models.Error
			if !errors.Is(err, test.want) || !errors.As(err, &told) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			checkForPeople(t, err, "", userDN, "")
			if test.code != "" && told.Code != test.code || !strings.Contains(told.Server, test.words) {
				t.Errorf("detail: code %q, words %q; want %q, %q", told.Code, told.Server, test.code, test.words)
			}
			server.only(wireCompound)
		})
	}
}

func TestCreationWithoutANameIsUnknown(t *testing.T) {
	for _, data := range []string{`{}`, `{"dn":""}`, `{"dn":null}`, `{"dn":"no name"}`, `[]`} {
		server := newCanned(t)
		server.answer(wireCreateUser, `{"data":`+data+`,"success":true}`)
		if _, err := server.open().CreateUser(t.Context(), newUser(), models.NewSecret("x")); !errors.Is(err, models.ErrUnknownOutcome) {
			t.Errorf("%s: %v", data, err)
		}
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	const a, b, c = "CN=a,DC=x", "CN=b,DC=x", "CN=c,DC=x"
	exists := `{"data":{"has_fail":true,"result":[{"error":{"code":10104,"errors":[{"code":68,"msg":"Attribute member already exists"}]},"success":false}]},"success":true}`
	missing := strings.Replace(exists, `{"code":68,"msg":"Attribute member already exists"}`, `{"code":32,"msg":"No such object"}`, 1)
	echo := func(dns ...string) string {
		return `{"data":{"has_fail":false,"result":[{"data":{"members":["` + strings.Join(dns, `","`) + `"]},"success":true}]},"success":true}`
	}
	none := `{"data":{"has_fail":false,"result":[{"data":{"members":[]},"success":true}]},"success":true}`
	for name, test := range map[string]struct {
		members  []models.DN
		answers  []string
		want     error
		requests int
		words    string
	}{
		"already in":               {[]models.DN{a}, []string{exists}, nil, 1, ""},
		"one of three already in":  {[]models.DN{a, b, c}, []string{exists, exists, echo(b), echo(c)}, nil, 4, ""},
		"one in, one unknown":      {[]models.DN{a, b}, []string{exists, exists, missing}, models.ErrNotFound, 3, b},
		"answer lost among them":   {[]models.DN{a, b, c}, []string{exists, missing, `{"success":true}`, exists}, models.ErrUnknownOutcome, 4, a},
		"another refusal":          {[]models.DN{a, b}, []string{missing}, models.ErrNotFound, 1, groupDN},
		"fewer than asked":         {[]models.DN{a, b, c}, []string{echo(a, c)}, models.ErrServer, 1, "2 of 3"},
		"none confirmed":           {[]models.DN{a}, []string{none}, models.ErrServer, 1, "0 of 1"},
		"confirmed in other words": {[]models.DN{a}, []string{echo("cn=A, dc=X")}, nil, 1, ""},
		"nothing said of them":     {[]models.DN{a}, []string{goodSet}, models.ErrUnknownOutcome, 1, groupDN},
	} {
		t.Run(name, func(t *testing.T) {
			server := newCanned(t)
			server.answer(wireCompound, test.answers...)
			err := server.open().AddMembers(t.Context(), models.Ref{DN: groupDN}, models.Refs(test.members...))
			if !errors.Is(err, test.want) || err != nil && !strings.Contains(err.Error(), test.words) {
				t.Errorf("got %v, want %v with %q", err, test.want, test.words)
			}
			if n := len(server.seen(wireCompound)); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
		})
	}
}

func TestEditableFields(t *testing.T) {
	backend := &Backend{}
	for _, field := range backend.EditableFields(models.Person) {
		if _, known := userField(field); !known {
			t.Errorf("%s has no name on the wire", field)
		}
	}
	for _, category := range models.Categories() {
		if category != models.Person && len(backend.EditableFields(category)) > 0 {
			t.Errorf("fields of a %s: no call is known", category)
		}
	}
	if backend.CanMustChange() || backend.CanDeleteSubtree() {
		t.Error("claims what no call can do")
	}
}

func TestSync(t *testing.T) {
	server := newCanned(t)
	server.answer(wireDomainStart, goodStart, `{"error":{"code":2626},"success":false}`)
	server.answer("SYNO.Core.Directory.Domain.update_status", `{"data":{"status":"updating"},"success":true}`,
		`{"data":{"status":"fail"},"success":true}`, `{"data":{"status":"finish"},"success":true}`)
	backend := server.open()
	task, err := backend.StartSync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []models.SyncStatus{
		{Words: "updating", Known: true}, {Words: "fail"}, {Words: "finish", Known: true, Done: true},
	} {
		if got, err := backend.SyncStatus(t.Context(), task); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if got := server.seen("SYNO.Core.Directory.Domain.update_status")[0].form.Get("task_id"); got != `"@administrators/Task1"` {
		t.Errorf("task_id=%s", got)
	}
	_, err = backend.StartSync(t.Context())
	if !errors.Is(err, models.ErrBusy) || !strings.Contains(err.Error(), "is updating its list of domain users") {
		t.Errorf("while one runs: %v", err)
	}
}

func TestPasswordIsNotPrintedFromParameters(t *testing.T) {
	p := params{"userList": []params{{"password": models.NewSecret(newPassword)}}}
	if shown := fmt.Sprintf("%v %+v %#v", p, p, p); strings.Contains(shown, newPassword) {
		t.Error(shown)
	}
	quoted, err := json.Marshal(p)
	if err != nil || strings.Contains(string(quoted), "wörd") {
		t.Errorf("%s, %v", quoted, err)
	}
	if got := reveal(p).(map[string]any)["userList"].([]any)[0].(map[string]any); !maps.Equal(got, map[string]any{"password": newPassword}) {
		t.Errorf("on the wire: %v", got)
	}
}

package adaxes

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
)

// serverThatTells answers every read of an object with this.
func serverThatTells(t *testing.T, object string) *Backend {
	t.Helper()
	b, r := openExamples(t, adaxes.Options{})
	r.instead = func(w http.ResponseWriter, in *http.Request) bool {
		if in.Method != http.MethodGet || !strings.HasSuffix(in.URL.Path, pathObjects) {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, object) // the client's end is tested elsewhere
		return true
	}
	return b
}

// A server may not know one of the names and refuse the whole read: the others
// are read nevertheless, and the sheet says which are missing.
func TestPropertiesWithoutThoseThatAreRefused(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	refused := []string{"extensionAttribute7", "msNPAllowDialin"}
	r.instead = func(w http.ResponseWriter, in *http.Request) bool {
		for name := range strings.SplitSeq(in.URL.Query().Get("properties"), ",") {
			if slices.Contains(refused, name) {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, `{"message":"What is `+name+`?","code":"badRequest","modelState":{}}`)
				return true
			}
		}
		return false
	}
	sheet, err := b.Properties(t.Context(), models.Ref{DN: johnSmith})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(sheet.Partial, "It does not tell extensionAttribute7, msNPAllowDialin.") {
		t.Errorf("%q", sheet.Partial)
	}
	for _, name := range refused {
		if p, ok := sheet.Property(name); ok {
			t.Errorf("%s is shown as %q", name, p.Values)
		}
	}
	for name, want := range map[string]string{"mail": "@example.com", "title": "Marketing analyst", "sn": "Smith"} {
		if p, _ := sheet.Property(name); len(p.Values) != 1 || !strings.Contains(p.Values[0], want) {
			t.Errorf("%s is %q", name, p.Values)
		}
	}
}

// One that refuses everything is not asked for each name.
func TestPropertiesGivesUp(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	asked := 0
	r.instead = func(w http.ResponseWriter, in *http.Request) bool {
		if in.URL.Query().Get("properties") == "" {
			return false
		}
		asked++
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"message":"No.","code":"badRequest"}`)
		return true
	}
	if _, err := b.Properties(t.Context(), models.Ref{DN: johnSmith}); !errors.Is(err, models.ErrProtocol) {
		t.Errorf("%v", err)
	}
	if asked > 60 {
		t.Errorf("%d requests", asked)
	}
}

// What the server tells unasked is shown with a type by its looks; a password is
// not.
func TestPropertiesThatNobodyAskedFor(t *testing.T) {
	b := serverThatTells(t, `{"DN":"CN=a,DC=b","ObjectType":"user","Properties":{
		"contosoOn":[true],"contosoCount":[5],"contosoLarge":[5000000000],"contosoBoss":["CN=x,DC=b"],
		"contosoDay":["2027-05-31T00:00:00Z"],"contosoTags":["a","b"],"contosoEmpty":[],"MAIL":["m@b"],
		"userPassword":["c2VjcmV0"],"bad name":["x"],"objectSid":["AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA=="]}}`)
	sheet, err := b.Properties(t.Context(), models.Ref{DN: "CN=a,DC=b"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]models.Property{
		"contosoOn":    {Type: models.Boolean, Values: []string{"TRUE"}},
		"contosoCount": {Type: models.Integer, Values: []string{"5"}},
		"contosoLarge": {Type: models.LargeInteger, Values: []string{"5000000000"}},
		"contosoBoss":  {Type: models.DNString, Values: []string{"CN=x,DC=b"}},
		"contosoDay":   {Type: models.UTCTime, Values: []string{"2027-05-31T00:00:00Z"}},
		"contosoTags":  {Type: models.CaseIgnoreString, Multi: models.Yes, Values: []string{"a", "b"}},
		"contosoEmpty": {Type: models.CaseIgnoreString},
		"mail":         {Type: models.CaseIgnoreString, Multi: models.No, Values: []string{"m@b"}},
		"objectSid":    {Type: models.CaseIgnoreString, Multi: models.No, Values: []string{"S-1-5-21-1-2-3-1104"}},
	} {
		got, ok := sheet.Property(name)
		if !ok || got.Type != want.Type || got.Multi != want.Multi || !slices.Equal(got.Values, want.Values) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for _, name := range []string{"userPassword", "bad name"} {
		if _, ok := sheet.Property(name); ok {
			t.Errorf("%s is shown", name)
		}
	}
}

func TestPhotoThatIsNone(t *testing.T) {
	b := serverThatTells(t, `{"dn":"CN=a,DC=b","objectType":"user","properties":{"thumbnailPhoto":["<svg>"]}}`)
	if _, err := b.Photo(t.Context(), models.Ref{DN: "CN=a,DC=b"}); !errors.Is(err, models.ErrProtocol) {
		t.Errorf("%v", err)
	}
}

func TestLicencesThatAreNotTold(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		want   error
	}{
		{http.StatusNotFound, `{"message":"No resource.","code":"notFound"}`, models.ErrUnsupported},
		{http.StatusMethodNotAllowed, ``, models.ErrUnsupported},
		{http.StatusForbidden, `{"message":"No.","code":"accessDenied"}`, models.ErrDenied},
		{http.StatusOK, `{"licenses":"some"}`, models.ErrProtocol},
		{http.StatusOK, `{}`, models.ErrProtocol},
		{http.StatusOK, `[]`, models.ErrProtocol},
	} {
		b, r := openExamples(t, adaxes.Options{})
		r.instead = func(w http.ResponseWriter, in *http.Request) bool {
			if !strings.HasSuffix(in.URL.Path, pathAccount) {
				return false
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
			return true
		}
		if _, err := b.Licences(t.Context(), models.Ref{DN: johnSmith}); !errors.Is(err, test.want) {
			t.Errorf("%d %s: %v", test.status, test.body, err)
		}
	}
}

// A user without an account has none, which is no error.
func TestNoAccount(t *testing.T) {
	b := serverThatTells(t, `{"dn":"CN=a,DC=b","objectType":"user","M365":{"isCreated":false,"locationName":null,"licenses":[]},"properties":{}}`)
	told, err := b.Licences(t.Context(), models.Ref{DN: "CN=a,DC=b"})
	if err != nil || told.HasAccount || told.Location != "" || told.SignInBlocked.Known() || len(told.Licences) > 0 {
		t.Errorf("%+v, %v", told, err)
	}
}

// Properties that are about to be changed are read although they are not known,
// as of the type of their change; without a value they are left out.
func TestPropertiesThatAreWanted(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	asked := map[string]bool{}
	r.instead = func(w http.ResponseWriter, in *http.Request) bool {
		names := in.URL.Query().Get("properties")
		for name := range strings.SplitSeq(names, ",") {
			asked[name] = true
		}
		if !strings.Contains(names, "contosoBadge") {
			return false
		}
		_, _ = io.WriteString(w, `{"dn":"`+string(johnSmith)+`","objectType":"user","properties":{"contosoBadge":["0123"]}}`)
		return true
	}
	ctx := models.WithWanted(t.Context(), []models.PropertyChange{
		{Name: "contosoBadge", Type: models.CaseExactString},
		{Name: "contosobadge", Type: models.Integer},
		{Name: "contosoOther", Type: models.Integer},
		{Name: "mail", Type: models.DNString},
		{Name: "unicodePwd", Type: models.OctetString},
		{Name: "no name", Type: models.Integer},
		{Name: "contosoTypeless"},
	})
	sheet, err := b.Properties(ctx, models.Ref{DN: johnSmith})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := sheet.Property("contosoBadge")
	if !ok || got.Type != models.CaseExactString || !slices.Equal(got.Values, []string{"0123"}) || got.Multi.Known() {
		t.Errorf("%+v", got)
	}
	if p, ok := sheet.Property("contosoOther"); ok || !asked["contosoOther"] {
		t.Errorf("%+v, asked: %v", p, asked["contosoOther"])
	}
	if p, _ := sheet.Property("mail"); p.Type != models.CaseIgnoreString {
		t.Errorf("%+v", p)
	}
	for _, never := range []string{"unicodePwd", "no name", "contosoTypeless", "contosobadge"} {
		if asked[never] {
			t.Errorf("it asks for %s", never)
		}
	}
}

package adaxes

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
)

// The other members of a Microsoft 365 account reach the server as they were
// written.
func TestOtherMembersOfTheAccountPassThrough(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{Member: "m365"})
	body := []byte(`{ "m365" : {"location":"DE","signInBlocked":false, "licenseModifications":
	  [{"skuPartNumber":"EMS","assigned":true,"services":[{"serviceName":"INTUNE_A","enabled":false}]}], "extra":[1.50,null]} ,
	"directoryObject":"` + string(johnSmith) + `"}`)
	request, err := Check(body)
	if err != nil {
		t.Fatal(ProblemsOf(err))
	}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, request.Modification); err != nil {
		t.Fatal(err)
	}
	if sent := r.patches(); len(sent) != 1 || !slices.Equal(sent[0], body) {
		t.Errorf("over the wire went %q", sent)
	}
	told, err := b.Licences(t.Context(), models.Ref{DN: johnSmith})
	if err != nil || !slices.ContainsFunc(told.Licences, func(l models.Licence) bool { return l.SKU == "EMS" && l.Assigned }) {
		t.Errorf("%v, %v", told, err)
	}
}

// A request names its object in any of the three ways; it has to be the one that
// was planned for.
func TestRequestsNameTheirObject(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	held := r.holds(t, johnSmith)
	for _, id := range []string{held["objectGUID"][0], held["objectSid"][0], "cn=john smith, cn=users,dc=EXAMPLE,dc=com"} {
		request, err := Check([]byte(`{"directoryObject":"` + id + `","properties":[{"propertyName":"title","propertyType":3,"values":["` + id[:8] + `"]}]}`))
		if err != nil {
			t.Fatal(ProblemsOf(err))
		}
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, request.Modification); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		expectHeld(t, r, johnSmith, map[string][]string{"title": {id[:8]}})
		r.patches()
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: myGroup}, request.Modification); !errors.Is(err, models.ErrInvalid) || len(r.patches()) > 0 {
			t.Errorf("%s for the group: %v", id, err)
		}
	}
}

// What is sent is what was planned: a request that means something else than the
// modification it comes with is not.
func TestRequestsMeanWhatWasPlanned(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	body := []byte(`{"directoryObject":"` + string(johnSmith) + `","properties":[{"propertyName":"title","propertyType":3,"values":["Boss"]}]}`)
	request, err := Check(body)
	if err != nil {
		t.Fatal(err)
	}
	r.patches()
	for name, change := range map[string]func(*models.Modification){
		"another value":     func(m *models.Modification) { m.Properties[0].Values = []string{"Clerk"} },
		"another property":  func(m *models.Modification) { m.Properties[0].Name = "department" },
		"another type":      func(m *models.Modification) { m.Properties[0].Type = models.CaseExactString },
		"another operation": func(m *models.Modification) { m.Properties[0].Operation = models.Append },
		"a mask":            func(m *models.Modification) { m.Properties[0].Masked = true },
		"one more property": func(m *models.Modification) { m.Properties = append(m.Properties, clearPhoto()) },
		"a licence":         func(m *models.Modification) { m.Licences = []models.LicenceChange{{SKU: "E5"}} },
		"a photo":           func(m *models.Modification) { m.PhotoSet = true },
		"no JSON":           func(m *models.Modification) { m.Request = m.Request[1:] },
		"a password": func(m *models.Modification) {
			m.Request = []byte(strings.Replace(string(body), "title", "unicodePwd", 1))
			m.Properties[0].Name = "unicodePwd"
		},
	} {
		m := request.Modification.Clone()
		change(&m)
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, m); !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sent := r.patches(); len(sent) > 0 {
		t.Errorf("over the wire went %q", sent)
	}
	m := request.Modification.Clone()
	m.Properties[0].Before, m.Properties[0].BeforeKnown = []string{"Marketing analyst"}, true
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, m); err != nil {
		t.Errorf("with what was there before: %v", err)
	}
}

// A name among the properties renames the object, whatever else changes; what
// cannot be said in a name is escaped by the server.
func TestRenameAmongProperties(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	got, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{Properties: []models.PropertyChange{
		{Name: "title", Type: models.CaseIgnoreString, Values: []string{"Boss"}},
		{Name: "name", Type: models.CaseIgnoreString, Values: []string{`Smith, John "Jack"`}},
	}})
	want := models.DN("CN=Users,DC=example,DC=com").Child("CN", `Smith, John "Jack"`)
	if err != nil || !got.Equal(want) {
		t.Fatalf("%s, %v; want %s", got, err, want)
	}
	expectHeld(t, r, want, map[string][]string{"title": {"Boss"}, "name": {`Smith, John "Jack"`}})
	if members := r.holds(t, myGroup)["member"]; len(members) != 1 || !models.DN(members[0]).Equal(want) {
		t.Errorf("the group has %q", members)
	}
}

func TestPhotoSetReadAndCleared(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	if photo, err := b.Photo(t.Context(), models.Ref{DN: johnSmith}); photo != nil || err != nil {
		t.Fatalf("%q, %v", photo, err)
	}
	for _, image := range []string{pngImage(t), jpegImage(t)} {
		r.patches()
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{Photo: []byte(image), PhotoSet: true}); err != nil {
			t.Fatal(err)
		}
		want := `{"directoryObject":"` + string(johnSmith) + `","photo":"` + base64Of(image) + `"}`
		if sent := r.patches(); len(sent) != 1 || string(sent[0]) != want {
			t.Errorf("over the wire went %q", sent)
		}
		expectHeld(t, r, johnSmith, map[string][]string{"thumbnailPhoto": {base64Of(image)}})
		if photo, err := b.Photo(t.Context(), models.Ref{DN: johnSmith}); string(photo) != image || err != nil {
			t.Errorf("%q, %v", photo, err)
		}
	}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: johnSmith}, models.Modification{PhotoSet: true}); err != nil {
		t.Fatal(err)
	}
	expectHeld(t, r, johnSmith, map[string][]string{"thumbnailPhoto": nil})
	if photo, err := b.Photo(t.Context(), models.Ref{DN: johnSmith}); photo != nil || err != nil {
		t.Errorf("%q, %v", photo, err)
	}
	if b.PhotoLimit() != 102_400 {
		t.Errorf("a photo may have %d bytes", b.PhotoLimit())
	}
}

// What an object of its kind cannot have is refused before anything is sent.
func TestGroupsHaveNeitherPhotoNorLicences(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{})
	r.patches()
	for name, m := range map[string]models.Modification{
		"a photo":   {Photo: []byte(pngImage(t)), PhotoSet: true},
		"no photo":  {PhotoSet: true},
		"a licence": {Licences: []models.LicenceChange{{SKU: "EMS", Assigned: true}}},
	} {
		if _, err := b.EditProperties(t.Context(), models.Ref{DN: myGroup}, m); !errors.Is(err, models.ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.Licences(t.Context(), models.Ref{DN: myGroup}); !errors.Is(err, models.ErrUnsupported) {
		t.Errorf("licences of a group: %v", err)
	}
	if sent := r.patches(); len(sent) > 0 {
		t.Errorf("over the wire went %q", sent)
	}
}

func TestEditOfWhatIsNotThere(t *testing.T) {
	b, _ := openExamples(t, adaxes.Options{})
	const nobody = models.DN("CN=Nobody,DC=example,DC=com")
	title := models.Modification{Properties: []models.PropertyChange{{Name: "title", Type: models.CaseIgnoreString, Values: []string{"x"}}}}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: nobody}, title); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("edit: %v", err)
	}
	if _, err := b.EditProperties(t.Context(), models.Ref{DN: ""}, title); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("edit of nothing: %v", err)
	}
	if _, err := b.Properties(t.Context(), models.Ref{DN: nobody}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("properties: %v", err)
	}
	if _, err := b.Photo(t.Context(), models.Ref{DN: nobody}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("photo: %v", err)
	}
	if _, err := b.Licences(t.Context(), models.Ref{DN: nobody}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("licences: %v", err)
	}
}

// What is sent for approval has changed nothing, and is not sent again.
func TestEditSentForApproval(t *testing.T) {
	b, r := openExamples(t, adaxes.Options{Rules: []adaxes.Rule{{Kind: adaxes.Approve, Terms: []string{"modify", "title"}}}})
	before := r.holds(t, johnSmith)
	var said []models.Message
	ctx := models.WithListener(t.Context(), models.Listener{Message: func(m models.Message) { said = append(said, m) }})
	r.patches()
	_, err := b.EditProperties(ctx, models.Ref{DN: johnSmith}, models.Modification{Properties: []models.PropertyChange{
		{Name: "title", Type: models.CaseIgnoreString, Values: []string{"Boss"}},
	}})
	if !errors.Is(err, models.ErrPending) || len(r.patches()) != 1 {
		t.Errorf("%v", err)
	}
	if len(said) != 1 || said[0].Source != "Business Rules" || len(said[0].Inner) != 1 || len(said[0].Inner[0].Inner) != 1 ||
		said[0].Inner[0].Inner[0].Kind != models.MessageApproval {
		t.Errorf("%+v", said)
	}
	expectHeld(t, r, johnSmith, before)
}

// A change whose rules go on after the answer is followed to its end; its new
// name and its warnings are those of the result that comes then.
func TestEditThatTakesItsTime(t *testing.T) {
	t.Parallel()
	b, r := openExamples(t, adaxes.Options{Rules: []adaxes.Rule{
		{Kind: adaxes.Async, Takes: 1500 * time.Millisecond, Terms: []string{"name"}},
		{Kind: adaxes.Warn, Words: "Tell the person.", Terms: []string{"name"}},
	}})
	var warnings, progress int
	ctx := models.WithListener(t.Context(), models.Listener{
		Message:  func(m models.Message) { warnings++ },
		Progress: func(string) { progress++ },
	})
	b.options.Wait = time.Second
	r.patches()
	got, err := b.EditProperties(ctx, models.Ref{DN: johnSmith}, models.Modification{Properties: []models.PropertyChange{
		{Name: "name", Type: models.CaseIgnoreString, Values: []string{"John Raymond"}},
	}})
	if err != nil || !got.Equal(johnRaymond) || warnings != 1 || progress == 0 || len(r.patches()) != 1 {
		t.Errorf("%s, %v; %d messages, %d times told of its progress", got, err, warnings, progress)
	}
}

// What is passed through is told of, and what may be a password is not shown.
func TestOtherMembersOfTheAccountAreTold(t *testing.T) {
	request, err := Check([]byte(`{"directoryObject":"CN=a,DC=b","o365":{"location":"DE","signInBlocked":true,"initialPassword":"Pa55","clientSecret":"x","extra":{"password":"Pa55"},"units":1.50,"none":null}}`))
	if err != nil {
		t.Fatal(ProblemsOf(err))
	}
	want := []models.RequestPart{
		{Path: "o365.location", Text: `"DE"`},
		{Path: "o365.signInBlocked", Text: "true"},
		{Path: "o365.initialPassword", Text: "(not shown)"},
		{Path: "o365.clientSecret", Text: "(not shown)"},
		{Path: "o365.extra", Text: "(not shown)"},
		{Path: "o365.units", Text: "1.50"},
		{Path: "o365.none", Text: "null"},
	}
	if got := request.Modification.Others; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

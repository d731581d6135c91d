package adaxes

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"dirdesk/models"
)

func base64Of(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func pngImage(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func jpegImage(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPhotosThatPass(t *testing.T) {
	for name, data := range map[string]string{"PNG": pngImage(t), "JPEG": jpegImage(t)} {
		request, err := Check([]byte(`{"directoryObject":"CN=a,DC=b","photo":"` + base64Of(data) + `"}`))
		if err != nil || len(request.Warnings) > 0 {
			t.Errorf("%s: %v %v", name, ProblemsOf(err), request.Warnings)
		} else if m := request.Modification; !m.PhotoSet || string(m.Photo) != data {
			t.Errorf("%s: the photo is another", name)
		}
	}
	full := append([]byte(pngImage(t)), make([]byte, photoLimit)...)[:photoLimit]
	if words := wrongPhoto(full); words != "" {
		t.Errorf("a photo of exactly the limit: %s", words)
	}
}

func TestFits(t *testing.T) {
	both := Request{AccountMember: "m365", Modification: models.Modification{PhotoSet: true}}
	for _, test := range []struct {
		category models.Category
		class    string
		want     string
	}{
		{models.Person, "user", ""},
		{models.Person, "", ""},
		{models.Person, "inetOrgPerson", ""},
		{models.Person, "contact", "m365: a contact has no Microsoft 365 account; users do"},
		{"contact", "", "m365: a contact has no Microsoft 365 account; users do"},
		{models.Group, "", "photo: a group has no photo; users and contacts do\nm365: a group has no Microsoft 365 account; users do"},
		{models.Computer, "computer", "photo: a computer has no photo; users and contacts do\nm365: a computer has no Microsoft 365 account; users do"},
		{models.OrganizationalUnit, "", "photo: an OU has no photo; users and contacts do\nm365: an OU has no Microsoft 365 account; users do"},
	} {
		if got := Problems(both.Fits(test.category, test.class)).Error(); got != test.want {
			t.Errorf("%s %s: %s", test.category, test.class, got)
		}
	}
	if problems := (Request{}).Fits(models.Group, ""); problems != nil {
		t.Errorf("a request without either: %v", problems)
	}
}

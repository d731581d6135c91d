package adaxes

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dirdesk/models"
)

// Whatever a file holds, the checker says either what is wrong with it, each
// with words, or what it means: then the bytes are kept as they are, they are
// JSON that names the object, and writing the meaning anew gives a request of the
// same meaning.
func FuzzCheck(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	for _, seed := range []string{
		`{}`, `[`, `null`, "\ufeff{}", `{"directoryObject":"S-1-5-32-544"}`,
		bodyWith(`"propertyName":"whenCreated","propertyType":9,"values":["2022-05-04T09:00:00.1234567+02:00"],"operation":2`),
		bodyWith(`"propertyName":"logonHours","propertyType":"LogonHours","values":null`),
		bodyWith(`"propertyName":"a","propertyType":6,"values":[true,false],"operation":"Append"`),
		bodyWith(`"propertyName":"a","propertyType":10,"values":["-1",9223372036854775807]`),
		bodyWith(`"propertyName":"a","propertyType":7,"values":[],"mask":-1`),
		bodyWith(`"propertyName":"a","propertyType":2,"values":["\ud83d\ude00 \u0041\\ud800"]`),
		`{"directoryObject":"7a4267ce-d354-44e7-8bd6-c681f1284a41","m365":{"a":[{}],"licenseModifications":[{"skuPartNumber":"E","assigned":true,"x":null}]}}`,
		`{"directoryObject":"CN=a","photo":"` + base64Of(pngImage(f)) + `"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		request, err := Check(slices.Clone(body))
		if err != nil {
			problems := ProblemsOf(err)
			if !errors.Is(err, models.ErrInvalid) || len(problems) == 0 {
				t.Fatalf("%q is refused without a word: %v", body, err)
			}
			for _, p := range problems {
				if p.Words == "" {
					t.Fatalf("%q: a problem at %q without words", body, p.Path)
				}
			}
			return
		}
		if !slices.Equal(request.Modification.Request, body) {
			t.Fatalf("%q is kept as %q", body, request.Modification.Request)
		}
		var plain struct {
			Object string `json:"directoryObject"`
		}
		if err := json.Unmarshal(body, &plain); err != nil || plain.Object != request.Object {
			t.Fatalf("%q is about %q, and not %q (%v)", body, plain.Object, request.Object, err)
		}
		written, err := encodeModification(request.Object, request.Modification, request.AccountMember)
		if err != nil {
			t.Fatalf("%q means what cannot be written: %v", body, ProblemsOf(err))
		}
		again, err := Check(written)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", body, written, err)
		}
		request.Modification.Others = nil // they stand in the request only
		if !sameMeaning(again.Modification, request.Modification) {
			t.Fatalf("%q was written as %q, which means something else", body, written)
		}
	})
}

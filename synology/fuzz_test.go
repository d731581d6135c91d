package synology

import (
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"unicode/utf8"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Whatever comes, an answer is data, a failure with words, or ErrProtocol.
func FuzzEnvelope(f *testing.F) {
	for _, seed := range []string{
		discovery, loginAnswer, goodInfo, goodTask, emptyPage, `{"error":{"code":10104,"errors":[{"code":10237,"msg":"m"}]},"success":false}`,
		`{"error":{"code":403,"errors":{"token":"t","types":[{"type":"otp"}]}},"success":false}`, `{"success":1}`, `{"error":"x"}`, `<html>`, `{"success":tr`,
	} {
		f.Add([]byte(seed))
	}
	client := &Backend{unopened(f)}
	f.Fuzz(func(t *testing.T, body []byte) {
		data, err := decodeEnvelope(body)
		if err == nil {
			decodeEverything(client, data)
			return
		}
		err = client.explain(methodList, "DC=x", cleanError(nil, err))
		var told *models.Error
		if !errors.As(err, &told) || told.Kind == nil || models.AdviceFor(told) == "" || told.Action == "" {
			t.Fatalf("%q: %#v", body, err)
		}
		if words := webclient.Scrubber(nil).Excerpt(body); !utf8.ValidString(told.Server) || !utf8.ValidString(words) {
			t.Fatalf("%q: words %q, %q", body, told.Server, words)
		}
	})
}

// decodeEverything wants no more than an error where data is not understood.
func decodeEverything(client *Backend, data json.RawMessage) {
	_, _ = decodePage(data, 500)
	_, _ = decodeInfo(data)
	_, _ = decodeAPIs(data)
	_, _ = decodeCompound(data, 1)
	_, _ = decodeCreated(data)
	_ = recordsFailure(data, 1, nil)
	_, _ = client.decodeTask(data)
	_ = client.accept(data, 7, models.Secret{})
}

// Every member of an object ends up in its field or in Extra, never nowhere.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{
		`{"dn":"CN=a,DC=x","name":"a","objectCategory":"person","disabled":true,"accountExpiryTime":910692730085}`,
		`{"dn":1,"name":[],"disabled":"x","locked":{},"primaryGroupToken":"1e3","accountExpiryTime":9e99,"new":null}`,
		`{"dn":null}`, `{}`, `[]`, `{"":""}`, `null`, ` { "a\"}" : [ {"b":"]"} , 1 ] , "c" :-1 } `, `{"a":1,"a":2}`, `{"\u0064n":"CN=a"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		object, err := parseObject(body)
		var want map[string]json.RawMessage
		if (json.Unmarshal(body, &want) == nil) != (err == nil) {
			t.Fatalf("%q: %v", body, err)
		}
		if err != nil {
			return
		}
		got := map[string]json.RawMessage{}
		for name, value := range rawjson.Members(body) {
			got[name] = value
		}
		if len(got) != len(want) {
			t.Fatalf("%q: members %q, want %q", body, got, want)
		}
		for name, value := range want {
			if string(got[name]) != string(value) {
				t.Fatalf("%q: member %q is %q, want %q", body, name, got[name], value)
			}
			var spare models.Object
			if _, kept := object.Extra[name]; !kept && !takeMember(&spare, name, value) {
				t.Fatalf("%q: member %q is lost", body, name)
			}
		}
	})
}

// What is sent is what arrives, whatever it holds: as JSON on a JSON API, as
// it is on others.
func FuzzEncoding(f *testing.F) {
	for _, seed := range []string{"", "12345678", "null", "true", "1e5", `"`, `\`, `CN=Doe\, John`, "a&b=c+d%20", "\x00\n", "日本"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if !utf8.ValidString(value) {
			t.Skip("DNs and names are UTF-8")
		}
		for _, jsonFormat := range []bool{true, false} {
			form := url.Values{}
			if err := (params{"v": value}).encode(form, jsonFormat); err != nil {
				t.Fatal(err)
			}
			arrived, err := url.ParseQuery(form.Encode())
			if err != nil {
				t.Fatal(err)
			}
			got := arrived.Get("v")
			if jsonFormat {
				if err := json.Unmarshal([]byte(arrived.Get("v")), &got); err != nil {
					t.Fatal(err)
				}
			}
			if got != value {
				t.Fatalf("sent %q, arrived %q", value, got)
			}
		}
	})
}

package adaxes_test

import (
	"net/http"
	"testing"

	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// The seven examples of the documents, with the answer byte for byte and what
// the directory holds afterwards.
func TestTheSevenExamples(t *testing.T) {
	answerOf := func(dn string) string {
		return `{"resultType":0,"innerMessages":[],"exception":null,"actualObjectDN":"` + dn + `","extraInfo":{}}`
	}
	for _, c := range []struct {
		name, body, dn string
		holds          func(*site)
	}{
		{
			"phones", `{"directoryObject":"` + john + `","properties":[
				{"propertyName":"telephoneNumber","propertyType":"CaseIgnoreString","values":["605-457-8292"]},
				{"propertyName":"otherTelephone","propertyType":"CaseIgnoreString","values":["951-837-6935","717-332-8612"],"operation":"Append"}]}`,
			john, func(s *site) {
				s.holds(john, "telephoneNumber", "605-457-8292")
				s.holds(john, "otherTelephone", "951-837-6935", "717-332-8612")
			},
		},
		{
			"group scope", `{"directoryObject":"` + myGroup + `","properties":[
				{"propertyName":"groupType","propertyType":"Integer","values":[8],"mask":14}]}`,
			myGroup, func(s *site) { s.holds(myGroup, "groupType", "-2147483640") },
		},
		{
			"account options", `{"directoryObject":"` + john + `","properties":[
				{"propertyName":"userAccountControl","propertyType":"Integer","values":[65536],"mask":-2147418110}]}`,
			john, func(s *site) {
				s.holds(john, "userAccountControl", "66048")
				s.holds(john, "pwdLastSet", directory.FileTime(s.clock.now())) // it need not be changed
			},
		},
		{
			"revoke a licence", `{"directoryObject":"` + john + `","o365":{"licenseModifications":[{"skuPartNumber":"ENTERPRISEPACK","assigned":false}]}}`,
			john, func(s *site) {
				s.holds(john, "userAccountControl", "514")
				if s.licence("ENTERPRISEPACK") {
					s.t.Error("the licence is there still")
				}
			},
		},
		{
			"manager and expiry", `{"directoryObject":"` + john + `","properties":[
				{"propertyName":"manager","propertyType":"DnString","values":["` + richard + `"]},
				{"propertyName":"accountExpires","propertyType":"Timestamp","values":["Never"]}]}`,
			john, func(s *site) {
				s.holds(john, "manager", richard)
				s.holds(richard, "directReports", john)
				s.holds(john, "accountExpires", "9223372036854775807")
			},
		},
		{
			"rename", `{"directoryObject":"` + john + `","properties":[
				{"propertyName":"name","propertyType":"CaseIgnoreString","values":["John Raymond"]}]}`,
			"CN=John Raymond," + users, func(s *site) { s.holds(myGroup, "member", "CN=John Raymond,"+users) },
		},
		{
			"disable", `{"directoryObject":"` + richard + `","properties":[
				{"propertyName":"userAccountControl","propertyType":"Integer","values":[2],"mask":2}]}`,
			richard, func(s *site) { s.holds(richard, "userAccountControl", "514") },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, simulator.Options{})
			if !s.licence("ENTERPRISEPACK") {
				t.Fatal("John Smith has no licence to begin with")
			}
			status, answer := s.do(http.MethodPatch, objects, c.body)
			if status != http.StatusOK || answer != answerOf(c.dn) {
				t.Errorf("%d\n%s, want\n%s", status, answer, answerOf(c.dn))
			}
			c.holds(s)
		})
	}
}

// The three operations of the documents on a property with several values, and
// the two masks.
func TestTheSnippetsOfTheDocuments(t *testing.T) {
	s := newSite(t, simulator.Options{})
	phones := func(operation, values string) {
		t.Helper()
		s.succeeds(http.MethodPatch, objects, `{"directoryObject":"`+john+`","properties":[
			{"propertyName":"otherTelephone","propertyType":"CaseIgnoreString","values":`+values+`,"operation":`+operation+`}]}`)
	}
	phones(`"Replace"`, `["1","2"]`)
	s.holds(john, "otherTelephone", "1", "2")
	phones(`1`, `["2","3"]`)
	s.holds(john, "otherTelephone", "1", "2", "3")
	phones(`"delete"`, `["1","9"]`)
	s.holds(john, "otherTelephone", "2", "3")
	phones(`0`, `null`)
	s.holds(john, "otherTelephone")
	for value, want := range map[string]string{"65536": "66050", "0": "514"} {
		s.succeeds(http.MethodPatch, objects, `{"directoryObject":"`+john+`","properties":[
			{"propertyName":"userAccountControl","propertyType":"Integer","values":[`+value+`],"mask":65536}]}`)
		s.holds(john, "userAccountControl", want)
	}
}

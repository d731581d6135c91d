package synology

import (
	"strings"
	"testing"
)

// A page of 500 objects with the members that a live sample has.
func BenchmarkDecodePage(b *testing.B) {
	object := `{"accountExpiryTime":910692730085,"deletable":true,"description":"","disabled":false,"displayName":"John Doe",` +
		`"dn":"CN=jdoe,OU=Sales,DC=example,DC=test","locked":false,"mail":"jdoe@example.test","movable":true,"name":"jdoe",` +
		`"objectCategory":"person","passwordExpired":false,"physicalDeliveryOfficeName":"B1","primaryGroupToken":0,` +
		`"renamable":true,"sAMAccountName":"jdoe","showInAdvancedViewOnly":false,"telephoneNumber":"555"}`
	body := []byte(`{"data":{"data":[` + strings.Repeat(object+",", 499) + object + `],"total":99999},"success":true}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		data, err := decodeEnvelope(body)
		if err != nil {
			b.Fatal(err)
		}
		if page, err := decodePage(data, 500); err != nil || len(page.Objects) != 500 {
			b.Fatal(err)
		}
	}
}

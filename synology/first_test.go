package synology

import (
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

var _ desk.Backend = (*Backend)(nil)

func TestFirst(t *testing.T) {
	server := newCanned(t)
	server.answer("SYNO.ActiveDirectory.Directory.list", `{"data":{"data":[{"dn":"CN=a,DC=x","name":"a","objectCategory":"person","accountExpiryTime":910692730085}],"total":1},"success":true}`)
	c := server.open()
	b := NewBackend(c, "synology://x")
	for p, err := range b.List(t.Context(), models.ListRequest{Base: `CN=Doe\, J,DC=x`}) {
		t.Log(p, err)
	}
	t.Log(server.only("SYNO.ActiveDirectory.Directory.list"))
	t.Log(server.only("SYNO.API.Auth.login"))
	t.Log(b.About())
	t.Log(b.Close(t.Context()))
	t.Log(server.only("SYNO.API.Auth.logout"))
}

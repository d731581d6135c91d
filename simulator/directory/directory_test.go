package directory_test

import (
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

func TestSmoke(t *testing.T) {
	d := directory.New(directory.Options{})
	t.Log(d.Info())
	for _, b := range []models.DN{d.BaseDN(), d.BaseDN().Child("CN", "Users"), d.BaseDN().Child("CN", "builtin"), d.BaseDN().Child("OU", "domain controllers")} {
		p, err := d.List(models.ListRequest{Base: b})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range p.Objects {
			t.Logf("%+v", o)
		}
	}
	if err := d.Add("CN=Anna,OU=x,"+d.BaseDN(), "user", nil); err == nil {
		t.Fatal()
	} else {
		t.Log(err)
	}
	if err := d.Add("cn=Anna \\2c x,cn=users,"+d.BaseDN(), "user", map[string][]string{"givenName": {"Anna"}, "SAMAccountName": {"anna"}}); err != nil {
		t.Fatal(err)
	}
	t.Log(d.Get("cn=ANNA  \\, x,cn=users," + d.BaseDN()))
}

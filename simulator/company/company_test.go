package company_test

import (
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

func BenchmarkFill99999(b *testing.B) {
	for b.Loop() {
		d := directory.New(directory.Options{})
		if _, err := company.Fill(d, company.Options{Seed: 1, Large: 99999}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}

func TestSmoke(t *testing.T) {
	d := directory.New(directory.Options{})
	start := time.Now()
	s, err := company.Fill(d, company.Options{Seed: 1, Large: 10})
	t.Logf("%+v %v %v", s, err, time.Since(start))
	var walk func(dn models.DN, in string)
	walk = func(dn models.DN, in string) {
		p, err := d.List(models.ListRequest{Base: dn})
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range p.Objects {
			if i < 6 || o.Category.HoldsObjects() {
				t.Logf("%s%q %s %q %q %v %v %v %v", in, o.Name, o.Category, o.Description, o.DisplayName, o.Disabled.Words(), o.Locked.Words(), o.PasswordExpired.Words(), o.AccountExpiry)
			}
			if o.Category.HoldsObjects() {
				walk(o.DN, in+"  ")
			}
		}
	}
	walk(d.BaseDN(), "")
}

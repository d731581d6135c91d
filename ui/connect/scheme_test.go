package connect

import "testing"

func TestParseHost(t *testing.T) {
	for _, c := range []struct{ in, scheme, host string }{
		{"nas", "", "nas"},
		{" nas.example.com:5001 ", "", "nas.example.com:5001"},
		{"10.0.0.7:636", "", "10.0.0.7:636"},
		{"nas:05001", "", "nas:5001"},
		{"fe80::1", "", "[fe80::1]"},
		{"[fe80::1]:636", "", "[fe80::1]:636"},
		{"[fe80::1]", "", "[fe80::1]"},
		{"bücher.example", "", "bücher.example"},
		{"ldaps://dc1", "ldaps", "dc1"},
		{"LDAP://dc1:389/", "ldap", "dc1:389"},
		{"synology://nas:5001", "synology", "nas:5001"},
		{"https://nas:5001/#/signin", "synology", "nas:5001"},
		{"https://nas.example.com", "synology", "nas.example.com:443"},
	} {
		scheme, host, err := onOffer.parseHost(c.in, "synology")
		if scheme != c.scheme || host != c.host || err != nil {
			t.Errorf("parseHost(%q) = %q, %q, %v", c.in, scheme, host, err)
		}
	}
	for _, bad := range []string{
		"", "  ", "nas:", "nas:0", "nas:65536", "nas:https", ":5001", "na s", "nas..example", "a:b:c",
		"[nas]:5001", "[fe80::1", "[fe80::1]x", "http://nas", "https://", "ftp://nas", "jo@nas", "nas/path", "nas\x1b[31m", "<nas>",
	} {
		if scheme, host, err := onOffer.parseHost(bad, "synology"); err == nil {
			t.Errorf("parseHost(%q) = %q, %q, want an error", bad, scheme, host)
		}
	}
}

func TestParseHostOfAdaxes(t *testing.T) {
	for _, c := range []struct{ in, scheme, host string }{
		{"adm.example.com", "", "adm.example.com"},
		{"adm:8443/rest/", "", "adm:8443/rest"},
		{"adaxes://adm/restApi", "adaxes", "adm/restApi"},
		{"https://adm.example.com/restApi", "adaxes", "adm.example.com/restApi"},
		{"ldaps://dc1/x", "ldaps", "dc1"},
	} {
		scheme, host, err := onOffer.parseHost(c.in, "adaxes")
		if scheme != c.scheme || host != c.host || err != nil {
			t.Errorf("parseHost(%q) = %q, %q, %v", c.in, scheme, host, err)
		}
	}
	for _, bad := range []string{"", "/restApi", "adm/rest api", "adm/a?b=c", "adm/%2e%2e", "adm/../x", "adm/a//b", "jo@adm/x"} {
		if scheme, host, err := onOffer.parseHost(bad, "adaxes"); err == nil {
			t.Errorf("parseHost(%q) = %q, %q, want an error", bad, scheme, host)
		}
	}
}

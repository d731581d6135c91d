package cli

import (
	"fmt"
	"io"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator"
)

// announcement is what --json prints first; its form is kept.
type announcement struct {
	DSM     announcedDSM `json:"dsm"`
	Realm   string       `json:"realm"`
	BaseDN  models.DN    `json:"base_dn"`
	LargeDN models.DN    `json:"large_dn"`

	Adaxes *announcedAdaxes `json:"adaxes,omitempty"` // nil with an upstream

	LDAP *announcedLDAP `json:"ldap,omitempty"` // nil with an upstream
}

type announcedDSM struct {
	URL         string `json:"url"`
	Account     string `json:"account"`
	Password    string `json:"password"`
	Fingerprint string `json:"fingerprint"`
	OTPSecret   string `json:"otp_secret,omitempty"`
}

type announcedAdaxes struct {
	URL      string `json:"url"`
	Token    string `json:"token"`
	Username string `json:"username"`
	Password string `json:"password"`
}

type announcedLDAP struct {
	URL         string                `json:"url"`
	StartTLSURL string                `json:"starttls_url"`
	Account     string                `json:"account"`
	UPN         string                `json:"upn"`
	Password    string                `json:"password"`
	CAFile      string                `json:"ca_file"`
	HelpDesk    *announcedAccount     `json:"helpdesk,omitempty"`
	Controllers []announcedController `json:"controllers"`
}

type announcedAccount struct {
	Account  string `json:"account"`
	Password string `json:"password"`
}

type announcedController struct {
	Name        string `json:"name"`
	HostName    string `json:"host_name"`
	URL         string `json:"url"`
	StartTLSURL string `json:"starttls_url"`
	PDC         bool   `json:"pdc"`
	ReadOnly    bool   `json:"read_only"`
}

// announce reveals the secrets on purpose: they were made for this one start,
// and whoever started it needs them.
func announce(s *simulator.Server) (a announcement, err error) {
	a = announcement{
		DSM: announcedDSM{
			URL: s.URL(), Account: s.Account(), Password: s.Password().Reveal(),
			Fingerprint: s.Fingerprint(), OTPSecret: s.OTPSecret().Reveal(),
		},
		Realm: s.Realm(), BaseDN: s.BaseDN(), LargeDN: s.LargeDN(),
	}
	if s.AdaxesURL() != "" {
		a.Adaxes = &announcedAdaxes{
			URL: s.AdaxesURL(), Token: s.AdaxesToken().Reveal(),
			Username: s.AdaxesUsername(), Password: s.AdaxesPassword().Reveal(),
		}
	}
	if s.LDAPURL() != "" {
		a.LDAP, err = announceLDAP(s)
	}
	return a, err
}

func announceLDAP(s *simulator.Server) (*announcedLDAP, error) {
	file, err := s.CAFile()
	if err != nil {
		return nil, err
	}
	l := &announcedLDAP{
		URL: s.LDAPURL(), StartTLSURL: "ldap" + strings.TrimPrefix(s.LDAPURL(), "ldaps"), Account: s.LDAPAccount(),
		UPN: s.LDAPName(), Password: s.LDAPPassword(false).Reveal(), CAFile: file,
	}
	if account := s.HelpDesk(); account != "" {
		l.HelpDesk = &announcedAccount{Account: account, Password: s.LDAPPassword(true).Reveal()}
	}
	for _, c := range s.Controllers() {
		l.Controllers = append(l.Controllers, announcedController{
			Name: c.Name, HostName: c.HostName, URL: "ldaps://" + c.Address, StartTLSURL: "ldap://" + c.Address,
			PDC: c.PDC, ReadOnly: c.ReadOnly,
		})
	}
	return l, nil
}

// introduce says the same to a person, and how to connect.
func introduce(out io.Writer, a announcement, f *simulateFlags) error {
	secret := ""
	if a.DSM.OTPSecret != "" {
		secret = fmt.Sprintf("  one-time codes  %s (type it into an authenticator app)\n", a.DSM.OTPSecret)
	}
	_, err := fmt.Fprintf(out, `Serving %s as a Synology Directory Server. Ctrl+C stops it.

  address         %s
  account         %s
  password        %s
%s  certificate     %s
  base DN         %s
%s
In another terminal:

  dirdesk %s --account %s --fingerprint %s
%s%s`, a.Realm, a.DSM.URL, a.DSM.Account, a.DSM.Password, secret, a.DSM.Fingerprint,
		a.BaseDN, f.served(a.LargeDN), connectionURL(schemeSynology, a.DSM.URL), a.DSM.Account, a.DSM.Fingerprint,
		introduceAdaxes(a), introduceLDAP(a))
	return err
}

// introduceAdaxes tells of the Adaxes side, or that there is none.
func introduceAdaxes(a announcement) string {
	if a.Adaxes == nil {
		return "\nThere is no Adaxes side: that is for the sample company.\n"
	}
	return fmt.Sprintf(`
The same directory over Adaxes:

  address         %s
  user name       %s
  password        %s
  access token    %s

  dirdesk %s --account %s --fingerprint %s
`, a.Adaxes.URL, a.Adaxes.Username, a.Adaxes.Password, a.Adaxes.Token,
		connectionURL(schemeAdaxes, a.Adaxes.URL), a.Adaxes.Username, a.DSM.Fingerprint)
}

// introduceLDAP tells of the LDAP side, or that there is none.
func introduceLDAP(a announcement) string {
	l := a.LDAP
	if l == nil {
		return "\nThere is no LDAP side: that is for the sample company.\n"
	}
	more := ""
	if l.HelpDesk != nil {
		more = fmt.Sprintf("  help desk       %s, password %s\n", l.HelpDesk.Account, l.HelpDesk.Password)
	}
	if len(l.Controllers) > 1 {
		for _, c := range l.Controllers {
			kind := ""
			switch {
			case c.PDC:
				kind = ", PDC emulator"
			case c.ReadOnly:
				kind = ", read-only"
			}
			more += fmt.Sprintf("  controller      %s %s%s\n", c.URL, c.Name, kind)
		}
	}
	return fmt.Sprintf(`
The same directory over LDAP:

  address         %s, or %s with StartTLS
  account         %s
  password        %s
  authority       %s
%s
  dirdesk %s --account %s --ca %s
  LDAPTLS_CACERT=%s ldapsearch -H %s -x -D %s -W -b %s
`, l.URL, l.StartTLSURL, l.UPN, l.Password, l.CAFile, more, l.URL, l.UPN, l.CAFile, l.CAFile, l.URL, l.UPN, a.BaseDN)
}

// served tells a person what stands behind the address.
func (f *simulateFlags) served(large models.DN) string {
	if f.upstream.url != "" {
		return fmt.Sprintf("  domain          %s, as %s\n", strings.ToLower(f.upstream.url), f.upstream.account)
	}
	return fmt.Sprintf("  many users      %s (%d)\n", large, f.Objects)
}

package simulator

import (
	"fmt"
	"strings"

	"dirdesk/models"
)

// LDAPAnnouncement is what whoever started the server needs for its LDAP side; its
// form in JSON is kept.
type LDAPAnnouncement struct {
	URL         string                `json:"url"`
	StartTLSURL string                `json:"starttls_url"`
	Account     string                `json:"account"`
	UPN         string                `json:"upn"`
	Password    string                `json:"password"`
	CAFile      string                `json:"ca_file"`
	HelpDesk    *AnnouncedAccount     `json:"helpdesk,omitempty"`
	Controllers []AnnouncedController `json:"controllers"`
}

// AnnouncedAccount may sign in.
type AnnouncedAccount struct {
	Account  string `json:"account"`
	Password string `json:"password"`
}

// AnnouncedController is one of the domain controllers.
type AnnouncedController struct {
	Name        string `json:"name"`
	HostName    string `json:"host_name"`
	URL         string `json:"url"`
	StartTLSURL string `json:"starttls_url"`
	PDC         bool   `json:"pdc"`
	ReadOnly    bool   `json:"read_only"`
}

// AnnounceLDAP reveals the secrets on purpose: they were made for this one start.
// It is nil when there is no LDAP side.
func (s *Server) AnnounceLDAP() (*LDAPAnnouncement, error) {
	if s.LDAPURL() == "" {
		return nil, nil
	}
	file, err := s.CAFile()
	if err != nil {
		return nil, err
	}
	a := &LDAPAnnouncement{
		URL: s.LDAPURL(), StartTLSURL: "ldap" + strings.TrimPrefix(s.LDAPURL(), "ldaps"), Account: s.LDAPAccount(),
		UPN: s.LDAPName(), Password: s.LDAPPassword(false).Reveal(), CAFile: file,
	}
	if account := s.HelpDesk(); account != "" {
		a.HelpDesk = &AnnouncedAccount{Account: account, Password: s.LDAPPassword(true).Reveal()}
	}
	for _, c := range s.Controllers() {
		a.Controllers = append(a.Controllers, AnnouncedController{
			Name: c.Name, HostName: c.HostName, URL: "ldaps://" + c.Address, StartTLSURL: "ldap://" + c.Address,
			PDC: c.PDC, ReadOnly: c.ReadOnly,
		})
	}
	return a, nil
}

// Words tells a person of the LDAP side, or that there is none.
func (l *LDAPAnnouncement) Words(base models.DN) string {
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
`, l.URL, l.StartTLSURL, l.UPN, l.Password, l.CAFile, more, l.URL, l.UPN, l.CAFile, l.CAFile, l.URL, l.UPN, base)
}

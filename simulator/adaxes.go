package simulator

import (
	"net/http"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
)

// operator is who may use the Adaxes side.
type operator struct {
	username        string
	password, token models.Secret
}

// openAdaxes puts the Adaxes side over the same directory. An upstream has none.
func (s *Server) openAdaxes(o Options) {
	if s.directory == nil {
		return
	}
	a := o.Adaxes
	if a.Account == "" {
		a.Account = adaxesAccount
	}
	if a.Password.Empty() {
		a.Password = newPassword()
	}
	if a.Token.Empty() {
		a.Token = newPassword()
	}
	a.Directory, a.Faults, a.Now, a.Latency = s.directory, s.faults, o.Now, o.Latency
	if o.RequestLog != nil {
		a.Log = s.log.writeAdaxes
	}
	s.operator = operator{username: a.Account + "@" + s.info.Realm, password: a.Password, token: a.Token}
	s.adaxes = adaxes.New(a)
}

// route gives a request to the side that its path belongs to.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if s.adaxes != nil && under(r.URL.Path, s.adaxes.Mount()) {
		s.adaxes.ServeHTTP(w, r)
		return
	}
	s.face.ServeHTTP(w, r)
}

// under reports whether a path is the mount or below it; IIS does not look at
// the case.
func under(path, mount string) bool {
	return len(path) >= len(mount) && strings.EqualFold(path[:len(mount)], mount) &&
		(len(path) == len(mount) || path[len(mount)] == '/')
}

// AdaxesURL is where to connect to the Adaxes side:
// "https://127.0.0.1:PORT/restApi"; "" with an upstream.
func (s *Server) AdaxesURL() string {
	if s.adaxes == nil {
		return ""
	}
	return s.URL() + s.adaxes.Mount()
}

// AdaxesToken is an access token for the Adaxes side.
func (s *Server) AdaxesToken() models.Secret { return s.operator.token }

// AdaxesUsername may sign in to the Adaxes side with [Server.AdaxesPassword]. It
// is no account of the directory; those can sign in too, once they have a
// password.
func (s *Server) AdaxesUsername() string { return s.operator.username }

// AdaxesPassword is that of AdaxesUsername.
func (s *Server) AdaxesPassword() models.Secret { return s.operator.password }

// AdaxesRule has one more rule apply to the requests that come from now on.
func (s *Server) AdaxesRule(r adaxes.Rule) {
	if s.adaxes != nil {
		s.adaxes.Rule(r)
	}
}

// ClearAdaxesRules drops all rules, those of Options too.
func (s *Server) ClearAdaxesRules() {
	if s.adaxes != nil {
		s.adaxes.ClearRules()
	}
}

// ExpireAdaxesTokens ends every token that was issued for a sign-in, as time
// does; AdaxesToken stays.
func (s *Server) ExpireAdaxesTokens() {
	if s.adaxes != nil {
		s.adaxes.ExpireTokens()
	}
}

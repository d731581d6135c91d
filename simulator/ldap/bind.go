package ldap

import (
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/simulator/directory"
)

const (
	ldapVersion = 3
	simpleBind  = 0 // of the authentication choice

	clearSamba   = "BindSimple: Transport encryption required."
	clearWindows = `00002028: LdapErr: DSID-0C0903AB, comment: The server requires binds to turn on integrity checking if SSL\TLS are not already active on the connection, data 0, v4563`
	refusedBind  = "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data %s, v1db1"
)

// bind signs in. Whoever was signed in before is no more, whatever comes of it.
func (c *conn) bind(r request) result {
	d := c.server.options.Directory
	c.caller = d.Nobody(c.controller)
	c.signedIn.set(false)
	c.pages.clear()
	if len(r.op.Children) < 3 {
		return failed(protocolError, "a bind has three parts")
	}
	version, _ := r.op.Children[0].Value.(int64)
	name, ok := stringOf(r.op.Children[1])
	choice := r.op.Children[2]
	switch {
	case version != ldapVersion || !ok:
		return failed(protocolError, "only LDAP version 3 is spoken")
	case choice.ClassType != ber.ClassContext || choice.Tag != simpleBind:
		return failed(authMethodUnknown, "only simple binds are taken")
	}
	password := choice.Data.Bytes()
	switch {
	case name == "" && len(password) == 0:
		return result{} // nobody, as asked
	case !c.encrypted && c.server.options.Traits.Refuse:
		return failed(strongerAuthRequired, clearWindows)
	case !c.encrypted:
		return failed(strongerAuthRequired, clearSamba)
	case !strings.ContainsAny(name, `@\=`): // a bare logon name (measured)
		return failed(invalidCredentials, refusedBind, "52e")
	}
	if c.server.options.Traits.Words {
		if _, found := d.Find(name); !found && !strings.HasPrefix(name, "<") {
			return failed(invalidCredentials, refusedBind, "525")
		}
	}
	return c.signIn(name, password)
}

func (c *conn) signIn(name string, password []byte) result {
	caller, err := c.server.options.Directory.SignIn(c.controller, name, secretOf(password))
	if err != nil {
		return outcome(err)
	}
	c.caller = caller
	c.signedIn.set(true)
	return result{}
}

// mustKnow refuses whoever has not signed in.
func mustKnow(caller *directory.Caller) (result, bool) {
	if caller.Known() {
		return result{}, true
	}
	return failed(operationsError, "00002020: Operation unavailable without authentication"), false
}

package ldap

import (
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
)

const (
	oidStartTLS = "1.3.6.1.4.1.1466.20037"
	oidWhoAmI   = "1.3.6.1.4.1.4203.1.11.3"
	tagRequest  = 0 // the name of an extended request
)

func extendedName(op *ber.Packet) string {
	if op.Tag == opExtended && len(op.Children) > 0 && op.Children[0].Tag == tagRequest {
		return op.Children[0].Data.String()
	}
	return ""
}

func isStartTLS(op *ber.Packet) bool { return extendedName(op) == oidStartTLS }

// startTLS is the reader's to do: nothing else may run meanwhile. False ends the
// connection.
func (c *conn) startTLS(id int64) bool {
	refusal := result{name: oidStartTLS}
	switch {
	case c.encrypted:
		refusal.code, refusal.diagnostic = operationsError, "START-TLS: TLS is already enabled on this LDAP session"
	case !c.idle():
		refusal.code, refusal.diagnostic = busy, "START-TLS: operations are under way"
	}
	if refusal.code != success {
		return c.send(id, answerExtended, refusal) == nil
	}
	if c.in.Buffered() > 0 { // what came in clear must not count as protected
		return false
	}
	if err := c.send(id, answerExtended, refusal); err != nil {
		return false
	}
	_ = c.raw.SetReadDeadline(time.Now().Add(patience))
	return c.encrypt()
}

// extended does the other extended operations. Samba knows no WhoAmI; Microsoft's
// controllers do.
func (c *conn) extended(r request) result {
	name := extendedName(r.op)
	if name != oidWhoAmI {
		return failed(protocolError, "Extended Operation(%s) not supported", name)
	}
	who := c.caller.Name()
	if who != "" {
		who = "u:" + who
	}
	return result{value: []byte(who)}
}

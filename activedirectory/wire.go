package activedirectory

import (
	"net"
	"sync/atomic"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"
)

// wire lies below go-ldap, which hands it each message whole. It counts what has
// been handed to the network: a part of a TLS record that got out does not count,
// as the server cannot read it.
type wire struct {
	net.Conn
	sent atomic.Int64
	last atomic.Int64 // the number of the last message; 0 before the first
}

func (w *wire) Write(p []byte) (int, error) {
	w.last.Store(messageID(p))
	n, err := w.Conn.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// messageID is the number of an LDAP message; 0 when it has none.
func messageID(message []byte) int64 {
	packet, err := ber.DecodePacketErr(message)
	if err != nil || len(packet.Children) == 0 {
		return 0
	}
	id, _ := packet.Children[0].Value.(int64)
	return id
}

// abandonTime is how long a server that reads nothing may hold up the one who
// goes.
const abandonTime = 250 * time.Millisecond

// abandon tells the server that nobody waits for the answer to the last message
// any more (RFC 4511 section 4.11), which go-ldap cannot. There is no answer to
// it, and nothing else may be sent after it.
func (w *wire) abandon() {
	id := w.last.Load()
	if id == 0 {
		return
	}
	message := ber.NewSequence("LDAPMessage")
	message.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, id+1, "messageID"))
	message.AppendChild(ber.NewInteger(ber.ClassApplication, ber.TypePrimitive, ldap.ApplicationAbandonRequest, id, "abandonRequest"))
	_ = w.Conn.SetWriteDeadline(time.Now().Add(abandonTime))
	_, _ = w.Conn.Write(message.Bytes()) // the connection is closed next, which says the same
}

package activedirectory

import (
	"context"
	"fmt"
	"net"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

const startTLSOID = "1.3.6.1.4.1.1466.20037" // RFC 4511 section 4.14.1

// requestStartTLS asks for TLS on a plain connection and reads the answer, not
// one byte more: the next one belongs to the handshake, so that nothing sent in
// the clear can be taken for something sent encrypted.
func requestStartTLS(ctx context.Context, raw net.Conn) error {
	stop := deadlineFrom(ctx, raw)
	defer stop()

	request := ber.NewSequence("LDAPMessage")
	request.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, 1, "messageID"))
	extended := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationExtendedRequest, nil, "extendedReq")
	extended.AppendChild(ber.NewString(ber.ClassContext, ber.TypePrimitive, 0, startTLSOID, "requestName"))
	request.AppendChild(extended)
	if _, err := raw.Write(request.Bytes()); err != nil {
		return fmt.Errorf("ask for StartTLS: %w", err)
	}
	answer, err := ber.ReadPacket(raw)
	if err != nil {
		return fmt.Errorf("read the answer to StartTLS: %w", err)
	}
	if err := ldap.GetLDAPError(answer); err != nil {
		refused := &models.Error{
			Kind: models.ErrUnsupported, Action: "encrypt the connection to", Err: err,
			Advice: "The server does not offer StartTLS, and without TLS no password is sent: use ldaps://.",
		}
		refused.Code, refused.Server = resultTexts(err)
		return refused
	}
	return nil
}

// deadlineFrom makes reads and writes of raw end with ctx, until stop is called.
func deadlineFrom(ctx context.Context, raw net.Conn) (stop func()) {
	done := make(chan struct{})
	undo := context.AfterFunc(ctx, func() {
		defer close(done)
		_ = raw.SetDeadline(time.Unix(1, 0))
	})
	return func() {
		if !undo() {
			<-done
			return // the moment has passed: the connection stays unusable
		}
		_ = raw.SetDeadline(time.Time{})
	}
}

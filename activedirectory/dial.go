package activedirectory

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// dialer makes connections that are encrypted and not signed in yet.
type dialer struct {
	address address
	tls     *tls.Config
	timeout time.Duration
	rows    int
}

func newDialer(options Options) (*dialer, error) {
	where, err := parseAddress(options.URL)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if options.TLS != nil {
		config = options.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = where.host
	}
	if config.InsecureSkipVerify && config.VerifyConnection == nil && config.VerifyPeerCertificate == nil {
		return nil, refuse(models.ErrInvalid, "connect to", where.hostPort,
			"The certificate must be verified: give its CA or its fingerprint.")
	}
	timeout := options.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return &dialer{address: where, tls: config, timeout: timeout, rows: options.MaxRows}, nil
}

// dial connects and encrypts. It dials itself rather than through go-ldap, whose
// DialURL takes no context and whose StartTLS drops the type of a certificate
// error. ctx must have a deadline.
func (d *dialer) dial(ctx context.Context) (*conn, error) {
	var netDialer net.Dialer
	raw, err := netDialer.DialContext(ctx, "tcp", d.address.hostPort)
	if err != nil {
		return nil, d.dialError(ctx, err)
	}
	if d.address.startTLS {
		if err := requestStartTLS(ctx, raw); err != nil {
			_ = raw.Close()
			return nil, d.dialError(ctx, err)
		}
	}
	encrypted := tls.Client(raw, d.tls)
	if err := encrypted.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, d.dialError(ctx, &certificates.HandshakeError{Err: err})
	}
	counted := newWire(encrypted)
	c := &conn{net: encrypted, wire: counted, ldap: ldap.NewConn(counted, true), state: encrypted.ConnectionState(), rows: d.rows}
	c.ldap.Start()
	return c, nil
}

// dialError says in the models' words why there is no connection.
func (d *dialer) dialError(ctx context.Context, err error) error {
	if certificate := certificates.Refusal(d.address.hostPort, err); certificate != nil {
		return certificate
	}
	if already := (*models.Error)(nil); errors.As(err, &already) {
		already.Object = d.address.hostPort
		return already
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	out := &models.Error{Kind: models.ErrUnreachable, Action: "connect to", Object: d.address.hostPort, Err: err}
	var dns *net.DNSError
	var notTLS tls.RecordHeaderError
	var shake *certificates.HandshakeError
	var netError net.Error
	switch {
	case errors.As(err, &notTLS):
		out.Kind = models.ErrProtocol
		out.Advice = "The port does not speak TLS: use ldaps:// with port 636, or ldap:// with port 389."
	case errors.As(err, &shake):
		words, advice := shake.Words(d.address.hostPort)
		out.Kind, out.Advice = models.InWords(words, models.ErrUnreachable), advice
		if ctx.Err() != nil {
			out.Kind = models.InWords(words+" within "+d.timeout.String(), models.ErrUnreachable)
		}
	case errors.As(err, &dns) && dns.IsNotFound:
		out.Advice = "There is no host of that name: check the spelling, or the DNS server in use."
	case ctx.Err() != nil, errors.As(err, &netError) && netError.Timeout():
		out.Advice = "No answer within " + d.timeout.String() + ": check host, port and firewall, then try again."
	default:
		out.Advice = "Check that the domain controller is running and the port is right, then try again."
	}
	return out
}

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
	m, err := readMessage(raw, func(byte) int { return mostAnswer })
	if err != nil {
		return fmt.Errorf("read the answer to StartTLS: %w", err)
	}
	answer, err := ber.DecodePacketErr(m.raw)
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

// tlsWords tells the state of an established connection for the header.
func tlsWords(state tls.ConnectionState) string {
	if len(state.VerifiedChains) > 0 {
		return tls.VersionName(state.Version) + ", verified"
	}
	return tls.VersionName(state.Version) + ", pinned certificate" // taken by the configuration's own check
}

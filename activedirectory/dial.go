package activedirectory

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// dialer makes connections that are encrypted and not signed in yet.
type dialer struct {
	address address
	tls     *tls.Config
	timeout time.Duration
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
		return nil, &models.Error{
			Kind: models.ErrInvalid, Action: "connect to", Object: where.hostPort,
			Advice: "The certificate must be verified: give its CA or its fingerprint.",
		}
	}
	timeout := options.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return &dialer{address: where, tls: config, timeout: timeout}, nil
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
		return nil, d.dialError(ctx, err)
	}
	counted := &wire{Conn: encrypted}
	c := &conn{net: encrypted, wire: counted, ldap: ldap.NewConn(counted, true), state: encrypted.ConnectionState()}
	c.ldap.Start()
	return c, nil
}

// dialError says in the models' words why there is no connection.
func (d *dialer) dialError(ctx context.Context, err error) error {
	if certificate := certificateError(d.address.hostPort, err); certificate != nil {
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
	var netError net.Error
	switch {
	case errors.As(err, &notTLS):
		out.Kind = models.ErrProtocol
		out.Advice = "The port does not speak TLS: use ldaps:// with port 636, or ldap:// with port 389."
	case errors.As(err, &dns) && dns.IsNotFound:
		out.Advice = "There is no host of that name: check the spelling, or the DNS server in use."
	case ctx.Err() != nil, errors.As(err, &netError) && netError.Timeout():
		out.Advice = "No answer within " + d.timeout.String() + ": check host, port and firewall, then try again."
	default:
		out.Advice = "Check that the domain controller is running and the port is right, then try again."
	}
	return out
}

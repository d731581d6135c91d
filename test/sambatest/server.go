//go:build linux

package sambatest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Options of a server. The zero value is good.
type Options struct {
	Realm     string // DNS name of the domain; "" means example.test
	Workgroup string // NetBIOS name; "" means EXAMPLE
}

// Server is a running domain controller with a domain of its own.
type Server struct {
	options  Options
	tool     string
	samba    string
	dir      string
	claim    *claim
	caPEM    []byte
	password models.Secret
	process  *process
}

// Start provisions a domain and runs its controller until Close. Where the
// machine cannot do that the error wraps ErrMissing and says why.
func Start(ctx context.Context, options Options) (_ *Server, err error) {
	s := &Server{options: options}
	if s.options.Realm == "" {
		s.options.Realm = "example.test"
	}
	if s.options.Workgroup == "" {
		s.options.Workgroup = "EXAMPLE"
	}
	if s.samba, s.tool, err = requirements(); err != nil {
		return nil, err
	}
	if s.claim, err = claimAddress(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.dir, err = s.claim.directory(); err != nil {
		return nil, err
	}
	if err = s.provision(ctx); err != nil {
		return nil, err
	}
	if s.caPEM, err = writeCertificates(s.dir, s.claim.address, hostName+"."+s.options.Realm); err != nil {
		return nil, err
	}
	if err = s.configure(); err != nil {
		return nil, err
	}
	if err = s.Resume(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Resume starts the controller again after Stop or Kill and waits until it
// serves.
func (s *Server) Resume(ctx context.Context) error {
	if s.process != nil {
		return errors.New("samba runs already")
	}
	output, err := os.OpenFile(filepath.Join(s.dir, "samba.out"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = output.Close() }()
	// prefork serves several clients at once; the other models one at a time.
	command := exec.Command(s.samba, "-F", "-M", "prefork", "-s", s.config(), "--option=server role check:inhibit=yes")
	command.Stdout, command.Stderr, command.Env = output, output, quickly()
	if s.process, err = startProcess(command); err != nil {
		return err
	}
	return s.waitReady(ctx)
}

// waitReady tries to sign in until it works.
func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := s.Connect()
		if err == nil {
			return c.Close()
		}
		select {
		case <-tick.C:
		case <-s.process.done:
			said, _ := os.ReadFile(filepath.Join(s.dir, "samba.out"))
			return fmt.Errorf("samba ended by itself (%w):\n%s", s.process.err, lastLines(said, 15))
		case <-ctx.Done():
			return fmt.Errorf("samba does not serve: %w (last try: %w)", ctx.Err(), err)
		}
	}
}

// Connect signs in as the administrator over ldaps, for a test to arrange or
// check things. Close it.
func (s *Server) Connect() (*ldap.Conn, error) {
	c, err := ldap.DialURL(s.URL(), ldap.DialWithTLSConfig(s.TLS()))
	if err != nil {
		return nil, err
	}
	c.SetTimeout(30 * time.Second)
	if err := c.Bind(s.Account(), s.password.Reveal()); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// Stop ends the controller and keeps the domain for Resume.
func (s *Server) Stop() error {
	if s.process == nil {
		return nil
	}
	err := s.process.stop()
	s.process = nil
	return err
}

// Kill pulls the plug: all of the controller's processes end at once.
func (s *Server) Kill() {
	if s.process != nil {
		s.process.kill()
		s.process = nil
	}
}

// Close stops the controller and removes the domain.
func (s *Server) Close() error {
	err := s.Stop()
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	s.claim.release()
	return err
}

// URL is ldaps://ADDRESS, on the standard port.
func (s *Server) URL() string { return "ldaps://" + s.claim.address }

// StartTLSURL is ldap://ADDRESS, on the standard port.
func (s *Server) StartTLSURL() string { return "ldap://" + s.claim.address }

// Account is the administrator's user principal name.
func (s *Server) Account() string { return "Administrator@" + s.options.Realm }

// Password is the administrator's.
func (s *Server) Password() models.Secret { return s.password }

// Realm is the domain's DNS name, Workgroup its NetBIOS name.
func (s *Server) Realm() string { return s.options.Realm }

// Workgroup is the domain's NetBIOS name.
func (s *Server) Workgroup() string { return s.options.Workgroup }

// HostName is the controller's DNS name, which its certificate is for too.
func (s *Server) HostName() string { return hostName + "." + s.options.Realm }

// BaseDN is the domain's head.
func (s *Server) BaseDN() models.DN { return models.DNFromRealm(s.options.Realm) }

// CAFile is the path of the CA's certificate in PEM.
func (s *Server) CAFile() string { return filepath.Join(s.dir, "ca.pem") }

// TLS trusts the server's CA and nothing else.
func (s *Server) TLS() *tls.Config {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.caPEM)
	return &tls.Config{RootCAs: roots, ServerName: s.HostName(), MinVersion: tls.VersionTLS12}
}

package simulator

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/ldap"
)

// LDAPOptions say how the directory is served over LDAP.
type LDAPOptions struct {
	Listen string // HOST:PORT; "127.0.0.1:0" when empty
	Traits ldap.Traits
}

// ldapSide serves the directory over LDAP, at an address for each controller.
type ldapSide struct {
	server    *ldap.Server
	addresses []string
	password  models.Secret // of the domain's administrator
	helpdesk  models.Secret
	folder    string // with the CA's certificate; "" until somebody asks for it
}

// Well-known accounts of the directory.
const domainAdministrator = "Administrator"

// prepareLDAP gives the accounts of the LDAP side their passwords. An upstream
// has no such side.
func prepareLDAP(s *Server, o Options) error {
	if s.directory == nil || o.LDAP == nil {
		return nil
	}
	l := &ldapSide{password: newDomainPassword(), helpdesk: newDomainPassword()}
	if err := s.directory.SetPassword(administratorDN(s.directory), l.password, false); err != nil {
		return err
	}
	if dn, ok := s.directory.Find(company.HelpDesk); ok {
		if err := s.directory.SetPassword(dn, l.helpdesk, false); err != nil {
			return err
		}
	} else {
		l.helpdesk = models.Secret{}
	}
	s.ldap = l
	return nil
}

// openLDAP makes the LDAP side and listens.
func openLDAP(s *Server, o Options) error {
	l := s.ldap
	if l == nil {
		return nil
	}
	listen := o.LDAP.Listen
	if listen == "" {
		listen = presetListen
	}
	listeners, err := listenAll(listen, len(s.directory.Controllers()))
	if err != nil {
		return err
	}
	for _, listener := range listeners {
		l.addresses = append(l.addresses, listener.Addr().String())
	}
	options := ldap.Options{
		Directory: s.directory, TLS: s.tlsConfig(), Traits: o.LDAP.Traits, Faults: s.faults, Latency: o.Latency,
		Writable: "ldap://" + l.addresses[0],
	}
	if o.RequestLog != nil {
		options.Log = s.log.writeLDAP
	}
	l.server = ldap.New(options)
	l.serve(listeners)
	return nil
}

func (l *ldapSide) serve(listeners []net.Listener) {
	for i, listener := range listeners {
		l.server.Serve(listener, i)
	}
}

func administratorDN(d *directory.Directory) models.DN {
	return d.BaseDN().Child("CN", "Users").Child("CN", domainAdministrator)
}

// listenAll listens at the address, and for more controllers at 127.0.0.2,
// 127.0.0.3, ... on the same port; where the system has only 127.0.0.1, at other
// ports of the address itself.
func listenAll(address string, n int) ([]net.Listener, error) {
	first, err := listenOn(address)
	if err != nil {
		return nil, err
	}
	all := []net.Listener{first}
	host, port, err := net.SplitHostPort(first.Addr().String())
	if err != nil {
		return nil, errors.Join(err, first.Close())
	}
	for i := 1; i < n; i++ {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0."+strconv.Itoa(i+1), port))
		if host != "127.0.0.1" || err != nil {
			if err == nil {
				_ = listener.Close()
			}
			if listener, err = listenOn(net.JoinHostPort(host, "0")); err != nil {
				return nil, errors.Join(err, closeAll(all))
			}
		}
		all = append(all, listener)
	}
	return all, nil
}

func listenOn(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &models.Error{
			Action: "listen on", Object: address,
			Advice: "Choose another address, or port 0 for any free one.", Err: err,
		}
	}
	return listener, nil
}

func closeAll(listeners []net.Listener) (err error) {
	for _, listener := range listeners {
		err = errors.Join(err, listener.Close())
	}
	return err
}

// stop cuts what is connected; resume listens again where it was.
func (l *ldapSide) stop() {
	if l != nil {
		l.server.Stop()
	}
}

func (l *ldapSide) resume() error {
	if l == nil {
		return nil
	}
	var listeners []net.Listener
	for _, address := range l.addresses {
		listener, err := listenAgain(address)
		if err != nil {
			return errors.Join(err, closeAll(listeners))
		}
		listeners = append(listeners, listener)
	}
	l.serve(listeners)
	return nil
}

func (l *ldapSide) close() error {
	if l == nil || l.folder == "" {
		return nil
	}
	return os.RemoveAll(l.folder)
}

// LDAPURL is where to connect with TLS at once: "ldaps://127.0.0.1:PORT"; "" when
// there is no LDAP. The same address takes ldap:// with StartTLS.
func (s *Server) LDAPURL() string {
	if s.ldap == nil {
		return ""
	}
	return "ldaps://" + reachable(s.ldap.addresses[0])
}

// LDAPAccount is the DN of the domain's administrator, and LDAPPassword its
// password over LDAP.
func (s *Server) LDAPAccount() string { return string(administratorDN(s.directory)) }

// LDAPName is the user principal name of the domain's administrator.
func (s *Server) LDAPName() string { return domainAdministrator + "@" + s.info.Realm }

// HelpDesk is the user principal name of the account with few rights; "" when
// there is none.
func (s *Server) HelpDesk() string {
	if s.ldap == nil || s.ldap.helpdesk.Empty() {
		return ""
	}
	return company.HelpDesk + "@" + s.info.Realm
}

// LDAPPassword is that of the domain's administrator, and with helpdesk that of
// the sample company's help desk; empty when there is no such account.
func (s *Server) LDAPPassword(helpdesk bool) models.Secret {
	switch {
	case s.ldap == nil:
		return models.Secret{}
	case helpdesk:
		return s.ldap.helpdesk
	default:
		return s.ldap.password
	}
}

// Controller is a domain controller that is served.
type Controller struct {
	directory.Controller
	Address string // HOST:PORT
}

// Controllers are those that are served over LDAP.
func (s *Server) Controllers() (all []Controller) {
	if s.ldap == nil {
		return nil
	}
	for i, c := range s.directory.Controllers() {
		all = append(all, Controller{Controller: c, Address: reachable(s.ldap.addresses[i])})
	}
	return all
}

// CAFile is a file with the certificate that LDAP clients have to trust, in a
// folder of its own that nobody else may read and that Close removes.
func (s *Server) CAFile() (string, error) {
	if s.ldap == nil {
		return "", errors.New("nothing is served over LDAP")
	}
	if s.ldap.folder == "" {
		folder, err := os.MkdirTemp("", "dirdesk-simulator-")
		if err != nil {
			return "", fmt.Errorf("make a folder for the certificate: %w", err)
		}
		s.ldap.folder = folder
	}
	path := filepath.Join(s.ldap.folder, "ca.pem")
	return path, os.WriteFile(path, s.CertificatePEM(), 0o600)
}

// newDomainPassword makes a password that every policy takes.
func newDomainPassword() models.Secret {
	return models.NewSecret("Sim-" + strings.ToLower(newPassword().Reveal()))
}

// reachable is the address to connect to where somebody listens.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// listenAgain waits in the short time in which something else holds the port.
func listenAgain(address string) (listener net.Listener, err error) {
	const attempts, between = 50, 100 * time.Millisecond
	for range attempts {
		if listener, err = net.Listen("tcp", address); err == nil {
			return listener, nil
		}
		time.Sleep(between)
	}
	return nil, &models.Error{
		Action: "listen again on", Object: address,
		Advice: "Another program took the port meanwhile: start a new simulator.", Err: err,
	}
}

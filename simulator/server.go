package simulator

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
	"dirdesk/simulator/dsm"
	"dirdesk/simulator/fault"
)

// Server is a running simulator. Its methods are safe for use by several
// goroutines.
type Server struct {
	password  models.Secret
	otpSecret models.Secret
	directory *directory.Directory // nil with an upstream
	info      models.DirectoryInfo
	largeDN   models.DN
	face      *dsm.Handler
	adaxes    *adaxes.Handler // nil with an upstream
	ldap      *ldapSide       // nil with an upstream, and without Options.LDAP
	operator  operator
	faults    *fault.Injector
	log       requestLog
	identity  atomic.Pointer[identity]
	requests  atomic.Int64
	address   string // HOST:PORT, the same for the server's whole life

	mu     sync.Mutex // guards what follows
	http   *http.Server
	closed bool
}

// Start fills a directory unless it is given one, and serves it.
func Start(o Options) (*Server, error) {
	s := &Server{password: o.Password, directory: o.Directory, faults: fault.NewInjector(o.Faults...)}
	if s.password.Empty() {
		s.password = newPassword()
	}
	if o.OTP {
		s.otpSecret = newOTPSecret()
	}
	behind, err := s.open(o)
	if err != nil {
		return nil, err
	}
	if err := prepareLDAP(s, o); err != nil {
		return nil, err
	}
	s.face = dsm.New(s.faceOptions(o, behind))
	s.openAdaxes(o)
	listen := o.Listen
	if listen == "" {
		listen = presetListen
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, &models.Error{
			Action: "listen on", Object: listen,
			Advice: "Choose another address, or port 0 for any free one.", Err: err,
		}
	}
	s.address = listener.Addr().String()
	if err := s.NewCertificate(); err != nil {
		_ = listener.Close()
		return nil, err
	}
	if err := openLDAP(s, o); err != nil {
		_ = listener.Close()
		return nil, err
	}
	s.serve(listener)
	return s, nil
}

// open gives what the face serves, and learns which domain that is.
func (s *Server) open(o Options) (Upstream, error) {
	if o.Upstream != nil {
		s.directory = nil
		ctx, cancel := context.WithTimeout(context.Background(), upstreamPatience)
		defer cancel()
		var err error
		s.info, err = o.Upstream.Info(ctx)
		return o.Upstream, err
	}
	if s.directory == nil {
		domain := directory.Options{Seed: o.Seed, Now: o.Now, ReadOnly: o.ReadOnlyController, NoRecycleBin: o.NoRecycleBin, Replication: o.Replication}
		for i := 2; i <= o.Controllers; i++ {
			domain.More = append(domain.More, fmt.Sprintf("DC%d", i))
		}
		if o.Examples {
			domain.Realm = examplesRealm
		}
		s.directory = directory.New(domain)
		made, err := company.Fill(s.directory, company.Options{Seed: o.Seed, Large: o.Objects})
		if err != nil {
			return nil, fmt.Errorf("fill the sample company: %w", err)
		}
		s.largeDN = made.LargeDN
	}
	if o.Examples {
		if err := company.AddExamples(s.directory); err != nil {
			return nil, fmt.Errorf("add the examples: %w", err)
		}
	}
	s.info = s.directory.Info()
	return served{s.directory}, nil
}

func (s *Server) faceOptions(o Options, behind Upstream) dsm.Options {
	if o.DomainUpdate == 0 {
		o.DomainUpdate = presetDomainUpdate
	}
	options := dsm.Options{
		Directory: behind, Writer: behind,
		Accounts: []dsm.Account{
			{Name: administrator, Password: s.password, Administrator: true, OTPSecret: s.otpSecret},
			{Name: unprivileged, Password: s.password},
		},
		Strict: o.Strict, NoSubtree: o.NoSubtree || o.Upstream != nil, Latency: o.Latency, Faults: s.faults, Now: o.Now,
		IdleTimeout: o.IdleTimeout, SingleLogin: o.SingleLogin,
		AutoBlock: o.AutoBlock, AccountLock: o.AccountLock, DomainUpdate: o.DomainUpdate,
	}
	if s.ldap != nil { // who may do everything in the domain may do so on its NAS
		options.Accounts = append(options.Accounts, dsm.Account{
			Name: s.LDAPName(), Password: s.ldap.password, Administrator: true, OTPSecret: s.otpSecret,
		})
	}
	if o.RequestLog != nil {
		s.log.out = o.RequestLog
		options.Log = s.log.write
	}
	return options
}

// serve answers on listener until stop. HTTP/2 is off: a dropped connection is
// to be a dropped connection, and not one stream of it.
func (s *Server) serve(listener net.Listener) {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.requests.Add(1)
			s.route(w, r)
		}),
		TLSConfig:         s.tlsConfig(),
		Protocols:         &protocols,
		ReadHeaderTimeout: 10 * time.Second,
		// Clients that refuse the certificate are no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	s.mu.Lock()
	s.http = server
	s.mu.Unlock()
	go func() {
		// It ends when the server is closed; Close and Stop say what went wrong.
		_ = server.ServeTLS(listener, "", "")
	}()
}

// URL is where to connect: "https://127.0.0.1:PORT".
func (s *Server) URL() string {
	// Listening everywhere, it is reached by the loopback address too, and no
	// other name is known here.
	return "https://" + reachable(s.address)
}

// Account may sign in and use everything.
func (s *Server) Account() string { return administrator }

// Unprivileged may sign in, with the same password, and is refused the
// directory with 105. It has no second factor.
func (s *Server) Unprivileged() string { return unprivileged }

// Password is that of both accounts.
func (s *Server) Password() models.Secret { return s.password }

// OTPSecret is the base32 secret for an authenticator; empty without
// Options.OTP.
func (s *Server) OTPSecret() models.Secret { return s.otpSecret }

// Directory is what is served; it may be changed while it is. With an upstream
// it is nil.
func (s *Server) Directory() *directory.Directory { return s.directory }

// Realm is the DNS name of the domain.
func (s *Server) Realm() string { return s.info.Realm }

// BaseDN is the root of the tree.
func (s *Server) BaseDN() models.DN { return s.info.BaseDN }

// LargeDN is the container with Options.Objects users; "" when Start was given
// a directory or an upstream.
func (s *Server) LargeDN() models.DN { return s.largeDN }

// Requests is the number of HTTP requests since the start.
func (s *Server) Requests() int { return int(s.requests.Load()) }

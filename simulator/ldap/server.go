package ldap

import (
	"crypto/tls"
	"net"
	"sync"
	"time"

	"dirdesk/simulator/directory"
	"dirdesk/simulator/fault"
)

// Options say what is served and how.
type Options struct {
	Directory *directory.Directory
	TLS       *tls.Config
	Traits    Traits
	Faults    *fault.Injector // of the API [API]; nil: none
	Latency   time.Duration   // wait before the work of each operation
	Log       func(Call)      // told of each operation; may be nil
	// Writable is where a read-only controller sends who wants to write: an LDAP URL.
	Writable string
}

// API is what operations belong to, for faults and in the log.
const API = "ldap"

// Call is one operation, as the log has it.
type Call struct {
	URL        string // the controller's address
	Method     string // "search", "modify", ...
	Start, End time.Time
	Outcome    string // "ok", the result code, or the fault that kept it from an answer
}

// Server answers for all controllers of a domain.
type Server struct {
	options     Options
	controllers []directory.Controller

	mu        sync.Mutex
	listeners map[net.Listener]struct{}
	conns     map[*conn]struct{}
	running   sync.WaitGroup
}

// New makes a server that listens nowhere yet.
func New(o Options) *Server {
	if o.Faults == nil {
		o.Faults = fault.NewInjector()
	}
	return &Server{
		options: o, controllers: o.Directory.Controllers(),
		listeners: make(map[net.Listener]struct{}), conns: make(map[*conn]struct{}),
	}
}

// Serve answers on a listener, as one of the controllers, until Stop. Clients
// may begin with TLS at once, as for ldaps://, or with LDAP.
func (s *Server) Serve(listener net.Listener, controller int) {
	s.mu.Lock()
	s.listeners[listener] = struct{}{}
	s.mu.Unlock()
	s.running.Go(func() {
		for {
			raw, err := listener.Accept()
			if err != nil {
				return
			}
			s.accept(raw, controller)
		}
	})
}

func (s *Server) accept(raw net.Conn, controller int) {
	c := newConn(s, raw, controller)
	s.mu.Lock()
	s.conns[c] = struct{}{}
	s.mu.Unlock()
	s.running.Go(func() {
		c.run()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	})
}

// Stop cuts all connections, takes no more, and waits for what runs.
func (s *Server) Stop() {
	s.mu.Lock()
	for listener := range s.listeners {
		_ = listener.Close()
	}
	clear(s.listeners)
	for c := range s.conns {
		c.cut()
	}
	s.mu.Unlock()
	s.running.Wait()
}

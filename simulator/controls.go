package simulator

import (
	"errors"
	"net/http"

	"dirdesk/models"
	"dirdesk/simulator/fault"
)

// Inject switches a fault on; its calls are counted from now.
func (s *Server) Inject(spec fault.Spec) { s.faults.Add(spec) }

// ClearFaults switches all faults off, those of Options too.
func (s *Server) ClearFaults() { s.faults.Clear() }

// ExpireSessions ends every session as a timeout does: the next call of each is
// answered with 106.
func (s *Server) ExpireSessions() { s.face.ExpireSessions() }

// ForgetDevices drops all trusted devices: they need a one-time code again.
func (s *Server) ForgetDevices() { s.face.ForgetDevices() }

// Awaits reports whether an account that was made over the API may not use DSM
// yet: no domain update has finished that began since.
func (s *Server) Awaits(logon string) bool { return s.face.Awaits(logon) }

// Stop pulls the plug: connections are cut and new ones refused, until Resume.
// Sessions and data stay.
func (s *Server) Stop() error {
	s.mu.Lock()
	running := s.http
	s.http = nil
	s.mu.Unlock()
	s.ldap.stop()
	if running == nil {
		return nil
	}
	if err := running.Close(); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Resume listens again on the same port. In the short time in which something
// else holds it, Resume waits.
func (s *Server) Resume() error {
	s.mu.Lock()
	running, closed := s.http != nil, s.closed
	s.mu.Unlock()
	if closed {
		return &models.Error{Kind: models.ErrUnsupported, Action: "resume", Object: s.address, Advice: "It was closed for good: start another."}
	}
	if running {
		return nil
	}
	listener, err := listenAgain(s.address)
	if err != nil {
		return err
	}
	s.serve(listener)
	return s.ldap.resume()
}

// Close ends the server for good. Closing it twice does nothing. It also tells
// when the request log could not be written.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	return errors.Join(s.Stop(), s.ldap.close(), s.log.failure())
}

package synology

import (
	"crypto/tls"

	"dirdesk/internal/certificates"
)

// noteTLS keeps the words for a connection's state; those of the first one,
// since finding them takes a while and every later one obeys the same rules.
func (c *Client) noteTLS(state *tls.ConnectionState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case state == nil || c.tlsWords != "":
	case c.words != nil:
		c.tlsWords = c.words()
	default:
		c.tlsWords = certificates.StateWords(state, c.tls, c.host)
	}
}

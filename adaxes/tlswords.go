package adaxes

import (
	"crypto/tls"

	"dirdesk/internal/certificates"
)

// noteTLS keeps the words for a connection's state; those of the first one,
// since finding them takes a while and every later one obeys the same rules.
func (b *Backend) noteTLS(state *tls.ConnectionState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case state == nil || b.tlsWords != "":
	case b.options.TLSWords != nil:
		b.tlsWords = b.options.TLSWords()
	default:
		b.tlsWords = certificates.StateWords(state, b.tls, b.base.Host)
	}
}

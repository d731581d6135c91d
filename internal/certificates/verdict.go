package certificates

import "crypto/tls"

// How says by which rule a certificate was accepted.
type How int

// The rules of [Config]. The zero value is none of them.
const (
	Pinned     How = iota + 1 // its fingerprint was given
	Vouched                   // an authority vouches for it and for the host name
	Remembered                // a person chose to trust it before
)

// Verdict tells of one accepted handshake.
type Verdict struct {
	Version uint16 // tls.VersionTLS12 or later
	How     How
}

// Words gives the verdict for a person: "TLS 1.3, verified".
func (v Verdict) Words() string {
	words := tls.VersionName(v.Version)
	switch v.How {
	case Pinned:
		return words + ", pinned certificate"
	case Vouched:
		return words + ", verified"
	case Remembered:
		return words + ", trusted certificate"
	default:
		return words + ", certificate not checked"
	}
}

// Package certificates decides whether a server's certificate is good enough,
// remembers the ones a person chose to trust, and tells in words how it came to
// its verdict. There is no way to skip the check.
package certificates

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
)

const prefix = "sha256:"

// Fingerprint is "sha256:" and the 64 lower-case hex digits of the hash of the
// DER certificate.
func Fingerprint(certificate *x509.Certificate) string {
	sum := sha256.Sum256(certificate.Raw)
	return prefix + hex.EncodeToString(sum[:])
}

// ParseFingerprint brings a fingerprint into the form that [Fingerprint] gives.
// It takes upper case and the colons between bytes that openssl prints.
func ParseFingerprint(text string) (string, error) {
	lower := strings.ToLower(strings.TrimSpace(text))
	digits, found := strings.CutPrefix(lower, prefix)
	if !found {
		return "", fmt.Errorf("%q is no fingerprint: it must start with %q", text, prefix)
	}
	digits = strings.ReplaceAll(digits, ":", "")
	sum, err := hex.DecodeString(digits)
	if err != nil || len(sum) != sha256.Size {
		return "", fmt.Errorf("%q is no fingerprint: after %q come %d hex digits", text, prefix, 2*sha256.Size)
	}
	return prefix + digits, nil
}

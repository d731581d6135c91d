package activedirectory

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"

	"dirdesk/models"
)

// certificateError finds in err that the server's certificate did not verify;
// nil when it is about something else. A *models.CertificateError that the TLS
// configuration made is passed on as it is.
func certificateError(host string, err error) error {
	var own *models.CertificateError
	if errors.As(err, &own) {
		return own
	}
	var refused *tls.CertificateVerificationError
	if !errors.As(err, &refused) || len(refused.UnverifiedCertificates) == 0 {
		return nil
	}
	leaf := refused.UnverifiedCertificates[0]
	sum := sha256.Sum256(leaf.Raw)
	return &models.CertificateError{
		Host: host, Subject: leaf.Subject.String(), Issuer: leaf.Issuer.String(),
		NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter,
		Fingerprint: "sha256:" + hex.EncodeToString(sum[:]),
		Reason:      certificateReason(refused.Err),
	}
}

// certificateReason puts the usual failures in words a person understands.
func certificateReason(err error) string {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	switch {
	case errors.As(err, &unknown):
		return "it is signed by an unknown authority"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired or is not valid yet"
	case errors.As(err, &name):
		return "it is for another host"
	default:
		return err.Error()
	}
}

// tlsWords tells the state of an established connection for the header.
func tlsWords(state tls.ConnectionState) string {
	if len(state.VerifiedChains) > 0 {
		return tls.VersionName(state.Version) + ", verified"
	}
	return tls.VersionName(state.Version) + ", pinned certificate" // taken by the configuration's own check
}

// Package connect is the way in: the form that asks what to connect to, the
// question about a certificate, the one-time code, and the wait in between.
package connect

import (
	"context"

	"dirdesk/desk"
	"dirdesk/models"
)

// Connector opens connections for the screen, which knows no protocol. The
// command line implements it.
type Connector interface {
	// Schemes are the kinds of connection that Open knows; there is one at least.
	Schemes() Schemes
	// Profiles are the saved connections, in the order of the file.
	Profiles() []models.Profile
	// Open signs in. The context bounds the opening only, not the life of what
	// was opened. Errors a person can answer: *models.CertificateError (look
	// at the certificate), models.ErrCodeRequired and ErrCodeRejected (enter a
	// one-time code), models.ErrCredentials (type the password again).
	Open(ctx context.Context, in models.SignIn) (desk.Backend, error)
	// Trust remembers a certificate for its host from now on.
	Trust(certificate *models.CertificateError) error
	// Save keeps a profile, without any secret, under its name.
	Save(profile models.Profile) error
}

// A DomainChoice is an error of Open because the service manages several domains
// and none was named: the person chooses one of them.
type DomainChoice interface {
	error
	// Domains are their DNS names.
	Domains() []string
}

// A CertificateKeeper is a Connector that can say where the certificates that a
// person trusted are kept, so that the screen can name the file.
type CertificateKeeper interface {
	// KnownCertificates is the path of the file.
	KnownCertificates() string
}

// A TokenKeeper is a Connector that can keep an access token where this
// computer keeps secrets, so that it need not be given the next time.
type TokenKeeper interface {
	// KeepToken keeps the token that a connection was just opened with. Profile
	// is that connection's; its name is empty when it is not saved. Open finds
	// the token again for a profile of that name, or of that address, without one.
	KeepToken(ctx context.Context, profile models.Profile, token models.Secret) error
}

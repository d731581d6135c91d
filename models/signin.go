package models

// Profile is a saved connection. It holds no secret.
type Profile struct {
	Name     string
	URL      string // synology://HOST[:PORT], ldaps://HOST[:PORT], ldap://HOST[:PORT], adaxes://HOST[:PORT][/VDIR]
	Account  string
	ReadOnly bool
	CAFile   string // extra roots in PEM; may be empty
	// Directory is the LDAP address of the same domain (ldaps://HOST[:PORT] or
	// ldap://HOST[:PORT]), for what DSM's own calls cannot do; may be empty.
	Directory string
	// Domain is the DNS name of the domain to walk, where an Adaxes service
	// manages several; may be empty.
	Domain string
	// TokenFile is a file that holds nothing but an access token for Adaxes; may
	// be empty.
	TokenFile string
}

// SignIn is one attempt to open a connection.
type SignIn struct {
	Profile        Profile
	Password       Secret
	Token          Secret // access token for Adaxes, in place of account and password
	Code           Secret // one-time code, when the server asked for one
	RememberDevice bool   // ask the server to let this device skip the code from now on
	Fingerprint    string // "sha256:HEX": the only certificate to accept; empty: the usual rules
}

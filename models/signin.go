package models

// Profile is a saved connection. It holds no secret.
type Profile struct {
	Name     string
	URL      string // synology://HOST[:PORT], ldaps://HOST[:PORT], ldap://HOST[:PORT]
	Account  string
	ReadOnly bool
	CAFile   string // extra roots in PEM; may be empty
	// Directory is the LDAP address of the same domain (ldaps://HOST[:PORT] or
	// ldap://HOST[:PORT]), for what DSM's own calls cannot do; may be empty.
	Directory string
}

// SignIn is one attempt to open a connection.
type SignIn struct {
	Profile        Profile
	Password       Secret
	Code           Secret // one-time code, when the server asked for one
	RememberDevice bool   // ask the server to let this device skip the code from now on
	Fingerprint    string // "sha256:HEX": the only certificate to accept; empty: the usual rules
}

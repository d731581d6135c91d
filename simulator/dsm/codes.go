package dsm

// DSM's error codes that this face answers. The comments give the source:
// "guide" is Synology's login guide, "live" a capture, "client" public client
// source.
const (
	codeUnknown       = 100  // guide
	codeBadRequest    = 101  // guide: bad or missing api, method or version
	codeNoAPI         = 102  // guide
	codeNoMethod      = 103  // guide
	codeNoVersion     = 104  // guide, live: checked before the method
	codeNoPrivilege   = 105  // guide
	codeTimeout       = 106  // guide: session timeout
	codeDisplaced     = 107  // guide: displaced by another login
	codeStopped       = 112  // client: compound stopped
	codeBadCompound   = 113  // client: compound malformed
	codeMissing       = 114  // guide, live: required parameter missing
	codeNoSession     = 119  // guide: SID not found; live: SynoToken wrong
	codeBadParameter  = 120  // live
	codeOtherAddress  = 150  // guide: source address is not that of the login
	codePartOfDomain  = 2001 // live: set of a domain wants the whole object
	codeDomainUpdates = 2626 // client: an update of the domain's lists runs

	// Of SYNO.API.Auth only.
	codeCredentials   = 400 // guide
	codeNoApplication = 402 // guide, live: application not allowed for a non-admin
	codeOTPRequired   = 403 // guide
	codeOTPRejected   = 404 // guide
	codeOTPEnforced   = 406 // guide
	codeBlocked       = 407 // guide: address blocked
	codeLocked        = 411 // client: account locked after too many tries

	// Of SYNO.ActiveDirectory.*.
	codeUpdateRecords = 10237 // live, inside 10104: LDB did not modify the record
	codeDirectory     = 10104 // live, of User.set; that other methods use it is a guess
)

package synology

import "dirdesk/models"

// meaning is what a code of DSM says to a person: what happened, of which kind
// that is, and what to do now.
type meaning struct {
	kind   error
	words  string
	advice string
}

// reason gives a kind of error the words for this case.
type reason struct {
	words string
	kind  error
}

// Error gives the words.
func (r reason) Error() string { return r.words }

// Unwrap gives the kind.
func (r reason) Unwrap() error { return r.kind }

// Codes that steer the client.
const (
	codeNoAPI        = 102
	codeNoMethod     = 103
	codeNoVersion    = 104
	codeDenied       = 105
	codeTimedOut     = 106
	codeDisplaced    = 107
	codeBadParameter = 120
	codeNoSession    = 119
	codeOtherAddress = 150
	codeNeedsOTP     = 403
	codeOTPEnforced  = 406
)

const (
	adviceRetry  = "Try again; if it stays, look into DSM's Log Center."
	adviceAdmin  = "Sign in with an account of the administrators group, or ask for the right to manage Directory Server."
	adviceUpdate = "Update DSM and its packages, or dirdesk."
	adviceReport = "Please report this with the detail."
	adviceSignIn = "Sign in again."
)

// commonMeaning explains the codes that any API may answer with (dsm.md section
// 8: official guide, except 112, 113, 122-127, 164 and 165, which public clients
// name, and 120, which was seen live).
func commonMeaning(code int) (meaning, bool) {
	switch code {
	case 100:
		return meaning{models.ErrServer, "DSM reports an error it does not know itself", adviceRetry}, true
	case 101:
		return meaning{models.ErrProtocol, "DSM misses a part of the request", adviceReport}, true
	case codeNoAPI:
		return meaning{models.ErrUnsupported, "DSM does not offer this function", adviceUpdate}, true
	case codeNoMethod:
		return meaning{models.ErrUnsupported, "DSM does not know this operation", adviceUpdate}, true
	case codeNoVersion:
		return meaning{models.ErrUnsupported, "DSM does not know this version of the operation", adviceUpdate}, true
	case codeDenied:
		return meaning{models.ErrDenied, "the account may not do this", adviceAdmin}, true
	case codeTimedOut:
		return meaning{models.ErrSession, "the session has timed out", adviceSignIn}, true
	case codeDisplaced:
		return meaning{
			models.ErrSession, "another sign-in with this account ended the session",
			"Sign in again, and use an account of your own if this comes back.",
		}, true
	case 108:
		return meaning{models.ErrServer, "the upload failed", adviceRetry}, true
	case 109, 110, 111, 117, 118:
		return meaning{models.ErrBusy, "DSM is busy or its network is unstable", "Wait a moment and try again."}, true
	case 112:
		return meaning{
			models.ErrServer, "not carried out, because an earlier part of the request failed",
			"See to the earlier failure first.",
		}, true
	case 113:
		return meaning{models.ErrProtocol, "DSM does not accept the compound request", adviceReport}, true
	case 114:
		return meaning{models.ErrInvalid, "DSM misses a parameter", adviceReport}, true
	case 115:
		return meaning{models.ErrDenied, "the account may not upload", adviceAdmin}, true
	case 116:
		return meaning{models.ErrDenied, "this is a demo site that allows no changes", "Connect to your own DSM."}, true
	case codeNoSession:
		return meaning{models.ErrSession, "DSM does not know the session any more", adviceSignIn}, true
	case codeBadParameter:
		return meaning{models.ErrInvalid, "DSM does not accept a value", "See the detail for the value it means."}, true
	case 122, 123, 124, 126, 127:
		return meaning{models.ErrDenied, "the account has too few privileges", adviceAdmin}, true
	case 125:
		return meaning{models.ErrBusy, "DSM ran out of time", "Wait a moment and try again."}, true
	case codeOtherAddress:
		return meaning{
			models.ErrSession, "DSM saw the session come from another address than its sign-in",
			"Sign in again; a VPN or proxy that changes addresses brings this back.",
		}, true
	case 160:
		return meaning{
			models.ErrDenied, "the account has no privilege for this application",
			"Ask for it under Control Panel > Application Privileges.",
		}, true
	case 164:
		return meaning{models.ErrServer, "DSM could not load its settings", adviceRetry}, true
	case 165:
		return meaning{models.ErrServer, "DSM could not save its settings", adviceRetry}, true
	}
	return meaning{}, false
}

// authMeaning explains the codes of SYNO.API.Auth; elsewhere the same numbers
// mean other things (official guide; 405 and 411 from public clients).
func authMeaning(code int) (meaning, bool) {
	switch code {
	case 400:
		return meaning{
			models.ErrCredentials, "no such account, or the password is wrong",
			"Type both again. Too many tries lock the account.",
		}, true
	case 401:
		return meaning{models.ErrAccountState, "the account is disabled", "Ask an administrator to enable it."}, true
	case 402:
		return meaning{
			models.ErrNotAuthorized, "the account may not sign in to DSM",
			"Ask for the DSM privilege under Control Panel > Application Privileges.",
		}, true
	case codeNeedsOTP:
		return meaning{
			models.ErrCodeRequired, "a one-time code is needed",
			"Enter the code that the authenticator app shows.",
		}, true
	case 404:
		return meaning{
			models.ErrCodeRejected, "the one-time code was not accepted",
			"Each code works once: wait for the next one, and check this device's clock.",
		}, true
	case 405:
		return meaning{
			models.ErrNotAuthorized, "this address is the portal of another application",
			"Use the address of DSM itself.",
		}, true
	case codeOTPEnforced:
		return meaning{
			models.ErrCodeRequired, "DSM insists on 2-factor sign-in",
			"Enter the code that the authenticator app shows. Without one, set it up in DSM's web page first.",
		}, true
	case 407:
		return meaning{
			models.ErrBlocked, "DSM has blocked this computer's address after failed sign-ins",
			"Wait, or have it released under Control Panel > Security > Protection.",
		}, true
	case 408:
		return meaning{
			models.ErrAccountState, "the password has expired and the account may not change it",
			"Ask an administrator to set a new one.",
		}, true
	case 409:
		return meaning{models.ErrAccountState, "the password has expired", "Change it in DSM's web page, then sign in here."}, true
	case 410:
		return meaning{
			models.ErrAccountState, "the password must be changed first",
			"Change it in DSM's web page, then sign in here.",
		}, true
	case 411:
		return meaning{
			models.ErrAccountState, "the account is locked after too many failed sign-ins",
			"Wait, or ask an administrator to unlock it.",
		}, true
	}
	return meaning{}, false
}

// directoryMeaning explains the codes of Directory Server and the domain
// functions: 10104 and 10237 from a live capture, the others from public
// clients that took them from DSM's own texts.
func directoryMeaning(code int) (meaning, bool) {
	switch code {
	case 10104, 10237:
		return meaning{
			models.ErrServer, "the directory refused the change",
			"See the detail for its words.",
		}, true
	case 1402:
		return meaning{models.ErrServer, "DSM could not load the domain", "See whether Directory Server runs, then try again."}, true
	case 2606:
		return meaning{models.ErrServer, "DSM cannot reach the domain controller on port 445", "Check the firewall between them."}, true
	case 2607:
		return meaning{models.ErrDenied, "the domain does not accept the account or its password", "Check both."}, true
	case 2611:
		return meaning{models.ErrDenied, "the account is no administrator of the domain", adviceAdmin}, true
	case 2612:
		return meaning{models.ErrAccountState, "the account must change its password first", "Change it, then try again."}, true
	case 2601, 2602, 2603, 2604, 2605, 2608, 2609, 2610, 2613, 2614, 2615, 2616:
		return meaning{models.ErrServer, "DSM could not join or reach the domain", adviceRetry}, true
	case 2624:
		return meaning{models.ErrServer, "DSM could not read the domain's trusts", adviceRetry}, true
	case 2626:
		return meaning{models.ErrBusy, "DSM is updating its list of domain users", "Wait until it is done, then try again."}, true
	case 2628:
		return meaning{
			models.ErrInvalid, "this DSM provides the domain itself and cannot join one",
			"Nothing to do: the domain is served here.",
		}, true
	case 2703:
		return meaning{models.ErrServer, "DSM belongs to no LDAP directory", "Check Control Panel > Domain/LDAP."}, true
	case 3107, 3114, 3206:
		return meaning{
			models.ErrInvalid, "DSM refused a local user or group",
			"This concerns DSM's own accounts, not the directory. See the detail.",
		}, true
	case 3121, 3122, 3123:
		return meaning{
			models.ErrPolicy, "DSM refused a local account's password",
			"This concerns DSM's own accounts, not the directory. See the detail.",
		}, true
	}
	if code >= 10000 && code < 11000 { // the package's own range; inferred
		return meaning{models.ErrServer, "Directory Server refused the request", "See the detail for its words."}, true
	}
	return meaning{}, false
}

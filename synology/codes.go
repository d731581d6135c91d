package synology

import (
	"dirdesk/models"
)

// meaning is what a code of DSM says to a person: what happened, of which kind
// that is, and what to do now.
type meaning struct {
	kind   error
	words  string
	advice string
}

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
	codeOutOfTime    = 125
	codeSkipped      = 112
	codeNeedsOTP     = 403
	codeOTPEnforced  = 406
)

const (
	adviceRetry  = "Try again; if it stays, look into DSM's Log Center."
	adviceAdmin  = "Sign in with an account of the administrators group, or ask for the right to manage Directory Server."
	adviceUpdate = "Update DSM and its packages, or dirdesk."
	adviceReport = "Please report this with the detail."
	adviceHost   = "Check that host and port lead to DSM itself."
	adviceServer = "Try again; if it stays, look at the server."
)

// commonMeaning explains the codes that any API may answer with (docs/dsm.md section
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
		return meaning{models.ErrSession, "the session has timed out", ""}, true
	case codeDisplaced:
		return meaning{
			models.ErrSession, "another sign-in with this account ended the session",
			"Sign in again, and use an account of your own if this comes back.",
		}, true
	case 108:
		return meaning{models.ErrServer, "the upload failed", adviceRetry}, true
	case 109, 110, 111, 117, 118:
		return meaning{models.ErrBusy, "DSM is busy or its network is unstable", "Wait a moment and try again."}, true
	case codeSkipped:
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
		return meaning{models.ErrSession, "DSM does not know the session any more", ""}, true
	case codeBadParameter:
		return meaning{models.ErrInvalid, "DSM does not accept a value", "See the detail for the value it means."}, true
	case 122, 123, 124, 126, 127:
		return meaning{models.ErrDenied, "the account has too few privileges", adviceAdmin}, true
	case codeOutOfTime:
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

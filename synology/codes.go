package synology

import (
	"slices"

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
	codeSignInAgain  = 1500
)

const (
	adviceDetail = "See the detail for the server's words."
	adviceLocal  = "This concerns DSM's own accounts, not the directory."
	adviceRetry  = "Try again; if it stays, look into DSM's Log Center."
	adviceAdmin  = "Sign in with an account of the administrators group, or ask for the right to manage Directory Server."
	adviceUpdate = "Update DSM and its packages, or dirdesk."
	adviceReport = "Please report this with the detail."
	adviceHost   = "Check that host and port lead to DSM itself."
	adviceServer = "Try again; if it stays, look at the server."
)

// codes are those with one meaning.
type codes []struct {
	codes []int
	means meaning
}

func (c codes) find(code int) (meaning, bool) {
	for _, row := range c {
		if slices.Contains(row.codes, code) {
			return row.means, true
		}
	}
	return meaning{}, false
}

// commonCodes are those that any API may answer with (docs/dsm.md section
// 8: official guide, except 112, 113, 122-127, 164 and 165, which public clients
// name, and 120 and 1500, which were seen live).
func commonCodes() codes {
	return codes{
		{[]int{100}, meaning{models.ErrServer, "DSM reports an error it does not know itself", adviceRetry}},
		{[]int{101}, meaning{models.ErrProtocol, "DSM misses a part of the request", adviceReport}},
		{[]int{codeNoAPI}, meaning{models.ErrUnsupported, "DSM does not offer this function", adviceUpdate}},
		{[]int{codeNoMethod}, meaning{models.ErrUnsupported, "DSM does not know this operation, or misses the session's token", "Sign in again; if it stays, update DSM and its packages, or dirdesk."}},
		{[]int{codeNoVersion}, meaning{models.ErrUnsupported, "DSM does not know this version of the operation", adviceUpdate}},
		{[]int{codeDenied}, meaning{models.ErrDenied, "the account may not do this", adviceAdmin}},
		{[]int{codeTimedOut}, meaning{models.ErrSession, "the session has timed out", ""}},
		{[]int{codeDisplaced}, meaning{
			models.ErrSession, "another sign-in with this account ended the session",
			"Sign in again, and use an account of your own if this comes back.",
		}},
		{[]int{108}, meaning{models.ErrServer, "the upload failed", adviceRetry}},
		{[]int{109, 110, 111, 117, 118}, meaning{models.ErrBusy, "DSM is busy or its network is unstable", "Wait a moment and try again."}},
		{[]int{codeSkipped}, meaning{
			models.ErrServer, "not carried out, because an earlier part of the request failed",
			"See to the earlier failure first.",
		}},
		{[]int{113}, meaning{models.ErrProtocol, "DSM does not accept the compound request", adviceReport}},
		{[]int{114}, meaning{models.ErrInvalid, "DSM misses a parameter", adviceReport}},
		{[]int{115}, meaning{models.ErrDenied, "the account may not upload", adviceAdmin}},
		{[]int{116}, meaning{models.ErrDenied, "this is a demo site that allows no changes", "Connect to your own DSM."}},
		{[]int{codeNoSession}, meaning{models.ErrSession, "DSM does not know the session any more", ""}},
		{[]int{codeBadParameter}, meaning{models.ErrInvalid, "DSM does not accept a value", "See the detail for the value it means."}},
		{[]int{122, 123, 124, 126, 127}, meaning{models.ErrDenied, "the account has too few privileges", adviceAdmin}},
		{[]int{codeOutOfTime}, meaning{models.ErrBusy, "DSM ran out of time", "Wait a moment and try again."}},
		{[]int{codeOtherAddress}, meaning{
			models.ErrSession, "DSM saw the session come from another address than its sign-in",
			"Sign in again; a VPN or proxy that changes addresses brings this back.",
		}},
		{[]int{codeSignInAgain}, meaning{models.ErrSession, "DSM asks to sign in again", ""}},
		{[]int{160}, meaning{
			models.ErrDenied, "the account has no privilege for this application",
			"Ask for it under Control Panel > Application Privileges.",
		}},
		{[]int{164}, meaning{models.ErrServer, "DSM could not load its settings", adviceRetry}},
		{[]int{165}, meaning{models.ErrServer, "DSM could not save its settings", adviceRetry}},
	}
}

// authCodes are those of SYNO.API.Auth; elsewhere the same numbers mean other things
// (official guide; 405 and 411 from public clients).
func authCodes() codes {
	return codes{
		{[]int{400}, meaning{
			models.ErrCredentials, "no such account, or the password is wrong",
			"Type both again. Too many tries lock the account.",
		}},
		{[]int{401}, meaning{models.ErrAccountState, "the account is disabled", "Ask an administrator to enable it."}},
		{[]int{402}, meaning{
			models.ErrNotAuthorized, "the account may not sign in to DSM",
			"Ask for the DSM privilege under Control Panel > Application Privileges.",
		}},
		{[]int{codeNeedsOTP}, meaning{
			models.ErrCodeRequired, "a one-time code is needed",
			"Enter the code that the authenticator app shows.",
		}},
		{[]int{404}, meaning{
			models.ErrCodeRejected, "the one-time code was not accepted",
			"Each code works once: wait for the next one, and check this device's clock.",
		}},
		{[]int{405}, meaning{
			models.ErrNotAuthorized, "this address is the portal of another application",
			"Use the address of DSM itself.",
		}},
		{[]int{codeOTPEnforced}, meaning{
			models.ErrCodeRequired, "DSM insists on 2-factor sign-in",
			"Enter the code that the authenticator app shows. Without one, set it up in DSM's web page first.",
		}},
		{[]int{407}, meaning{
			models.ErrBlocked, "DSM has blocked this computer's address after failed sign-ins",
			"Wait, or have it released under Control Panel > Security > Protection.",
		}},
		{[]int{408}, meaning{
			models.ErrAccountState, "the password has expired and the account may not change it",
			"Ask an administrator to set a new one.",
		}},
		{[]int{409}, meaning{models.ErrAccountState, "the password has expired", "Change it in DSM's web page, then sign in here."}},
		{[]int{410}, meaning{
			models.ErrAccountState, "the password must be changed first",
			"Change it in DSM's web page, then sign in here.",
		}},
		{[]int{411}, meaning{
			models.ErrAccountState, "the account is locked after too many failed sign-ins",
			"Wait, or ask an administrator to unlock it.",
		}},
	}
}

// directoryCodes are those of Directory Server and of the domain functions: 10104 and
// 10237 from a live capture, the others from public clients that took them from DSM's
// own texts.
func directoryCodes() codes {
	return codes{
		{[]int{1402}, meaning{models.ErrServer, "DSM could not load the domain", "See whether Directory Server runs, then try again."}},
		{[]int{2601, 2602}, meaning{models.ErrInvalid, "DSM does not accept the domain's name", "Check its spelling and DSM's DNS server."}},
		{[]int{2603, 2613}, meaning{models.ErrInvalid, "DSM does not accept the domain controller's address", "Check the address."}},
		{[]int{2604}, meaning{models.ErrInvalid, "DSM does not accept the workgroup's name", "Check its spelling."}},
		{[]int{2605}, meaning{models.ErrUnreachable, "DSM cannot reach the domain controller", "Check the network between them."}},
		{[]int{2606}, meaning{
			models.ErrUnreachable, "DSM cannot reach the domain controller on port 445",
			"Check the firewall between them.",
		}},
		{[]int{2607, 2610}, meaning{models.ErrDenied, "the domain does not accept the account or its password", "Check both."}},
		{[]int{2608, 2609}, meaning{models.ErrAccountState, "the domain has disabled the account", "Ask an administrator to enable it."}},
		{[]int{2611}, meaning{models.ErrDenied, "the account is no administrator of the domain", adviceAdmin}},
		{[]int{2612}, meaning{models.ErrAccountState, "the account must change its password first", "Change it, then try again."}},
		{[]int{2614, 2615}, meaning{models.ErrServer, "DSM could not work with the domain", adviceRetry}},
		{[]int{2616}, meaning{models.ErrServer, "DSM's file service is off", "Enable SMB under Control Panel > File Services."}},
		{[]int{2624}, meaning{models.ErrServer, "DSM could not read the domain's trusts", adviceRetry}},
		{[]int{2626}, meaning{models.ErrBusy, "DSM is updating its list of domain users", "Wait until it is done, then try again."}},
		{[]int{2628}, meaning{
			models.ErrInvalid, "this DSM provides the domain itself and cannot join one",
			"Nothing to do: the domain is served here.",
		}},
		{[]int{2703}, meaning{models.ErrServer, "DSM is not connected to the directory", "Check Control Panel > Domain/LDAP."}},
		{[]int{3107, 3114, 3206}, meaning{models.ErrExists, "a local user or group of DSM has this name", adviceLocal}},
		{[]int{3121}, meaning{models.ErrPolicy, "DSM does not accept the local account's password", adviceLocal}},
		{[]int{3122}, meaning{models.ErrPolicy, "the local account has had this password before", adviceLocal}},
		{[]int{3123}, meaning{models.ErrPolicy, "the local account's password is too common", adviceLocal}},
		{[]int{10104, 10237}, meaning{models.ErrServer, "the directory refused the change", adviceDetail}},
	}
}

// isDirectoryCode tells the package's own range of codes. Only 10104 and 10237
// are attested; that their neighbours belong to it as well is inferred.
func isDirectoryCode(code int) bool { return code >= 10000 && code < 11000 }

// ldapCodes are the LDAP result codes (RFC 4511) that may stand inside an error of the
// package. That they do is inferred.
func ldapCodes() codes {
	return codes{
		{[]int{19}, meaning{models.ErrPolicy, "the directory's policy does not allow this value", adviceDetail}},
		{[]int{20}, meaning{models.ErrExists, "it is there already", "Refresh to see it."}},
		{[]int{21}, meaning{models.ErrInvalid, "the directory does not accept a value", adviceDetail}},
		{[]int{32}, meaning{models.ErrNotFound, "no such object", "It may have been moved or deleted: refresh its container."}},
		{[]int{34}, meaning{models.ErrInvalid, "not a distinguished name", "Check its spelling."}},
		{[]int{50}, meaning{models.ErrDenied, "the account may not do this", adviceAdmin}},
		{[]int{51, 52}, meaning{models.ErrBusy, "the directory is busy or starting", "Wait a moment and try again."}},
		{[]int{53}, meaning{models.ErrUnsupported, "the directory is not willing to do this", adviceDetail}},
		{[]int{64, 65}, meaning{models.ErrInvalid, "the directory's schema does not allow this", adviceDetail}},
		{[]int{66}, meaning{models.ErrNotEmpty, "there are objects below it", "Remove those first."}},
		{[]int{68}, meaning{models.ErrExists, "exists already", "Choose another name."}},
	}
}

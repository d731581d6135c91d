package synology

import "dirdesk/models"

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

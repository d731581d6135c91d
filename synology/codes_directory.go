package synology

import "dirdesk/models"

const (
	adviceDetail = "See the detail for the server's words."
	adviceLocal  = "This concerns DSM's own accounts, not the directory."
)

// directoryMeaning explains the codes of Directory Server and of the domain
// functions: 10104 and 10237 from a live capture, the others from public
// clients that took them from DSM's own texts.
func directoryMeaning(code int) (meaning, bool) {
	switch code {
	case 1402:
		return meaning{models.ErrServer, "DSM could not load the domain", "See whether Directory Server runs, then try again."}, true
	case 2601, 2602:
		return meaning{models.ErrInvalid, "DSM does not accept the domain's name", "Check its spelling and DSM's DNS server."}, true
	case 2603, 2613:
		return meaning{models.ErrInvalid, "DSM does not accept the domain controller's address", "Check the address."}, true
	case 2604:
		return meaning{models.ErrInvalid, "DSM does not accept the workgroup's name", "Check its spelling."}, true
	case 2605:
		return meaning{models.ErrUnreachable, "DSM cannot reach the domain controller", "Check the network between them."}, true
	case 2606:
		return meaning{models.ErrUnreachable, "DSM cannot reach the domain controller on port 445", "Check the firewall between them."}, true
	case 2607, 2610:
		return meaning{models.ErrDenied, "the domain does not accept the account or its password", "Check both."}, true
	case 2608, 2609:
		return meaning{models.ErrAccountState, "the domain has disabled the account", "Ask an administrator to enable it."}, true
	case 2611:
		return meaning{models.ErrDenied, "the account is no administrator of the domain", adviceAdmin}, true
	case 2612:
		return meaning{models.ErrAccountState, "the account must change its password first", "Change it, then try again."}, true
	case 2614, 2615:
		return meaning{models.ErrServer, "DSM could not work with the domain", adviceRetry}, true
	case 2616:
		return meaning{models.ErrServer, "DSM's file service is off", "Enable SMB under Control Panel > File Services."}, true
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
		return meaning{models.ErrServer, "DSM is not connected to the directory", "Check Control Panel > Domain/LDAP."}, true
	case 3107, 3114, 3206:
		return meaning{models.ErrExists, "a local user or group of DSM has this name", adviceLocal}, true
	case 3121:
		return meaning{models.ErrPolicy, "DSM does not accept the local account's password", adviceLocal}, true
	case 3122:
		return meaning{models.ErrPolicy, "the local account has had this password before", adviceLocal}, true
	case 3123:
		return meaning{models.ErrPolicy, "the local account's password is too common", adviceLocal}, true
	case 10104, 10237:
		return meaning{models.ErrServer, "the directory refused the change", adviceDetail}, true
	}
	if isDirectoryCode(code) {
		return meaning{models.ErrServer, "Directory Server refused the request", adviceDetail}, true
	}
	return meaning{}, false
}

// isDirectoryCode tells the package's own range of codes. Only 10104 and 10237
// are attested; that their neighbours belong to it as well is inferred.
func isDirectoryCode(code int) bool { return code >= 10000 && code < 11000 }

// ldapMeaning explains the LDAP result codes (RFC 4511) that may stand inside
// an error of the package. That they do is inferred.
func ldapMeaning(code int) (meaning, bool) {
	switch code {
	case 19:
		return meaning{models.ErrPolicy, "the directory's policy does not allow this value", adviceDetail}, true
	case 20:
		return meaning{models.ErrExists, "it is there already", "Refresh to see it."}, true
	case 21:
		return meaning{models.ErrInvalid, "the directory does not accept a value", adviceDetail}, true
	case 32:
		return meaning{models.ErrNotFound, "no such object", "It may have been moved or deleted: refresh its container."}, true
	case 34:
		return meaning{models.ErrInvalid, "not a distinguished name", "Check its spelling."}, true
	case 50:
		return meaning{models.ErrDenied, "the account may not do this", adviceAdmin}, true
	case 51, 52:
		return meaning{models.ErrBusy, "the directory is busy or starting", "Wait a moment and try again."}, true
	case 53:
		return meaning{models.ErrUnsupported, "the directory is not willing to do this", adviceDetail}, true
	case 64, 65:
		return meaning{models.ErrInvalid, "the directory's schema does not allow this", adviceDetail}, true
	case 66:
		return meaning{models.ErrNotEmpty, "there are objects below it", "Remove those first."}, true
	case 68:
		return meaning{models.ErrExists, "exists already", "Choose another name."}, true
	}
	return meaning{}, false
}

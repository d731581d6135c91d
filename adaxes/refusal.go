package adaxes

import (
	"fmt"
	"strings"

	"dirdesk/models"
)

// refusedMeaning reads a 403. Of a sign-in it says why in innerError (official);
// servers that hide that, as old ones do by preset, say only that it was refused.
func refusedMeaning(r request, f *failure) meaning {
	if means, ok := signInMeaning(f); ok {
		return means
	}
	switch {
	case r.anonymous && f.innerCode != "":
		return meaning{models.ErrCredentials, "the sign-in was refused", "Read what the server says."}
	case r.anonymous:
		return meaning{
			models.ErrCredentials, "the sign-in was refused, and the server does not say why",
			"Check the account and the password. If they are right, the account may be locked, disabled or expired, or not be allowed to use the REST API.",
		}
	case !f.told:
		return meaning{models.ErrDenied, "a web server or proxy in front of Adaxes refused the request", "Check the proxy and firewall rules for this computer."}
	default:
		return meaning{
			models.ErrDenied, "this account may not do that here",
			"Ask for a security role in Adaxes that allows it. The REST API may also be limited to some operations and objects.",
		}
	}
}

// signInMeaning explains innerError.code, all of whose values are official.
func signInMeaning(f *failure) (means meaning, ok bool) {
	state := func(words, advice string) meaning { return meaning{models.ErrAccountState, words, advice} }
	means, ok = map[string]meaning{
		"invalidcredentials": {models.ErrCredentials, "account or password is wrong" + attempts(f.attemptsLeft), wrongPasswordAdvice(f.attemptsLeft)},
		"accessdenied":       {models.ErrNotAuthorized, "this account may not use Adaxes' REST API", "Have it allowed in the access settings of the REST API in Adaxes."},
		"accountisdisabled":  state("the account is disabled", "Have it enabled."),
		"accountlockedout":   state("the account is locked out", "Wait until the lockout is over, or have it unlocked."),
		"accountexpired":     state("the account has expired", "Have its expiry date changed."),
		"logontimeincorrect": state("the account may not sign in at this hour", "Try again within its logon hours, or have them changed."),
	}[strings.ToLower(f.innerCode)]
	return means, ok
}

func attempts(left int) string {
	switch {
	case left < 0:
		return ""
	case left == 1:
		return "; 1 attempt is left until the account is locked"
	default:
		return fmt.Sprintf("; %d attempts are left until the account is locked", left)
	}
}

func wrongPasswordAdvice(left int) string {
	if left >= 0 && left <= 1 {
		return "Be sure of the password before you try again. The account is written as user@domain or DOMAIN\\user."
	}
	return "Type them again. The account is written as user@domain or DOMAIN\\user."
}

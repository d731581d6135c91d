package ldap

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Traits are what Microsoft's controllers do and Samba does not. The zero value
// is Samba's behaviour.
type Traits struct {
	Page     int           // MaxPageSize: objects in one answer; 0: no limit
	Range    int           // MaxValRange: values of one attribute; 0: no limit
	Cookies  int           // result sets that are kept for paging; 0: ten
	Idle     time.Duration // until an unused connection is closed; 0: 15 minutes
	Referral bool          // searches at the root name the other partitions' zones too
	Refuse   bool          // a bind in clear is refused as Windows Server 2025 does
	Words    bool          // diagnostics are in Windows' form
}

// Windows are the traits of a Windows domain controller.
func Windows() Traits {
	return Traits{Page: 1000, Range: 1500, Cookies: 10, Idle: 15 * time.Minute, Referral: true, Refuse: true, Words: true}
}

const (
	presetIdle    = 15 * time.Minute
	presetCookies = 10
)

// Set changes single traits: "page=5,range=2,cookies=1,idle=3s,referral=1,cleartext=refuse".
func (t *Traits) Set(list string) error {
	for part := range strings.SplitSeq(list, ",") {
		name, value, found := strings.Cut(strings.TrimSpace(part), "=")
		if !found {
			return fmt.Errorf("trait %q: want NAME=VALUE", part)
		}
		if err := t.set(name, value); err != nil {
			return fmt.Errorf("trait %s: %w", name, err)
		}
	}
	return nil
}

func (t *Traits) set(name, value string) (err error) {
	count := func(to *int) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return fmt.Errorf("want a number from 0 on, not %q", value)
		}
		*to = n
		return nil
	}
	yes := func(to *bool) error {
		if value != "0" && value != "1" {
			return fmt.Errorf("want 0 or 1, not %q", value)
		}
		*to = value == "1"
		return nil
	}
	switch name {
	case "page":
		return count(&t.Page)
	case "range":
		return count(&t.Range)
	case "cookies":
		return count(&t.Cookies)
	case "idle":
		if t.Idle, err = time.ParseDuration(value); err != nil || t.Idle <= 0 {
			return fmt.Errorf("want a duration as in idle=3s")
		}
		return nil
	case "referral":
		return yes(&t.Referral)
	case "words":
		return yes(&t.Words)
	case "cleartext":
		if value != "refuse" {
			return fmt.Errorf("want cleartext=refuse")
		}
		t.Refuse = true
		return nil
	default:
		return fmt.Errorf("no such trait: want page, range, cookies, idle, referral, words or cleartext")
	}
}

func (t Traits) idle() time.Duration {
	if t.Idle == 0 {
		return presetIdle
	}
	return t.Idle
}

func (t Traits) cookies() int {
	if t.Cookies == 0 {
		return presetCookies
	}
	return t.Cookies
}

// inWindowsWords gives a diagnostic in the form of Microsoft's controllers:
// number, component, problem. What already has it stays.
func inWindowsWords(r result) result {
	if r.code == success || r.code == sizeLimitExceeded || r.code == compareTrue || r.code == compareFalse || strings.Contains(r.diagnostic, "DSID-") {
		return r
	}
	number, _, found := strings.Cut(r.diagnostic, ": ")
	if !found || len(number) != 8 {
		number = ""
	}
	switch {
	case number == "00002095": // no such parent
		return result{code: 80, diagnostic: "00002089: UpdErr: DSID-031B0DA9, problem 5012 (DIR_ERROR), data 2"}
	case strings.Contains(r.diagnostic, "child of itself"): // which code it is on Windows is a guess
		r.code, number = 64, ""
	}
	w, known := windowsWords()[r.code]
	if !known {
		w = wording{number: "00000057", text: "LdapErr: DSID-0C090D8A, comment: Error in request, data 0, v4563"}
	}
	if number == "" {
		number = w.number
	}
	r.diagnostic = number + ": " + w.text
	return r
}

type wording struct{ number, text string }

// windowsWords are Windows' words for result codes, as public reports show them.
func windowsWords() map[int]wording {
	return map[int]wording{
		operationsError: {"000004DC", "LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563"},
		16:              {"00000057", "LdapErr: DSID-0C090FE6, comment: Error in attribute conversion operation, data 0, v4563"},
		19:              {"0000202F", "AtrErr: DSID-03191083, #1:\n\t0: 0000202F: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0"},
		20:              {"00002083", "AtrErr: DSID-031519F7, #1:\n\t0: 00002083: DSID-031519F7, problem 1006 (ATT_OR_VALUE_EXISTS), data 0"},
		21:              {"0000200B", "AtrErr: DSID-03191083, #1:\n\t0: 0000200B: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0"},
		32:              {"0000208D", "NameErr: DSID-0310028C, problem 2001 (NO_OBJECT), data 0, best match of:\n\t''"},
		34:              {"00002081", "NameErr: DSID-03050F42, problem 2006 (BAD_NAME), data 8349, best match of:\n\t''"},
		50:              {"00002098", "SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0"},
		53:              {"00002035", "SvcErr: DSID-031A126A, problem 5003 (WILL_NOT_PERFORM), data 0"},
		64:              {"00002099", "UpdErr: DSID-0305109C, problem 6001 (NAMING_VIOLATION), data 0"},
		65:              {"0000207D", "UpdErr: DSID-0315166D, problem 6002 (OBJ_CLASS_VIOLATION), data 0"},
		66:              {"00002015", "UpdErr: DSID-031A1236, problem 6003 (CANT_ON_NON_LEAF), data 0"},
		67:              {"00002016", "UpdErr: DSID-031B0F2C, problem 6004 (CANT_ON_RDN), data 0"},
		68:              {"00002071", "UpdErr: DSID-031B0F2F, problem 6005 (ENTRY_EXISTS), data 0"},
		80:              {"00002077", "SvcErr: DSID-031903DA, problem 5003 (WILL_NOT_PERFORM), data 0"},
	}
}

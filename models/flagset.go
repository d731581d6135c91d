package models

import (
	"strconv"
	"strings"
)

// WithMask is Adaxes' rule for bits (official): those in mask become as they
// are in value, the others stay.
func WithMask(old, value, mask int32) int32 { return old&^mask | value&mask }

// Bits reads a number of 32 bits, written signed, as AD and Adaxes do, or
// unsigned: "-2147418110" and "2147549186" are the same bits.
func Bits(text string) (int32, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < -1<<31 || n >= 1<<32 {
		return 0, false
	}
	return int32(uint32(n)), true
}

// NamedFlag is one bit of a property, or of a choice of which exactly one bit
// is set.
type NamedFlag struct {
	Name  string // as Microsoft, or Adaxes, calls it: "DONT_EXPIRE_PASSWD"
	Words string // for a person: "password never expires"
	Bit   int32
	// Fixed says why it cannot be switched by hand; "" when it can.
	Fixed string
	// Choice names a group of flags of which exactly one is set ("scope"); ""
	// for a flag by itself.
	Choice string
}

// FlagSet gives the flags of a property whose bits have names; nil for all
// others.
func FlagSet(property string) []NamedFlag {
	switch {
	case equalFoldASCII(property, "userAccountControl"):
		return accountFlags()
	case equalFoldASCII(property, "groupType"):
		return groupFlags()
	default:
		return nil
	}
}

func accountFlags() []NamedFlag {
	const (
		kind     = "says what kind of account it is"
		computed = "the server works it out"
	)
	return []NamedFlag{
		{Name: "SCRIPT", Words: "runs the logon script", Bit: 0x1},
		{Name: "ACCOUNTDISABLE", Words: "disabled", Bit: UACDisabled},
		{Name: "HOMEDIR_REQUIRED", Words: "needs a home folder", Bit: 0x8},
		{Name: "LOCKOUT", Words: "locked", Bit: UACLockout, Fixed: computed + "; unlock it instead"},
		{Name: "PASSWD_NOTREQD", Words: "may have no password", Bit: UACNoPassword},
		{Name: "PASSWD_CANT_CHANGE", Words: "cannot change the password", Bit: UACCannotChange},
		{Name: "ENCRYPTED_TEXT_PASSWORD_ALLOWED", Words: "password kept reversibly", Bit: 0x80},
		{Name: "TEMP_DUPLICATE_ACCOUNT", Words: "local user account", Bit: 0x100, Fixed: kind},
		{Name: "NORMAL_ACCOUNT", Words: "user account", Bit: UACNormal, Fixed: kind},
		{Name: "INTERDOMAIN_TRUST_ACCOUNT", Words: "trust between domains", Bit: UACDomainTrust, Fixed: kind},
		{Name: "WORKSTATION_TRUST_ACCOUNT", Words: "computer", Bit: UACWorkstation, Fixed: kind},
		{Name: "SERVER_TRUST_ACCOUNT", Words: "domain controller", Bit: UACServer, Fixed: kind},
		{Name: "DONT_EXPIRE_PASSWD", Words: "password never expires", Bit: UACNeverExpires},
		{Name: "MNS_LOGON_ACCOUNT", Words: "cluster account", Bit: 0x20000},
		{Name: "SMARTCARD_REQUIRED", Words: "needs a smart card", Bit: UACSmartcard},
		{Name: "TRUSTED_FOR_DELEGATION", Words: "trusted for delegation", Bit: UACTrustedForDelegation},
		{Name: "NOT_DELEGATED", Words: "sensitive, cannot be delegated", Bit: 0x100000},
		{Name: "USE_DES_KEY_ONLY", Words: "Kerberos with DES only", Bit: 0x200000},
		{Name: "DONT_REQUIRE_PREAUTH", Words: "Kerberos without preauthentication", Bit: 0x400000},
		{Name: "PASSWORD_EXPIRED", Words: "password expired", Bit: UACPasswordExpired, Fixed: computed},
		{Name: "TRUSTED_TO_AUTH_FOR_DELEGATION", Words: "trusted for any delegation", Bit: 0x1000000},
		{Name: "ADAXES_UF_MUST_CHANGE_PASSWD_AT_LOGON", Words: "must change the password at next logon", Bit: MustChangeFlag},
	}
}

func groupFlags() []NamedFlag {
	const scope = "scope"
	return []NamedFlag{
		{Name: "BUILTIN", Words: "made by the system", Bit: GroupBuiltin, Fixed: "kept by the server"},
		{Name: "GLOBAL", Words: "global", Bit: GroupGlobal, Choice: scope},
		{Name: "DOMAIN_LOCAL", Words: "domain local", Bit: GroupLocal, Choice: scope},
		{Name: "UNIVERSAL", Words: "universal", Bit: GroupUniversal, Choice: scope},
		{Name: "SECURITY_ENABLED", Words: "security group", Bit: GroupSecurity},
	}
}

// FlagWords says which flags of a property are set, by name; bits without a
// name as a number.
func FlagWords(property string, bits int32) string {
	set := FlagSet(property)
	if set == nil {
		return ""
	}
	var names []string
	left := bits
	for _, f := range set {
		if bits&f.Bit != 0 {
			names = append(names, f.Words)
			left &^= f.Bit
		}
	}
	if left != 0 {
		names = append(names, strconv.FormatInt(int64(left), 10))
	}
	return strings.Join(names, ", ")
}

// equalFoldASCII compares names of attributes, which are ASCII.
func equalFoldASCII(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }

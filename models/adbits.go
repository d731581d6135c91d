package models

// Bits of userAccountControl and of msDS-User-Account-Control-Computed (MS-ADTS
// 2.2.16). They fit numbers of any size.
const (
	UACDisabled             = 0x2
	UACLockout              = 0x10 // computed, never stored
	UACNoPassword           = 0x20 // a password is not required
	UACCannotChange         = 0x40 // never stored by AD: the access list says it
	UACNormal               = 0x200
	UACDomainTrust          = 0x800
	UACWorkstation          = 0x1000
	UACServer               = 0x2000 // a domain controller
	UACNeverExpires         = 0x10000
	UACSmartcard            = 0x40000
	UACTrustedForDelegation = 0x80000
	UACPasswordExpired      = 0x800000 // computed, never stored

	// UACTrusts are the accounts of computers and of other domains.
	UACTrusts = UACDomainTrust | UACWorkstation | UACServer
	// UACComputed are worked out by the server.
	UACComputed = UACLockout | UACPasswordExpired
	// UACNoExpiry are the accounts whose password does not expire.
	UACNoExpiry = UACNeverExpires | UACSmartcard | UACTrusts
)

// AccountTypeMask has the bits of userAccountControl that say what kind of
// account it is: they are not a person's to change.
const AccountTypeMask int32 = 0x3B00

// MustChangeFlag is Adaxes' own bit of userAccountControl for "must change the
// password at the next logon" (official). The directory has no such bit: there
// pwdLastSet is 0.
const MustChangeFlag int32 = -1 << 31

// Bits of groupType (MS-ADTS 2.2.12).
const (
	GroupBuiltin   int32 = 0x1
	GroupGlobal    int32 = 0x2
	GroupLocal     int32 = 0x4
	GroupUniversal int32 = 0x8
	GroupSecurity  int32 = -1 << 31
	// GroupScopeMask has the three scopes.
	GroupScopeMask = GroupGlobal | GroupLocal | GroupUniversal
)

// Bits of systemFlags (MS-ADTS 2.2.10).
const (
	SystemConstructed int32 = 0x4 // of an attribute
	SystemNoMove      int32 = 0x04000000
	SystemNoRename    int32 = 0x08000000
	SystemNoDelete    int32 = -1 << 31
)

// GroupBits is the groupType of a group of a scope and a type; without them it
// is a global security group.
func GroupBits(scope GroupScope, kind GroupType) (bits int32, ok bool) {
	switch scope {
	case ScopeGlobal, "":
		bits = GroupGlobal
	case ScopeLocal:
		bits = GroupLocal
	case ScopeUniversal:
		bits = GroupUniversal
	default:
		return 0, false
	}
	switch kind {
	case TypeSecurity, "":
		return bits | GroupSecurity, true
	case TypeDistribution:
		return bits, true
	default:
		return 0, false
	}
}

// GroupOf is the scope and the type that a groupType stands for; the scope is ""
// where it names none.
func GroupOf(bits int32) (scope GroupScope, kind GroupType) {
	switch {
	case bits&GroupUniversal != 0:
		scope = ScopeUniversal
	case bits&GroupLocal != 0:
		scope = ScopeLocal
	case bits&GroupGlobal != 0:
		scope = ScopeGlobal
	}
	if bits&GroupSecurity != 0 {
		return scope, TypeSecurity
	}
	return scope, TypeDistribution
}

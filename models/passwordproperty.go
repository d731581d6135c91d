package models

import "strings"

// PasswordProperty reports whether a property holds a password, or what one can
// be made of: such are never shown, and never changed as properties, but by the
// setting of a password (names are those of Active Directory's schema and of
// Microsoft's LAPS).
func PasswordProperty(name string) bool {
	switch lower := strings.ToLower(name); lower {
	case "unicodepwd", "userpassword", "dbcspwd", "ntpwdhistory", "lmpwdhistory", "supplementalcredentials",
		"ms-mcs-admpwd", "unixuserpassword", "mssfu30password", "msds-managedpassword", "msds-managedpasswordpreviousid",
		"msds-managedpasswordid", "initialauthincoming", "initialauthoutgoing", "trustauthincoming", "trustauthoutgoing",
		"currentvalue", "priorvalue":
		return true
	default:
		return strings.HasPrefix(lower, "mslaps-") && strings.Contains(lower, "password") && lower != "mslaps-passwordexpirationtime"
	}
}

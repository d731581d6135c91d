package models

import (
	"testing"
)

func TestPasswordProperty(t *testing.T) {
	for name, want := range map[string]bool{
		"unicodePwd": true, "USERPASSWORD": true, "dBCSPwd": true, "ntPwdHistory": true, "lmPwdHistory": true,
		"supplementalCredentials": true, "ms-Mcs-AdmPwd": true, "msLAPS-Password": true, "msLAPS-EncryptedPassword": true,
		"msLAPS-EncryptedPasswordHistory": true, "msLAPS-EncryptedDSRMPassword": true,
		"pwdLastSet": false, "badPwdCount": false, "ms-Mcs-AdmPwdExpirationTime": false, "telephoneNumber": false,
		"msDS-UserPasswordExpiryTimeComputed": false, "msLAPS-PasswordExpirationTime": false, "": false,
	} {
		if PasswordProperty(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

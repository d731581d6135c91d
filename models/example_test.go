package models_test

import (
	"fmt"

	"dirdesk/models"
)

// A DN is compared as a directory compares it, and never taken apart by hand.
func ExampleDN() {
	sales := models.DN("OU=Sales,DC=example,DC=com")
	jane := sales.Child("CN", "Doe, Jane")
	fmt.Println(jane)
	fmt.Println(jane.RDN().Value)
	fmt.Println(jane.Parent() == sales, jane.IsBelow("DC=example,DC=com"))
	fmt.Println(jane.Equal(`cn=doe\2c jane,ou=SALES,dc=example,dc=com`))
	// Output:
	// CN=Doe\, Jane,OU=Sales,DC=example,DC=com
	// Doe, Jane
	// true true
	// true
}

// A number of flags is shown by name. A change of one flag is its bit in the
// value and in the mask, so that the others stay.
func ExampleFlagSet() {
	const disabledNeverExpires = 0x10202
	for _, flag := range models.FlagSet("userAccountControl") {
		if disabledNeverExpires&flag.Bit != 0 {
			fmt.Println(flag.Name)
		}
	}
	const disabled = 2
	fmt.Printf("%#x\n", models.WithMask(disabledNeverExpires, 0, disabled))
	// Output:
	// ACCOUNTDISABLE
	// NORMAL_ACCOUNT
	// DONT_EXPIRE_PASSWD
	// 0x10200
}

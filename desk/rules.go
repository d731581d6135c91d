package desk

import "dirdesk/models"

// CheckLogonName says what is wrong with a logon name; "" when nothing is.
func CheckLogonName(name string) string { return "" }

// CheckGroupName says what is wrong with a group's name; "" when nothing is.
func CheckGroupName(name string) string { return "" }

// CheckName says what is wrong with the name of an object in its container (an
// RDN's value); "" when nothing is.
func CheckName(name string) string { return "" }

// CheckField says what is wrong with a field's value; "" when nothing is.
func CheckField(field models.Field, value string) string { return "" }

// CheckNewUser says what is wrong with a new user, by field of models.NewUser
// ("LogonName"); an impossible combination is under the later of its fields.
func CheckNewUser(user models.NewUser) map[string]string { return nil }

// CheckNewGroup says what is wrong with a new group, by field of
// models.NewGroup.
func CheckNewGroup(group models.NewGroup) map[string]string { return nil }

// DeriveLogonName proposes a logon name: "jdoe" for John Doe.
func DeriveLogonName(first, last string) string { return "" }

package desk

import "dirdesk/models"

// MakePassword makes a password that can be read aloud and that the policy
// accepts. avoid are the names that must not be part of it.
func MakePassword(policy models.PasswordPolicy, avoid ...string) (models.Secret, error) {
	return models.Secret{}, errNotYet("make a password")
}

// Phonetic spells a secret, one word for each character: "Tango (capital)".
func Phonetic(s models.Secret) []string { return nil }

// CheckPassword says what the policy would not accept, one sentence for each
// fault; nil when it is fine or the policy is unknown. names are the account's:
// its logon name, then its display name.
func CheckPassword(policy models.PasswordPolicy, password models.Secret, names ...string) []string {
	return nil
}

package adaxes

import (
	"strings"

	"dirdesk/models"
)

// failureMeaning finds what kind of failure the words of a failed operation
// mean. Adaxes gives no code with them (official samples have words only), and a
// server speaks its administrator's language: so the numbers that Windows puts
// into its messages are looked for first, then words of Microsoft's English
// ones. Both are general facts of Windows; that Adaxes hands them through is
// inferred. Whatever is not known is models.ErrServer, with the words.
func failureMeaning(words string) meaning {
	low := strings.ToLower(words)
	for _, known := range failureSigns() {
		for _, sign := range known.signs {
			if strings.Contains(low, sign) {
				return known.means
			}
		}
	}
	return meaning{models.ErrServer, "Adaxes reports that it failed", "Read what the server says; it may be a rule of the directory or of Adaxes."}
}

// errNoMember is for an object that is not in the group that it was to leave.
var errNoMember = reason{"it is no member", models.ErrNotFound}

type failureSign struct {
	means meaning
	signs []string
}

func failureSigns() []failureSign {
	return []failureSign{
		{
			meaning{models.ErrNotEmpty, "there are objects in it", "Delete or move them first."},
			[]string{"0x80072015", "non-leaf", "not a leaf", "only on a leaf", "not empty", "child objects", "contains other objects"},
		},
		{
			meaning{models.ErrExists, "it exists already", "Choose another name."},
			[]string{"0x80071392", "0x80070524", "0x80070563", "0x80072071", "already exists", "already in use", "is not unique"},
		},
		{
			meaning{models.ErrExists, "it is a member already", "Nothing is to be done."},
			[]string{"0x80070562", "0x80070528", "already a member"},
		},
		{
			meaning{errNoMember, "it is no member", "Nothing is to be done."},
			[]string{"0x80070561", "0x80070529", "not a member"},
		},
		{
			meaning{models.ErrPolicy, "the password is against the domain's policy", "Choose a longer one with capitals, small letters, digits and other signs, which was not used before."},
			[]string{"0x800708c5", "password policy", "complexity", "password does not meet", "password history"},
		},
		{
			meaning{models.ErrDenied, "it is not allowed", "Ask for the right to do it in Adaxes, or in the directory for the service's own account."},
			[]string{"0x80070005", "0x80072098", "access is denied", "access denied", "insufficient access", "insufficient rights", "not authorized", "permission"},
		},
		{
			meaning{models.ErrNotFound, "there is no such object", "Refresh, and look where it is now."},
			[]string{"0x80072030", "no such object", "not found", "cannot be found", "does not exist", "could not be found"},
		},
		{
			meaning{models.ErrInvalid, "a value is not taken as valid", "Correct the value."},
			[]string{"0x8007200b", "0x80072014", "0x80072037", "0x8007202f", "invalid syntax", "attribute syntax", "naming violation", "not valid", "invalid"},
		},
		{
			meaning{models.ErrPolicy, "the directory refuses it by its rules", "Read what the server says."},
			[]string{"0x80072035", "unwilling to", "constraint", "policy", "rule-based", "canceled", "cancelled"},
		},
	}
}

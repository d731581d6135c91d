package models

import "strings"

// Descendant is an object that lies below another, of whatever class.
type Descendant struct {
	DN    DN     `json:"dn"`
	Class string `json:"class,omitempty"` // the directory's word: "user", "printQueue"
	GUID  string `json:"guid,omitempty"`
	SID   string `json:"-"` // "" for what can rule no domain
	// Protected says that its own access list denies its deletion to everyone.
	Protected bool `json:"-"`
}

// ClassWords name a class of objects for a person: "shared folder". The class is
// spelled as objectClass or as objectCategory has it: "printQueue", "Print-Queue".
func ClassWords(class string) string {
	switch strings.ToLower(strings.ReplaceAll(class, "-", "")) {
	case "user", "person":
		return Person.Label()
	case "organizationalunit":
		return OrganizationalUnit.Label()
	case "builtindomain":
		return BuiltinDomain.Label()
	case "":
		return Category("").Label()
	case "volume":
		return "shared folder"
	case "printqueue":
		return "printer"
	case "serviceconnectionpoint":
		return "service connection point"
	case "msfverecoveryinformation":
		return "BitLocker key"
	case "msdsdevice":
		return "device"
	case "msexchactivesyncdevice":
		return "mobile device"
	case "msexchactivesyncdevices": // the container of them
		return "mobile device list"
	default:
		return class
	}
}

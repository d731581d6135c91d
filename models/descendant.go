package models

// Descendant is an object that lies below another, of whatever class.
type Descendant struct {
	DN    DN     `json:"dn"`
	Class string `json:"class,omitempty"` // the directory's word: "user", "printQueue"
	GUID  string `json:"guid,omitempty"`
	// Protected says that its own access list denies its deletion to everyone.
	Protected bool `json:"-"`
}

// ClassWords name a class of objects for a person: "shared folder".
func ClassWords(class string) string {
	switch class {
	case "user":
		return Person.Label()
	case "volume":
		return "shared folder"
	case "printQueue":
		return "printer"
	case "serviceConnectionPoint":
		return "service connection point"
	case "msFVE-RecoveryInformation":
		return "BitLocker key"
	case "msDS-Device":
		return "device"
	case "msExchActiveSyncDevice":
		return "mobile device"
	case "msExchActiveSyncDevices": // the container of them
		return "mobile device list"
	case "contact":
		return class
	default:
		return Category(class).Label()
	}
}

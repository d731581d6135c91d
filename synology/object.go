package synology

import (
	"bytes"
	"encoding/json"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// decodeObject reads one object of a listing (docs/dsm.md section 7; the member
// names from a live sample); ok is false for what is none. It takes what it can:
// every member may be missing. One that is unknown, or known but of a form that
// cannot be read, is kept in Extra as it came.
func decodeObject(raw json.RawMessage) (o models.Object, ok bool) {
	if kind := first(raw); kind != '{' && kind != 'n' {
		return o, false
	}
	for name, value := range rawjson.Members(raw) {
		if takeMember(&o, name, value) {
			continue
		}
		if o.Extra == nil {
			o.Extra = make(map[string]json.RawMessage)
		}
		o.Extra[name] = bytes.Clone(value) // raw belongs to a whole page
	}
	if o.Name == "" {
		o.Name = o.DN.RDN().Value
	}
	return o, true
}

// takeMember puts a member where it belongs; false leaves it to Extra.
func takeMember(o *models.Object, name string, value json.RawMessage) bool {
	switch name {
	case "dn":
		return takeText((*string)(&o.DN), value)
	case "name":
		return takeText(&o.Name, value)
	case "objectCategory":
		return takeText((*string)(&o.Category), value)
	case "sAMAccountName":
		return takeText(&o.SAMAccountName, value)
	case "displayName":
		return takeText(&o.DisplayName, value)
	case "mail":
		return takeText(&o.Mail, value)
	case "description":
		return takeText(&o.Description, value)
	case "telephoneNumber":
		return takeText(&o.TelephoneNumber, value)
	case "physicalDeliveryOfficeName":
		return takeText(&o.Office, value)
	case "disabled":
		return takeFlag(&o.Disabled, value)
	case "locked":
		return takeFlag(&o.Locked, value)
	case "passwordExpired":
		return takeFlag(&o.PasswordExpired, value)
	case "deletable":
		return takeFlag(&o.Deletable, value)
	case "movable":
		return takeFlag(&o.Movable, value)
	case "renamable":
		return takeFlag(&o.Renamable, value)
	case "showInAdvancedViewOnly":
		return takeFlag(&o.AdvancedOnly, value)
	case "accountExpiryTime":
		n, ok := rawjson.Int(value)
		if ok {
			o.AccountExpiry = models.ExpiryFromUnix(n)
		}
		return ok || isNothing(value)
	case "primaryGroupToken":
		n, ok := rawjson.Int(value)
		if n != int64(int32(n)) {
			return false
		}
		o.PrimaryGroupToken = int(n)
		return ok || isNothing(value)
	}
	return false
}

// takeText reads a scalar; null is nothing said.
func takeText(into *string, value json.RawMessage) bool {
	switch first(value) {
	case '[', '{':
		return false
	}
	*into = rawjson.Scalar(value)
	return true
}

func takeFlag(into *models.Flag, value json.RawMessage) bool {
	*into = rawjson.Flag(value)
	return into.Known() || isNothing(value)
}

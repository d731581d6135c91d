package synology

import (
	"bytes"
	"encoding/json"
	"errors"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// wireObject is one object of a listing (docs/dsm.md section 7; the member names
// from a live sample).
type wireObject struct{ models.Object }

// UnmarshalJSON takes what it can: every member may be missing. One that is
// unknown, or known but of a form that cannot be read, is kept in Extra as it
// came.
func (w *wireObject) UnmarshalJSON(raw []byte) error {
	var o models.Object
	if kind := first(raw); kind != '{' && kind != 'n' {
		return errors.New("an object of a listing is no JSON object")
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
	w.Object = o
	return nil
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
		var n looseInt
		if !takeInt(&n, value) {
			return false
		}
		if n.known {
			o.AccountExpiry = models.ExpiryFromUnix(n.value)
		}
		return true
	case "primaryGroupToken":
		var n looseInt
		if !takeInt(&n, value) || n.value != int64(int32(n.value)) {
			return false
		}
		o.PrimaryGroupToken = int(n.value)
		return true
	}
	return false
}

// takeText reads a scalar; null is nothing said.
func takeText(into *string, value json.RawMessage) bool {
	switch first(value) {
	case '[', '{':
		return false
	}
	*into = textOf(value)
	return true
}

func takeFlag(into *models.Flag, value json.RawMessage) bool {
	var b looseBool
	b.read(value)
	*into = b.flag
	return b.flag.Known() || isNothing(value)
}

func takeInt(into *looseInt, value json.RawMessage) bool {
	into.read(value)
	return into.known || isNothing(value)
}

// isNothing reports null and the empty text.
func isNothing(value json.RawMessage) bool {
	return textOf(value) == "" && first(value) != '[' && first(value) != '{'
}

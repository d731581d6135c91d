package adaxes

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// asked are the properties that a request wants to see.
type asked struct {
	names []string
	photo bool
}

// wanted splits a comma list of names.
func wanted(list string) asked {
	var a asked
	for name := range strings.SplitSeq(list, ",") {
		if name != "" {
			a.names = append(a.names, name)
		}
	}
	return a
}

// show gives an object as the documents' samples do, in their order.
func (h *service) show(v directory.View, a asked) ordered {
	var o ordered
	add := func(name string, value any) { o = append(o, member{name, value}) }
	if v.IsAccount() {
		state := v.Object()
		add("accountStatus", accountStatus(state))
		add("passwordStatus", passwordStatus(v, state))
	}
	if v.IsA("group") {
		kind, scope := groupNumbers(v)
		add("groupType", kind)
		add("groupScope", scope)
		add("membershipType", 0)
	}
	if v.IsA("computer") {
		add("computerType", 0)
	}
	add("guid", v.GUID())
	add("dn", string(v.DN()))
	add("displayName", v.Name())
	add("objectType", v.Class())
	add("objectTypeCode", objectTypeCode(v.Class()))
	add("domainName", v.DN().Realm())
	add("directoryType", directoryTypeAD)
	if h.options.Member == memberM365 && v.Class() == "user" {
		add(memberM365, h.licences.of(v))
	}
	properties := ordered{}
	for _, name := range a.names {
		if m, ok := h.property(v, name); ok {
			properties = append(properties, m)
		}
	}
	if a.photo {
		if m, ok := h.property(v, "thumbnailPhoto"); ok {
			properties = append(properties, m)
		}
	}
	add("properties", properties)
	return o
}

// property gives one property that is set.
func (h *service) property(v directory.View, name string) (member, bool) {
	a, known := describe(name)
	if !known {
		return member{}, false
	}
	values := h.custom.of(v, name)
	return member{propertyKey(name, a.Name), shown(a, values)}, len(values) > 0
}

func accountStatus(o models.Object) ordered {
	var ends any
	if at, ok := o.AccountExpiry.Time(); ok {
		ends = at.UTC().Format(isoSeconds)
	}
	return ordered{
		{"isDisabled", o.Disabled == models.Yes}, {"isLocked", o.Locked == models.Yes}, {"expirationDate", ends},
	}
}

// passwordStatus tells when the password was set and when it expires.
func passwordStatus(v directory.View, o models.Object) ordered {
	var changed, ends any
	if !o.Account.PasswordSet.IsZero() {
		changed = sevenDigits(o.Account.PasswordSet)
	}
	status := passwordExpires
	if at, ok := o.Account.PasswordExpires.Time(); ok {
		ends = sevenDigits(at)
	} else if o.Account.PasswordExpires.IsNever() {
		status = passwordNeverExpires
	}
	return ordered{{"whenChanged", changed}, {"expirationStatus", status}, {"expirationDate", ends}}
}

// shownValue makes the JSON value of one of the directory's texts.
func shownValue(t models.PropertyType, text string) any {
	switch t {
	case models.Boolean:
		return text == "TRUE"
	case models.Integer:
		return json.Number(text)
	case models.LargeInteger:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n < exactInFloat && n > -exactInFloat {
			return json.Number(text)
		}
		return text
	case models.Timestamp:
		return moment(text)
	case models.UTCTime:
		if at, err := dirTime(text); err == nil {
			return at.Format(time.RFC3339)
		}
		return text
	default:
		return text
	}
}

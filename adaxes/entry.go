package adaxes

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"dirdesk/internal/allowance"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// entry is one object as the server tells it (docs/adaxes.md section 6).
type entry struct {
	dn          models.DN
	guid        string
	displayName string // by preset the value of the RDN, not the attribute
	objectType  string // class name: "user"
	domain      string // DNS name

	// members are all members but properties, by lower-cased name, as they came:
	// accountstatus, passwordstatus, grouptype, o365, ...
	members map[string]json.RawMessage
	// properties are those that were asked for, by lower-cased name.
	properties map[string]told
}

// told is one property of an entry. Values are raw JSON: strings, numbers or
// booleans (only strings were ever seen; the others are inferred).
type told struct {
	name   string // as the server spells it
	values []json.RawMessage
}

// getFor reads one object with the properties of those names; with none the server
// gives its default set. action is for errors, id a DN, GUID or SID.
// models.ErrNotFound when there is none, or none that this account may see.
func (r *reader) getFor(ctx context.Context, action, id string, properties ...string) (entry, error) {
	if strings.TrimSpace(id) == "" {
		return entry{}, invalid(action, r.base.Host, "no object is named", "Name the object.")
	}
	query := url.Values{"directoryObject": {id}}
	if len(properties) > 0 {
		query.Set("properties", strings.Join(properties, ","))
	}
	asked := reading(pathObjects, query, action, id)
	body, err := r.call(ctx, asked)
	if err != nil {
		return entry{}, err
	}
	e, ok := parseEntry(body)
	if !ok {
		return entry{}, r.notUnderstood(asked, body)
	}
	return e, nil
}

// mostValues is how many values of a property are taken.
const mostValues = 500_000

// parseEntry reads one object; ok is false for what is none.
func parseEntry(raw []byte) (entry, bool) {
	if !json.Valid(raw) {
		return entry{}, false
	}
	return entryOf(raw)
}

// entryOf is parseEntry for JSON that is known to be valid.
func entryOf(raw []byte) (entry, bool) {
	members := rawjson.ObjectOf(raw)
	e := entry{
		dn: models.DN(members.Text("dn")), guid: members.Text("guid"), displayName: members.Text("displayname"),
		objectType: members.Text("objecttype"), domain: members.Text("domainname"),
		properties: make(map[string]told),
	}
	for name, value := range rawjson.Members(members["properties"]) {
		var values []json.RawMessage
		switch {
		case rawjson.First(value) == '[':
			if values = rawjson.Most(value, mostValues); len(values) > mostValues {
				return e, false
			}
		case !rawjson.IsNull(value):
			values = []json.RawMessage{value} // always an array in the samples
		}
		e.properties[strings.ToLower(name)] = told{name, values}
	}
	delete(members, "properties")
	e.members = members
	return e, e.dn != "" || e.guid != ""
}

// text is the first value of a property; "" when there is none.
func (e entry) text(name string) string {
	for _, value := range e.properties[strings.ToLower(name)].values {
		return rawjson.Scalar(value)
	}
	return ""
}

// short is text for what shows one value.
func (e entry) short(name string) string { return allowance.Text(e.text(name)) }

// texts are all values of a property, as text.
func (e entry) texts(name string) []string {
	values := e.properties[strings.ToLower(name)].values
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = rawjson.Scalar(value)
	}
	return all
}

// bits is a property whose bits count; ok is false when it was not told.
func (e entry) bits(name string) (int32, bool) { return models.Bits(e.text(name)) }

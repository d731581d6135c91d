package adaxes

import (
	"encoding/json"
	"strings"
	"time"

	"dirdesk/models"
)

// Everything that docs/adaxes.md marks as inferred, or as seen in public clients
// only, and that this package relies on when it sends, or takes for granted when
// it reads, stands in this file: what turns out otherwise is mended here.

// tokenRequest is the body that asks for a token (a public client). Samples with
// a member "type" exist; it is left out.
func tokenRequest(id models.Secret) ([]byte, error) {
	return encode(struct {
		SessionID string `json:"sessionId"`
	}{id.Reveal()})
}

// tokenAnswer reads the token and its end (a public client).
func tokenAnswer(body []byte) (token string, expires time.Time, ok bool) {
	members, ok := membersOf(body)
	if !ok || members["token"] == nil {
		return "", time.Time{}, false
	}
	expires, _ = timeOf(textOf(members["expiresatutc"]))
	return textOf(members["token"]), expires, true
}

// changeWords reads changePasswordReason: 0 is nothing (official), 1 an expired
// password (the name is official, the number inferred); others were not seen.
func changeWords(raw json.RawMessage) string {
	switch n, ok := intOf(raw); {
	case !ok || n == 0:
		return ""
	case n == 1:
		return "the password of the account has expired and must be changed"
	default:
		return "the password of the account must be changed"
	}
}

// modelState reads the member of that name of an answer 400: for each member of
// the request what is wrong with it (ASP.NET's habit; not seen of Adaxes).
func modelState(raw json.RawMessage) (state map[string][]string, ok bool) {
	if first(raw) != '{' {
		return nil, false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil, false
	}
	state = make(map[string][]string, len(members))
	for name, value := range members {
		list, ok := elementsOf(value)
		if !ok {
			list = []json.RawMessage{value}
		}
		for _, element := range list {
			if text := textOf(element); text != "" {
				state[name] = append(state[name], text)
			}
		}
	}
	return state, len(state) > 0
}

// searchEntries reads the answer to a search: a bare array of objects (official
// for the members of groups; inferred for the search).
func searchEntries(body []byte) ([]json.RawMessage, bool) { return elementsOf(body) }

// operationID finds in an answer 202 by which name the operation can be asked
// for: a bare text, or an object with one member of such a name.
func operationID(body []byte) string {
	if id := textOf(body); id != "" {
		return id
	}
	members, ok := membersOf(body)
	if !ok {
		return ""
	}
	for _, name := range []string{"operationid", "id", "identifier"} {
		if id := textOf(members[name]); id != "" {
			return id
		}
	}
	return ""
}

// resultTypes are the numbers of resultType (official) by its names, should the
// server write those.
var resultNames = []string{"succeeded", "failed", "suspended"}

// messageNames are the names of messageType in the order of their numbers
// (official), should the server write those.
var messageNames = []string{
	"error", "warning", "information", "triggeredoperation", "approvalrequired", "failureaudit", "successaudit",
}

// Operators of criteria beside eq, gt and empty, which are official.
const (
	opEquals      = "eq"
	opContains    = "contains"
	opStartsWith  = "startsWith"
	opStartsNotBy = "notStartsWith"
)

// domainSearch looks for the domains that the service manages: all objects of
// the class domainDNS, below no base.
func domainSearch(limit int) searchBody {
	return searchBody{
		Criteria:  ofTypes([]string{classDomain}, nil),
		Select:    selection{strings.Join(domainProperties(), ",")},
		SizeLimit: limit,
	}
}

// domainProperties are asked for of a domain's head.
func domainProperties() []string { return []string{"name", "nETBIOSName", "msDS-PrincipalName"} }

// workgroupOf is the NetBIOS name of a domain's head: Windows computes
// msDS-PrincipalName, `EXAMPLE\` for it (MS-ADTS 3.1.1.4.5.27).
func workgroupOf(e entry) string {
	if name := e.text("nETBIOSName"); name != "" {
		return name
	}
	name, _, found := strings.Cut(e.text("msDS-PrincipalName"), `\`)
	if !found {
		return ""
	}
	return name
}

// controllerSearch looks for the domain controllers, in the OU that Windows keeps
// them in.
func controllerSearch(base models.DN, limit int) searchBody {
	return searchBody{
		BaseObject: string(base.Child("OU", "Domain Controllers")), OneLevel: true,
		Criteria: ofTypes([]string{classComputer}, nil), Select: selection{"name,dNSHostName"}, SizeLimit: limit,
	}
}

package adaxes

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// Everything that docs/adaxes.md marks as inferred, or as seen in public clients
// only, and that this package relies on when it sends, or takes for granted when
// it reads, stands in this file: what turns out otherwise is mended here. Guesses
// that are an order of code, or a table of their own, are noted where they stand
// and named here:
//
//   - call.go: that a request answered with 401 was not carried out
//     (section 1.5);
//   - explain.go: what the statuses mean that no page names (section 1.5);
//   - failure.go: that the words of a failed operation hold Windows' numbers
//     or English words (section 5.2);
//   - mover.go: that a container with objects in it is not to be deleted at all
//     (section 2.4);
//   - propertyencode.go: that strings of every kind are texts, a Boolean is a JSON
//     boolean and bytes are Base64 (section 3.3);
//   - entry.go: that values may come as numbers and booleans (section 6).

// tokenRequest is the body that asks for a token (a public client). Samples with
// a member "type" exist; it is left out.
func tokenRequest(id models.Secret) ([]byte, error) {
	return rawjson.Encode(struct {
		SessionID string `json:"sessionId"`
	}{id.Reveal()})
}

// tokenAnswer reads the token and its end (a public client).
func tokenAnswer(body []byte) (token string, expires time.Time, ok bool) {
	members, ok := rawjson.ParseObject(body)
	if !ok || members["token"] == nil {
		return "", time.Time{}, false
	}
	expires, _ = timeOf(members.Text("expiresatutc"))
	return members.Text("token"), expires, true
}

// changeWords reads changePasswordReason: 0 is nothing (official), 1 an expired
// password (the name is official, the number inferred); others were not seen.
func changeWords(raw json.RawMessage) string {
	switch n, ok := rawjson.Int(raw); {
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
	if rawjson.First(raw) != '{' {
		return nil, false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil, false
	}
	state = make(map[string][]string, len(members))
	for name, value := range members {
		list, ok := rawjson.ParseList(value)
		if !ok {
			list = []json.RawMessage{value}
		}
		for _, element := range list {
			if text := rawjson.Scalar(element); text != "" {
				state[name] = append(state[name], text)
			}
		}
	}
	return state, len(state) > 0
}

// operationID finds in an answer 202 by which name the operation can be asked
// for: a bare text, or an object with one member of such a name.
func operationID(body []byte) string {
	if id := rawjson.Scalar(body); id != "" {
		return id
	}
	members, ok := rawjson.ParseObject(body)
	if !ok {
		return ""
	}
	for _, name := range []string{"operationid", "id", "identifier"} {
		if id := rawjson.Scalar(members[name]); id != "" {
			return id
		}
	}
	return ""
}

// resultNames are the names of resultType in the order of their numbers
// (official), should the server write those.
func resultNames() []string { return []string{"succeeded", "failed", "suspended"} }

// messageNames are the names of messageType in the order of their numbers
// (official), should the server write those.
func messageNames() []string {
	return []string{"error", "warning", "information", "triggeredoperation", "approvalrequired", "failureaudit", "successaudit"}
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

// clearedPhoto is the property whose clearing takes a photo away: no page says
// how, and AD keeps photos there.
const clearedPhoto = "thumbnailPhoto"

func clearPhoto() models.PropertyChange {
	return models.PropertyChange{Name: clearedPhoto, Type: models.OctetString}
}

// photoOf reads a photo from the property that AD keeps it in: Base64, as it is
// written (the way to write it is official).
func photoOf(e entry) (photo []byte, ok bool) {
	text := e.text(clearedPhoto)
	photo, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	return photo, true
}

// largeNumber writes a number of 64 bits as a JSON number; digits in quotes may
// do as well.
func largeNumber(n int64) any { return json.Number(strconv.FormatInt(n, 10)) }

// accountMember tells from an object under which name the server takes a
// Microsoft 365 account: the one under which it tells of it. Without either it is
// the older one, which is the one of the document.
func accountMember(e entry) string {
	if _, ok := e.members[memberM365]; ok {
		return memberM365
	}
	return memberO365
}

// guessedType is a type for a property that is not known, by a value of it.
func guessedType(raw json.RawMessage) models.PropertyType {
	text := rawjson.Scalar(raw)
	_, isTime := timeOf(text)
	_, isDN := models.ParseDN(text)
	switch kind := rawjson.First(raw); {
	case kind == 't' || kind == 'f':
		return models.Boolean
	case kind != '"':
		if _, ok := models.Bits(text); ok {
			return models.Integer
		}
		return models.LargeInteger
	case isTime:
		return models.UTCTime
	case isDN == nil && models.DN(text).Realm() != "":
		return models.DNString
	default:
		return models.CaseIgnoreString
	}
}

// usualCap is the number of objects at which servers of 2021 end every search,
// and lists of members, without saying so (a vendor's answer).
const usualCap = 1000

// timeOf reads a time as the server writes them: ISO 8601 in UTC with up to
// seven digits after the second (official sample).
func timeOf(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// momentOf reads a Timestamp or UtcTime: ISO 8601, "Never", or a FILETIME as the
// directory has it. told is false for nothing; a moment that is told and never
// comes, or never was, is zero.
func momentOf(text string) (t time.Time, told bool) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, false
	}
	if strings.EqualFold(text, models.NeverText) {
		return time.Time{}, true
	}
	if f, ok := models.ParseFileTime(text); ok {
		return f.Time(), true
	}
	t, ok := timeOf(text)
	if !ok {
		return time.Time{}, false
	}
	if t.Year() <= 1601 || t.Year() >= 9999 { // FILETIME 0 and .NET's ends of time, written as dates
		return time.Time{}, true
	}
	return t, true
}

// passwordExpiry reads passwordStatus: expirationStatus 0 is a password that ends
// at expirationDate, 1 one that does not (read out of two official samples).
func passwordExpiry(status rawjson.Object) models.Expiry {
	n, ok := status.Int("expirationstatus")
	at, told := momentOf(status.Text("expirationdate"))
	switch {
	case told && !at.IsZero():
		return models.ExpiryAt(at)
	case ok && n == 1:
		return models.Never()
	default:
		return models.Expiry{}
	}
}

// sidText reads objectSid: "S-1-5-..." as it is, or the bytes in Base64.
func sidText(text string) string {
	if strings.HasPrefix(text, "S-1-") {
		return text
	}
	sid, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return ""
	}
	return models.SIDText(sid)
}

// nameProperty is the property that names a new object of a class: cn for people
// and groups (a public client), ou for units (inferred).
func nameProperty(class string) string {
	if class == classOU {
		return "ou"
	}
	return "cn"
}

// newPassword is a new account's password: a plain text in the property
// unicodePwd (a public client; the type is inferred).
func newPassword(password models.Secret) bodyProperty {
	return textProperty("unicodePwd", password.Reveal())
}

// newAccountBits is the userAccountControl of a new account. A sample has nothing
// but the bit of must-change in it (official), so the others are taken to be what
// they are in the directory.
func newAccountBits(user models.NewUser) int32 {
	bits := int32(models.UACNormal)
	for _, option := range []struct {
		wanted bool
		bit    int32
	}{
		{user.Disabled, models.UACDisabled},
		{user.CannotChange, models.UACCannotChange},
		{user.NeverExpires, models.UACNeverExpires},
		{user.MustChange, models.MustChangeFlag},
	} {
		if option.wanted {
			bits |= option.bit
		}
	}
	return bits
}

// nameIs compares a property that holds DNs.
func nameIs(property string, dn models.DN) simple {
	return simple{itemSimple, property, opEquals, []simpleValue{{models.DNString, string(dn)}}}
}

// numberIs compares a property with a number (inferred).
func numberIs(property string, number int) simple {
	return simple{itemSimple, property, opEquals, []simpleValue{{models.Integer, number}}}
}

// isUnauthenticated reports whether a server does not take the token (the code is a
// vendor's answer, the status inferred).
func isUnauthenticated(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.status == http.StatusUnauthorized
}

// isOldSearch reports whether an error is the answer of such a server: it knows
// the path, and not the verb (inferred from what ASP.NET does).
func isOldSearch(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.status == http.StatusMethodNotAllowed
}

// readLarge takes a number or digits in quotes; which of them the server wants is
// not told (inferred: both).
func readLarge(kind, text string) (value, words string) {
	if kind != "a number" && kind != "text" {
		return "", "must be a whole number, and is " + kind
	}
	number, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil:
		return strconv.FormatInt(number, 10), ""
	case kind == "a number" && !strings.ContainsAny(text, ".eE"):
		return "", text + " does not fit in signed 64 bits"
	default:
		return "", fmt.Sprintf("%q is no whole number of 64 bits", english.Short(text))
	}
}

// hoursLength is a week of hours, one bit each.
const hoursLength = 21

// readHours takes logon hours as AD has them, in Base64: their form was never seen
// (docs/adaxes.md section 4.4).
func readHours(text string) (value, words string) {
	data, words := decodeBase64(text)
	if words == "" && len(data) != hoursLength {
		words = fmt.Sprintf("logon hours are %d bytes in Base64, and these are %d", hoursLength, len(data))
	}
	return base64.StdEncoding.EncodeToString(data), words
}

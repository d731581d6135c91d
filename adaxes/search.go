package adaxes

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// Class names, as objectType has them (official, but for domainDNS, inferred).
const (
	classUser      = "user"
	classContact   = "contact"
	classGroup     = "group"
	classComputer  = "computer"
	classOU        = "organizationalUnit"
	classContainer = "container"
	classBuiltin   = "builtinDomain"
	classDomain    = "domainDNS"
)

// searchBody is the body of a search (official): without baseObject it looks
// through all domains.
type searchBody struct {
	BaseObject string    `json:"baseObject,omitempty"`
	OneLevel   bool      `json:"oneLevel,omitempty"`
	Criteria   *criteria `json:"criteria,omitempty"`
	Select     selection `json:"select"`
	SizeLimit  int       `json:"sizeLimit,omitempty"`
}

type selection struct {
	Properties string `json:"properties"`
}

type criteria struct {
	ObjectTypes []typeCriteria `json:"objectTypes"`
}

// typeCriteria is a condition on the objects of a class; of all when it is "".
type typeCriteria struct {
	Type  string `json:"type"`
	Items any    `json:"items"` // compound, or the empty object for no condition
}

// compound joins conditions: and, or or (official numbers).
type compound struct {
	Type            int   `json:"type"`
	LogicalOperator int   `json:"logicalOperator"`
	Items           []any `json:"items"`
}

// simple is one condition on one property (official).
type simple struct {
	Type     int           `json:"type"`
	Property string        `json:"property"`
	Operator string        `json:"operator"`
	Values   []simpleValue `json:"values"`
}

type simpleValue struct {
	Type  models.PropertyType `json:"type"`
	Value any                 `json:"value"`
}

// Numbers of the criteria (official).
const (
	itemSimple   = 0
	itemCompound = 1
	joinOr       = 0
	joinAnd      = 1
)

func anyOf(items ...any) compound { return compound{itemCompound, joinOr, items} }
func allOf(items ...any) compound { return compound{itemCompound, joinAnd, items} }

// textIs compares a property with a text by an operator.
func textIs(property, operator, text string) simple {
	return simple{itemSimple, property, operator, []simpleValue{{models.CaseExactString, text}}}
}

// ofTypes makes criteria of one condition on several classes; nil items for
// none. No classes mean all.
func ofTypes(classes []string, items any) *criteria {
	if items == nil {
		items = struct{}{}
	}
	if len(classes) == 0 {
		if items == (struct{}{}) {
			return nil
		}
		classes = []string{""}
	}
	c := &criteria{}
	for _, class := range classes {
		c.ObjectTypes = append(c.ObjectTypes, typeCriteria{class, items})
	}
	return c
}

// search runs one search and gives what the server gives. action and object are
// for errors.
func (r *reader) search(ctx context.Context, body searchBody, action, object string) ([]entry, error) {
	encoded, err := rawjson.Encode(body)
	if err != nil {
		return nil, invalid(action, object, "there are characters in it that are not UTF-8", "Type it anew.")
	}
	if r.oldSearch.Load() {
		return r.searchOld(ctx, body, action, object)
	}
	asked := request{verb: http.MethodPost, path: pathSearch, body: encoded, action: action, object: object, most: maxSearch}
	raw, err := r.call(ctx, asked)
	if isOldSearch(err) {
		found, oldErr := r.searchOld(ctx, body, action, object)
		if isOldSearch(oldErr) {
			return nil, err
		}
		r.oldSearch.Store(true)
		return found, oldErr
	}
	if err != nil {
		return nil, err
	}
	return r.entries(asked, raw)
}

// entries reads an array of objects.
func (r *reader) entries(asked request, raw []byte) ([]entry, error) {
	elements, ok := searchEntries(raw)
	if !ok {
		return nil, r.notUnderstood(asked, raw)
	}
	all := make([]entry, 0, len(elements))
	for _, element := range elements {
		e, ok := entryOf(element)
		if !ok {
			return nil, r.notUnderstood(asked, element)
		}
		all = append(all, e)
	}
	return all, nil
}

// nameOf is the object's own name: the property, else the RDN's value.
func nameOf(e entry) string {
	if name := e.text("name"); name != "" {
		return name
	}
	if name := e.dn.RDN().Value; name != "" {
		return name
	}
	return strings.TrimSpace(e.displayName)
}

// Servers before 2023 have no search by POST. They have one by GET with an LDAP
// filter, which the newer ones do not want any more (official).

// searchOld runs a search as servers before 2023 take it.
func (r *reader) searchOld(ctx context.Context, body searchBody, action, object string) ([]entry, error) {
	query := url.Values{"properties": {body.Select.Properties}}
	if body.BaseObject != "" {
		query.Set("baseObject", body.BaseObject)
		query.Set("oneLevel", strconv.FormatBool(body.OneLevel))
	}
	if body.SizeLimit > 0 {
		query.Set("sizeLimit", strconv.Itoa(body.SizeLimit))
	}
	if body.Criteria != nil {
		query.Set("filter", body.Criteria.filter())
	}
	asked := reading(pathSearch, query, action, object)
	asked.most = maxSearch
	raw, err := r.call(ctx, asked)
	if err != nil {
		return nil, err
	}
	return r.entries(asked, raw)
}

// filter writes criteria as an LDAP filter (RFC 4515).
func (c *criteria) filter() string {
	var parts []string
	for _, t := range c.ObjectTypes {
		class, items := classFilter(t.Type), itemFilter(t.Items)
		switch {
		case class == "" && items == "":
			parts = append(parts, "(objectClass=*)")
		case class == "" || items == "":
			parts = append(parts, class+items)
		default:
			parts = append(parts, "(&"+class+items+")")
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(|" + strings.Join(parts, "") + ")"
}

// classFilter finds objects of a class; a computer is a user too, by its class.
func classFilter(class string) string {
	switch class {
	case "":
		return ""
	case classUser:
		return "(&(objectClass=user)(!(objectClass=computer)))"
	default:
		return "(objectClass=" + escapeFilter(class) + ")"
	}
}

func itemFilter(item any) string {
	switch item := item.(type) {
	case compound:
		sign := "|"
		if item.LogicalOperator == joinAnd {
			sign = "&"
		}
		var parts strings.Builder
		for _, inner := range item.Items {
			parts.WriteString(itemFilter(inner))
		}
		return "(" + sign + parts.String() + ")"
	case simple:
		value := escapeFilter(fmt.Sprint(item.Values[0].Value))
		switch item.Operator {
		case opContains:
			value = "*" + value + "*"
		case opStartsWith, opStartsNotBy:
			value += "*"
		}
		out := "(" + item.Property + "=" + value + ")"
		if item.Operator == opStartsNotBy {
			return "(!" + out + ")"
		}
		return out
	default:
		return ""
	}
}

// escapeFilter writes what means something in a filter as \XX.
func escapeFilter(text string) string {
	var out strings.Builder
	for i := range len(text) {
		switch c := text[i]; c {
		case '(', ')', '*', '\\', 0:
			fmt.Fprintf(&out, `\%02x`, c)
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

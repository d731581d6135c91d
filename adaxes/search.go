package adaxes

import (
	"context"
	"net/http"
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

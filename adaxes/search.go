package adaxes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dirdesk/internal/allowance"
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

// search runs one search and gives what the server gives, for what does not bring much.
func (r *reader) search(ctx context.Context, body searchBody, action, object string) (all []entry, err error) {
	allowed := r.allowance()
	err = r.searchEach(ctx, body, action, object, func(e entry) error {
		all = append(all, e)
		return allowed.Take(entryCost)
	})
	return all, err
}

// entryCost is what keeping an entry takes at least, in bytes.
const entryCost = 1000

// allowance is what one answer may cost.
func (c *connection) allowance() allowance.Allowance {
	return allowance.Allowance{Rows: c.options.MaxRows}
}

// searchEach runs one search and hands on what comes, as it comes, up to the number
// that was asked for. action and object are for errors.
func (r *reader) searchEach(ctx context.Context, body searchBody, action, object string, each func(entry) error) error {
	encoded, err := rawjson.Encode(body)
	if err != nil {
		return invalid(action, object, "there are characters in it that are not UTF-8", "Type it anew.")
	}
	if r.oldSearch.Load() {
		return r.searchOld(ctx, body, action, object, each)
	}
	asked := request{verb: http.MethodPost, path: pathSearch, body: encoded, action: action, object: object}
	err = r.eachRow(ctx, asked, body.SizeLimit, each)
	if !isOldSearch(err) {
		return err
	}
	oldErr := r.searchOld(ctx, body, action, object, each)
	if isOldSearch(oldErr) {
		return err
	}
	r.oldSearch.Store(true)
	return oldErr
}

// mostRow is the longest object of a list, in bytes.
const mostRow = 1 << 20

// eachRow sends a request whose answer is an array of objects, and hands them on as
// they come: at most of them, or all when that is 0. What comes after those is not
// read.
func (c *connection) eachRow(ctx context.Context, r request, most int, each func(entry) error) error {
	r.rows = func(from io.Reader) error {
		var start bytes.Buffer // for the words of an error
		seen := io.TeeReader(from, &limitedWriter{&start, excerptLength})
		err := decodeRows(seen, most, each)
		if errors.Is(err, errOddRow) {
			_, _ = io.CopyN(io.Discard, seen, excerptLength) // shows whether it was cut
			return c.oddAnswer(r, start.Bytes())
		}
		return err
	}
	_, err := c.ask(ctx, r)
	return err
}

var errOddRow = errors.New("no array of objects")

// decodeRows reads an array of objects: a bare one (official for the members of
// groups; inferred for the search). The error is errOddRow for what is none, and that of
// each.
func decodeRows(from io.Reader, most int, each func(entry) error) error {
	part := &io.LimitedReader{R: from, N: mostRow}
	decoder := json.NewDecoder(part)
	if open, err := decoder.Token(); err != nil || open != json.Delim('[') {
		return errOddRow
	}
	for count := 0; decoder.More(); count++ {
		if most > 0 && count == most {
			return nil
		}
		var raw json.RawMessage
		if decoder.Decode(&raw) != nil {
			return errOddRow
		}
		e, ok := entryOf(raw)
		if !ok {
			return errOddRow
		}
		if err := each(e); err != nil {
			return err
		}
		part.N = mostRow
	}
	if _, err := decoder.Token(); err != nil || decoder.More() {
		return errOddRow
	}
	return nil
}

const excerptLength = 4 << 10

// limitedWriter keeps the beginning of what is written.
type limitedWriter struct {
	into *bytes.Buffer
	left int
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	keep := p[:min(len(p), l.left)]
	l.left -= len(keep)
	l.into.Write(keep)
	return len(p), nil
}

// nameOf is the object's own name: the property, else the RDN's value.
func nameOf(e entry) string {
	if name := e.short("name"); name != "" {
		return name
	}
	if name := e.dn.RDN().Value; name != "" {
		return name
	}
	return allowance.Text(strings.TrimSpace(e.displayName))
}

// Servers before 2023 have no search by POST. They have one by GET with an LDAP
// filter, which the newer ones do not want any more (official).

// searchOld runs a search as servers before 2023 take it.
func (r *reader) searchOld(ctx context.Context, body searchBody, action, object string, each func(entry) error) error {
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
	return r.eachRow(ctx, reading(pathSearch, query, action, object), body.SizeLimit, each)
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

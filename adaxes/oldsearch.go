package adaxes

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

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

package activedirectory

import (
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// categoryNames maps the name at the head of an objectCategory, a DN in the
// schema, to DSM's category. A category that DSM does not list is kept by its
// schema name.
var categoryNames = map[string]models.Category{
	"person":              models.Person,
	"group":               models.Group,
	"organizational-unit": models.OrganizationalUnit,
	"computer":            models.Computer,
	"container":           models.Container,
	"builtin-domain":      models.BuiltinDomain,
}

func categoryOf(a attributes) models.Category {
	name := models.DN(a.text("objectCategory")).RDN().Value
	if category, ok := categoryNames[strings.ToLower(name)]; ok {
		return category
	}
	return models.Category(name)
}

// categoryFilter makes the filter for a listing. DSM's six categories are the
// values of objectCategory under their class names, which AD accepts in a filter
// (MS-ADTS 3.1.1.3.1.3.5); by objectClass a computer would be a person too, and
// a group policy a container.
func categoryFilter(categories []models.Category) (string, error) {
	if len(categories) == 0 {
		categories = models.Categories()
	}
	var filter strings.Builder
	for _, category := range categories {
		if !knownCategory(category) {
			return "", &models.Error{
				Kind: models.ErrInvalid, Action: "list objects of the category", Object: string(category),
				Advice: "Choose among person, group, organizationalUnit, computer, container and builtinDomain.",
			}
		}
		filter.WriteString("(objectCategory=" + ldap.EscapeFilter(string(category)) + ")")
	}
	if len(categories) == 1 {
		return filter.String(), nil
	}
	return "(|" + filter.String() + ")", nil
}

func knownCategory(category models.Category) bool {
	for _, known := range models.Categories() {
		if known == category {
			return true
		}
	}
	return false
}

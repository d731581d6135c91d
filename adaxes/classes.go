package adaxes

import (
	"strings"

	"dirdesk/models"
)

// categoryOf names the kind of an object by its class. A contact is a person, as
// its objectCategory in the directory says; classes that are none of the six kept
// as they are.
func categoryOf(e entry) models.Category {
	for _, kind := range classCategories() {
		if strings.EqualFold(kind.class, e.objectType) {
			return kind.category
		}
	}
	return models.Category(e.objectType)
}

type classCategory struct {
	class    string
	category models.Category
}

func classCategories() []classCategory {
	return []classCategory{
		{classUser, models.Person},
		{classContact, models.Person},
		{"inetOrgPerson", models.Person},
		{classGroup, models.Group},
		{classComputer, models.Computer},
		{classOU, models.OrganizationalUnit},
		{classContainer, models.Container},
		{classBuiltin, models.BuiltinDomain},
	}
}

// searchClasses are the classes to ask for; none, for all, without categories.
func searchClasses(categories []models.Category) []string {
	var classes []string
	for _, category := range categories {
		known := false
		for _, kind := range classCategories() {
			if kind.category == category {
				classes = append(classes, kind.class)
				known = true
			}
		}
		if !known {
			classes = append(classes, string(category))
		}
	}
	return classes
}

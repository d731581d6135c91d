package adaxes

import (
	"regexp"
	"strings"
	"sync"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// customAttributes are the virtual properties that the service keeps by itself,
// adm-CustomAttributeText1 and the like: every object may have them, and the
// directory knows nothing of them. It is safe for use by several goroutines.
type customAttributes struct {
	mu     sync.Mutex
	byGUID map[string]map[string][]string // by the name in lower case
}

func newCustomAttributes() *customAttributes {
	return &customAttributes{byGUID: map[string]map[string][]string{}}
}

var customName = regexp.MustCompile(`(?i)^adm-CustomAttribute(Text|Date|Boolean|Integer|Binary|Object)(MultiValue)?[1-9][0-9]?$`)

// describe is directory.Describe for what the service keeps, too.
func describe(name string) (directory.Description, bool) {
	if isCustom(name) {
		return describeCustom(customName.FindStringSubmatch(name)), true
	}
	return directory.Describe(name)
}

func isCustom(name string) bool { return customName.MatchString(name) }

// of gives the values that an object has of a property.
func (a *customAttributes) of(v directory.View, name string) []string {
	if !isCustom(name) {
		return v.Values(name)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.byGUID[v.GUID()][strings.ToLower(name)]
}

// apply makes changes and reports whether anything differed.
func (a *customAttributes) apply(guid string, changes []models.PropertyChange) (changed bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range changes {
		key := strings.ToLower(c.Name)
		before := a.byGUID[guid][key]
		after := c.Apply(before)
		if a.byGUID[guid] == nil {
			a.byGUID[guid] = map[string][]string{}
		}
		a.byGUID[guid][key] = after
		changed = changed || !models.SameValues(models.CaseExactString, before, after)
	}
	return changed
}

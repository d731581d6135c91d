package models

import (
	"strings"

	"dirdesk/models/moment"
)

// dnType is the DN of an object of the directory.
type dnType struct{ unknownType }

func (dnType) name() string                     { return "DnString" }
func (dnType) words() string                    { return "name of an object" }
func (dnType) alike() PropertyType              { return CaseIgnoreString }
func (dnType) editor() Editor                   { return EditObject }
func (dnType) hint(string, moment.Clock) string { return "The DN of an object." }
func (dnType) same(a, b string) bool            { return DN(a).Equal(DN(b)) }

func (dnType) parse(_, text string, _ moment.Clock) (value, wrong string) {
	return strings.TrimSpace(text), ""
}

func (dnType) check(value string) string {
	if dn, err := ParseDN(value); err != nil || dn == "" {
		return misfit(DNString, value, "a DN, such as CN=Ann Smith,CN=Users,DC=example,DC=com")
	}
	return ""
}

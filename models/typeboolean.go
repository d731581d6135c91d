package models

import (
	"strings"
	"time"

	"dirdesk/models/moment"
)

// booleanType is yes or no, written TRUE and FALSE.
type booleanType struct{ unknownType }

func (booleanType) name() string                     { return "Boolean" }
func (booleanType) words() string                    { return "yes or no" }
func (booleanType) alike() PropertyType              { return Boolean }
func (booleanType) editor() Editor                   { return EditChoice }
func (booleanType) hint(string, moment.Clock) string { return "Yes or no." }

func (booleanType) parse(_, text string, _ moment.Clock) (value, wrong string) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "true", "on", "1":
		return "TRUE", ""
	case "no", "false", "off", "0":
		return "FALSE", ""
	default:
		return text, ""
	}
}

func (booleanType) check(value string) string {
	if value != "TRUE" && value != "FALSE" {
		return misfit(Boolean, value, "yes or no")
	}
	return ""
}

func (booleanType) format(_, value string, _ *time.Location) string {
	switch {
	case strings.EqualFold(value, "TRUE"):
		return "yes"
	case strings.EqualFold(value, "FALSE"):
		return "no"
	default:
		return value
	}
}

package desk

import (
	"fmt"
	"strings"

	"dirdesk/models"
)

// AssignmentKind is what a person wants done with a property.
type AssignmentKind uint8

// The kinds, as they are typed.
const (
	SetValue    AssignmentKind = iota // NAME=VALUE: this value, and no other; several gather
	AddValue                          // NAME+=VALUE
	TakeValue                         // NAME-=VALUE
	ClearValues                       // NAME=
	SwitchFlags                       // NAME:+FLAG,-FLAG
)

// Assignment is one change of a property as a person types it.
type Assignment struct {
	Name  string
	Kind  AssignmentKind
	Value string // as it was typed; of SetValue, AddValue and TakeValue
	Flags []FlagSwitch
	// File, when it is not nil, is the value in place of Value: the content of a
	// file. It becomes Base64 where bytes are wanted, else it is text.
	File []byte
}

// FlagSwitch switches one flag, by its name as it was typed.
type FlagSwitch struct {
	Flag string
	On   bool
}

// ParseAssignment reads NAME=VALUE, NAME+=VALUE, NAME-=VALUE, NAME= (which
// clears) or NAME:+FLAG,-FLAG. The error, models.ErrInvalid, says what is wrong.
// Whether there is such a property, and whether the value fits it, is found out
// later.
func ParseAssignment(text string) (Assignment, error) {
	text = strings.TrimLeft(text, " \t")
	end := strings.IndexFunc(text, func(r rune) bool { return !partOfName(r) })
	if end <= 0 {
		return Assignment{}, badAssignment(text, "it is not of the form NAME=VALUE, NAME+=VALUE, NAME-=VALUE, NAME= or NAME:+FLAG,-FLAG")
	}
	a := Assignment{Name: text[:end]}
	rest := text[end:]
	switch {
	case strings.HasPrefix(rest, "+="):
		a.Kind, a.Value = AddValue, rest[2:]
	case strings.HasPrefix(rest, "=") && strings.HasSuffix(a.Name, "-"):
		a.Kind, a.Name, a.Value = TakeValue, strings.TrimSuffix(a.Name, "-"), rest[1:]
	case rest == "=":
		a.Kind = ClearValues
	case strings.HasPrefix(rest, "="):
		a.Kind, a.Value = SetValue, rest[1:]
	case strings.HasPrefix(rest, ":"):
		a.Kind = SwitchFlags
		flags, words := parseSwitches(rest[1:])
		if words != "" {
			return Assignment{}, badAssignment(text, words)
		}
		a.Flags = flags
	default:
		return Assignment{}, badAssignment(text, fmt.Sprintf("after the name %s comes =, +=, -= or :", a.Name))
	}
	if words := checkPropertyName(a.Name); words != "" {
		return Assignment{}, badAssignment(text, words)
	}
	if (a.Kind == AddValue || a.Kind == TakeValue) && a.Value == "" {
		return Assignment{}, badAssignment(text, "a value is missing")
	}
	return a, nil
}

// parseSwitches reads +FLAG,-FLAG.
func parseSwitches(text string) (flags []FlagSwitch, words string) {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		flag := FlagSwitch{On: strings.HasPrefix(part, "+")}
		if !flag.On && !strings.HasPrefix(part, "-") {
			return nil, "before each flag stands + to switch it on or - to switch it off"
		}
		flag.Flag = strings.TrimSpace(part[1:])
		if flag.Flag == "" {
			return nil, "the name of a flag is missing"
		}
		flags = append(flags, flag)
	}
	return flags, ""
}

// checkPropertyName says what is wrong with the LDAP name of a property; ""
// when nothing is.
func checkPropertyName(name string) string {
	switch {
	case name == "":
		return "the name of the property is missing"
	case name[0] < 'A' || name[0] > 'z' || name[0] > 'Z' && name[0] < 'a':
		return "the name of a property begins with a letter"
	case strings.ContainsFunc(name, func(r rune) bool { return !partOfName(r) }):
		return "the name of a property has letters, digits and hyphens only"
	default:
		return ""
	}
}

func partOfName(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-'
}

func badAssignment(text, words string) error {
	return &models.Error{
		Kind: models.InWords(words, models.ErrInvalid), Action: "understand", Object: text,
		Advice: "Write for instance telephoneNumber=555-0100, otherTelephone+=555-0101, manager= or userAccountControl:-ACCOUNTDISABLE.",
	}
}

package desk

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// Assignments are what a person wants done with properties of one object.
type Assignments []Assignment

// Modification turns assignments into a change: each property's type is looked
// up, and the values are read by it, dates by the clock. Several values set, or
// added, to one property go together; flags of one property too. Errors are
// models.ErrInvalid, and what lookup gives.
func (a Assignments) Modification(lookup func(name string) (models.Property, error), clock moment.Clock) (models.Modification, error) {
	var m models.Modification
	for _, group := range a.byName() {
		p, err := lookup(group[0].Name)
		if err != nil {
			return models.Modification{}, err
		}
		change, err := changeOf(p, group, clock)
		if err != nil {
			return models.Modification{}, err
		}
		m.Properties = append(m.Properties, change)
	}
	return m, nil
}

// byName gathers the assignments to one property, in the order of the first.
func (a Assignments) byName() [][]Assignment {
	var groups [][]Assignment
	for _, one := range a {
		i := slices.IndexFunc(groups, func(g []Assignment) bool { return strings.EqualFold(g[0].Name, one.Name) })
		if i < 0 {
			groups = append(groups, []Assignment{one})
			continue
		}
		groups[i] = append(groups[i], one)
	}
	return groups
}

// changeOf makes one change of the assignments to one property.
func changeOf(p models.Property, group []Assignment, clock moment.Clock) (models.PropertyChange, error) {
	c := models.PropertyChange{Name: p.Name, Type: p.Type}
	if models.PasswordProperty(p.Name) {
		return c, invalidProperty(p.Name, english.Own(passwordAdvice))
	}
	kind := group[0].Kind
	for _, one := range group[1:] {
		if one.Kind != kind {
			return c, invalidProperty(p.Name, english.Own("it can be set, added to, taken from, cleared or switched, but not two of these at once"))
		}
	}
	switch kind {
	case ClearValues:
		return c, nil
	case SwitchFlags:
		var switches []FlagSwitch
		for _, one := range group {
			switches = append(switches, one.Flags...)
		}
		value, mask, err := MaskFor(p.Name, switches)
		c.Type, c.Masked, c.Mask, c.Values = models.Integer, true, mask, []string{decimal(value)}
		return c, err
	case AddValue:
		c.Operation = models.Append
	case TakeValue:
		c.Operation = models.Remove
	}
	if p.Multi == models.No && len(group) > 1 {
		return c, invalidProperty(p.Name, english.Own("it takes one value only"))
	}
	var objects []models.Ref
	for _, one := range group {
		value, err := one.value(p, clock)
		if err != nil {
			return c, err
		}
		objects = append(objects, models.Ref{DN: models.DN(value), GUID: one.GUID})
	}
	c.Values, c.GUIDs = apart(objects)
	return c, nil
}

// value is the one value of an assignment in the form of models.Property.
func (a Assignment) value(p models.Property, clock moment.Clock) (string, error) {
	text := a.Value
	switch {
	case a.File != nil && p.Type.IsBytes():
		text = base64.StdEncoding.EncodeToString(a.File)
	case a.File != nil:
		text = strings.TrimRight(string(a.File), "\r\n")
	}
	value, wrong := p.Type.Parse(p.Name, text, clock)
	if wrong != "" {
		return "", invalidProperty(p.Name, english.Own(wrong))
	}
	return value, nil
}

// Assign turns what a person typed into a change of one object's properties:
// it reads what the object has and, of what it has not, what the schema says.
// Times are read in the local zone.
func (d *directory) Assign(ctx context.Context, o models.Object, a Assignments) (models.Modification, error) {
	sheet, err := d.Properties(ctx, o.Ref())
	if err != nil {
		return models.Modification{}, err
	}
	category := o.Category
	if category == "" {
		category = sheet.Category
	}
	return a.Modification(func(name string) (models.Property, error) {
		if models.PasswordProperty(name) {
			return models.Property{}, invalidProperty(name, english.Own(passwordAdvice))
		}
		if p, ok := sheet.Property(name); ok {
			return p, nil
		}
		p, err := d.Property(ctx, name, category)
		if errors.Is(err, models.ErrNotFound) {
			return p, invalidProperty(name, english.Own("this connection knows no property of that name"))
		}
		return p, err
	}, moment.Clock{Now: d.options.Now(), Zone: time.Local})
}

const passwordAdvice = `a password is set as such ("dirdesk user passwd"), and never as a property`

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
	// GUID is of the object that Value names by its DN; "" where it is not known.
	GUID string
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

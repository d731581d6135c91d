package desk

import (
	"fmt"
	"strconv"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// maskWords are the number and the mask that go to the server for a masked
// change: "(value 65536, mask -2147418110)".
func maskWords(value, mask int32) string { return fmt.Sprintf("(value %d, mask %d)", value, mask) }

// lines say what a change of properties changes.
func (modification) lines(s Step) []Line {
	m := s.Change.Modification
	if m == nil {
		return nil
	}
	var all []Line
	for i, p := range m.Properties {
		var known knownProperty
		if i < len(s.properties) {
			known = s.properties[i]
		}
		all = append(all, propertyLine(p, known.multi))
	}
	for _, l := range m.Licences {
		line := Line{Label: "licence " + l.SKU, Before: notKnown, After: assignedWords(l.Assigned)}
		if s.licences != nil {
			line.Before = assignedWords(s.licences[strings.ToLower(l.SKU)])
		}
		all = append(all, line)
	}
	for _, o := range m.Others {
		all = append(all, Line{Label: o.Path, Before: notKnown, After: o.Text + "  (sent as written)"})
	}
	if m.PhotoSet {
		line := Line{Label: "photo", Before: notKnown, After: photoWords(len(m.Photo))}
		if s.photoKnown {
			line.Before = photoWords(len(s.photo))
		}
		all = append(all, line)
	}
	return all
}

// propertyLine says one change of a property, before and after, with its
// operation, or the number and the mask that are sent. multi is whether it may
// have several values.
func propertyLine(p models.PropertyChange, multi models.Flag) Line {
	line := Line{Label: p.Name, Before: notKnown}
	if p.BeforeKnown {
		line.Before = saidAll(p.Type, p.Name, p.Before)
	}
	if p.Masked {
		line.After = maskedWords(p)
		return line
	}
	given := saidAll(p.Type, p.Name, p.Values)
	switch {
	case p.Operation == models.Replace && len(p.Values) == 0:
		line.After = ""
	case p.Operation == models.Replace:
		line.After = saidAll(p.Type, p.Name, expectedOf(p))
		if multi == models.Yes {
			line.After += "  (replace all)"
		}
		if models.FlagSet(p.Name) != nil && len(p.Values) == 1 {
			line.After += fmt.Sprintf("  (value %s, no mask)", p.Values[0])
		}
	case !p.BeforeKnown:
		line.After = strings.ToLower(p.Operation.Name()) + " " + given
	default:
		line.After = strings.TrimSpace(saidAll(p.Type, p.Name, expectedOf(p)) + "  (" + strings.ToLower(p.Operation.Name()) + " " + given + ")")
	}
	return line
}

func maskedWords(p models.PropertyChange) string {
	value := firstBits(p.Values)
	after := switchedWords(p.Name, value, p.Mask, nil)
	if p.BeforeKnown {
		after = saidAll(models.Integer, p.Name, expectedOf(p))
	}
	return strings.TrimSpace(after + "  " + maskWords(value, p.Mask))
}

// switchedWords say which flags a masked change switches, as far as they were
// not so before: "disabled off, password never expires on".
func switchedWords(name string, value, mask int32, before []string) string {
	old := ^value
	if len(before) == 1 {
		old, _ = models.Bits(before[0])
	}
	var words []string
	for _, f := range models.FlagSet(name) {
		switch {
		case mask&f.Bit == 0 || value&f.Bit == old&f.Bit:
		case value&f.Bit != 0:
			words = append(words, f.Words+" on")
		default:
			words = append(words, f.Words+" off")
		}
	}
	if len(words) == 0 {
		return strconv.FormatInt(int64(value&mask), 10)
	}
	return strings.Join(words, ", ")
}

func assignedWords(assigned bool) string {
	if assigned {
		return "assigned"
	}
	return "not assigned"
}

func photoWords(size int) string {
	if size == 0 {
		return "none"
	}
	return english.Size(size)
}

func (modification) title(s Step) string {
	m, name := s.Change.Modification, s.name()
	if m == nil {
		return "modify " + name
	}
	parts := len(m.Properties) + len(m.Licences)
	switch {
	case m.PhotoSet && parts > 0 || !m.PhotoSet && parts != 1:
		return "modify " + name
	case m.PhotoSet && len(m.Photo) == 0:
		return "clear the photo of " + name
	case m.PhotoSet:
		return "set the photo of " + name
	case len(m.Licences) == 1 && m.Licences[0].Assigned:
		return "assign " + english.Quoted(m.Licences[0].SKU) + " to " + name
	case len(m.Licences) == 1:
		return "revoke " + english.Quoted(m.Licences[0].SKU) + " of " + name
	case newNameOf(m) != "":
		return "rename " + s.name("to", english.Quoted(newNameOf(m)))
	default:
		return "modify " + m.Properties[0].Name + " of " + name
	}
}

package dsm

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
)

// input reads the parameters of one call and remembers the first thing that is
// wrong with them: 114 for a missing one, 120 for one of the wrong type.
type input struct {
	parameters
	failure *failure
}

func (in *input) reject(f *failure) {
	if in.failure == nil {
		in.failure = f
	}
}

// get finds a parameter that may be missing unless it is required. JSON's null
// is as good as missing for one that need not be there.
func (in *input) get(name string, required bool) (any, bool) {
	v, ok := in.lookup(name)
	if !ok {
		if required {
			in.reject(missing(name))
		}
		return nil, false
	}
	if v.decoded == nil && !required {
		return nil, false
	}
	if v.bare && in.strict {
		in.reject(badParameter(name, reasonType))
		return nil, false
	}
	return v.decoded, true
}

// text reads a required string.
func (in *input) text(name string) string {
	v, ok := in.get(name, true)
	if !ok {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		in.reject(badParameter(name, reasonType))
	}
	return s
}

// word reads one of a few words, quoted or not even in strict mode; the first
// is the preset. Another word is a bad condition.
func (in *input) word(name string, words ...string) string {
	text := words[0]
	if v, ok := in.lookup(name); ok {
		s, isText := v.decoded.(string)
		if !isText {
			in.reject(badParameter(name, reasonType))
			return text
		}
		text = unquote(s)
	}
	if !slices.Contains(words, text) {
		in.reject(badParameter(name, reasonCondition))
	}
	return text
}

// integer reads an optional whole number between lowest and the largest int.
func (in *input) integer(name string, preset, lowest int) int {
	v, ok := in.get(name, false)
	if !ok {
		return preset
	}
	number, ok := v.(json.Number)
	if !ok {
		in.reject(badParameter(name, reasonType))
		return preset
	}
	n, ok := wholeNumber(number)
	if !ok {
		in.reject(badParameter(name, reasonType))
		return preset
	}
	if n < lowest {
		in.reject(badParameter(name, reasonCondition))
		return preset
	}
	return n
}

// wholeNumber accepts 40, and 4e1 and 40.0 as well.
func wholeNumber(number json.Number) (int, bool) {
	if n, err := strconv.Atoi(number.String()); err == nil {
		return n, true
	}
	f, err := number.Float64()
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int(f), true
}

// flag reads an optional true or false.
func (in *input) flag(name string, preset bool) bool {
	v, ok := in.get(name, false)
	if !ok {
		return preset
	}
	b, ok := v.(bool)
	if !ok {
		in.reject(badParameter(name, reasonType))
		return preset
	}
	return b
}

// texts reads an optional array of strings; nil when it was not sent.
func (in *input) texts(name string) []string {
	v, ok := in.get(name, false)
	if !ok {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		in.reject(badParameter(name, reasonType))
		return nil
	}
	texts := make([]string, 0, len(list))
	for _, item := range list {
		s, ok := item.(string)
		if !ok {
			in.reject(badParameter(name, reasonType))
			return nil
		}
		texts = append(texts, s)
	}
	return texts
}

// plain reads a parameter of an API whose values are plain texts; "" when it
// was not sent.
func (in *input) plain(name string) string {
	v, ok := in.lookup(name)
	if !ok {
		return ""
	}
	if s, ok := v.decoded.(string); ok {
		return s
	}
	if in.native != nil {
		return string(in.native[name])
	}
	return ""
}

// optionalText reads a string that need not be there.
func (in *input) optionalText(name string) string {
	v, ok := in.get(name, false)
	if !ok {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		in.reject(badParameter(name, reasonType))
	}
	return s
}

// notEmpty refuses an empty text where there must be one.
func (in *input) notEmpty(name, text string) {
	if text == "" {
		in.reject(badParameter(name, reasonCondition))
	}
}

// requiredTexts reads an array of at least one string.
func (in *input) requiredTexts(name string) []string {
	if _, ok := in.get(name, true); !ok {
		return nil
	}
	texts := in.texts(name)
	if len(texts) == 0 {
		in.reject(badParameter(name, reasonCondition))
	}
	return texts
}

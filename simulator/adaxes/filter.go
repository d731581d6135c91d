package adaxes

import (
	"encoding/hex"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// oldFilter reads the filter of the search of 2021: an LDAP filter (RFC 4515) or
// one of two words.
func oldFilter(text string) (test, *failure) {
	switch strings.ToLower(text) {
	case "":
		return always, nil
	case "lockedoutaccounts":
		return func(v directory.View) bool { return v.IsAccount() && v.Object().Locked == models.Yes }, nil
	case "totpenrolledaccounts":
		return func(directory.View) bool { return false }, nil
	}
	p := &filterParser{rest: text}
	t := p.filter(0)
	if p.fault != "" || p.rest != "" {
		return nil, badMember("filter", "The search filter '%s' is not valid.", text)
	}
	return t, nil
}

// filterParser takes a filter apart from its start; after a fault what it gives
// means nothing.
type filterParser struct {
	rest  string
	fault string
}

func (p *filterParser) fail(words string) test {
	if p.fault == "" {
		p.fault = words
	}
	return always
}

func (p *filterParser) take(prefix string) bool {
	rest, ok := strings.CutPrefix(p.rest, prefix)
	if ok {
		p.rest = rest
	}
	return ok
}

// filter reads "(" ... ")".
func (p *filterParser) filter(depth int) test {
	if depth > deepest || !p.take("(") {
		return p.fail("( expected")
	}
	var t test
	switch {
	case p.take("&"):
		t = allOf(p.filters(depth))
	case p.take("|"):
		tests := p.filters(depth)
		t = func(v directory.View) bool { return len(tests) > 0 && anyOf(tests)(v) }
	case p.take("!"):
		inner := p.filter(depth + 1)
		t = func(v directory.View) bool { return !inner(v) }
	default:
		t = p.item()
	}
	if !p.take(")") {
		return p.fail(") expected")
	}
	return t
}

func (p *filterParser) filters(depth int) []test {
	var tests []test
	for strings.HasPrefix(p.rest, "(") && p.fault == "" {
		tests = append(tests, p.filter(depth+1))
	}
	return tests
}

// item reads attribute, operator and value.
func (p *filterParser) item() test {
	end := strings.IndexByte(p.rest, ')')
	if end < 0 {
		return p.fail(") expected")
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	name, value, found := strings.Cut(text, "=")
	if !found || name == "" {
		return p.fail("= expected")
	}
	operator := "="
	if last := name[len(name)-1]; last == '>' || last == '<' || last == '~' || last == ':' {
		name, operator = name[:len(name)-1], string(last)+"="
	}
	if operator == ":=" {
		return p.bits(name, value)
	}
	return p.compare(name, operator, value)
}

// bits are the rules for bits that AD has: all of them, or any.
func (p *filterParser) bits(name, value string) test {
	name, rule, _ := strings.Cut(name, ":")
	wanted, ok := models.Bits(value)
	all := rule == "1.2.840.113556.1.4.803"
	if !ok || !all && rule != "1.2.840.113556.1.4.804" {
		return p.fail("no such rule")
	}
	return func(v directory.View) bool {
		for _, text := range v.Values(name) {
			bits, ok := models.Bits(text)
			if ok && (all && bits&wanted == wanted || !all && bits&wanted != 0) {
				return true
			}
		}
		return false
	}
}

func (p *filterParser) compare(name, operator, value string) test {
	switch {
	case operator == "=" && value == "*":
		return func(v directory.View) bool { return len(v.Values(name)) > 0 }
	case operator == "=" && strings.Contains(value, "*"):
		return p.pattern(name, strings.Split(value, "*"))
	}
	word := map[string]string{"=": "eq", "~=": "eq", ">=": "ge", "<=": "le"}[operator]
	c := criterion{text: p.unescape(value)}
	hit, _ := comparison(word)
	return func(v directory.View) bool { return hit((*customAttributes)(nil).subject(v, name), c) }
}

// pattern is a value with stars; parts stand between them.
func (p *filterParser) pattern(name string, parts []string) test {
	for i := range parts {
		parts[i] = strings.ToLower(p.unescape(parts[i]))
	}
	last := len(parts) - 1
	fits := func(value string) bool {
		rest, ok := strings.CutPrefix(strings.ToLower(value), parts[0])
		for _, part := range parts[1:last] {
			i := strings.Index(rest, part)
			if !ok || i < 0 {
				return false
			}
			rest = rest[i+len(part):]
		}
		return ok && strings.HasSuffix(rest, parts[last])
	}
	return func(v directory.View) bool {
		for _, value := range v.Values(name) {
			if fits(value) {
				return true
			}
		}
		return false
	}
}

// unescape resolves \XX.
func (p *filterParser) unescape(value string) string {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			b.WriteByte(value[i])
			continue
		}
		var one [1]byte
		if i+3 > len(value) {
			p.fail("bad escape")
			return ""
		}
		if _, err := hex.Decode(one[:], []byte(value[i+1:i+3])); err != nil {
			p.fail("bad escape")
			return ""
		}
		b.WriteByte(one[0])
		i += 2
	}
	return b.String()
}

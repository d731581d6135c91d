package filter

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"dirdesk/desk/fold"
	"dirdesk/models/moment"
)

// token is a piece of what was typed: a parenthesis, a word, or a condition.
type token struct {
	kind     tokenKind
	name     string // of the column
	operator string
	value    string // the word, or the condition's value
	quoted   bool   // the word stood in quotes: it is never "and"
}

type tokenKind uint8

const (
	aWord tokenKind = iota
	aCondition
	opens
	closes
)

// operators are in the order of looking: the longer first.
var operators = []string{"!=", ":", "=", "<", ">"}

// split takes what was typed apart.
func split(text string) ([]token, error) {
	var tokens []token
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimLeftFunc(rest, unicode.IsSpace) {
		switch rest[0] {
		case '(':
			tokens, rest = append(tokens, token{kind: opens}), rest[1:]
			continue
		case ')':
			tokens, rest = append(tokens, token{kind: closes}), rest[1:]
			continue
		}
		t := token{}
		name, after := nameOf(rest)
		for _, operator := range operators {
			if value, found := strings.CutPrefix(after, operator); found && name != "" {
				t.kind, t.name, t.operator, rest = aCondition, name, operator, value
				break
			}
		}
		var err error
		t.quoted = strings.HasPrefix(rest, `"`)
		if t.value, rest, err = valueOf(rest); err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
	}
	return tokens, nil
}

// nameOf is what a column can be called, at the start of a text.
func nameOf(text string) (name, rest string) {
	i := strings.IndexFunc(text, func(r rune) bool { return r != '-' && r != '_' && !unicode.IsLetter(r) })
	if i < 0 {
		return "", text
	}
	return text[:i], text[i:]
}

// valueOf is a text up to a blank or a parenthesis that closes, or what stands in
// quotes. A quote within quotes is written twice.
func valueOf(text string) (value, rest string, err error) {
	quoted, found := strings.CutPrefix(text, `"`)
	if !found {
		end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ')' })
		if end < 0 {
			end = len(text)
		}
		return text[:end], text[end:], nil
	}
	var b strings.Builder
	for {
		part, after, closed := strings.Cut(quoted, `"`)
		if !closed {
			return "", "", errors.New(`a closing " is missing`)
		}
		b.WriteString(part)
		if quoted, found = strings.CutPrefix(after, `"`); !found {
			return b.String(), after, nil
		}
		b.WriteByte('"')
	}
}

// parser reads tokens: alternatives of conjunctions of what may be turned round.
type parser struct {
	tokens []token
	clock  moment.Clock
	depth  int
}

// mostDepth is how many parentheses may be open and words turned round at once.
const mostDepth = 50

var errTooDeep = fmt.Errorf("more than %d conditions lie within each other", mostDepth)

// any reads alternatives. Nothing at all gives nil: everything fits.
func (p *parser) any() (node, error) {
	alternatives := []node{}
	for {
		n, err := p.conjunction()
		if err != nil {
			return nil, err
		}
		if n == nil {
			break
		}
		alternatives = append(alternatives, n)
		if !p.joins("or") {
			break
		}
		p.tokens = p.tokens[1:]
	}
	switch {
	case len(p.tokens) > 0 && p.depth == 0:
		return nil, errors.New("a ) has no ( before it; put quotes around a text that has one")
	case len(alternatives) == 0:
		return nil, nil //nolint:nilnil // nothing was typed
	}
	return either(alternatives), nil
}

// joins reports whether the next token is this word between two others. At the end,
// it is a word like others: somebody is typing a name.
func (p *parser) joins(spelled string) bool {
	return len(p.tokens) > 1 && p.tokens[0].is(spelled) && p.tokens[1].kind != closes
}

func (t token) is(spelled string) bool {
	return t.kind == aWord && !t.quoted && strings.EqualFold(t.value, spelled)
}

// conjunction reads what must hold together, up to an "or" or a parenthesis; nil is
// nothing.
func (p *parser) conjunction() (node, error) {
	var nodes all
	for len(p.tokens) > 0 && p.tokens[0].kind != closes && (len(nodes) == 0 || !p.joins("or")) {
		if len(nodes) > 0 && p.joins("and") {
			p.tokens = p.tokens[1:]
		}
		n, err := p.one()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	switch len(nodes) {
	case 0:
		return nil, nil //nolint:nilnil // nothing is there
	case 1:
		return nodes[0], nil
	default:
		return nodes, nil
	}
}

func (p *parser) one() (node, error) {
	t := p.tokens[0]
	if p.joins("not") {
		p.tokens = p.tokens[1:]
		if p.depth++; p.depth > mostDepth {
			return nil, errTooDeep
		}
		n, err := p.one()
		p.depth--
		if err != nil {
			return nil, err
		}
		return not{n}, nil
	}
	p.tokens = p.tokens[1:]
	switch t.kind {
	case opens:
		return p.group()
	case aCondition:
		return readCondition(t, p.clock)
	default:
		return word(fold.Append(nil, t.value)), nil
	}
}

func (p *parser) group() (node, error) {
	if p.depth++; p.depth > mostDepth {
		return nil, errTooDeep
	}
	n, err := p.any()
	p.depth--
	switch {
	case err != nil:
		return nil, err
	case len(p.tokens) == 0:
		return nil, errors.New(`a ) is missing; put quotes around a text that has a (`)
	case n == nil:
		return nil, errors.New("nothing is between ( and )")
	}
	p.tokens = p.tokens[1:]
	return n, nil
}

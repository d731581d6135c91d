package adaxes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how deep a request may nest. The document's deepest is 4.
const maxDepth = 32

// nodeKind is what a JSON value is, in words for a person.
type nodeKind string

const (
	objectNode nodeKind = "an object"
	listNode   nodeKind = "a list"
	stringNode nodeKind = "text"
	numberNode nodeKind = "a number"
	boolNode   nodeKind = "true or false"
	nullNode   nodeKind = "null"
)

// node is a JSON value that has kept what a map forgets: the order of members,
// and numbers as they are written.
type node struct {
	kind     nodeKind
	text     string // of a string; of a number as it is written
	yes      bool   // of true
	members  []namedNode
	elements []node
}

type namedNode struct {
	name  string
	value node
}

func (n node) member(name string) (node, bool) {
	i := slices.IndexFunc(n.members, func(m namedNode) bool { return m.name == name })
	if i < 0 {
		return node{}, false
	}
	return n.members[i].value, true
}

// parser turns the tokens of a body into nodes.
type parser struct {
	body    []byte
	decoder *json.Decoder
	twice   Problems // members that are given twice
}

// parseBody reads the one JSON value that a body must be. Without problems but
// members that are given twice, the value is whole.
func parseBody(body []byte) (node, Problems) {
	switch {
	case len(body) > maxRequest:
		return node{}, unreadable("the request is larger than %d MB", maxRequest>>20)
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return node{}, unreadable("the request begins with a byte order mark; save it as UTF-8 without one")
	case !utf8.Valid(body):
		return node{}, unreadable("the request is not UTF-8")
	case len(bytes.TrimSpace(body)) == 0:
		return node{}, unreadable("the request is empty")
	}
	p := parser{body: body, decoder: json.NewDecoder(bytes.NewReader(body))}
	p.decoder.UseNumber()
	root, problem := p.value("", 0)
	if problem != nil {
		return node{}, Problems{*problem}
	}
	rest := bytes.TrimSpace(body[p.decoder.InputOffset():])
	if len(rest) > 0 {
		end := bytes.LastIndex(body, rest)
		return node{}, unreadable("there is more text after the request, at %s", p.place(int64(end)))
	}
	return root, p.twice
}

func unreadable(format string, values ...any) Problems {
	return Problems{{Words: fmt.Sprintf(format, values...)}}
}

func (p *parser) value(path string, depth int) (node, *Problem) {
	if depth > maxDepth {
		return node{}, &Problem{Path: path, Words: fmt.Sprintf("nested more than %d deep", maxDepth)}
	}
	from := p.decoder.InputOffset()
	token, err := p.decoder.Token()
	if err != nil {
		return node{}, p.syntax(err)
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return p.object(path, depth)
		}
		return p.list(path, depth)
	case string:
		if !pairedSurrogates(p.body[from:p.decoder.InputOffset()]) {
			return node{}, &Problem{Path: path, Words: `a \u escape is half of a character`}
		}
		return node{kind: stringNode, text: t}, nil
	case json.Number:
		return node{kind: numberNode, text: t.String()}, nil
	case bool:
		return node{kind: boolNode, yes: t}, nil
	default:
		return node{kind: nullNode}, nil
	}
}

func (p *parser) object(path string, depth int) (node, *Problem) {
	n := node{kind: objectNode}
	seen := map[string]bool{}
	for p.decoder.More() {
		name, problem := p.value(path, depth+1)
		if problem != nil {
			return node{}, problem
		}
		within := join(path, name.text)
		if seen[name.text] {
			p.twice = append(p.twice, Problem{Path: within, Words: "given twice"})
		}
		seen[name.text] = true
		value, problem := p.value(within, depth+1)
		if problem != nil {
			return node{}, problem
		}
		n.members = append(n.members, namedNode{name.text, value})
	}
	return n, p.end()
}

func (p *parser) list(path string, depth int) (node, *Problem) {
	n := node{kind: listNode}
	for p.decoder.More() {
		element, problem := p.value(path+"["+strconv.Itoa(len(n.elements))+"]", depth+1)
		if problem != nil {
			return node{}, problem
		}
		n.elements = append(n.elements, element)
	}
	return n, p.end()
}

// end takes the closing bracket.
func (p *parser) end() *Problem {
	if _, err := p.decoder.Token(); err != nil {
		return p.syntax(err)
	}
	return nil
}

// syntax explains what a decoder stumbled over. The whole is read once more, as
// the reader of tokens counts bytes now from before them and now from behind.
func (p *parser) syntax(err error) *Problem {
	var wrong *json.SyntaxError
	switch whole := json.Unmarshal(p.body, new(json.RawMessage)); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Problem{Words: "the request is no JSON: it ends too early"}
	case errors.As(whole, &wrong):
		return &Problem{Words: fmt.Sprintf("the request is no JSON: %s, at %s", wrong.Error(), p.place(wrong.Offset-1))}
	default:
		return &Problem{Words: "the request is no JSON: " + err.Error()}
	}
}

// place says where a byte is, as editors count.
func (p *parser) place(offset int64) string {
	before := p.body[:min(max(offset, 0), int64(len(p.body)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}

// pairedSurrogates reports that no \u escape in a JSON string is one half of a
// pair: decoders replace such a half in silence, each in its own way.
func pairedSurrogates(raw []byte) bool {
	waiting := false // for the second half
	for i := 0; i < len(raw); i++ {
		escape := raw[i] == '\\' && i+5 < len(raw) && raw[i+1] == 'u'
		second := false
		if escape {
			code, err := strconv.ParseUint(string(raw[i+2:i+6]), 16, 16)
			if err != nil {
				return false
			}
			switch r := rune(code); {
			case waiting:
				second = utf16.DecodeRune(0xD800, r) != utf8.RuneError
			case utf16.IsSurrogate(r):
				if r >= 0xDC00 {
					return false
				}
				waiting = true
				i += 5
				continue
			}
			i += 5
		} else if raw[i] == '\\' {
			i++
		}
		if waiting && !second {
			return false
		}
		waiting = false
	}
	return !waiting
}

package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// position is a place in the text; both count from 1.
type position struct{ line, column int }

// String gives "line 3, column 5".
func (p position) String() string { return fmt.Sprintf("line %d, column %d", p.line, p.column) }

// places knows what decoding into a map forgets: the order of the profiles and
// where things stand.
type places struct {
	profiles []string // names in the order of the text
	tables   []table
	first    map[string]position   // by dotted key, of the first mention
	keys     map[string][]position // of the lists in [keys], by action
}

// table is a [header] and the byte it starts at.
type table struct {
	key   []string
	start int
}

// of gives the place of a key, line 1 for one that is not there.
func (p places) of(key ...string) position {
	if at, found := p.first[strings.Join(key, "\x00")]; found {
		return at
	}
	return position{1, 1}
}

// locate walks the expressions of a text that has been decoded without an
// error.
func locate(text []byte) places {
	found := places{first: map[string]position{}, keys: map[string][]position{}}
	var parser unstable.Parser
	parser.Reset(text)
	var current []string
	for parser.NextExpression() {
		node := parser.Expression()
		var key []string
		start := position{}
		offset := 0
		for it := node.Key(); it.Next(); {
			part := it.Node()
			if start.line == 0 {
				start = placeOf(&parser, part)
				offset = int(part.Raw.Offset)
			}
			key = append(key, string(part.Data))
		}
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			current = key
			found.tables = append(found.tables, table{key: key, start: lineStart(text, offset)})
		default:
			key = slices.Concat(current, key)
		}
		found.note(key, start)
		if node.Kind == unstable.KeyValue && len(key) == 1 && key[0] == "profiles" {
			found.inline(&parser, node.Value())
		}
		if node.Kind == unstable.KeyValue && key[0] == "keys" {
			found.lists(&parser, key[1:], node.Value())
		}
	}
	return found
}

// note keeps the first place of a key and of all its beginnings.
func (p *places) note(key []string, at position) {
	for n := 1; n <= len(key); n++ {
		joined := strings.Join(key[:n], "\x00")
		if _, known := p.first[joined]; !known {
			p.first[joined] = at
		}
	}
	if len(key) >= 2 && key[0] == "profiles" && !slices.Contains(p.profiles, key[1]) {
		p.profiles = append(p.profiles, key[1])
	}
}

// inline takes profiles = { name = {...}, ... }.
func (p *places) inline(parser *unstable.Parser, value *unstable.Node) {
	for members := value.Children(); members.Next(); {
		for it := members.Node().Key(); it.Next(); {
			p.note([]string{"profiles", string(it.Node().Data)}, placeOf(parser, it.Node()))
			break // the first part of a dotted key is the name
		}
	}
}

// lists takes the lists of keys: id = [...], in tables of any depth.
func (p *places) lists(parser *unstable.Parser, id []string, value *unstable.Node) {
	name := strings.Join(id, ".")
	switch value.Kind {
	case unstable.InlineTable:
		for members := value.Children(); members.Next(); {
			member, path := members.Node(), slices.Clone(id)
			for it := member.Key(); it.Next(); {
				path = append(path, string(it.Node().Data))
				p.first["keys\x00"+strings.Join(path, ".")] = placeOf(parser, it.Node())
			}
			p.lists(parser, path, member.Value())
		}
	case unstable.Array:
		for items := value.Children(); items.Next(); {
			p.keys[name] = append(p.keys[name], placeOf(parser, items.Node()))
		}
	default:
		p.keys[name] = append(p.keys[name], placeOf(parser, value))
	}
}

// ofKey gives the place of an action in [keys], or of one of its keys.
func (p places) ofKey(id string, index int) position {
	if all := p.keys[id]; index >= 0 && index < len(all) {
		return all[index]
	}
	for _, key := range [][]string{{"keys", id}, append([]string{"keys"}, strings.Split(id, ".")...)} {
		if at, found := p.first[strings.Join(key, "\x00")]; found {
			return at
		}
	}
	return p.of("keys")
}

// placeOf gives the place of a node.
func placeOf(parser *unstable.Parser, node *unstable.Node) position {
	shape := parser.Shape(node.Raw)
	return position{shape.Start.Line, shape.Start.Column}
}

func lineStart(text []byte, offset int) int { return bytes.LastIndexByte(text[:offset], '\n') + 1 }

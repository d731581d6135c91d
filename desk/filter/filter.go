// Package filter reads conditions that a person types about objects, such as
// "state:locked office:vienna logon<-90", and judges objects by them. What a
// connection does not tell is neither yes nor no.
package filter

import (
	"bytes"
	"strings"
	"time"

	"dirdesk/desk/fold"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// Filter is what a person typed, understood.
type Filter struct {
	text string
	root node // nil: everything
}

// Parse reads conditions. Words stand for objects that hold them in a column of the
// screen. NAME:VALUE is a condition on a column: ":" holds, "=" is exactly, "!=" is
// not, "<" and ">" are before and after, or less and more. Conditions are joined by
// nothing or "and", by "or", and turned round by "not"; parentheses group, quotes
// keep blanks. Moments are read by the clock. The error says in a sentence what is
// wrong.
func Parse(text string, clock moment.Clock) (Filter, error) {
	tokens, err := split(text)
	if err != nil {
		return Filter{}, err
	}
	p := parser{tokens: tokens, clock: clock}
	root, err := p.any()
	if err != nil {
		return Filter{}, err
	}
	return Filter{text: strings.TrimSpace(text), root: root}, nil
}

// String is what was typed.
func (f Filter) String() string { return f.text }

// IsEmpty reports whether every object fits.
func (f Filter) IsEmpty() bool { return f.root == nil }

// Judge gives what tells whether an object fits at a moment: Unknown where the
// connection does not tell what a condition asks for. It is for one goroutine.
func (f Filter) Judge(now time.Time) func(o *models.Object) models.Flag {
	if f.root == nil {
		return func(*models.Object) models.Flag { return models.Yes }
	}
	shown := models.Searched()
	var subject subject
	return func(o *models.Object) models.Flag {
		subject.object, subject.now, subject.shown, subject.text = o, now, shown, subject.text[:0]
		return f.root.judge(&subject)
	}
}

// subject is the object that is judged.
type subject struct {
	object *models.Object
	now    time.Time
	shown  []models.Column
	text   []byte // what plain words are looked for in; made when the first word asks
}

func (s *subject) searched() []byte {
	if len(s.text) == 0 {
		for _, c := range s.shown {
			s.text = append(fold.Append(s.text, c.Words(s.object, s.now)), 0)
		}
	}
	return s.text
}

type node interface {
	judge(s *subject) models.Flag
}

// all holds when each of its nodes does.
type all []node

func (a all) judge(s *subject) models.Flag {
	result := models.Yes
	for _, n := range a {
		switch n.judge(s) {
		case models.No:
			return models.No
		case models.Unknown:
			result = models.Unknown
		}
	}
	return result
}

// not turns a node round.
type not struct{ node }

func (n not) judge(s *subject) models.Flag {
	switch n.node.judge(s) {
	case models.Yes:
		return models.No
	case models.No:
		return models.Yes
	default:
		return models.Unknown
	}
}

// either holds when one of its nodes does.
func either(nodes []node) node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	turned := make(all, len(nodes))
	for i, n := range nodes {
		turned[i] = not{n}
	}
	return not{turned}
}

// word holds when a column of the screen holds a text.
type word []byte

func (w word) judge(s *subject) models.Flag {
	return models.FlagOf(bytes.Contains(s.searched(), w))
}

package forms

import (
	"dirdesk/theme"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// kind is how a row is answered.
type kind uint8

const (
	text   kind = iota // typed
	secret             // typed, shown as stars
	choice             // one of a few
	toggle             // yes or no
)

// option is one answer of a choice.
type option struct {
	value   string
	words   string
	explain string // one line
}

// row is one question of a form. The functions may be nil.
type row struct {
	key   string // by which a refusal finds it
	label string
	kind  kind

	line    *prompt.Prompt // text, secret
	options []option       // choice
	chosen  int
	on      bool   // toggle
	words   string // toggle: what is switched on
	byHand  bool   // answered by the person, so that nothing derives it any more
	guessed bool   // filled in by the form, as a proposal
	empty   string // what stands in an empty field that has not the cursor

	hint    func() string                 // what the answer means, while the row has the cursor
	blocked func() string                 // why it cannot be answered now; "" it can
	hidden  func() bool                   // the question does not arise now
	check   func(text string) string      // what is wrong with the text; "" nothing
	remark  func() (string, message.Tone) // beside the field, whatever has the cursor
	lines   func() []remark               // below the hint, while the row has the cursor
	changed func()                        // the person has changed the answer
	pick    func() *picker                // what the answer can be picked from
}

// remark is a line of the help with what it means.
type remark struct {
	text string
	tone message.Tone
}

// ink is how a remark is drawn: muted, where it is neither good nor bad.
func (m remark) ink(th *theme.Theme) theme.Ink { return max(m.tone, message.Muted).Ink(th) }

func textRow(key, label, value string) *row {
	return &row{key: key, label: label, kind: text, line: prompt.New("", value)}
}

func secretRow(key, label string) *row {
	return &row{key: key, label: label, kind: secret, line: prompt.New("", "")}
}

func toggleRow(key, label, words string, on bool) *row {
	return &row{key: key, label: label, kind: toggle, words: words, on: on}
}

func choiceRow(key, label string, options ...option) *row {
	return &row{key: key, label: label, kind: choice, options: options}
}

// says gives a hint that never changes.
func says(text string) func() string { return func() string { return text } }

func (r *row) typed() bool { return r.kind == text || r.kind == secret }

func (r *row) value() string {
	switch r.kind {
	case choice:
		return r.options[r.chosen].value
	case toggle:
		if r.on {
			return "yes"
		}
		return ""
	default:
		return r.line.Value()
	}
}

// derive fills in a text that the person has not typed; it reports whether that
// changed it.
func (r *row) derive(text string) bool {
	if r.byHand || r.line.Value() == text {
		return false
	}
	r.line.Set(text)
	return true
}

// propose fills in a text that is a guess: the first key replaces it.
func (r *row) propose(text string) {
	if r.derive(text) {
		r.line.Propose(text)
	}
	r.guessed = true
}

// proposed reports a text that the person has neither typed nor changed.
func (r *row) proposed() bool { return r.guessed && !r.byHand && r.typed() && r.line.Value() != "" }

func (r *row) isHidden() bool { return r.hidden != nil && r.hidden() }

func (r *row) block() string {
	if r.blocked == nil {
		return ""
	}
	return r.blocked()
}

// complaint is what is wrong with the answer.
func (r *row) complaint() string {
	if r.check == nil || r.block() != "" {
		return ""
	}
	return r.check(r.value())
}

// choose takes the option a step further on; false where there is none.
func (r *row) choose(step int) bool {
	to := r.chosen + step
	if to < 0 || to >= len(r.options) {
		return false
	}
	r.chosen = to
	return true
}

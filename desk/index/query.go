package index

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/desk/fold"
	"dirdesk/models"
)

// Rank says how well an object answers a query; the lower, the better.
type Rank uint8

// The ranks.
const (
	Exact     Rank = iota // the text is its logon name or mail
	Whole                 // each word is a word of it
	Beginning             // each word begins one
	Part                  // each word is within one, or names a container above it
	None                  // it does not answer
)

// Query is what a person types to find somebody: parts of names, in any order.
// Neither case nor accents count. A number is its digits, however it is written.
type Query struct {
	exact []byte
	// ways are lists of words. An object answers when all words of one list hold:
	// "01 55 22" may be three words, or one number.
	ways [][]word
}

// word is one word of a query, and another form of it.
type word struct {
	typed string // as it was typed
	text  []byte // folded
	bare  []byte // a number without the zeros at its start, as it stands behind a country's code; nil for none
}

// leastNumber is how many digits are taken for a telephone number.
const leastNumber = 5

// ParseQuery reads what was typed.
func ParseQuery(text string) Query {
	q := Query{exact: bytes.TrimSpace(fold.Append(nil, text))}
	var words []word
	groups := 0
	for _, piece := range strings.Fields(text) {
		if isNumber([]byte(piece)) {
			groups++
			words = append(words, numberWord([]byte(piece)))
			continue
		}
		for token := range tokens([]byte(piece)) {
			if folded := fold.Append(nil, string(token)); len(folded) > 0 {
				words = append(words, word{typed: string(token), text: folded[:min(len(folded), mostToken)]})
			}
		}
	}
	if len(words) == 0 {
		return Query{}
	}
	q.ways = [][]word{words}
	if number := numberWord([]byte(text)); groups > 1 && isNumber([]byte(text)) && len(number.text) >= leastNumber {
		q.ways = append(q.ways, []word{number})
	}
	return q
}

// IsEmpty reports whether there is nothing to look for.
func (q Query) IsEmpty() bool { return len(q.ways) == 0 }

// Words are what all must hold, as they were typed, and folded.
func (q Query) Words() (typed, folded []string) {
	if len(q.ways) > 0 {
		for _, w := range q.ways[0] {
			typed, folded = append(typed, w.typed), append(folded, string(w.text))
		}
	}
	return typed, folded
}

// Number is the text as one telephone number: its digits, without the zeros at
// their start; "" when it is none.
func (q Query) Number() string {
	if last := len(q.ways) - 1; last >= 0 && len(q.ways[last]) == 1 && isNumber(q.exact) && len(q.ways[last][0].text) >= leastNumber {
		return string(bytes.TrimLeft(q.ways[last][0].text, "0"))
	}
	return ""
}

// Rank judges an object.
func (q Query) Rank(o *models.Object) Rank {
	if q.IsEmpty() {
		return None
	}
	if q.isExact(o) {
		return Exact
	}
	own, above := ownTokens(o), pathTokens(o.DN.Parent())
	best := None
	for _, way := range q.ways {
		best = min(best, rankWay(way, own, above))
	}
	return best
}

func (q Query) isExact(o *models.Object) bool {
	var scratch [128]byte
	return isText(q.exact, fold.Append(scratch[:0], o.SAMAccountName)) ||
		isText(q.exact, fold.Append(scratch[:0], o.Mail))
}

func isText(wanted, text []byte) bool {
	return len(text) > 0 && (bytes.Equal(wanted, text) || bytes.Equal(wanted, bytes.TrimSuffix(text, []byte("$"))))
}

// rankWay is the rank of the word that fits worst. One word at least must be the
// object's own.
func rankWay(way []word, own, above [][]byte) Rank {
	worst, ours := Exact, false
	for _, w := range way {
		rank := None
		for _, token := range own {
			rank = min(rank, w.rank(token))
		}
		if rank < None {
			ours = true
		} else if slices.ContainsFunc(above, func(token []byte) bool { return w.rank(token) < None }) {
			rank = Part
		}
		worst = max(worst, rank)
	}
	if !ours {
		return None
	}
	return worst
}

func (w word) rank(token []byte) Rank {
	switch {
	case bytes.Equal(token, w.text):
		return Whole
	case bytes.HasPrefix(token, w.text):
		return Beginning
	case bytes.Contains(token, w.text), w.bare != nil && bytes.Contains(token, w.bare):
		return Part
	default:
		return None
	}
}

// ownTokens are the words of an object.
func ownTokens(o *models.Object) [][]byte { return new(tokenizer).own(o) }

// tokenizer takes objects apart, one after the other: the words of one hold until
// the next.
type tokenizer struct {
	text []byte
	all  [][]byte
}

func (t *tokenizer) own(o *models.Object) [][]byte {
	t.text, t.all = t.text[:0], t.all[:0]
	for text := range ownTexts(o) {
		start := len(t.text)
		t.text = fold.Append(t.text, text)
		for token := range tokens(t.text[start:]) {
			t.all = append(t.all, token)
		}
	}
	if o.TelephoneNumber != "" {
		if digits := digitsOf([]byte(o.TelephoneNumber)); len(digits) > 0 {
			t.all = append(t.all, digits)
		}
	}
	return t.all
}

// ownTexts are the texts that are searched, telephones apart.
func ownTexts(o *models.Object) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		texts := [...]string{o.Name, o.SAMAccountName, o.DisplayName, o.Mail, o.Office}
		for i, text := range texts {
			if text != "" && !slices.Contains(texts[:i], text) && !yield(text) {
				return
			}
		}
		if a := o.Account; a != nil {
			for _, text := range [...]string{a.UserPrincipalName, a.GivenName, a.Surname} {
				if text != "" && !yield(text) {
					return
				}
			}
		}
		for _, key := range [...]string{"employeeID", "employeeNumber"} {
			if raw := o.Extra[key]; len(raw) > 0 && !yield(string(raw)) {
				return
			}
		}
	}
}

// pathTokens are the words of the containers on the way down to an object.
func pathTokens(parent models.DN) [][]byte {
	var all [][]byte
	for _, name := range parent.Path() {
		for token := range tokens(fold.Append(nil, name)) {
			all = append(all, token)
		}
	}
	return all
}

// mostToken is how many bytes of a word count.
const mostToken = 200

// tokens splits folded text into its words: what lies between signs and spaces.
func tokens(folded []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		start := -1
		for i := 0; i < len(folded); {
			c, size := rune(folded[i]), 1
			if c >= utf8.RuneSelf {
				c, size = utf8.DecodeRune(folded[i:])
			}
			switch inWord := isWordly(c); {
			case inWord && start < 0:
				start = i
			case !inWord && start >= 0:
				if !yield(folded[start:min(i, start+mostToken)]) {
					return
				}
				start = -1
			}
			i += size
		}
		if start >= 0 {
			yield(folded[start:min(len(folded), start+mostToken)])
		}
	}
}

func isWordly(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	}
	return c != utf8.RuneError && (unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c))
}

// isNumber reports whether a text is digits and what stands between those of a
// telephone number.
func isNumber(text []byte) bool {
	return bytes.ContainsAny(text, "0123456789") && len(bytes.Trim(text, "0123456789+-/(). ")) == 0 &&
		!bytes.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789+-/(). ", r) })
}

// digitsOf are the digits of a telephone number, without the (0) that is dialled
// only inside its country.
func digitsOf(text []byte) []byte {
	text = bytes.Replace(text, []byte("(0)"), nil, 1)
	digits := make([]byte, 0, len(text))
	for _, c := range text {
		if c >= '0' && c <= '9' {
			digits = append(digits, c)
		}
	}
	return digits[:min(len(digits), mostToken)]
}

func numberWord(text []byte) word {
	w := word{typed: string(digitsOf(text)), text: digitsOf(text)}
	if len(w.text) >= leastNumber {
		if bare := bytes.TrimLeft(w.text, "0"); len(bare) < len(w.text) && len(bare) >= leastNumber-1 {
			w.bare = bare
		}
	}
	return w
}

package password

import (
	"crypto/rand"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/internal/english"
	"dirdesk/models"
)

const (
	// madeLength is the least length of a made password.
	madeLength = 16
	// madeTries bounds the draws until one fits the policy and the names.
	madeTries = 100
	// Digits and symbols that nobody mistakes for another, and that every
	// keyboard has.
	madeDigits  = "23456789"
	madeSymbols = "-+=.#"
)

// Make makes a password that can be read aloud and that the policy
// accepts: words with capitals, four digits, symbols between them, and no
// character that looks like another. avoid are the names that must not be part
// of it: the logon name, then the display name.
//
// Three of some 300 words, four of eight digits and one of five symbols are
// about 39 bits: enough for what has to be guessed at a server that counts
// wrong passwords, and is to be changed at the next logon.
func Make(policy models.PasswordPolicy, avoid ...string) (models.Secret, error) {
	strict := policy
	strict.Known, strict.Complexity = true, true
	for range madeTries {
		text, err := drawPassword(max(madeLength, policy.MinLength))
		if err != nil {
			return models.Secret{}, err
		}
		made := models.NewSecret(text)
		if len(Check(strict, made, avoid...)) == 0 {
			return made, nil
		}
	}
	return models.Secret{}, &models.Error{
		Kind: models.ErrPolicy, Action: "make a password", Advice: "No made password fits the domain's rules. Type one.",
	}
}

// drawPassword draws one of at least length characters.
func drawPassword(length int) (string, error) {
	words := strings.Fields(madeWords)
	symbol, err := draw(len(madeSymbols))
	if err != nil {
		return "", err
	}
	separator := madeSymbols[symbol : symbol+1]
	var b strings.Builder
	for n := 0; n < 3 || b.Len()+5 < length; n++ {
		i, err := draw(len(words))
		if err != nil {
			return "", err
		}
		b.WriteString(english.Own(words[i]).Capital() + separator)
	}
	for range 4 {
		i, err := draw(len(madeDigits))
		if err != nil {
			return "", err
		}
		b.WriteByte(madeDigits[i])
	}
	return b.String(), nil
}

func draw(n int) (int, error) {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0, err
	}
	return int(i.Int64()), nil
}

// Phonetic spells a secret for the telephone, one word for each character:
// "Tango (capital)", "alfa", "seven", "hyphen". Letters are in the alphabet of
// the ICAO.
func Phonetic(s models.Secret) []string {
	text := s.Reveal()
	spelled := make([]string, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		spelled = append(spelled, phoneticOf(r))
	}
	return spelled
}

func phoneticOf(r rune) string {
	letters := strings.Fields(phoneticLetters)
	switch {
	case r >= 'a' && r <= 'z':
		return letters[r-'a']
	case r >= 'A' && r <= 'Z':
		return english.Own(letters[r-'A']).Capital() + " (capital)"
	case r >= '0' && r <= '9':
		return strings.Fields(phoneticDigits)[r-'0']
	}
	if name := symbolName(r); name != "" {
		return name
	}
	if unicode.IsUpper(r) {
		return string(r) + " (capital)"
	}
	return string(r)
}

const (
	phoneticLetters = `alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november
		oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu`
	phoneticDigits = "zero one two three four five six seven eight nine"
)

// symbolName is what a symbol is called; "" for one without a name here.
func symbolName(r rune) string {
	const symbols = ` !"#$%&'()*+,-./:;<=>?@[\]^_` + "`{|}~"
	names := []string{
		"space", "exclamation mark", "double quote", "hash", "dollar", "percent", "ampersand", "apostrophe",
		"open bracket", "close bracket", "asterisk", "plus", "comma", "hyphen", "dot", "slash", "colon", "semicolon",
		"less than", "equals", "greater than", "question mark", "at sign", "open square bracket", "backslash",
		"close square bracket", "caret", "underscore", "backtick", "open brace", "vertical bar", "close brace", "tilde",
	}
	if i := strings.IndexRune(symbols, r); i >= 0 {
		return names[i]
	}
	return ""
}
